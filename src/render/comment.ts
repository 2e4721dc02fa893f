/**
 * Comments on the pull request: one summary while somebody has to act, and review comments on changed lines for what blocks.
 * Each carries a hidden marker by which the app finds it again. Nothing on drafts; no team is mentioned, reviewers are requested instead.
 */
import type { ReviewCommentDraft } from '../model/report.ts'
import type { JudgedFinding, Review } from '../model/review.ts'
import { fit, list, paragraph, table, type Block } from './blocks.ts'
import type { ReportContext } from './context.ts'
import { answerBlocks, hasAnswers } from './commands.ts'
import { byLine, entriesOf, operationsOf, type Entry } from './entries.ts'
import { code, marker, sentence, words } from './escape.ts'
import { icon, message, settleBy, statement } from './finding-lines.ts'
import { listed } from './plain-text.ts'
import { where } from './review-summary.ts'

/** GitHub takes 65,536 characters; a comment that long is not read. */
const commentBytes = 30_000
const rowsInComment = 10

/** The marker of the one summary comment. */
export const summaryMarker = marker('summary')

/** The marker of a finding's thread. */
export function findingMarker(fingerprint: string): string {
  return marker(`finding:${fingerprint}`)
}

/** The summary comment, or null when nobody has to act: then the check runs say all there is to say. */
export function summaryComment(review: Review, context: ReportContext): string | null {
  const { verdict } = review
  if (context.pullRequest === null || context.pullRequest.draft) return null
  const needsPeople = verdict.approval === 'waiting' || (verdict.approval === 'failure' && review.decision.mode === 'enforce')
  const isQuiet = verdict.review !== 'failure' && !needsPeople && context.summary !== 'always' && review.decision.bypass === undefined
  if (isQuiet) return hasAnswers(review) ? fit([paragraph(settledWords(review)), ...answerBlocks(review), mark], commentBytes) : null
  return fit(
    [
      paragraph(`**API review:** ${words(verdict.reviewTitle)}  \n**API approval:** ${words(verdict.approvalTitle)}`),
      ...(verdict.notEvaluated.length === 0
        ? []
        : [
            list(
              'Not evaluated:',
              verdict.notEvaluated.map((one) => sentence(one)),
            ),
          ]),
      ...blockingTable(review, context),
      ...bypassBlock(review),
      ...answerBlocks(review),
      ...commandHint(review, context),
      paragraph(
        `<sub>Details are in the checks ${code('API review')} and ${code('API approval')}. This comment is edited in place by ${code(`${context.appSlug}[bot]`)}.</sub>\n${summaryMarker}`,
      ),
    ],
    commentBytes,
  )
}

/** What the summary comment becomes once nobody has to act any more. */
export function solvedComment(review: Review): string {
  return `${settledWords(review)}\n${summaryMarker}`
}

const mark = paragraph(summaryMarker)

function settledWords({ commits }: Review): string {
  return `**API review:** settled at ${code(commits.head.slice(0, 7))} – nothing is left to do.`
}

function bypassBlock({ decision: { bypass } }: Review): Block[] {
  if (bypass === undefined) return []
  return [
    paragraph(
      `⚠ **The rules were set aside for this commit** by ${code(`@${bypass.by}`)}: ${words(bypass.why, 300)}. Whoever owns the API looks at it within two days.`,
    ),
  ]
}

/** How to answer from here; only where the app listens, and once. */
function commandHint(review: Review, context: ReportContext): Block[] {
  const first = review.findings.find((finding) => finding.blocking)
  if (context.commands !== true || first === undefined) return []
  const { id } = first
  const said = [`explain ${id}`, `approve ${id}`, `waive ${id} until=<date> <reason>`, `not-an-issue ${id} "<why>"`]
  return [paragraph(`<sub>In a comment: ${said.map((one) => code(`/specgate ${one}`)).join(' · ')}. The policy says who may.</sub>`)]
}

function blockingTable(review: Review, context: ReportContext): Block[] {
  const entries = entriesOf(
    review,
    review.findings.filter((finding) => finding.blocking),
  )
  if (entries.length === 0) return []
  const rows = entries
    .slice(0, rowsInComment)
    .map((entry) => [
      `${icon(entry.first)} ${code(entry.first.id)}`,
      statement(entry),
      `${where(entry.first, { review, context })}${outsideDiff(entry)}`,
      settleBy(entry, review),
    ])
  const left = entries.length - rows.length
  const block = table(['', 'Blocking', 'Where', 'Settle it by'], '|---|---|---|---|', rows)
  return [{ ...block, tail: left > 0 ? `\n\n… and ${left} more in the check ${code('API review')}` : '' }]
}

/** Effects of a change may stand where the diff does not show them. */
function outsideDiff({ first }: Entry): string {
  return first.inDiff ? '' : ' (outside this diff)'
}

/** Review comments for what blocks on changed lines, worst first, one a line and rule. Comments stand in the pull request's diff only. */
export function reviewComments(review: Review, context: ReportContext): readonly ReviewCommentDraft[] {
  if (context.pullRequest === null || context.pullRequest.draft || context.comments.on === 'none') return []
  const removed = new Map(review.apis.filter((api) => api.state === 'removed').map((api) => [api.id, api]))
  const groups = byLine(review.findings.filter((finding) => finding.inDiff && deservesComment(finding, context)))
  return groups.slice(0, context.comments.most).map((findings) => {
    const [first] = findings
    const api = removed.get(first.api) ?? null
    return {
      fingerprint: first.fingerprint,
      path: first.place.file,
      line: api === null ? first.place.line : 1,
      side: first.side === 'base' ? 'LEFT' : 'RIGHT',
      body: commentBody({ first, findings, removed: api }, review, context),
    }
  })
}

/** What blocks, and what a rule of the policy wants to be said there; under `all` also warnings. What a rule wants elsewhere is not said here. */
function deservesComment({ report, blocking, severity, settled }: JudgedFinding, { comments }: ReportContext): boolean {
  if (report !== undefined) return report === 'comment' && settled === null
  return blocking || (comments.on === 'all' && settled === null && severity !== 'notice')
}

function commentBody(entry: Entry, review: Review, context: ReportContext): string {
  const { first } = entry
  const operations = operationsOf(entry.findings)
  const blocks = [
    paragraph(`${opening(entry)} ${sentence(first.why)}`.trimEnd()),
    ...(operations.length < 2
      ? []
      : [
          paragraph(
            `Reaches ${listed(
              operations.map((name) => code(name)),
              5,
            )}.`,
          ),
        ]),
    ...suggestion(entry),
    paragraph(`Settle it by: ${settleBy(entry, review)}.`),
    ...(context.commands === true ? [paragraph(`Not an issue? Reply ${code(`/specgate not-an-issue ${first.id} "why"`)}.`)] : []),
    paragraph(`<sub>${code(first.id)} · ${code(first.rule)} · new in this pull request</sub>\n${findingMarker(first.fingerprint)}`),
  ]
  return fit(blocks, commentBytes)
}

function opening(entry: Entry): string {
  if (entry.removed !== null) return `${statement(entry)}.`
  const others = entry.findings.length - 1
  return `**${message(entry.first)}**${others > 0 ? ` The same holds for ${others} more here.` : ''}`
}

/** A change that GitHub applies with one click. Its fence is longer than any run of backticks in it; what cannot be seen is not suggested. */
function suggestion({ first }: Entry): Block[] {
  const lines = first.suggestion
  if (lines === undefined || first.side === 'base' || lines.some((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line))) return []
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [paragraph(`${fence}suggestion\n${lines.join('\n')}\n${fence}`)]
}
