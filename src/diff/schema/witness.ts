/**
 * Finds a JSON value that one term holds and another does not. Candidates are made from the bounds, lists, patterns and properties of
 * both terms; each is checked before it is given out, so a witness is always right and its absence proves nothing.
 */
import type { Engine, Slice } from './engine.ts'
import { finiteValues } from './finite.ts'
import { groups } from './json-types.ts'
import { unionCases } from './prove-cases.ts'
import { listCandidates, objectCandidates } from './witness-composites.ts'
import type { Maker } from './witness-composites.ts'
import { numberCandidates, textCandidates } from './witness-scalars.ts'
import { sliceOf } from './slice.ts'
import type { Term } from './term.ts'
import { validate } from './validate.ts'

/** Candidates kept for one term at one depth. */
const maxCandidates = 24

/** Terms visited for one witness. */
const maxVisits = 400

/** Properties and items nested deeper are not made. */
const maxDepth = 8

export interface Witness {
  readonly value: unknown
}

/** A value of `inside` that `outside` certainly refuses; any value of `inside` when `outside` is null. */
export function findWitness(engine: Engine, inside: Term, outside: Term | null): Witness | undefined {
  if (engine.budget.diff <= 0) return undefined
  const state = { visits: maxVisits }
  const candidates = candidatesOf({ engine, state, depth: 0 }, inside, outside === null ? [] : [outside])
  const value = candidates.find((each) => outside === null || validate(engine, outside, each) === false)
  return value === undefined ? undefined : { value }
}

interface Run {
  readonly engine: Engine
  readonly state: { visits: number }
  readonly depth: number
}

/** Values that certainly belong to the term, those that some hint refuses first. */
function candidatesOf(run: Run, term: Term, hints: readonly Term[]): readonly unknown[] {
  const { engine, state } = run
  if (term.never || run.depth > maxDepth || --state.visits < 0) return []
  const all: unknown[] = []
  const cases = hints.flatMap((hint) => openCases(engine, hint))
  for (const group of groups.toReversed()) {
    const slice = sliceOf(engine, term, group)
    if (slice.mask === 0) continue
    const hinted = cases.map((hint) => sliceOf(engine, hint, group))
    all.push(...ofSlice(run, slice, hinted))
  }
  const valid = distinctValues(all).filter((value) => validate(engine, term, value) === true)
  return refusedFirst(engine, valid, hints).slice(0, maxCandidates)
}

function refusedFirst(engine: Engine, values: readonly unknown[], hints: readonly Term[]): readonly unknown[] {
  if (hints.length === 0) return values
  const refused = values.filter((value) => hints.some((hint) => validate(engine, hint, value) === false))
  const others = values.filter((value) => !refused.includes(value))
  return refused.length > maxCandidates / 2 ? [...refused.slice(0, maxCandidates - 2), ...others.slice(0, 2)] : [...refused, ...others]
}

/** The hint and, where it is a union, its members: their limits are worth trying. */
function openCases(engine: Engine, hint: Term): readonly Term[] {
  const cases = groups.flatMap((group) => {
    const slice = sliceOf(engine, hint, group)
    return slice.mask === 0 ? [] : (unionCases(engine, slice) ?? [])
  })
  return [hint, ...cases.slice(0, 8)]
}

function ofSlice(run: Run, slice: Slice, hints: readonly Slice[]): readonly unknown[] {
  const { engine } = run
  const values = finiteValues(engine, slice)
  if (values !== null) return values.slice(0, maxCandidates * 2)
  const listed = hints.flatMap((hint) => finiteValues(engine, hint)?.slice(0, 3) ?? [])
  const own = [...madeFor(run, slice, hints), ...listed]
  const cases = unionCases(engine, slice)?.slice(0, 12) ?? []
  const opened = cases.flatMap((each) => candidatesOf({ ...run, depth: run.depth + 1 }, each, []).slice(0, 6))
  const guided = cases.flatMap((each) => ofCase(run, sliceOf(engine, each, slice.group), hints))
  return [...guided, ...opened, ...own]
}

function ofCase(run: Run, slice: Slice, hints: readonly Slice[]): readonly unknown[] {
  return slice.mask === 0 || slice.unions.length > 0 || --run.state.visits < 0
    ? []
    : (finiteValues(run.engine, slice) ?? madeFor(run, slice, hints))
}

function madeFor(run: Run, slice: Slice, hints: readonly Slice[]): readonly unknown[] {
  const deeper: Run = { ...run, depth: run.depth + 1 }
  const make: Maker = (term, others) => candidatesOf(deeper, term, others)
  switch (slice.group) {
    case 'number':
      return numberCandidates(slice, hints)
    case 'string':
      return textCandidates(slice, hints)
    case 'array':
      return listCandidates(run.engine, { slice, hints, make })
    case 'object':
      return objectCandidates(run.engine, { slice, hints, make })
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
