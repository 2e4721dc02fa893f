/** Which findings stop the merge as things stand, which are settled and by what, and in which order people should read them. */
import type { Mode, ReportPlace } from '../model/decision.ts'
import type { Finding } from '../model/finding.ts'
import type { JudgedFinding } from '../model/review.ts'
import { openStatuses, type DecisionIndex } from './decision-index.ts'

export type ApiOfFinding = Finding & { readonly api: string }

/** A finding and the lint findings that it stands for. */
export interface MergedFinding extends ApiOfFinding {
  readonly repeats?: readonly string[]
}

export interface JudgeInput {
  readonly decided: DecisionIndex
  /** The mode that applies to an API, by its id. */
  readonly modeOf: (api: string) => Mode
  readonly isInDiff: (finding: Finding) => boolean
}

/** The finding with its judgement. Only what the pull request introduces can block; a waiver or people's approvals settle it. */
export function judge(finding: MergedFinding, input: JudgeInput): JudgedFinding {
  const settled = settledBy(finding, input.decided)
  const stops = finding.new && (input.decided.isDenied(finding.fingerprint) || (finding.severity === 'error' && settled === null))
  const report = reportOf(finding, input.decided)
  return {
    ...finding,
    id: finding.fingerprint.slice(0, 6),
    blocking: stops && blocksInMode(finding, input),
    wouldBlock: stops,
    settled,
    inDiff: input.isInDiff(finding),
    ...(report === null ? {} : { report }),
  }
}

/** From the most to the least prominent. */
const reportPlaces: readonly ReportPlace[] = ['comment', 'annotation', 'summary', 'none']

/** Of several rules that select a finding the most prominent place counts: no rule hides what another one shows. */
function reportOf({ fingerprint }: MergedFinding, decided: DecisionIndex): ReportPlace | null {
  const wanted = new Set(decided.rulesOf(fingerprint).flatMap(({ report }) => report ?? []))
  return reportPlaces.find((place) => wanted.has(place)) ?? null
}

/** Who settled what a finding repeats has settled the finding, unless a rule still asks about the finding itself. */
function settledBy({ fingerprint, repeats = [] }: MergedFinding, decided: DecisionIndex): JudgedFinding['settled'] {
  if (decided.isDenied(fingerprint)) return null
  const isAsked = decided.rulesOf(fingerprint).some((rule) => openStatuses.includes(rule.status))
  for (const one of isAsked ? [fingerprint] : [fingerprint, ...repeats]) {
    if (decided.isWaived(one)) return 'waived'
    if (decided.isApproved(one)) return 'approved'
  }
  return null
}

/** A rule that denies carries its own mode; it may only advise although the policy enforces, and the other way round. */
function blocksInMode(finding: ApiOfFinding, { decided, modeOf }: JudgeInput): boolean {
  const denying = decided.rulesOf(finding.fingerprint).filter((rule) => rule.status === 'denied')
  if (denying.some((rule) => rule.mode === 'enforce')) return true
  if (denying.length > 0 && decided.isDenied(finding.fingerprint) && finding.severity !== 'error') return false
  return modeOf(finding.api) === 'enforce'
}

/** Worst first: denied, then leaks and lost protection, then breaking, then other errors; what is settled stands behind what is not. */
export function byUrgency(decided: DecisionIndex): (a: JudgedFinding, b: JudgedFinding) => number {
  const rank = (finding: JudgedFinding) => (finding.settled === null ? 0 : 10) + urgency(finding, decided)
  return (a, b) =>
    rank(a) - rank(b) ||
    compare(a.api, b.api) ||
    compare(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    compare(a.rule, b.rule) ||
    compare(a.fingerprint, b.fingerprint)
}

function urgency(finding: JudgedFinding, decided: DecisionIndex): number {
  if (decided.isDenied(finding.fingerprint)) return 0
  const isSecurity = finding.security === 'exposure' || finding.security === 'weakening'
  if (finding.severity === 'error') return isSecurity ? 1 : finding.class === 'breaking' ? 2 : 3
  if (finding.severity === 'warning') return isSecurity ? 4 : 5
  return isSecurity ? 6 : 7
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
