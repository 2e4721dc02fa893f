/**
 * Finds a JSON value that one term holds and another does not. Candidates are made from the bounds, lists, patterns and properties of
 * both terms; each is checked before it is given out, so a witness is always right and its absence proves nothing.
 */
import type { Engine, Slice } from './engine.ts'
import { finiteValues } from './finite.ts'
import { groups } from './json-types.ts'
import { plainValue } from './plain-value.ts'
import { unionCases } from './prove-cases.ts'
import { negated, sliceOf, subterm } from './slice.ts'
import { keyword } from './term.ts'
import type { Term } from './term.ts'
import { validate } from './validate.ts'
import { listCandidates, objectCandidates } from './witness-composites.ts'
import type { Maker } from './witness-composites.ts'
import { numberCandidates, textCandidates } from './witness-scalars.ts'

/** Candidates kept for one term at one depth. */
const maxCandidates = 24

/** Terms visited for one witness. */
const maxVisits = 200

/** Properties and items nested deeper are not varied. */
const maxDepth = 12

/** Members of a union that are tried. */
const maxCases = 12

/** Steps of the diff's budget that one visit counts as. */
const costOfVisit = 5

export interface Witness {
  readonly value: unknown
}

/** Where the difference is known to be: a path of facts, followed first. */
export type Focus = readonly string[]

/** A value of `inside` that `outside` certainly refuses. */
export function findWitness(
  engine: Engine,
  { inside, outside, focus }: { inside: Term; outside: Term; focus: Focus | null },
): Witness | undefined {
  if (engine.budget.diff <= 0) return undefined
  for (const aim of focus === null ? [null] : [focus, null]) {
    const candidates = candidatesOf({ engine, state: { visits: maxVisits }, depth: 0, focus: aim }, inside, [outside])
    const value = candidates.find((each) => validate(engine, outside, each) === false)
    if (value !== undefined) return { value }
  }
  return undefined
}

/** Some value of the term. */
export function findValue(engine: Engine, term: Term): Witness | undefined {
  return plainValue(engine, term) ?? undefined
}

interface Run {
  readonly engine: Engine
  readonly state: { visits: number }
  readonly depth: number
  readonly focus: Focus | null
}

/** Values that certainly belong to the term, those that some hint refuses first. */
function candidatesOf(run: Run, term: Term, hints: readonly Term[]): readonly unknown[] {
  const { engine, state } = run
  if (term.never || run.depth > maxDepth || --state.visits < 0) return []
  engine.budget.diff -= costOfVisit
  if (isFree(term) && hints.every(isFree)) return anything
  const focused = { ...run, focus: skipUnions(run.focus) }
  const opened = [...hints.flatMap((hint) => openHint(engine, hint)), ...conditionsOf(engine, term)]
  const all = groups.toReversed().flatMap((group) => {
    const slice = sliceOf(engine, term, group)
    const hinted = opened.map((hint) => sliceOf(engine, hint, group))
    return slice.mask === 0 ? [] : ofSlice(focused, slice, hinted)
  })
  const plain = plainValue(engine, term)
  const valid = distinctValues([...all, ...(plain === null ? [] : [plain.value])]).filter((value) => validate(engine, term, value) === true)
  return refusedFirst(engine, valid, hints).slice(0, maxCandidates)
}

function isFree(term: Term): boolean {
  return term.conjuncts.length === 0 && !term.never
}

/** One value of each kind. */
const anything: readonly unknown[] = ['text', 1, 0.5, true, null, {}, []]

/** Members of unions and branches of conditions stand at the same value. */
function skipUnions(focus: Focus | null): Focus | null {
  if (focus === null) return null
  const [first = '', , ...rest] = focus
  if (first === 'oneOf' || first === 'dependentSchemas') return skipUnions(rest)
  return first === 'then' || first === 'else' ? skipUnions(focus.slice(1)) : focus
}

function refusedFirst(engine: Engine, values: readonly unknown[], hints: readonly Term[]): readonly unknown[] {
  if (hints.length === 0) return values
  const refused = values.filter((value) => hints.some((hint) => validate(engine, hint, value) === false))
  const others = values.filter((value) => !refused.includes(value))
  return refused.length > maxCandidates / 2 ? [...refused.slice(0, maxCandidates - 2), ...others.slice(0, 2)] : [...refused, ...others]
}

/** The hint, its members where it is a union, what it excludes and what it asks under conditions: their limits are worth trying. */
function openHint(engine: Engine, hint: Term): readonly Term[] {
  const cases = groups.flatMap((group) => {
    const slice = sliceOf(engine, hint, group)
    return slice.mask === 0 || slice.unions.length === 0 ? [] : (unionCases(engine, slice)?.slice(0, maxCases) ?? [])
  })
  return [hint, ...cases.slice(0, maxCases), ...conditionsOf(engine, hint)]
}

function conditionsOf(engine: Engine, term: Term): readonly Term[] {
  return term.conjuncts.flatMap((conjunct) => {
    const excluded = negated(engine, conjunct)
    const branches = ['if', 'then', 'else']
      .filter((name) => keyword(conjunct, name) !== undefined)
      .map((name) => subterm(engine, conjunct, name))
    return excluded === null ? branches : [excluded, ...branches]
  })
}

function ofSlice(run: Run, slice: Slice, hints: readonly Slice[]): readonly unknown[] {
  const { engine } = run
  const values = finiteValues(engine, slice)
  if (values !== null) return values.slice(0, maxCandidates * 2)
  const listed = hints.flatMap((hint) => finiteValues(engine, hint)?.slice(0, 3) ?? [])
  const own = [...madeFor(run, slice, hints), ...listed]
  const cases = slice.unions.length === 0 ? [] : (unionCases(engine, slice)?.slice(0, maxCases) ?? [])
  return [...cases.flatMap((each) => ofCase(run, sliceOf(engine, each, slice.group), hints)), ...own]
}

function ofCase(run: Run, slice: Slice, hints: readonly Slice[]): readonly unknown[] {
  if (slice.mask === 0 || --run.state.visits < 0) return []
  return finiteValues(run.engine, slice)?.slice(0, maxCandidates) ?? madeFor(run, slice, hints)
}

function madeFor(run: Run, slice: Slice, hints: readonly Slice[]): readonly unknown[] {
  const { engine, focus } = run
  const make: Maker = (term, others, rest) => candidatesOf({ ...run, depth: run.depth + 1, focus: rest }, term, others)
  switch (slice.group) {
    case 'number':
      return numberCandidates(slice, hints)
    case 'string':
      return textCandidates(slice, hints)
    case 'array':
      return listCandidates(engine, { slice, hints, make, focus })
    case 'object':
      return objectCandidates(engine, { slice, hints, make, focus })
    case 'null':
    case 'boolean':
      return []
  }
}

function distinctValues(values: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = JSON.stringify(value)
    if (key.length > 20_000 || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
