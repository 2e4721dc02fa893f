/** One shape for what a diff, a lint and a review have to say, so that each format is written once. */
import type { Change, DiffResult, OperationKey } from '../model/change.ts'
import type { Finding, LintResult, Severity } from '../model/finding.ts'
import type { Place, Problem, Side } from '../model/place.ts'
import type { JudgedFinding, Review } from '../model/review.ts'

export interface ResultLine {
  readonly rule: string
  /** Set for changes, null for lint findings. */
  readonly class: Change['class'] | null
  readonly security: Change['security']
  readonly severity: Severity
  readonly category: string | null
  readonly cwe: string | null
  readonly message: string
  readonly why: string
  readonly fix: string
  readonly place: Place | null
  readonly side: Side
  readonly reaches: readonly OperationKey[]
  readonly fingerprint: string
  /** Only a review knows. */
  readonly judged: Pick<JudgedFinding, 'id' | 'blocking' | 'settled'> | null
}

const severityOfClass = { breaking: 'error', dangerous: 'warning', nonbreaking: 'notice', docs: 'notice' } as const

/** A change on its own has only its class to say how serious it is; a review judges security as well. */
export function linesOfDiff(result: DiffResult): readonly ResultLine[] {
  return result.changes.map((change) => ({
    ...change,
    severity: change.class !== 'breaking' && isHarmful(change) ? 'warning' : severityOfClass[change.class],
    category: null,
    cwe: null,
    place: change.head ?? change.near ?? change.base,
    side: change.head === null && change.near === null ? 'base' : 'head',
    judged: null,
  }))
}

function isHarmful(change: Change): boolean {
  return change.security === 'weakening' || (change.security === 'exposure' && change.sensitivity.length > 0)
}

export function linesOfLint(result: LintResult): readonly ResultLine[] {
  return result.findings.map((finding) => lineOfFinding(finding, null))
}

export function linesOfReview(review: Review): readonly ResultLine[] {
  return review.findings.map((finding) => lineOfFinding(finding, finding))
}

function lineOfFinding(finding: Finding, judged: ResultLine['judged']): ResultLine {
  return { ...finding, judged }
}

/** Everything that could not be read or used, of the APIs and of the policy. */
export function problemsOfReview(review: Review): readonly Problem[] {
  return [...review.apis.flatMap((api) => api.problems), ...review.problems]
}
