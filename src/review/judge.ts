/** Which findings stop the merge as things stand, which are settled and by what, and in which order people should read them. */
import type { Decision, Mode } from '../model/decision.ts'
import type { Finding } from '../model/finding.ts'
import type { JudgedFinding } from '../model/review.ts'

export type ApiOfFinding = Finding & { readonly api: string }

export interface JudgeInput {
  readonly decision: Decision
  /** The mode that applies to an API, by its id. */
  readonly modeOf: (api: string) => Mode
  readonly isInDiff: (finding: Finding) => boolean
}

/** The finding with its judgement. Only what the pull request introduces can block; a waiver or people's approvals settle it. */
export function judge(finding: ApiOfFinding, input: JudgeInput): JudgedFinding {
  const { decision } = input
  const settled = settledBy(finding, decision)
  const stops = finding.new && (isDenied(finding, decision) || (finding.severity === 'error' && settled === null))
  return {
    ...finding,
    id: finding.fingerprint.slice(0, 6),
    blocking: stops && blocksInMode(finding, input),
    wouldBlock: stops,
    settled,
    inDiff: input.isInDiff(finding),
  }
}

function settledBy(finding: Finding, decision: Decision): JudgedFinding['settled'] {
  if (isDenied(finding, decision)) return null
  if (Object.hasOwn(decision.waived, finding.fingerprint)) return 'waived'
  return decision.approved.includes(finding.fingerprint) ? 'approved' : null
}

export function isDenied(finding: Pick<Finding, 'fingerprint'>, decision: Decision): boolean {
  return decision.denied.includes(finding.fingerprint)
}

/** A rule that denies carries its own mode; it may only advise although the policy enforces, and the other way round. */
function blocksInMode(finding: ApiOfFinding, { decision, modeOf }: JudgeInput): boolean {
  const denying = decision.rules.filter((rule) => rule.status === 'denied' && rule.selected.includes(finding.fingerprint))
  if (denying.some((rule) => rule.mode === 'enforce')) return true
  const deniedByAdvice = isDenied(finding, decision) && denying.length > 0
  if (deniedByAdvice && finding.severity !== 'error') return false
  return modeOf(finding.api) === 'enforce'
}

/**
 * What counts as a security finding. Lint findings of people's own rules need not be about security; those that are carry a category
 * or a weakness. An exposure that is only a notice (a new operation) is new surface, not a weakness.
 */
export function isSecurityFinding(finding: Finding): boolean {
  if (finding.kind === 'lint') return finding.category !== null || finding.cwe !== null
  return finding.security === 'weakening' || (finding.security === 'exposure' && finding.severity !== 'notice')
}

/** Worst first: denied, then leaks and lost protection, then breaking, then other errors; what is settled stands behind what is not. */
export function byUrgency(decision: Decision): (a: JudgedFinding, b: JudgedFinding) => number {
  const rank = (finding: JudgedFinding) => (finding.settled === null ? 0 : 10) + urgency(finding, decision)
  return (a, b) =>
    rank(a) - rank(b) ||
    compare(a.api, b.api) ||
    compare(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    compare(a.rule, b.rule) ||
    compare(a.fingerprint, b.fingerprint)
}

function urgency(finding: JudgedFinding, decision: Decision): number {
  if (isDenied(finding, decision)) return 0
  const isSecurity = finding.security === 'exposure' || finding.security === 'weakening'
  if (finding.severity === 'error') return isSecurity ? 1 : finding.class === 'breaking' ? 2 : 3
  if (finding.severity === 'warning') return isSecurity ? 4 : 5
  return isSecurity ? 6 : 7
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
