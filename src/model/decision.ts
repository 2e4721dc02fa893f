/** A decision says who must agree and whether they have, and carries its evidence in sentences. */
import type { Problem } from './place.ts'

export type Mode = 'off' | 'advise' | 'enforce'
export type DecisionStatus = 'approved' | 'waiting' | 'blocked' | 'not-applicable'

export interface Decision {
  readonly schema: 'specgate/decision@1'
  readonly status: DecisionStatus
  /** The strictest mode that applies: `advise` shows what would have happened and blocks nothing. */
  readonly mode: Mode
  readonly rules: readonly RuleOutcome[]
  /** The smallest set of people or teams that could satisfy what is missing (`@org/team` or `@user`). */
  readonly askForReview: readonly string[]
  /** Mistakes in the policy, its waivers and owners, each with its line. */
  readonly problems: readonly Problem[]
  /** Findings settled by a waiver, by fingerprint. */
  readonly waived: Readonly<Record<string, AppliedWaiver>>
  /** Fingerprints of findings that a `deny` rule forbids and no waiver lifts. */
  readonly denied: readonly string[]
  /** Fingerprints of findings whose every asking rule has been satisfied by people. */
  readonly approved: readonly string[]
  /** What the policy that the pull request itself proposes would have decided about it; it decides nothing. */
  readonly preview?: DecisionPreview
  /** What became of the commands in comments, in the order in which they were said. */
  readonly commands?: readonly CommandOutcome[]
  /** Somebody set the rules aside in an emergency, for this commit alone. */
  readonly bypass?: { readonly by: string; readonly why: string }
}

export interface CommandOutcome {
  /** Id of the comment, and where it stands. */
  readonly comment: number
  readonly where: 'conversation' | 'line'
  /** Login of its writer. */
  readonly by: string
  /** The first word after `/specgate`, as written. */
  readonly verb: string
  /** Fingerprints of the findings it names. */
  readonly findings: readonly string[]
  readonly status: 'accepted' | 'refused' | 'not-understood'
  /** A sentence; '' when there is nothing to say. */
  readonly because: string
}

export interface DecisionPreview {
  readonly status: DecisionStatus
  readonly mode: Mode
  /** Names of the rules that would ask for something or forbid it. */
  readonly asking: readonly string[]
  /** Those of them that cannot be told, because only the proposed policy names their people and they were not read. */
  readonly untold: readonly string[]
  /** Who would gain or lose operations, in sentences. */
  readonly owners: readonly string[]
}

export type RuleStatus = 'not-applicable' | 'approved' | 'waiting' | 'denied' | 'vetoed' | 'unsatisfiable' | 'waived' | 'error'

export interface RuleOutcome {
  readonly rule: string
  readonly from: 'organisation' | 'repository' | 'built-in'
  readonly mode: Mode
  readonly status: RuleStatus
  /** Fingerprints of the findings the rule's condition selected. */
  readonly selected: readonly string[]
  /** Why the status is what it is, in plain sentences, most important first. */
  readonly because: readonly string[]
  readonly requirements: readonly RequirementOutcome[]
  /** Text the policy gives for people, if any. */
  readonly why: string | null
  readonly link: string | null
  /** Where the policy wants the findings it selected to be told; by severity unless said. What blocks is never hidden. */
  readonly report?: ReportPlace
}

export type ReportPlace = 'comment' | 'annotation' | 'summary' | 'none'

export interface RequirementOutcome {
  /** As written or resolved: `@acme/api-owners`, `owners (@acme/payments)`. */
  readonly from: string
  readonly needed: number
  readonly approvals: readonly { readonly login: string; readonly commit: string }[]
  /** Logins or teams that can still satisfy it. */
  readonly candidates: readonly string[]
  readonly satisfied: boolean
}

export interface AppliedWaiver {
  readonly id: string
  readonly reason: string
  readonly grantedBy: string
  /** ISO date, inclusive, UTC. */
  readonly expires: string
  readonly ticket?: string
  /** What kind of exception it is, in the policy's words: `agreed`, `correction`, `not-an-issue`, `retire`. */
  readonly kind?: string
}
