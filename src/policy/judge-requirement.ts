/** Whether people have agreed as a rule requires: its approvals, its choices between them, nobody counted twice where that is asked. */
import type { RequirementOutcome } from '../model/decision.ts'
import type { ReviewFact } from '../model/snapshot.ts'
import { assignApprovers, countApprovers, type Assignment } from './assign-approvers.ts'
import { demandsOf, type Demand } from './demands.ts'
import type { DemandContext } from './demand-context.ts'
import { judgeDemand, personKey, type JudgedDemand } from './judge-demand.ts'
import type { Ownership } from './owners.ts'
import type { Subject } from './subjects.ts'
import type { Require } from './written-rules.ts'

export interface JudgedOption {
  readonly state: 'satisfied' | 'waiting' | 'error' | 'unsatisfiable'
  readonly demands: readonly JudgedDemand[]
  readonly outcomes: readonly RequirementOutcome[]
  /** For each demand, the approvals that nobody can give. */
  readonly unfillable: readonly number[]
}

export interface JudgedRequirement {
  /** The option that is satisfied or nearest to it. */
  readonly best: JudgedOption
  /** The others, when the rule offers a choice. */
  readonly others: readonly JudgedOption[]
  readonly vetoes: readonly ReviewFact[]
}

export interface RequirementContext extends DemandContext {
  readonly ownership: Ownership
  readonly subjects: readonly Subject[]
  /** False while it cannot be told who is excluded: then no approval counts yet. */
  readonly isProven: boolean
}

/** Judges every way of satisfying the requirement. */
export function judgeRequirement(require: Require, context: RequirementContext): JudgedRequirement {
  const demands = (approvals: Require['approvals']) =>
    (approvals ?? []).flatMap((approval) => demandsOf(approval, context.subjects, context.ownership))
  const always = demands(require.approvals)
  const choices = require.any_of === undefined ? [always] : require.any_of.map(({ approvals }) => [...always, ...demands(approvals)])
  const options = choices.map((choice) => judgeOption(choice, require.distinct ?? false, context)).sort((a, b) => distance(a) - distance(b))
  const [best, ...others] = options
  const all = options.flatMap((option) => option.demands.flatMap(({ vetoes }) => vetoes))
  const vetoes = [...new Map(all.map((review) => [review.user.id, review])).values()]
  return { best: best ?? { state: 'satisfied', demands: [], outcomes: [], unfillable: [] }, others, vetoes }
}

const stateOrder = { satisfied: 0, waiting: 1, error: 2, unsatisfiable: 3 } as const

function distance({ state, outcomes }: JudgedOption): number {
  const missing = outcomes.reduce((sum, { needed, approvals, satisfied }) => sum + (satisfied ? 0 : needed - approvals.length), 0)
  return stateOrder[state] * 1000 + missing
}

function judgeOption(demands: readonly Demand[], isDistinct: boolean, context: RequirementContext): JudgedOption {
  const judged = demands.map((demand) => judgeDemand(demand, context))
  const places = judged.map(({ demand, approvals, eligible }) => ({
    count: demand.count,
    given: context.isProven ? approvals.map(({ user }) => personKey(user)) : [],
    possible: eligible,
  }))
  const assigned = isDistinct ? assignApprovers(places) : countApprovers(places)
  const outcomes = judged.map((one, index) => outcomeOf(one, assigned[index]))
  return {
    state: stateOf(judged, outcomes, assigned),
    demands: judged,
    outcomes,
    unfillable: assigned.map(({ unfillable }) => unfillable),
  }
}

function outcomeOf({ demand, approvals, askable }: JudgedDemand, assignment: Assignment | undefined): RequirementOutcome {
  const counted = approvals.filter(({ user }) => assignment?.given.includes(personKey(user)) === true)
  const isSatisfied = counted.length >= demand.count
  return {
    from: demand.label,
    needed: demand.count,
    approvals: counted.map(({ user, commit }) => ({ login: user.login, commit })),
    candidates: isSatisfied ? [] : askable,
    satisfied: isSatisfied,
  }
}

function stateOf(
  judged: readonly JudgedDemand[],
  outcomes: readonly RequirementOutcome[],
  assigned: readonly Assignment[],
): JudgedOption['state'] {
  const open = judged.filter((_, index) => outcomes[index]?.satisfied !== true)
  if (open.length === 0) return 'satisfied'
  if (assigned.some(({ unfillable }, index) => unfillable > 0 && outcomes[index]?.satisfied !== true)) return 'unsatisfiable'
  return open.some(({ unreadable }) => unreadable.length > 0) ? 'error' : 'waiting'
}
