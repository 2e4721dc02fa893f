/**
 * What has to be written so that the pull request shows a report: the difference to what stands there, as data. Pure. Writing a plan and
 * planning again gives an empty plan.
 */
import type { CommandOutcome } from '../model/decision.ts'
import type { CheckRunDraft, Report } from '../model/report.ts'
import { combineDrafts } from './siblings.ts'
import type { Sibling } from './siblings.ts'
import { digestOf, verdictOf, writeExternalId } from './run-identity.ts'
import type { RunSubject } from './run-identity.ts'
import type { SaidComment, Standing, StandingComment, StandingRun } from './standing.ts'

export type GitHubWrite =
  | { readonly kind: 'create-run'; readonly draft: CheckRunDraft; readonly externalId: string }
  /** Finishes or corrects a run of ours in place; only where its annotations are the right ones already. */
  | { readonly kind: 'update-run'; readonly id: number; readonly draft: CheckRunDraft; readonly externalId: string }
  | { readonly kind: 'cancel-run'; readonly id: number; readonly name: string; readonly why: string }
  | { readonly kind: 'create-comment'; readonly body: string }
  | { readonly kind: 'update-comment'; readonly id: number; readonly body: string }
  | { readonly kind: 'create-review'; readonly comments: Report['comments'] }
  | { readonly kind: 'update-review-comment'; readonly id: number; readonly body: string }
  /** The app's answer to a command: a sign at the comment, never a comment of its own. */
  | { readonly kind: 'react'; readonly comment: number; readonly where: 'conversation' | 'line'; readonly content: Reaction }
  | { readonly kind: 'add-labels'; readonly labels: readonly string[] }
  | { readonly kind: 'remove-label'; readonly label: string }
  /** Gzipped and in base64, as code scanning takes it. */
  | { readonly kind: 'upload-sarif'; readonly sarif: string }
  | { readonly kind: 'request-reviewers'; readonly users: readonly string[]; readonly teams: readonly string[] }

export type Reaction = '+1' | '-1' | 'confused'

export interface RunPlanInput {
  readonly drafts: readonly CheckRunDraft[]
  readonly subject: RunSubject
  readonly runs: readonly StandingRun[]
  /** Other open pull requests with the same head: a commit has one check run of a name, and it speaks for all of them. */
  readonly siblings: readonly Sibling[]
  /** Somebody asked for a new run: what stands there, even if it says the same, is followed by a new one. */
  readonly fresh: boolean
}

/** Writes for the check runs. At most one unfinished run of ours is left for each name, and it is the one the report wants. */
export function planRuns(input: RunPlanInput): GitHubWrite[] {
  return input.drafts.flatMap((draft) => planRun(input, draft))
}

function planRun({ subject, runs, siblings, fresh }: RunPlanInput, draft: CheckRunDraft): GitHubWrite[] {
  const named = runs.filter((run) => run.name === draft.name)
  const own = named.filter((run) => isAbout(run, subject))
  const shown = combineDrafts(draft, siblings)
  const digest = digestOf(shown)
  const externalId = writeExternalId({ ...subject, digest, verdict: verdictOf(draft) })
  const standing = own[0]
  const right =
    standing !== undefined && !fresh && standing.identity?.digest === digest && standing.finished === (shown.conclusion !== null)
  const reusable = standing !== undefined && !right && standing === named[0] && canBecome(standing, shown, fresh)
  const kept = right || reusable ? standing.id : null
  const stale = own.filter((run) => !run.finished && run.id !== kept)
  const cancels = stale.map((run): GitHubWrite => ({
    kind: 'cancel-run',
    id: run.id,
    name: run.name,
    why: 'A newer evaluation took its place.',
  }))
  if (right) return cancels
  if (reusable) return [...cancels, { kind: 'update-run', id: standing.id, draft: shown, externalId }]
  return [...cancels, { kind: 'create-run', draft: shown, externalId }]
}

/** Runs with an id that this version cannot read are taken for those of the subject: nobody else would clean them up. */
function isAbout({ identity }: StandingRun, { number }: RunSubject): boolean {
  return identity === null || identity.number === number
}

/** GitHub appends annotations and never takes one back, and a finished run does not start again: such runs are followed by a new one. */
function canBecome(run: StandingRun, draft: CheckRunDraft, fresh: boolean): boolean {
  if (fresh && run.identity?.digest !== 'announced') return false
  if (!run.finished) return run.annotations === 0
  return run.annotations === 0 && draft.annotations.length === 0 && draft.conclusion !== null
}

