/** One plain value of a term, as short as can be: what fills the parts of a witness that do not matter. */
import { appliedToItem } from './arrays.ts'
import type { Engine, Slice } from './engine.ts'
import { finiteValues } from './finite.ts'
import { groups } from './json-types.ts'
import { appliedTo, countBound, requiredNames } from './objects.ts'
import { containsBounds } from './prove-arrays.ts'
import { unionCases } from './prove-cases.ts'
import { sliceOf, subterm } from './slice.ts'
import { both, keyword } from './term.ts'
import type { Term } from './term.ts'
import { validate } from './validate.ts'
import { numberCandidates, textCandidates } from './witness-scalars.ts'

export interface Plain {
  readonly value: unknown
}

interface Search {
  readonly known: Map<Term, Plain | null>
  depth: number
  visits: number
}

const searches = new WeakMap<Engine, Search>()

/** Parts within parts. */
const maxDepth = 25

/** Terms looked at for one value. */
const maxVisits = 300

/** Lists and objects that need more parts are not made. */
const maxParts = 40

/** Scalars first, then empty and small things; null where none was found. Recursion that cannot end finds none. */
export function plainValue(engine: Engine, term: Term): Plain | null {
  let search = searches.get(engine)
  if (search === undefined) searches.set(engine, (search = { known: new Map(), depth: 0, visits: 0 }))
  const found = search.known.get(term)
  if (found !== undefined) return found
  if (search.depth === 0) search.visits = 0
  if (search.depth >= maxDepth || search.visits >= maxVisits || engine.budget.diff <= 0) return null
  return searchFor(engine, search, term)
}

/** A search that ran out of steps is not remembered. */
function searchFor(engine: Engine, search: Search, term: Term): Plain | null {
  search.known.set(term, null)
  search.visits += 1
  engine.budget.diff -= 1 + term.conjuncts.length
  search.depth += 1
  const plain = makePlain(engine, term)
  search.depth -= 1
  if (plain !== null || search.visits < maxVisits) search.known.set(term, plain)
  else search.known.delete(term)
  return plain
}

/** The order in which kinds are tried: what reads best first. */
const kinds = ['string', 'number', 'boolean', 'object', 'array', 'null'] as const satisfies readonly (typeof groups)[number][]

function makePlain(engine: Engine, term: Term): Plain | null {
  for (const group of kinds) {
    const slice = sliceOf(engine, term, group)
    if (slice.mask === 0) continue
    for (const value of plainOfSlice(engine, slice)) if (validate(engine, term, value) === true) return { value }
  }
  return null
}

function* plainOfSlice(engine: Engine, slice: Slice): Generator<unknown> {
  const values = finiteValues(engine, slice)
  if (values !== null) return yield* values.slice(0, maxParts)
  yield* ownValues(engine, slice)
  for (const each of unionCases(engine, slice)?.slice(0, maxParts) ?? []) {
    const plain = plainValue(engine, each)
    if (plain !== null) yield plain.value
  }
}

function* ownValues(engine: Engine, slice: Slice): Generator<unknown> {
  if (slice.group === 'string') yield* textCandidates(slice, [])
  if (slice.group === 'number') yield* numberCandidates(slice, [])
  if (slice.group === 'array') yield* plainLists(engine, slice)
  if (slice.group === 'object') yield* plainObjects(engine, slice)
}

function* plainLists(engine: Engine, slice: Slice): Generator<unknown> {
  const length = countBound(slice, 'minItems')?.value ?? 0
  if (length > maxParts) return
  const items = Array.from({ length }, (_, at) => plainValue(engine, appliedToItem(engine, slice, at).term))
  if (items.every((item) => item !== null)) yield items.map(({ value }) => value)
  for (const conjunct of slice.conjuncts) {
    if (keyword(conjunct, 'contains') === undefined) continue
    const item = plainValue(engine, both(engine.terms, appliedToItem(engine, slice, 0).term, subterm(engine, conjunct, 'contains')))
    const count = Math.min(Math.max(length, containsBounds(conjunct).min), maxParts)
    if (item !== null) yield Array.from({ length: count }, () => item.value)
  }
}

function* plainObjects(engine: Engine, slice: Slice): Generator<unknown> {
  const required = [...requiredNames(slice).keys()]
  if (required.length > maxParts) return
  const parts = required.map((name) => [name, plainValue(engine, appliedTo(engine, slice, name).term)] as const)
  const object = new Map<string, unknown>()
  for (const [name, plain] of parts) {
    if (plain === null) return
    object.set(name, plain.value)
  }
  yield Object.fromEntries(object)
  const least = Math.min(countBound(slice, 'minProperties')?.value ?? 0, maxParts)
  for (let extra = 1; object.size < least; extra++) object.set(`extra${String(extra)}`, extra)
  yield Object.fromEntries(object)
}
