/** The one result of the pipeline. Every front end shows this and nothing else; the verdict is decided in review/ and nowhere else. */
import type { ApiChangelog } from './changelog.ts'
import type { DiffSummary } from './change.ts'
import type { Decision, Mode, ReportPlace } from './decision.ts'
import type { Finding } from './finding.ts'
import type { Place, Problem } from './place.ts'
import type { SecondOpinion } from './second-opinion.ts'

export interface Review {
  readonly schema: 'specgate/review@1'
  readonly commits: { readonly base: string; readonly mergeBase: string; readonly head: string }
  readonly apis: readonly ApiReview[]
  /** New findings, worst first. */
  readonly findings: readonly JudgedFinding[]
  /** Problems outside any one API: policy, waivers, rulesets, gaps. */
  readonly problems: readonly Problem[]
  readonly gaps: readonly string[]
  /** Parts of a team's ruleset that are not in force, each with its line: what they look for was not looked for. */
  readonly unloaded?: readonly Problem[]
  /** What deserves a word but changes nothing, e.g. a wish of the policy without effect. */
  readonly notes?: readonly string[]
  readonly decision: Decision
  readonly policy: PolicySummary
  readonly verdict: Verdict
  /** What another tool says; absent when it was not asked. */
  readonly secondOpinion?: SecondOpinion
  /** The findings grouped by what one edit would settle, biggest blocking first. */
  readonly causes?: readonly Cause[]
}

/** Findings with one cause: the same rule at the same element, or all over one file. */
export interface Cause {
  readonly api: string
  readonly rule: string
  /** The shared component, when that is what they have in common. */
  readonly component: string | null
  /** The place of its worst finding. */
  readonly place: Place
  /** Fingerprints, worst first; never empty. */
  readonly findings: readonly string[]
  readonly blocking: number
}

export interface Verdict {
  /** Of `API review`: never `neutral` when something was not evaluated. */
  readonly review: 'success' | 'neutral' | 'failure'
  /** Of `API approval`: `waiting` is shown as an in-progress check run. */
  readonly approval: 'success' | 'neutral' | 'failure' | 'waiting'
  readonly reviewTitle: string
  readonly approvalTitle: string
  /** Files and facts that were not evaluated; non-empty means `failure`. */
  readonly notEvaluated: readonly string[]
}

export interface PolicySummary {
  readonly mode: Mode
  /** e.g. `repo@c0ffee1`, `org@7f3e21a`, `built-in`. */
  readonly sources: readonly string[]
}

export interface JudgedFinding extends Finding {
  /** Which API it belongs to: `ApiReview.id`. */
  readonly api: string
  /** Short id that people quote: the first 6 hex digits of the fingerprint. */
  readonly id: string
  /** It stops the merge as things stand. */
  readonly blocking: boolean
  /** It would stop the merge if the mode were `enforce`; true whenever `blocking` is. */
  readonly wouldBlock?: boolean
  /** Settled by: a waiver, approvals, or not at all. */
  readonly settled: 'waived' | 'approved' | null
  /** Fingerprints of lint findings that say the same about the same element and are not shown on their own. */
  readonly repeats?: readonly string[]
  /** The most prominent place in which a rule of the policy wants it to be told; by severity unless said. */
  readonly report?: ReportPlace
  /** Its line is part of the pull request's diff, so a review comment may stand there. */
  readonly inDiff: boolean
}

export interface ApiReview {
  readonly id: string
  readonly path: string
  readonly previousPath: string | null
  readonly state: 'changed' | 'added' | 'removed' | 'moved' | 'unchanged' | 'not-evaluated'
  readonly title: string
  /** `info.version` on each side. */
  readonly version: { readonly base: string | null; readonly head: string | null }
  readonly summary: DiffSummary
  /** Security findings that the base already has: counted, not shown. Of a large description those in what the change touches; then a note says so. */
  readonly existing: number
  readonly problems: readonly Problem[]
  /** Sentences about nonbreaking and docs changes, for the changelog. */
  readonly changelog: readonly string[]
  /** Every change, for release notes. */
  readonly entries?: ApiChangelog
  readonly notes: readonly string[]
}
