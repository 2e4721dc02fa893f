/** A finding is a judgement: what a rule or a change means, for whom, and what to do. Changes become findings (severity by class); lint produces them directly. */
import type { ChangeClass, Direction, OperationKey, SecurityEffect, Sensitivity } from './change.ts'
import type { Location, Place, Problem, Side } from './place.ts'

export type Severity = 'error' | 'warning' | 'notice'
export type Confidence = 'certain' | 'likely'

export interface Finding<At = Place> {
  readonly rule: string
  /** Who produced it: a change between base and head, or a rule on one document. */
  readonly kind: 'change' | 'lint'
  readonly severity: Severity
  readonly confidence: Confidence
  /** OWASP API Security Top 10 category, e.g. `API3:2023`, where the rule has one. */
  readonly category: string | null
  /** CWE id, e.g. `CWE-200`, where the rule has one. */
  readonly cwe: string | null
  readonly message: string
  readonly why: string
  readonly fix: string
  /** Where to point. For something removed: the nearest enclosing element in head, else the place in base (see `side`). */
  readonly place: At
  readonly side: Side
  readonly operation: OperationKey | null
  readonly reaches: readonly OperationKey[]
  readonly direction: Direction | null
  readonly component: string | null
  readonly sensitivity: readonly Sensitivity[]
  /** Set for changes, null for lint findings. */
  readonly class: ChangeClass | null
  readonly security: SecurityEffect | null
  /** True when the pull request introduces it; only new findings can block. */
  readonly new: boolean
  readonly fingerprint: string
  /** Changes when the meaning of the element changes; approvals are bound to it. */
  readonly digest: string
  readonly witness?: unknown
  /** Lines that would replace the line of `place`, where the fix is mechanical; offered as a suggested change. */
  readonly suggestion?: readonly string[]
}

export type UnplacedFinding = Finding<Location>

/**
 * What counts as a security finding. Lint findings of people's own rules need not be about security; those that are carry a category
 * or a weakness. An exposure that is only a notice (a new operation) is new surface, not a weakness.
 */
export function isSecurityFinding(finding: Pick<Finding, 'kind' | 'category' | 'cwe' | 'security' | 'severity'>): boolean {
  if (finding.kind === 'lint') return finding.category !== null || finding.cwe !== null
  return finding.security === 'weakening' || (finding.security === 'exposure' && finding.severity !== 'notice')
}

export interface LintResult {
  readonly schema: 'specgate/lint@1'
  readonly problems: readonly Problem[]
  readonly findings: readonly Finding[]
  /** Findings that the base already has: counted, never blamed. */
  readonly existing: number
  /** Rules that could not be run, with the reason; never silently dropped. */
  readonly notes: readonly string[]
}
