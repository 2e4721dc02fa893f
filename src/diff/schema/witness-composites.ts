/** Lists and objects in which one part is near a limit and the rest is as plain as can be. */
import { isList, isObject, textsField } from '../../openapi/values.ts'
import { appliedToItem, prefixLength } from './arrays.ts'
import type { Engine, Slice } from './engine.ts'
import { appliedTo, appliedToRest, countBound, declaredNames, namePatterns, requiredNames } from './objects.ts'
import { plainValue } from './plain-value.ts'
import { subterm } from './slice.ts'
import { both, entriesOf, keyword } from './term.ts'
import type { Term } from './term.ts'
import { nameCandidates } from './witness-scalars.ts'

/** Candidates for a part; those that a hint refuses come first. */
export type Maker = (term: Term, hints: readonly Term[], focus: readonly string[] | null) => readonly unknown[]

export interface Making {
  readonly slice: Slice
  readonly hints: readonly Slice[]
  readonly make: Maker
  /** Where the difference is; null: anywhere. */
  readonly focus: readonly string[] | null
}

/** Longer lists and objects with more properties are not made. */
const maxParts = 40

/** Variants tried for one part. */
const variants = 6

/** Lists of every length that matters, with one item varied. */
export function listCandidates(engine: Engine, making: Making): readonly unknown[] {
  const { slice, hints } = making
  const all = [slice, ...hints]
  const bounds = all
    .flatMap((each) => [countBound(each, 'minItems')?.value, countBound(each, 'maxItems')?.value])
    .filter((bound) => bound !== undefined)
  const prefix = Math.min(Math.max(...all.map(prefixLength)), 6)
  const matches = all.flatMap(containsCounts)
  const near = [...bounds, ...matches].flatMap((bound) => [bound, bound + 1, bound - 1])
  const lengths = [...new Set([0, 1, 2, prefix, prefix + 1, ...near])].filter((length) => length >= 0 && length <= maxParts)
  const itemsAt = Array.from({ length: prefix + 1 }, (_, at) => itemsFor(engine, making, at))
  const fill = (length: number): unknown[] =>
    Array.from({ length }, (_, at) => pick(itemsAt[Math.min(at, prefix)]?.plain ?? [], at >= prefix ? at - prefix : 0))
  const lists: unknown[][] = lengths.map(fill)
  for (const length of lengths) {
    for (let at = 0; at <= Math.min(prefix, length - 1); at++) {
      for (const item of itemsAt[at]?.varied ?? []) {
        lists.push(fill(length).map((each, index) => (index === at ? item : each)))
        if (length > 1) lists.push(Array.from({ length }, () => item))
      }
    }
  }
  return lists.filter((list) => !list.includes(undefined))
}

interface Items {
  readonly plain: readonly unknown[]
  readonly varied: readonly unknown[]
}

function itemsFor(engine: Engine, { slice, hints, make, focus }: Making, at: number): Items {
  const { term } = appliedToItem(engine, slice, at)
  const [first = '', second = '', ...rest] = focus ?? []
  const here = focus === null || first === 'items' || (first === 'prefixItems' && second === String(at))
  const further = focus === null ? null : first === 'items' ? focus.slice(1) : rest
  const made = here
    ? make(
        term,
        hints.map((hint) => appliedToItem(engine, hint, at).term),
        further,
      )
    : []
  const foreign = containedTerms(engine, hints)
  const contained = containedTerms(engine, [slice, ...hints]).flatMap((each) =>
    make(both(engine.terms, term, each), foreign, []).slice(0, 3),
  )
  const plain = plainValue(engine, term)
  const others = make(term, [], [])
  return {
    plain: [...(plain === null ? [] : [plain.value]), ...others],
    varied: [...made.slice(0, variants), ...contained],
  }
}

function containedTerms(engine: Engine, slices: readonly Slice[]): readonly Term[] {
  const holders = slices.flatMap((slice) => slice.conjuncts.filter((conjunct) => keyword(conjunct, 'contains') !== undefined))
  return holders.map((conjunct) => subterm(engine, conjunct, 'contains'))
}

function containsCounts(slice: Slice): readonly number[] {
  const counts = slice.conjuncts.flatMap((conjunct) => [keyword(conjunct, 'minContains'), keyword(conjunct, 'maxContains')])
  return counts.filter((count) => typeof count === 'number')
}