export interface CommentPlanInput {
  readonly report: Report
  readonly standing: Omit<Standing, 'runs'>
  readonly summaryMarker: string
  readonly findingMarker: (fingerprint: string) => string
  /** What the summary comment becomes when nobody has to act any more. */
  readonly settledSummary: string
  /** What a finding's comment becomes when the finding is gone; without its marker. */
  readonly settledFinding: string
}

/** Writes for the comments: found again by marker, edited only when the text changes, and never deleted. */
export function planComments(input: CommentPlanInput): GitHubWrite[] {
  return [...planSummary(input), ...planLines(input)]
}

function planSummary({ report, standing, summaryMarker, settledSummary }: CommentPlanInput): GitHubWrite[] {
  const [first] = standing.conversation.filter(({ body }) => body.includes(summaryMarker))
  if (first === undefined) return report.summary === null ? [] : [{ kind: 'create-comment', body: report.summary }]
  const wanted = report.summary ?? settledSummary
  // Once settled, the comment does not change with each further commit.
  if (report.summary === null && isSettled(first, settledSummary)) return []
  return same(first.body, wanted) ? [] : [{ kind: 'update-comment', id: first.id, body: wanted }]
}

/** The text after the commit is the same in every settled summary. */
function isSettled({ body }: StandingComment, settled: string): boolean {
  const words = (text: string): string =>
    text
      .replaceAll(/`[^`]*`/g, '`')
      .replaceAll('\r\n', '\n')
      .trim()
  return words(body) === words(settled)
}

function planLines({ report, standing, findingMarker, settledFinding }: CommentPlanInput): GitHubWrite[] {
  const writes: GitHubWrite[] = []
  const wanted = new Map(report.comments.map((comment) => [findingMarker(comment.fingerprint), comment]))
  const found = new Set<string>()
  for (const comment of standing.lines) {
    const marker = markerIn(comment.body)
    if (marker === null || found.has(marker)) continue
    found.add(marker)
    const body = wanted.get(marker)?.body ?? `${settledFinding}\n${marker}`
    if (!same(comment.body, body)) writes.push({ kind: 'update-review-comment', id: comment.id, body })
  }
  const missing = [...wanted].filter(([marker]) => !found.has(marker)).map(([, comment]) => comment)
  return missing.length === 0 ? writes : [...writes, { kind: 'create-review', comments: missing }]
}

function markerIn(body: string): string | null {
  return /<!--\s*specgate:finding:[^>]*-->/.exec(body)?.[0] ?? null
}

/** GitHub may change line ends and trims. */
function same(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim()
}

export interface ReviewerPlanInput {
  readonly wanted: Report['reviewers']
  readonly requested: { readonly users: readonly string[]; readonly teams: readonly string[] }
  readonly author: string
  /** Who has reviewed already is not asked again: asking anew would notify them at each push. */
  readonly reviewed: readonly string[]
}

/** A request for the reviewers that are missing and were not asked; nothing when all were. */
export function planReviewers({ wanted, requested, author, reviewed }: ReviewerPlanInput): GitHubWrite[] {
  const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()))
  const skipped = lower([...requested.users, ...reviewed, author])
  const users = wanted.users.filter((name) => !skipped.has(name.toLowerCase()))
  const asked = lower(requested.teams)
  const teams = wanted.teams.filter((name) => !asked.has(name.toLowerCase()))
  return users.length + teams.length === 0 ? [] : [{ kind: 'request-reviewers', users, teams }]
}

const signs: Readonly<Record<CommandOutcome['status'], Reaction>> = { accepted: '+1', refused: '-1', 'not-understood': 'confused' }
const worstFirst: readonly CommandOutcome['status'][] = ['not-understood', 'refused', 'accepted']

/** One sign for each comment, the worst of what it says; none where that sign stands already. */
export function planReactions(outcomes: readonly CommandOutcome[], said: readonly SaidComment[]): GitHubWrite[] {
  return said.flatMap(({ id, where, reactions }) => {
    const own = outcomes.filter((one) => one.comment === id && one.where === where).map(({ status }) => status)
    const worst = worstFirst.find((status) => own.includes(status))
    if (worst === undefined || reactions.includes(signs[worst])) return []
    return [{ kind: 'react', comment: id, where, content: signs[worst] } as const]
  })
}
