/** What comparing two terms yields: facts about the terms themselves, and pairs of terms one step further into the value. */
import type { Node, SchemaNode } from '../../openapi/types.ts'
import type { Engine, Prover, Slice } from './engine.ts'
import { placeOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'
import type { Effect, OnBoth, SchemaAspect } from './types.ts'

/** A fact before it is known how its terms are reached. */
export interface LocalFact {
  readonly aspect: SchemaAspect
  readonly effect: Effect
  readonly subject: string
  readonly base: Node | null
  readonly head: Node | null
  readonly baseValue?: unknown
  readonly headValue?: unknown
  /** Below the term: the property that the fact is about. */
  readonly below: readonly string[]
  /** Set for facts about a property. */
  readonly property: PropertyGuards | null
  readonly openEnum: boolean
  readonly docsOnly: boolean
  readonly reason: string
}

export interface PropertyGuards {
  readonly required: OnBoth<boolean>
  readonly declared: OnBoth<boolean>
  readonly closed: OnBoth<boolean>
  readonly readOnly: OnBoth<boolean>
  readonly writeOnly: OnBoth<boolean>
  readonly deprecated: OnBoth<boolean>
}

/** A pair of terms further in. */
export interface Step {
  readonly segments: readonly string[]
  readonly base: Term
  readonly head: Term
  /** The schemas as they are written there, before references are followed; null when several or none. */
  readonly baseEntry: SchemaNode | null
  readonly headEntry: SchemaNode | null
  /** Set when the step leads into a property. */
  readonly property: PropertyGuards | null
  /** Set for a step into a member of a union, which is the same value still: the schemas around the union. */
  readonly around: ReadonlySet<Conjunct> | null
  /** The sets are proved equal as a whole: only words are told from here on. */
  readonly wordsOnly: boolean
}

export interface Report {
  readonly facts: readonly LocalFact[]
  readonly steps: readonly Step[]
}

/** Both terms, as the comparers see them. */
export interface Compared {
  readonly engine: Engine
  readonly prover: Prover
  readonly base: Term
  readonly head: Term
  /** All conjuncts that hold for some group of values, those of opened unions included. */
  readonly baseConjuncts: readonly Conjunct[]
  readonly headConjuncts: readonly Conjunct[]
}

/** Both slices of one group. */
export interface ComparedSlices extends Compared {
  readonly baseSlice: Slice
  readonly headSlice: Slice
}

export const nothing: Report = { facts: [], steps: [] }

export function joined(reports: readonly Report[]): Report {
  return { facts: reports.flatMap(({ facts }) => facts), steps: reports.flatMap(({ steps }) => steps) }
}

export function reportOf(...facts: readonly LocalFact[]): Report {
  return { facts, steps: [] }
}

type Draft = Pick<LocalFact, 'aspect' | 'effect' | 'subject'> & Partial<LocalFact>

/** A fact from what is special about it. */
export function localFact(draft: Draft): LocalFact {
  return { base: null, head: null, below: [], property: null, openEnum: false, docsOnly: false, reason: '', ...draft }
}

/** A step from what is special about it. */
export function stepTo(draft: Pick<Step, 'segments' | 'base' | 'head'> & Partial<Step>): Step {
  return { baseEntry: null, headEntry: null, property: null, around: null, wordsOnly: false, ...draft }
}

/** The place of a keyword; null when nobody wrote it. */
export function keywordPlace(conjunct: Conjunct | null | undefined, ...tokens: readonly (string | number)[]): Node | null {
  return conjunct === null || conjunct === undefined || isMadeUp(conjunct) ? null : placeOf(conjunct, ...tokens)
}

/** Case splits add conjuncts that nobody wrote. */
export function isMadeUp(conjunct: Conjunct): boolean {
  return (
    conjunct.node.file === '' &&
    conjunct.node.pointer === '' &&
    conjunct.origin === null &&
    conjunct.world.conjuncts.get(conjunct.node.value) === undefined
  )
}

/** How a limit that only one side has, or that moved, changes the set. `tighter`: positive when head is stricter. */
export function effectOfLimit(tighter: number): Effect {
  return tighter > 0 ? 'narrows' : tighter < 0 ? 'widens' : 'equal'
}

/** The effect of two inclusions. */
export function effectOf(headWithinBase: boolean, baseWithinHead: boolean): Effect {
  if (headWithinBase) return baseWithinHead ? 'equal' : 'narrows'
  return baseWithinHead ? 'widens' : 'unknown'
}
