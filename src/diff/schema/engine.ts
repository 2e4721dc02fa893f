/** What one diff shares: both descriptions, all terms, everything already proved, and a budget counted in steps, so that nothing hangs and every run answers alike. */
import type { ApiDescription, JsonObject, SchemaNode } from '../../openapi/types.ts'
import type { Group } from './json-types.ts'
import { createLikeness } from './likeness.ts'
import type { Likeness, Located } from './likeness.ts'
import { createTerms, createWorld, madeUp, termOf, termOfSchema } from './term.ts'
import type { Conjunct, Term, Terms, World } from './term.ts'
import type { SchemaOptions } from './types.ts'

/** Steps of proof for one question; past this the answer is `unknown`. The hardest of 300 real pairs of descriptions needs 226. */
export const stepsPerQuestion = 2_000

/** Steps of proof for one diff: past this every open question is `unknown`. Those real pairs need up to 3,200. */
export const stepsPerDiff = 80_000

/** A member of a union, as written. */
export interface Member {
  readonly index: number
  readonly node: SchemaNode
  readonly term: Term
}

/** An `anyOf` or `oneOf` of which at least two members admit the group. */
export interface Union {
  readonly conjunct: Conjunct
  readonly keyword: 'anyOf' | 'oneOf'
  readonly members: readonly Member[]
}

/** What a term says about one group of JSON values: unions of which one member is left are already opened. */
export interface Slice {
  readonly group: Group
  /** Which kinds of the group are admitted; 0: none at all. */
  readonly mask: number
  readonly conjuncts: readonly Conjunct[]
  readonly unions: readonly Union[]
}

export interface Engine {
  readonly base: World
  readonly head: World
  readonly terms: Terms
  readonly options: SchemaOptions
  /** Reads alike, words included: nothing to report. */
  readonly unchanged: Likeness
  /** Reads alike, words apart: the same set of values. */
  readonly sameSet: Likeness
  readonly slices: Map<Term, Map<Group, Slice>>
  readonly types: Map<Term, number>
  readonly writtenTypes: { readonly 'lists-as-types': Map<Term, number>; readonly 'lists-apart': Map<Term, number> }
  readonly members: { readonly anyOf: Map<Conjunct, readonly Member[]>; readonly oneOf: Map<Conjunct, readonly Member[]> }
  /** Proved and refused questions: by `kind left right`. */
  readonly answers: Map<string, boolean>
  /** `nesting`: unions within unions that are being read. */
  readonly budget: { question: number; diff: number; nesting: number }
}

/** Proofs; `false` only means that none was found. */
export interface Prover {
  readonly engine: Engine
  /** Every value of `inner` is one of `outer`. */
  readonly within: (inner: Term, outer: Term) => boolean
  /** There is no value. */
  readonly empty: (term: Term) => boolean
  /** Asks about a part of the value: a property or an item. */
  readonly below: (question: () => boolean) => boolean
}

/** A term of which one group of values is looked at. */
export interface Part {
  readonly term: Term
  readonly slice: Slice
}

export function createEngine(base: ApiDescription, head: ApiDescription, options: SchemaOptions): Engine {
  const baseWorld = createWorld(base)
  return {
    base: baseWorld,
    head: createWorld(head),
    terms: createTerms(baseWorld),
    options,
    unchanged: createLikeness('with-words'),
    sameSet: createLikeness('without-words'),
    slices: new Map(),
    types: new Map(),
    writtenTypes: { 'lists-as-types': new Map(), 'lists-apart': new Map() },
    members: { anyOf: new Map(), oneOf: new Map() },
    answers: new Map(),
    budget: { question: 0, diff: stepsPerDiff, nesting: 0 },
  }
}

/** The term of a schema of this world. */
export function termIn(engine: Engine, world: World, node: SchemaNode | null): Term {
  return termOfSchema(engine.terms, world, node)
}

/** The term with one conjunct more, which nobody wrote. */
export function narrowed(engine: Engine, term: Term, by: JsonObject): Term {
  return termOf(engine.terms, [...term.conjuncts, madeUp(engine.terms, by)], term.never)
}

/** Takes a question about a term off the budget, larger terms costing more; false when the budget is used up. */
export function step(engine: Engine, size: number): boolean {
  const { budget } = engine
  const cost = 1 + (size >> 2)
  budget.question -= cost
  budget.diff -= cost
  return budget.question > 0 && budget.diff > 0
}

/** The two conjuncts say the same about values, keyword by keyword. */
export function twins(engine: Engine, left: Conjunct, right: Conjunct): boolean {
  if (left === right) return true
  if (left.world === right.world || left.without.size > 0 || right.without.size > 0) return false
  const located = ({ world, node, dialect }: Conjunct): Located => ({ world, node: { file: node.file, value: node.value, dialect } })
  return engine.sameSet.alike(located(left), located(right))
}

/** Unions nested deeper are not read: the stack must last. */
const maxNesting = 150

/** Reads unions one level further in; answers `otherwise` when that is too deep. */
export function nested<T>(engine: Engine, otherwise: T, read: () => T): T {
  if (engine.budget.nesting >= maxNesting) return otherwise
  engine.budget.nesting += 1
  const found = read()
  engine.budget.nesting -= 1
  return found
}