function pick(values: readonly unknown[], at: number): unknown {
  return values.length === 0 ? undefined : values[at % values.length]
}

type Properties = ReadonlyMap<string, unknown>

/** Objects with what is required, and one property more, varied or missing. */
export function objectCandidates(engine: Engine, making: Making): readonly unknown[] {
  const { slice, hints } = making
  const plainOf = (name: string): unknown => plainValue(engine, appliedTo(engine, slice, name).term)?.value
  const filled = (names: Iterable<string>): Properties => new Map([...names].slice(0, maxParts).map((name) => [name, plainOf(name)]))
  const start = filled(requiredNames(slice).keys())
  const names = namesInFocus(engine, making).slice(0, maxParts)
  const varied = names.flatMap((name) => valuesFor(engine, making, name).map((value) => new Map([...start, [name, value]])))
  const needed = hints.slice(0, 4).map((hint) => filled(requiredNames(hint).keys()))
  const completed = needed
    .filter(({ size }) => size > 0)
    .flatMap((properties) => [start, ...varied.slice(0, maxParts)].map((object) => new Map([...properties, ...object])))
  const full = new Map([...start, ...filled(names)])
  const answering = varied.map((object) => new Map([...filled(demandedBy(slice, object)), ...object]))
  return [start, ...varied, ...answering, ...completed, full, ...sized([slice, ...hints], full)]
    .map(toObject)
    .filter((object) => object !== undefined)
}

/** The property that the focus leads to; names that matter when it ends here or nowhere. */
function namesInFocus(engine: Engine, { slice, hints, focus }: Making): readonly string[] {
  const [first = '', name = ''] = focus ?? []
  if (first === 'properties') return [name]
  const slices = [slice, ...hints]
  const free = slices.flatMap((each) => (appliedToRest(engine, each).term.never ? [] : nameCandidates(each, slices.flatMap(namePatterns))))
  const named = slices.flatMap((each) => [...declaredNames(each).keys(), ...requiredNames(each).keys(), ...dependentNames(each)])
  return [...new Set(focus !== null && first !== '' ? free : [...free, ...named])]
}

/** Names that the slice demands beside those of the object. */
function demandedBy(slice: Slice, object: Properties): readonly string[] {
  return slice.conjuncts.flatMap((conjunct) => {
    const lists = keyword(conjunct, 'dependentRequired')
    return [...object.keys()].flatMap((name) => textsField(lists, name))
  })
}

function dependentNames(slice: Slice): readonly string[] {
  return slice.conjuncts.flatMap((conjunct) => {
    const lists = keyword(conjunct, 'dependentRequired')
    const demanded = isObject(lists)
      ? Object.values(lists).flatMap((list) => (isList(list) ? list.filter((each) => typeof each === 'string') : []))
      : []
    return [...entriesOf(conjunct, 'dependentRequired'), ...entriesOf(conjunct, 'dependentSchemas'), ...demanded]
  })
}

function valuesFor(engine: Engine, { slice, hints, make, focus }: Making, name: string): readonly unknown[] {
  const { term } = appliedTo(engine, slice, name)
  const plain = plainValue(engine, term)
  const further = focus === null ? null : focus[0] === 'additionalProperties' ? focus.slice(1) : focus.slice(2)
  if (focus !== null && focus.length === 0) return plain === null ? [] : [plain.value]
  return make(
    term,
    hints.map((hint) => appliedTo(engine, hint, name).term),
    further,
  ).slice(0, variants)
}

/** Objects with as many properties as count bounds name. */
function sized(slices: readonly Slice[], properties: Properties): readonly Properties[] {
  const bounds = slices
    .flatMap((slice) => [countBound(slice, 'minProperties')?.value, countBound(slice, 'maxProperties')?.value])
    .filter((bound) => bound !== undefined)
  const given = [...properties].filter(([, value]) => value !== undefined)
  return [...new Set(bounds.flatMap((bound) => [bound, bound + 1, bound - 1]))]
    .filter((count) => count >= 0 && count <= maxParts)
    .map((count) => {
      const object = new Map(given.slice(0, count))
      for (let extra = 1; object.size < count; extra++) object.set(`extra${String(extra)}`, extra)
      return object
    })
}

/** Undefined when some value could not be made. */
function toObject(properties: Properties): unknown {
  const values = [...properties.values()]
  return values.includes(undefined) ? undefined : Object.fromEntries(properties)
}
