/**
 * The conclusions of both check runs and their one-line titles; the only place that decides them.
 *
 * `API review` fails in every mode for what was not evaluated. Otherwise: enforce fails for what blocks, advise is neutral and
 * says what would have blocked, off is a success. A description that base has in no readable form cannot be compared: that is
 * neutral, because the pull request that repairs it must be able to merge, and its title says so. So is a review without all rules of the team's ruleset. A draft gets the same conclusions as any other pull request: GitHub counts
 * `neutral` as passed, so a draft concluded `neutral` could merge in the moment it is marked ready, before it is judged again.
 */
import type { Mode } from '../model/decision.ts'
import type { Problem } from '../model/place.ts'
import type { ApiReview, JudgedFinding, Verdict } from '../model/review.ts'
import { approvalVerdict } from './approval-verdict.ts'
import { reviewTitle, type VerdictInput } from './review-title.ts'

/** Conclusions and titles. `notEvaluated` holds one sentence for each thing that could not be evaluated. */
export function verdictOf(input: VerdictInput): Verdict {
  const notEvaluated = notEvaluatedBy(input)
  const approval = approvalVerdict(input)
  return {
    review: reviewConclusion(input, notEvaluated),
    approval: approval.conclusion,
    reviewTitle: notEvaluated.length === 0 ? bypassTitle(input, reviewTitle(input)) : reviewTitle(input),
    approvalTitle: approval.title,
    notEvaluated,
  }
}

/** Green by somebody's word is never shown as green by judgement. */
function bypassTitle({ decision: { bypass } }: VerdictInput, title: string): string {
  return bypass === undefined ? title : `⚠ Bypassed by @${bypass.by} · ${title}`
}

function reviewConclusion(input: VerdictInput, notEvaluated: readonly string[]): Verdict['review'] {
  if (notEvaluated.length > 0 || input.findings.some((finding) => finding.blocking)) return 'failure'
  const isAdvised = input.findings.some((finding) => wouldBlockUnder('advise', finding, input))
  return isAdvised || input.uncompared.length > 0 || input.unloaded.length > 0 ? 'neutral' : 'success'
}

function wouldBlockUnder(mode: Mode, finding: JudgedFinding, input: VerdictInput): boolean {
  return finding.wouldBlock === true && input.modeOf(finding.api) === mode
}

function notEvaluatedBy({ apis, newProblems, problems, gaps }: VerdictInput): string[] {
  const unread = apis.filter((api) => api.state === 'not-evaluated').map(unreadSentence)
  const parts = apis.filter((api) => api.state !== 'not-evaluated').flatMap((api) => newProblems.get(api.id) ?? [])
  return [...unread, ...[...parts, ...problems].map(problemSentence), ...gaps]
}

function unreadSentence(api: ApiReview): string {
  const problem = api.problems[0]
  return problem === undefined ? `\`${api.path}\` could not be read.` : problemSentence(problem)
}

function problemSentence(problem: Problem): string {
  const where = problem.side === 'base' ? ' on the base branch' : ''
  return `\`${problem.file}:${problem.line}\`${where}: ${problem.message}`
}

/** Problems that the pull request brings: those without a counterpart of the same kind at the same element on base. */
export function newProblemsOf(api: { readonly problems: readonly Problem[]; readonly baseProblems: readonly Problem[] }): Problem[] {
  const old = new Set(api.baseProblems.map(problemKey))
  return api.problems.filter((problem) => problem.side !== 'base' && !old.has(problemKey(problem)))
}

/** Without the file, which a move changes, and the message, which names lines. */
function problemKey(problem: Problem): string {
  return `${problem.kind}\n${problem.pointer}`
}
