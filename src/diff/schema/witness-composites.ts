/** Lists and objects in which one part is near a limit and the rest is as plain as can be. */
import { isList, isObject } from '../../openapi/values.ts'
import { appliedToItem, prefixLength } from './arrays.ts'
import type { Engine, Slice } from './engine.ts'
import { appliedTo, appliedToRest, countBound, declaredNames, namePatterns, requiredNames } from './objects.ts'
import { subterm } from './slice.ts'
import { both, entriesOf, keyword } from './term.ts'
import type { Term } from './term.ts'
import { nameCandidates } from './witness-scalars.ts'

/** Candidates for a part; those that a hint refuses come first. */
export type Maker = (term: Term, hints: readonly Term[]) => readonly unknown[]

export interface Making {
  readonly slice: Slice
  readonly hints: readonly Slice[]
  readonly make: Maker
}

/** Longer lists and objects with more properties are not made. */
const maxParts = 40

/** Variants tried for one part. */
const variants = 5

/** Lists of every length that matters, with one item varied. */
export function listCandidates(engine: Engine, { slice, hints, make }: Making): readonly unknown[] {
  const all = [slice, ...hints]
  const bounds = all
    .flatMap((each) => [countBound(each, 'minItems')?.value, countBound(each, 'maxItems')?.value])
    .filter((bound) => bound !== undefined)
  const prefix = Math.min(Math.max(...all.map(prefixLength)), 6)
  const lengths = [...new Set([0, 1, 2, prefix, prefix + 1, ...bounds.flatMap((bound) => [bound, bound + 1, bound - 1])])].filter(
    (length) => length >= 0 && length <= maxParts,
  )
  const hintsAt = (at: number): Term[] => hints.map((hint) => appliedToItem(engine, hint, at).term)
  const contained = containedTerms(engine, all)
  const itemsAt = Array.from({ length: prefix + 1 }, (_, at) => {
    const { term } = appliedToItem(engine, slice, at)
    return [...make(term, hintsAt(at)), ...contained.flatMap((each) => make(both(engine.terms, term, each), []).slice(0, 2))]
  })
  const plainAt = Array.from({ length: prefix + 1 }, (_, at) => make(appliedToItem(engine, slice, at).term, []))
  const fill = (length: number): unknown[] =>
    Array.from({ length }, (_, at) => pick(plainAt[Math.min(at, prefix)] ?? [], at >= prefix ? at - prefix : 0))
  const lists: unknown[] = lengths.map(fill)
  for (const length of lengths) {
    for (let at = 0; at <= Math.min(prefix, length - 1); at++) {
      for (const item of itemsAt[at]?.slice(0, variants * 2) ?? [])
        lists.push(
          replaced(fill(length), at, item),
          Array.from({ length }, () => item),
        )
    }
  }
  return lists.filter((list) => isList(list) && !list.includes(undefined))
}

function containedTerms(engine: Engine, slices: readonly Slice[]): readonly Term[] {
  return slices.flatMap((slice) =>
    slice.conjuncts
      .filter((conjunct) => keyword(conjunct, 'contains') !== undefined)
      .map((conjunct) => subterm(engine, conjunct, 'contains')),
  )
}

function pick(values: readonly unknown[], at: number): unknown {
  return values.length === 0 ? undefined : values[at % values.length]
}

function replaced(list: readonly unknown[], at: number, item: unknown): unknown[] {
  return list.map((each, index) => (index === at ? item : each))
}

/** Objects with what is required, and one property more, varied or missing. */
export function objectCandidates(engine: Engine, { slice, hints, make }: Making): readonly unknown[] {
  const all = [slice, ...hints]
  const names = namesOf(engine, all)
  const hintsFor = (name: string): Term[] => hints.map((hint) => appliedTo(engine, hint, name).term)
  const plain = new Map<string, unknown>()
  const plainOf = (name: string): unknown => {
    if (!plain.has(name)) plain.set(name, make(appliedTo(engine, slice, name).term, [])[0])
    return plain.get(name)
  }
  const start = new Map([...requiredNames(slice).keys()].slice(0, maxParts).map((name) => [name, plainOf(name)]))
  const objects: Map<string, unknown>[] = [start]
  for (const name of names.slice(0, maxParts)) {
    const values = make(appliedTo(engine, slice, name).term, hintsFor(name)).slice(0, variants)
    objects.push(...values.map((value) => new Map(start).set(name, value)))
  }
  for (const hint of hints.slice(0, 4))
    objects.push(
      new Map([
        ...start,
        ...[...requiredNames(hint).keys()].slice(0, maxParts).map((name) => [name, start.get(name) ?? plainOf(name)] as const),
      ]),
    )
  for (const hint of hints.slice(0, 4)) objects.push(...completed(objects.slice(0, maxParts), hint, plainOf))
  const filled = names.slice(0, maxParts).map((name) => [name, start.get(name) ?? plainOf(name)] as const)
  objects.push(new Map([...start, ...filled]), ...sized(all, [...start, ...filled]))
  return objects.map(toObject).filter((object) => object !== undefined)
}

/** The same objects with everything that a hint requires, so that only the varied part is refused. */
function completed(
  objects: readonly Map<string, unknown>[],
  hint: Slice,
  plainOf: (name: string) => unknown,
): readonly Map<string, unknown>[] {
  const needed = [...requiredNames(hint).keys()].slice(0, maxParts)
  if (needed.length === 0) return []
  return objects.map((object) => new Map([...needed.map((name) => [name, plainOf(name)] as const), ...object]))
}

function namesOf(engine: Engine, slices: readonly Slice[]): readonly string[] {
  const names = new Set<string>()
  for (const slice of slices) {
    for (const name of [...declaredNames(slice).keys(), ...requiredNames(slice).keys()]) names.add(name)
    for (const conjunct of slice.conjuncts) {
      for (const keywordName of ['dependentRequired', 'dependentSchemas'])
        for (const name of entriesOf(conjunct, keywordName)) names.add(name)
      for (const name of Object.values(demands(keyword(conjunct, 'dependentRequired'))).flat()) names.add(name)
    }
    if (!appliedToRest(engine, slice).term.never) for (const name of nameCandidates(slice, slices.flatMap(namePatterns))) names.add(name)
  }
  return [...names]
}

function demands(lists: unknown): Record<string, string[]> {
  if (!isObject(lists)) return {}
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [name, isList(list) ? list.filter((each) => typeof each === 'string') : []]),
  )
}

/** Objects with as many properties as count bounds name. */
function sized(slices: readonly Slice[], properties: readonly (readonly [string, unknown])[]): readonly Map<string, unknown>[] {
  const bounds = slices
    .flatMap((slice) => [countBound(slice, 'minProperties')?.value, countBound(slice, 'maxProperties')?.value])
    .filter((bound) => bound !== undefined)
  const given = properties.filter(([, value]) => value !== undefined)
  return [...new Set(bounds.flatMap((bound) => [bound, bound + 1, bound - 1]))]
    .filter((count) => count >= 0 && count <= maxParts)
    .map((count) => {
      const object = new Map(given.slice(0, count))
      for (let extra = 1; object.size < count; extra++) object.set(`extra${String(extra)}`, extra)
      return object
    })
}

/** Undefined when some value could not be made. */
function toObject(properties: ReadonlyMap<string, unknown>): unknown {
  const values = [...properties.values()]
  return values.includes(undefined) ? undefined : Object.fromEntries(properties)
}
