/** How the parts of a form or multipart body are written: the Encoding Object, part by part. */
import { childNode, entriesOfMap, mapNode } from '../../openapi/nodes.ts'
import type { JsonObject, MediaType, Node } from '../../openapi/types.ts'
import { field, isObject, textField } from '../../openapi/values.ts'
import type { OperationScope } from '../comparison.ts'
import type { Writer } from '../effect.ts'
import type { Fact } from '../fact.ts'
import { isWithin, normalMediaType } from '../media-type.ts'
import { sameJson } from '../same-json.ts'
import { code, shown } from '../words.ts'
import { inOperation } from './scope.ts'

export interface Encodings {
  readonly base: MediaType
  readonly head: MediaType
  readonly writer: Writer
  readonly where: string
  readonly place: readonly string[]
}

/** Fields of an encoding besides `contentType`, with their defaults (OpenAPI 3.1, Encoding Object). */
const defaults: Readonly<Record<string, unknown>> = { style: 'form', explode: true, allowReserved: false, headers: {} }

/** One fact for each field of each part that changed. Parts are those that either side names. */
export function* encodingFacts(scope: OperationScope, encodings: Encodings): Generator<Fact> {
  const [bases, heads] = [new Map(partsOf(encodings.base)), new Map(partsOf(encodings.head))]
  for (const part of new Set([...bases.keys(), ...heads.keys()])) {
    const pair = { part, base: bases.get(part) ?? null, head: heads.get(part) ?? null }
    if (!sameJson(pair.base?.value, pair.head?.value)) yield* partFacts(scope, encodings, pair)
  }
}

interface PartPair {
  readonly part: string
  readonly base: Node | null
  readonly head: Node | null
}

function partsOf({ node }: MediaType): readonly (readonly [string, Node])[] {
  const encoding = mapNode(childNode(node, 'encoding'))
  return encoding === null ? [] : entriesOfMap(encoding)
}

function* partFacts(scope: OperationScope, encodings: Encodings, pair: PartPair): Generator<Fact> {
  const types = { base: contentTypes(pair.base?.value), head: contentTypes(pair.head?.value) }
  if (types.base !== null && types.head !== null)
    yield* typeFact(scope, encodings, { ...pair, types: { base: types.base, head: types.head } })
  for (const [key, otherwise] of Object.entries(defaults)) {
    const [before, after] = [effective(pair.base, key, otherwise), effective(pair.head, key, otherwise)]
    if (!sameJson(before, after))
      yield encodingFact(scope, encodings, { ...pair, suffix: 'changed', reason: `${code(key)} from ${shown(before)} to ${shown(after)}` })
  }
}

function* typeFact(
  scope: OperationScope,
  encodings: Encodings,
  { types, ...pair }: PartPair & { types: { base: string[]; head: string[] } },
): Generator<Fact> {
  const [grows, shrinks] = [holds(types.head, types.base), holds(types.base, types.head)]
  if (grows && shrinks) return
  const isRequest = encodings.writer === 'client'
  const suffix = isRequest && grows ? 'widened' : isRequest && shrinks ? 'narrowed' : 'changed'
  const effect = grows ? 'widens' : shrinks ? 'narrows' : 'incomparable'
  yield {
    ...encodingFact(scope, encodings, {
      ...pair,
      suffix,
      reason: `${code('contentType')} from ${shown(types.base.join(', '))} to ${shown(types.head.join(', '))}`,
    }),
    effect,
  }
}

function encodingFact(
  scope: OperationScope,
  { writer, where, place }: Encodings,
  pair: PartPair & { suffix: string; reason: string },
): Fact {
  const rule = `${writer === 'client' ? 'request' : 'response'}-encoding-${pair.suffix}`
  return inOperation(scope, {
    rule,
    place: [...place, 'encoding', pair.part],
    words: { where, name: code(pair.part), reason: pair.reason },
    base: pair.base,
    head: pair.head,
    writer,
  })
}

/** An encoding without `contentType` leaves the type to the schema, which is compared by itself. */
function contentTypes(encoding: unknown): string[] | null {
  const text = textField(encoding, 'contentType')
  return text === null ? null : text.split(',').map(normalMediaType)
}

function holds(outer: readonly string[], inner: readonly string[]): boolean {
  return inner.every((type) => outer.some((other) => other === type || isWithin(type, other)))
}

function effective(encoding: Node | null, key: string, otherwise: unknown): unknown {
  const value: JsonObject = isObject(encoding?.value) ? encoding.value : {}
  return field(value, key) ?? otherwise
}
