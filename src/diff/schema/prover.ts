/**
 * Proofs about whole terms: x lies within y, x holds no value. `true` is proved, `false` only means that no proof was found.
 * Recursive schemas are proved by induction on the depth of values: a question met again below a property or item counts as proved.
 */
import type { Engine, Prover, Slice } from './engine.ts'
import { narrowed, step, stepsPerQuestion, twins } from './engine.ts'
import { finiteValues } from './finite.ts'
import { groupBits, groups, typeNames } from './json-types.ts'
import type { Group } from './json-types.ts'
import { listsNothing } from './prove-empty.ts'
import { implies } from './prove-conjunct.ts'
import { casesOf } from './prove-cases.ts'
import { sliceOf, typesOf } from './slice.ts'
import { both } from './term.ts'
import type { Term } from './term.ts'
import { validate } from './validate.ts'

/** Questions within questions; deeper ones are not asked, so that the stack lasts. */
const maxOpen = 300

interface State {
  readonly engine: Engine
  /** Questions being proved, with the depth below the root at which they were asked. */
  readonly open: Map<string, number>
  /** Proved while others were open, in order: given up when one of those fails. */
  readonly trail: string[]
  level: number
}

const provers = new WeakMap<Engine, Prover>()

/** The prover of an engine; what it has proved is remembered there. */
export function proverOf(engine: Engine): Prover {
  let prover = provers.get(engine)
  if (prover === undefined) provers.set(engine, (prover = createProver(engine)))
  return prover
}

function createProver(engine: Engine): Prover {
  const state: State = { engine, open: new Map(), trail: [], level: 0 }
  const prover: Prover = {
    engine,
    within: (inner, outer) => {
      if (inner === outer || inner.never) return true
      const size = inner.conjuncts.length + outer.conjuncts.length
      const key = `${String(inner.id)} in ${String(outer.id)}`
      return settle(state, { key, size, inductive: true, prove: () => proveWithin(prover, inner, outer) })
    },
    empty: (term) => {
      if (term.never) return true
      const size = term.conjuncts.length
      return settle(state, { key: `${String(term.id)} empty`, size, inductive: false, prove: () => proveEmpty(prover, term) })
    },
    below: (question) => {
      state.level += 1
      const answer = question()
      state.level -= 1
      return answer
    },
  }
  return prover
}

interface Question {
  readonly key: string
  /** Conjuncts involved. */
  readonly size: number
  /** Whether it may be taken as proved when it comes up again below a property. */
  readonly inductive: boolean
  readonly prove: () => boolean
}

function settle(state: State, question: Question): boolean {
  const { engine, open } = state
  const known = engine.answers.get(question.key)
  if (known !== undefined) return known
  const openAt = open.get(question.key)
  if (openAt !== undefined) return question.inductive && state.level > openAt
  if (open.size === 0) engine.budget.question = stepsPerQuestion
  return open.size < maxOpen && step(engine, question.size) && attempt(state, question)
}

/** What was proved on the way to a failure may rest on it, and is given up. */
function attempt({ engine, open, trail, level }: State, { key, prove }: Question): boolean {
  open.set(key, level)
  const mark = trail.length
  const proved = prove()
  open.delete(key)
  if (!proved) for (const provisional of trail.splice(mark)) engine.answers.delete(provisional)
  const exhausted = engine.budget.question <= 0 || engine.budget.diff <= 0
  if (proved || !exhausted) engine.answers.set(key, proved)
  if (proved) trail.push(key)
  if (open.size === 0) trail.length = 0
  return proved
}

function proveWithin(prover: Prover, inner: Term, outer: Term): boolean {
  if (outer.never) return prover.empty(inner)
  if (outer.conjuncts.every((conjunct) => inner.conjuncts.some((each) => twins(prover.engine, each, conjunct)))) return true
  const bits = typesOf(prover.engine, inner)
  return groups.every((group) => (bits & groupBits[group]) === 0 || groupWithin(prover, { inner, group }, outer))
}

function groupWithin(prover: Prover, { inner, group }: { inner: Term; group: Group }, outer: Term): boolean {
  const { engine } = prover
  const slice = sliceOf(engine, inner, group)
  if (slice.mask === 0) return true
  const values = finiteValues(engine, slice)
  if (values !== null) return values.every((value) => validate(engine, outer, value) === true)
  const part = restrictTo(engine, inner, slice)
  if (
    outer.conjuncts.every(
      (conjunct) => slice.conjuncts.some((each) => twins(engine, each, conjunct)) || implies(prover, { term: part, slice }, conjunct),
    )
  )
    return true
  if (listsNothing(prover, part, slice)) return true
  const cases = casesOf(engine, slice)
  return cases !== null && cases.every((each) => prover.within(each, outer))
}

/** The term with values of the group only. */
function restrictTo(engine: Engine, term: Term, slice: Slice): Term {
  return (typesOf(engine, term) & ~groupBits[slice.group]) === 0
    ? term
    : narrowed(engine, term, { type: typeNames(groupBits[slice.group]) })
}

function proveEmpty(prover: Prover, term: Term): boolean {
  const { engine } = prover
  const bits = typesOf(engine, term)
  return groups.every((group) => {
    if ((bits & groupBits[group]) === 0) return true
    const slice = sliceOf(engine, term, group)
    return slice.mask === 0 || listsNothing(prover, restrictTo(engine, term, slice), slice)
  })
}

/** No value belongs to both. */
export function disjoint(prover: Prover, left: Term, right: Term): boolean {
  return prover.empty(both(prover.engine.terms, left, right))
}
