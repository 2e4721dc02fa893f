/**
 * Facts about discriminators. The tag decides which schema a reader uses, so its property, its keys and what each key leads to are
 * compared; a key that only repeats the schema's name, or the one value that the tag can have, says nothing new.
 */
import { resolve } from '../../openapi/resolve.ts'
import { field, isObject, objectField, textField } from '../../openapi/values.ts'
import { sameJson } from '../same-json.ts'
import type { Node } from '../../openapi/types.ts'
import { termIn } from './engine.ts'
import type { Engine } from './engine.ts'
import { listedIn } from './finite.ts'
import { appliedTo } from './objects.ts'
import { keywordPlace, localFact } from './report.ts'
import type { Compared, LocalFact } from './report.ts'
import { sliceOf, unionMembers } from './slice.ts'
import { keyword, placeOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'

interface Discriminator {
  readonly conjunct: Conjunct
  readonly property: string
  /** Swagger 2.0 writes the property's name alone. */
  readonly propertyPlace: Node
  readonly keys: ReadonlyMap<string, Target>
}

interface Target {
  readonly term: Term
  /** Last part of the reference. */
  readonly name: string
  readonly place: Node | null
}

/** Facts about the discriminators of both terms. */
export function compareDiscriminators(compared: Compared): readonly LocalFact[] {
  const { engine, baseConjuncts, headConjuncts } = compared
  const [old, now] = [discriminatorOf(engine, baseConjuncts), discriminatorOf(engine, headConjuncts)]
  if (old === null && now === null) return []
  if (old === null || now === null) return wholeFacts(old, now)
  if (old.property !== now.property) {
    const values = { baseValue: old.property, headValue: now.property }
    return [
      localFact({
        aspect: 'discriminator-property',
        effect: 'incomparable',
        subject: now.property,
        base: old.propertyPlace,
        head: now.propertyPlace,
        ...values,
      }),
    ]
  }
  return [...compareKeys(compared, old, now), ...compareExtensions(old, now)]
}

function wholeFacts(old: Discriminator | null, now: Discriminator | null): readonly LocalFact[] {
  const holder = now ?? old
  if (holder === null) return []
  const places = { base: keywordPlace(old?.conjunct, 'discriminator'), head: keywordPlace(now?.conjunct, 'discriminator') }
  const values = { ...(old === null ? {} : { baseValue: places.base?.value }), ...(now === null ? {} : { headValue: places.head?.value }) }
  return [
    localFact({
      aspect: old === null ? 'discriminator-added' : 'discriminator-removed',
      effect: 'unknown',
      subject: holder.property,
      ...places,
      ...values,
    }),
  ]
}

function discriminatorOf(engine: Engine, conjuncts: readonly Conjunct[]): Discriminator | null {
  for (const conjunct of conjuncts) {
    const written = keyword(conjunct, 'discriminator')
    if (typeof written === 'string') {
      return { conjunct, property: written, propertyPlace: placeOf(conjunct, 'discriminator'), keys: new Map() }
    }
    const property = textField(written, 'propertyName')
    if (property === null) continue
    return {
      conjunct,
      property,
      propertyPlace: placeOf(conjunct, 'discriminator', 'propertyName'),
      keys: keysOf(engine, conjunct, property),
    }
  }
  return null
}

/** Written keys, then for each member that none of them leads to: the one value that its tag can have, else its name. */
function keysOf(engine: Engine, conjunct: Conjunct, property: string): ReadonlyMap<string, Target> {
  const keys = new Map<string, Target>()
  const mapping = objectField(keyword(conjunct, 'discriminator'), 'mapping')
  for (const [key, text] of Object.entries(mapping ?? {})) {
    if (typeof text === 'string')
      keys.set(key, { ...mappedSchema(engine, conjunct, text), place: placeOf(conjunct, 'discriminator', 'mapping', key) })
  }
  const mapped = new Set([...keys.values()].map(({ term }) => term))
  for (const name of ['oneOf', 'anyOf'] as const) {
    for (const { node, term } of unionMembers(engine, conjunct, name)) {
      const ref = textField(node.value, '$ref')
      if (ref === null || mapped.has(term)) continue
      for (const key of tagValues(engine, term, property) ?? [lastPart(ref)])
        if (!keys.has(key)) keys.set(key, { term, name: lastPart(ref), place: node })
    }
  }
  const otherwise = textField(keyword(conjunct, 'discriminator'), 'defaultMapping')
  if (otherwise !== null && conjunct.world.api.version === '3.2')
    keys.set(anyOther, { ...mappedSchema(engine, conjunct, otherwise), place: placeOf(conjunct, 'discriminator', 'defaultMapping') })
  return keys
}

/** How `defaultMapping` (OpenAPI 3.2) is called among the keys: what a value is whose tag is missing or unknown. */
const anyOther = 'any other key'

/** Extensions of the discriminator. */
function compareExtensions(old: Discriminator, now: Discriminator): readonly LocalFact[] {
  const [before, after] = [keyword(old.conjunct, 'discriminator'), keyword(now.conjunct, 'discriminator')]
  if (!isObject(before) || !isObject(after)) return []
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name.startsWith('x-'))
  return names
    .filter((name) => !sameJson(field(before, name), field(after, name)))
    .map((name) =>
      localFact({
        aspect: 'extension',
        effect: 'equal',
        subject: name,
        base: Object.hasOwn(before, name) ? placeOf(old.conjunct, 'discriminator', name) : null,
        head: Object.hasOwn(after, name) ? placeOf(now.conjunct, 'discriminator', name) : null,
        docsOnly: true,
        baseValue: field(before, name),
        headValue: field(after, name),
      }),
    )
}

