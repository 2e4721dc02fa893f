/** How the parts of a form or multipart body are written, part by part: media types, style, reserved characters, headers. */
import { mapNode } from '../../openapi/nodes.ts'
import type { Header, MediaType, Node } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { changedExtensions } from '../documentation.ts'
import type { Effect, Writer } from '../effect.ts'
import type { Fact } from '../fact.ts'
import { isWithin } from '../media-type.ts'
import { contains } from '../schema/index.ts'
import { code, shown } from '../words.ts'
import { effectivePart, writtenParts } from './encoding-parts.ts'
import type { EffectivePart, EncodedBody, PartPlace } from './encoding-parts.ts'
import { documentationFacts, inOperation } from './scope.ts'

export interface Encodings {
  readonly base: MediaType
  readonly head: MediaType
  readonly writer: Writer
  readonly where: string
  readonly place: readonly string[]
}

/** One difference in how a part is written. */
interface PartChange {
  readonly effect: Effect
  readonly reason: string
}

/** One fact for each difference of each part that an encoding speaks of on a side. Parts that only one side has are told as properties. */
export function* encodingFacts(scope: OperationScope, encodings: Encodings): Generator<Fact> {
  const holder = encodings.place[0] ?? ''
  const sides = {
    base: { api: scope.base, side: 'base', mediaType: encodings.base, holder },
    head: { api: scope.head, side: 'head', mediaType: encodings.head, holder },
  } as const satisfies Record<'base' | 'head', EncodedBody>
  const [bases, heads] = [writtenParts(sides.base), writtenParts(sides.head)]
  for (const label of new Set([...bases.keys(), ...heads.keys()])) {
    const [before, after] = [bases.get(label), heads.get(label)]
    const place = (after ?? before)?.place
    if (place === undefined) continue
    const nodes = { base: before?.node ?? null, head: after?.node ?? null }
    const base = effectivePart(scope.schemas, sides.base, { place, node: nodes.base })
    const head = effectivePart(scope.schemas, sides.head, { place, node: nodes.head })
    if (base === null || head === null) continue
    yield* wordFacts(scope, encodings, { label, ...nodes })
    for (const change of partChanges(scope, encodings.writer, { base, head }))
      yield encodingFact(scope, encodings, { place, nodes, change })
  }
}

/** Extensions of the encoding. In Swagger 2.0 it is a parameter, which has its own. */
function wordFacts(
  scope: OperationScope,
  { where, place }: Encodings,
  { label, base, head }: { label: string; base: Node | null; head: Node | null },
): readonly Fact[] {
  const [before, after] = [mapNode(base ?? undefined), mapNode(head ?? undefined)]
  if (before === null || after === null || scope.base.version === '2.0' || scope.head.version === '2.0') return []
  const draft = { rule: 'media-type-documentation-changed', place: [...place, 'encoding', label], words: { where } }
  return documentationFacts(scope, draft, changedExtensions(before, after))
}

interface PartPair {
  readonly base: EffectivePart
  readonly head: EffectivePart
}

function* partChanges(scope: OperationScope, writer: Writer, { base, head }: PartPair): Generator<PartChange> {
  yield* typeChange({ base, head })
  yield* styleChange({ base, head })
  if (base.allowReserved !== head.allowReserved)
    yield {
      effect: head.allowReserved ? 'widens' : 'narrows',
      reason: `\`allowReserved\` from ${shown(base.allowReserved)} to ${shown(head.allowReserved)}`,
    }
  yield* headerChanges(scope, writer, { base: byName(base.headers), head: byName(head.headers) })
}

function* typeChange({ base, head }: PartPair): Generator<PartChange> {
  if (base.types === null || head.types === null || (base.isDefault && head.isDefault)) return
  const [grows, shrinks] = [holds(head.types, base.types), holds(base.types, head.types)]
  if (grows && shrinks) return
  // What nobody wrote down is a convention that not all writers keep.
  const otherwise = base.isDefault || head.isDefault ? 'unknown' : 'incomparable'
  yield {
    effect: grows ? 'widens' : shrinks ? 'narrows' : otherwise,
    reason: `\`contentType\` from ${listOf(base)} to ${listOf(head)}`,
  }
}

function listOf({ types, isDefault }: EffectivePart): string {
  return `${shown((types ?? []).join(', '))}${isDefault ? ', the default' : ''}`
}

function holds(outer: readonly string[], inner: readonly string[]): boolean {
  return inner.every((type) => outer.some((other) => other === type || isWithin(type, other)))
}

/** The default of `explode` follows `style`, so that one edit is one difference. */
function* styleChange({ base: { style: before }, head: { style: after } }: PartPair): Generator<PartChange> {
  if (before === null || after === null) return
  for (const key of ['style', 'explode'] as const) {
    if (before[key] === after[key]) continue
    yield { effect: 'incomparable', reason: `${code(key)} from ${shown(before[key])} to ${shown(after[key])}` }
    return
  }
}

type Headers = ReadonlyMap<string, Header>

function byName(headers: readonly Header[]): Headers {
  return new Map(headers.map((header) => [header.name.toLowerCase(), header]))
}

function* headerChanges(scope: OperationScope, writer: Writer, { base, head }: { base: Headers; head: Headers }): Generator<PartChange> {
  for (const [name, header] of head) {
    const before = base.get(name)
    if (before === undefined) yield addedHeader(writer, header)
    else if (before.required !== header.required)
      yield {
        effect: header.required ? 'narrows' : 'widens',
        reason: `the header ${code(header.name)} is ${header.required ? 'now required' : 'no longer required'}`,
      }
    const values = before === undefined ? 'equal' : contains(scope.schemas, before.schema, header.schema)
    if (values !== 'equal') yield { effect: values, reason: `the values of the header ${code(header.name)}` }
  }
  for (const [name, header] of base) if (!head.has(name)) yield removedHeader(writer, header)
}

/** As for parameters and for headers of responses. */
function addedHeader(writer: Writer, { name, required }: Header): PartChange {
  const isDemand = required && writer === 'client'
  return {
    effect: isDemand || writer === 'server' ? 'narrows' : 'widens',
    reason: `the header ${code(name)} is new${isDemand ? ' and required' : ''}`,
  }
}

function removedHeader(writer: Writer, { name, required }: Header): PartChange {
  return { effect: writer === 'client' || required ? 'widens' : 'unknown', reason: `the header ${code(name)} is gone` }
}

function encodingFact(
  scope: OperationScope,
  { writer, where, place, head }: Encodings,
  { place: part, nodes, change }: { place: PartPlace; nodes: { base: Node | null; head: Node | null }; change: PartChange },
): Fact {
  const suffix = change.effect === 'widens' ? 'widened' : change.effect === 'narrows' ? 'narrowed' : 'changed'
  return inOperation(scope, {
    rule: writer === 'client' ? `request-encoding-${suffix}` : 'response-encoding-changed',
    effect: change.effect,
    place: [...place, 'encoding', part.label],
    words: { where, name: code(part.label), reason: change.reason },
    ...nodes,
    near: head.node,
    writer,
  })
}
