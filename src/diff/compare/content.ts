/** The media types of a body, a response or a parameter: which there are, and what each holds. */
import { childNode } from '../../openapi/nodes.ts'
import type { MediaType, Node } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { KeyChange } from '../documentation.ts'
import type { Writer } from '../effect.ts'
import { newlyReturned } from '../exposure.ts'
import type { Fact } from '../fact.ts'
import { isWithin, normalMediaType } from '../media-type.ts'
import { sensitiveInMediaType, sensitiveInResponses } from '../sensitive-within.ts'
import { code } from '../words.ts'
import { isBytes } from './bytes.ts'
import { encodingFacts } from './encoding.ts'
import { schemaFacts } from './schema.ts'
import { documentationFacts, inOperation } from './scope.ts'

export interface Content {
  readonly base: readonly MediaType[]
  readonly head: readonly MediaType[]
  readonly writer: Writer
  /** Begins a sentence: ``response `200` of `GET /orders` ``. */
  readonly where: string
  readonly place: readonly string[]
  /** Where to point when a media type is gone in head. */
  readonly near: Node
}

/** All differences in content. Types are paired by name, then a type with the range that holds it. */
export function* contentFacts(scope: OperationScope, content: Content): Generator<Fact> {
  const { pairs, removed, added } = matched(content)
  for (const pair of pairs) {
    if (pair.change !== null) yield rangeFact(scope, content, pair)
    yield* mediaTypeFacts(scope, content, pair)
  }
  const prefix = content.writer === 'client' ? 'request' : 'response'
  for (const { type, node } of removed) {
    yield inOperation(scope, {
      rule: `${prefix}-media-type-removed`,
      place: [...content.place, normalMediaType(type)],
      words: { where: content.where, name: code(type) },
      base: node,
      near: childNode(content.near, 'content') ?? content.near,
    })
  }
  for (const mediaType of added) {
    const { type, node } = mediaType
    yield inOperation(scope, {
      rule: `${prefix}-media-type-added`,
      place: [...content.place, normalMediaType(type)],
      words: { where: content.where, name: code(type) },
      ...(content.writer === 'server' ? gained(scope, mediaType) : {}),
      head: node,
    })
  }
}

/** A body more exposes what it holds, unless the operation returned the like before. */
function gained({ base, head, pair }: OperationScope, mediaType: MediaType): ReturnType<typeof newlyReturned> {
  return newlyReturned(sensitiveInResponses(base, pair.base), sensitiveInMediaType(head, mediaType))
}

interface Pair {
  readonly base: MediaType
  readonly head: MediaType
  readonly change: 'narrowed' | 'widened' | null
}

interface Matched {
  readonly pairs: readonly Pair[]
  readonly removed: readonly MediaType[]
  readonly added: readonly MediaType[]
}

function matched({ base, head }: Content): Matched {
  const heads = new Map(head.map((mediaType) => [normalMediaType(mediaType.type), mediaType]))
  const bases = new Map(base.map((mediaType) => [normalMediaType(mediaType.type), mediaType]))
  const pairs: Pair[] = []
  for (const [type, mediaType] of bases) {
    const same = heads.get(type)
    if (same !== undefined) pairs.push({ base: mediaType, head: same, change: null })
    else pairs.push(...rangePairs(mediaType, type, heads))
  }
  const [left, right] = [new Set(pairs.map((pair) => pair.base)), new Set(pairs.map((pair) => pair.head))]
  return {
    pairs,
    removed: [...bases.values()].filter((mediaType) => !left.has(mediaType)),
    added: [...heads.values()].filter((mediaType) => !right.has(mediaType)),
  }
}

/** The range in head that now holds the type, or else the types in head that are left of the range. */
function rangePairs(base: MediaType, type: string, heads: ReadonlyMap<string, MediaType>): readonly Pair[] {
  const wider = [...heads].find(([other]) => isWithin(type, other))
  if (wider !== undefined) return [{ base, head: wider[1], change: 'widened' }]
  return [...heads].filter(([other]) => isWithin(other, type)).map(([, head]) => ({ base, head, change: 'narrowed' }))
}

function rangeFact(scope: OperationScope, { writer, where, place }: Content, { base, head, change }: Pair): Fact {
  return inOperation(scope, {
    rule: `${writer === 'client' ? 'request' : 'response'}-media-type-${change ?? 'widened'}`,
    place: [...place, normalMediaType(base.type)],
    words: { where, from: code(base.type), to: code(head.type) },
    base: base.node,
    head: head.node,
  })
}

function* mediaTypeFacts(scope: OperationScope, content: Content, { base, head }: Pair): Generator<Fact> {
  if (base.type === head.type && scope.unchanged(base.node, head.node) && scope.unchanged(base.schema, head.schema)) return
  const { writer, where } = content
  const place = [...content.place, normalMediaType(base.type)]
  const common = { writer, where, whole: 'the body', required: { base: false, head: false }, mediaType: head.type }
  if (!isBytes(scope.base, base) || !isBytes(scope.head, head))
    yield* schemaFacts(scope, { ...common, pair: { base: base.schema, head: head.schema }, place })
  if (base.itemSchema !== null || head.itemSchema !== null) {
    yield* schemaFacts(scope, {
      ...common,
      whole: 'each item',
      pair: { base: base.itemSchema, head: head.itemSchema },
      place: [...place, 'itemSchema'],
    })
  }
  yield* encodingFacts(scope, { base, head, writer, where, place })
  yield* documentationFacts(
    scope,
    { rule: 'media-type-documentation-changed', place, words: { where } },
    scope.base.version === '2.0' || scope.head.version === '2.0' ? [] : wordChanges(base, head),
  )
}

/** In Swagger 2.0 the body or the response itself says this. */
function wordChanges({ node: base }: MediaType, { node: head }: MediaType): readonly KeyChange[] {
  return [...changedKeys(base, head, ['example', 'examples']), ...changedExtensions(base, head)]
}