/** What a key of `mapping` leads to: a reference, or the name of a schema (OpenAPI 3.1, Discriminator Object). */
export function mappedSchema(engine: Engine, conjunct: Conjunct, text: string): { term: Term; name: string } {
  const ref = /^[\w.-]+$/.test(text) && !/\.(?:json|ya?ml)$/i.test(text) ? `#/components/schemas/${text}` : text
  const node = resolve(conjunct.world.api, conjunct.node, ref)
  const term =
    node === undefined ? termIn(engine, conjunct.world, null) : termIn(engine, conjunct.world, { ...node, dialect: conjunct.dialect })
  return { term, name: lastPart(ref) }
}

function lastPart(ref: string): string {
  const last = ref.split('/').at(-1) ?? ref
  return last.replace(/\.(?:json|ya?ml)(?:#.*)?$/i, '')
}

function tagValues(engine: Engine, term: Term, property: string): readonly string[] | null {
  const slice = sliceOf(engine, term, 'object')
  if (slice.mask === 0) return null
  const tag = appliedTo(engine, slice, property).term
  const values = listedIn(engine, sliceOf(engine, tag, 'string'))
  const texts = values?.filter((value) => typeof value === 'string') ?? []
  return texts.length === 0 ? null : texts
}

function compareKeys(compared: Compared, old: Discriminator, now: Discriminator): readonly LocalFact[] {
  const facts: LocalFact[] = []
  for (const [key, target] of old.keys) {
    const opposite = now.keys.get(key)
    if (opposite === undefined) {
      if (hasMember(compared, target, now))
        facts.push(
          localFact({ aspect: 'discriminator-key-removed', effect: 'narrows', subject: key, base: target.place, baseValue: target.name }),
        )
    } else if (!leadsAlike(compared, target, opposite)) {
      const values = { baseValue: target.name, headValue: opposite.name }
      facts.push(
        localFact({
          aspect: 'discriminator-key-retargeted',
          effect: 'incomparable',
          subject: key,
          base: target.place,
          head: opposite.place,
          ...values,
        }),
      )
    }
  }
  for (const [key, target] of now.keys) {
    if (old.keys.has(key) || !hasMember(compared, target, old)) continue
    facts.push(localFact({ aspect: 'discriminator-key-added', effect: 'widens', subject: key, head: target.place, headValue: target.name }))
  }
  return facts
}

/** A member that came or went as a whole is reported as such, once. Without a union, or where a key was written, the key itself counts. */
function hasMember(compared: Compared, target: Target, other: Discriminator): boolean {
  const members = (['oneOf', 'anyOf'] as const).flatMap((name) => unionMembers(compared.engine, other.conjunct, name))
  return (
    members.length === 0 ||
    [...other.keys.values()].some((each) => leadsAlike(compared, target, each)) ||
    members.some(({ term }) => sameTerms(compared, target.term, term))
  )
}

/** The same schema by name, or by meaning. */
function leadsAlike(compared: Compared, left: Target, right: Target): boolean {
  return left.name === right.name || sameTerms(compared, left.term, right.term)
}

function sameTerms({ prover }: Compared, left: Term, right: Term): boolean {
  return left === right || (prover.within(left, right) && prover.within(right, left))
}
