/** Brings one pull request up to date: its head as it is now, whatever the event said when it was sent. */
import { PermanentFailure } from '../github/client.ts'
import type { TransientFailure } from '../github/client.ts'
import { planComments, planReactions, planReviewers } from '../github/plan.ts'
import type { GitHubWrite } from '../github/plan.ts'
import { readPullRequest } from '../github/pull-request.ts'
import type { PullRequestNow } from '../github/pull-request.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import { readComments, readRuns } from '../github/standing.ts'
import type { Comments, StandingRun } from '../github/standing.ts'
import { cancelRun } from '../github/write-run.ts'
import type { CommentFact } from '../model/snapshot.ts'
import { findingMarker, solvedComment, summaryMarker } from '../render/comment.ts'
import { announceLater } from './announce.ts'
import { commentFacts, openRechecks } from './commands.ts'
import { deliver } from './deliver.ts'
import { baseMark } from './find-pull-requests.ts'
import { evaluate } from './evaluate.ts'
import type { Evaluated } from './evaluate.ts'
import { pullRequestKey } from './job.ts'
import type { JobOf } from './job.ts'
import { planOutputs } from './outputs.ts'
import { beginWriting, endWriting, interruptedRuns } from './interrupted.ts'
import { recordDecision } from './record-decision.ts'
import type { Tools } from './tools.ts'
import { heardWish } from './wish.ts'

/** `moved`: the head changed meanwhile, so that everything is to be done again. `postponed`: the result stands, a comment does not yet. */
export type PullRequestOutcome =
  { readonly kind: 'done' } | { readonly kind: 'moved' } | { readonly kind: 'postponed'; readonly failure: TransientFailure }

export interface PullRequestWork {
  readonly job: JobOf<'pull-request'>
  readonly signal: AbortSignal
  /** Somebody asked for new check runs, by whatever means; null: nobody did. */
  readonly fresh: string | null
  /** GitHub delivers something again that was worked off before: what stands there is what it led to. */
  readonly repeated: boolean
}

/**
 * A review that takes longer looks again whether the head is still the same before it says anything. A shorter one says it about the commit
 * that it read, and the push that came in that moment brings a job of its own.
 */
const momentMs = 2000

export async function reviewPullRequest(tools: Tools, access: RepositoryAccess, work: PullRequestWork): Promise<PullRequestOutcome> {
  const { job } = work
  const began = performance.now()
  const pull = await readPullRequest(access, job.number)
  const key = pullRequestKey(access.id, job.number)
  await cancelElsewhere(tools, access, { key, pull })
  if (!pull.open) return { kind: 'done' }
  const runs = await readRuns(access, pull.head, tools.app)
  if (work.repeated && isReviewed(runs, job.number)) return writeNothing(tools, key)
  await tools.ledger.setMark(baseMark(access.id, pull.facts.baseBranch), 'reviewed')
  const present = { number: job.number, head: pull.head, runs }
  const comments = await readComments(access, pull, tools.app)
  const said = await commentFacts(tools, access, { said: comments.said, present })
  const wish = await heardWish(access, pull, work.fresh)
  const subject = { number: job.number, head: pull.head, base: '0' }
  const announced = announceLater(access, subject, { runs, written: (run) => remember(tools, access, { key, run, pull }) })
  let evaluated: Evaluated
  let standing: readonly StandingRun[] | null
  try {
    evaluated = await evaluate(tools, access, {
      request: await snapshotRequest(tools, access, { pull, said }),
      signal: work.signal,
      asked: wish.asked,
    })
  } finally {
    const run = await announced.end()
    standing = run === 'unclear' ? null : run === null ? runs : [run, ...runs]
  }
  if (performance.now() - began > momentMs && (await readPullRequest(access, job.number)).head !== pull.head) return { kind: 'moved' }
  const author = pull.facts.author.login
  await recordDecision(tools, access, { job, review: evaluated.review, author, number: job.number })
  const rechecks = await openRechecks(tools, access, evaluated.review.decision.commands ?? [])
  const outputs = await planOutputs(tools, access, { wanted: evaluated.wanted, pull, review: evaluated.review })
  const started = performance.now()
  const { postponed } = await deliver(tools, access, {
    subject: { ...subject, base: evaluated.review.commits.base },
    key,
    drafts: evaluated.report.checkRuns,
    runs: standing,
    others: [...planOthers({ evaluated, pull, comments }), ...outputs.writes],
    fresh: wish.isFresh || rechecks.length > 0,
  })
  if (postponed === null) await outputs.remember()
  for (const mark of rechecks) await tools.ledger.setMark(mark, pull.head)
  tools.metrics.phase('report', performance.now() - started)
  logReview(tools, access, { work, evaluated, head: pull.head, reportMs: Math.round(performance.now() - started) })
  await endWriting(tools, key)
  return postponed === null ? { kind: 'done' } : { kind: 'postponed', failure: postponed }
}

async function writeNothing(tools: Tools, key: string): Promise<PullRequestOutcome> {
  await endWriting(tools, key)
  return { kind: 'done' }
}

/** Both runs about this pull request stand on its head, and none of them only says that a review is under way. */
function isReviewed(runs: readonly StandingRun[], number: number): boolean {
  const about = runs.filter(({ identity }) => identity?.number === number && identity.digest !== 'announced')
  return ['API review', 'API approval'].every((name) => about.some((run) => run.name === name))
}

async function snapshotRequest(
  tools: Tools,
  access: RepositoryAccess,
  { pull, said }: { pull: PullRequestNow; said: readonly CommentFact[] },
) {
  return {
    pull,
    isGroup: false,
    repository: pull.repository,
    base: pull.facts.baseBranch,
    head: pull.head,
    lastPusher: await tools.ledger.pusherOf(access.id, pull.head),
    now: tools.now().toISOString(),
    ownApp: tools.app.id,
    commentsOf: () => Promise.resolve(said),
  }
}

async function remember(
  tools: Tools,
  { installation, id, owner, name }: RepositoryAccess,
  { key, run, pull }: { key: string; run: StandingRun; pull: PullRequestNow },
): Promise<void> {
  const repository = { id, owner, name }
  await tools.ledger.rememberUnfinished({
    installation,
    repository,
    key,
    number: pull.facts.number,
    head: pull.head,
    name: run.name,
    id: run.id,
  })
}

/** Runs that wait on a head which is no longer the pull request's, or on a closed pull request, will never be finished by anybody else. */
async function cancelElsewhere(
  tools: Tools,
  access: RepositoryAccess,
  { key, pull }: { key: string; pull: PullRequestNow },
): Promise<void> {
  const head = pull.open ? pull.head : null
  const lost = await interruptedRuns(tools, access, { key, number: pull.facts.number, head })
  for (const run of [...(await tools.ledger.unfinishedOf(key)), ...lost]) {
    if (pull.open && run.head === pull.head) continue
    const why = pull.open ? `The pull request moved on to ${pull.head}.` : 'The pull request was closed.'
    try {
      await cancelRun(access, run.id, why)
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error
    }
    await tools.ledger.forgetRuns(access.id, [run.id])
  }
  if (head === null) await endWriting(tools, key)
  else await beginWriting(tools, key, head)
}

function planOthers({ evaluated, pull, comments }: { evaluated: Evaluated; pull: PullRequestNow; comments: Comments }): GitHubWrite[] {
  const { report, review, reviewers } = evaluated
  const written = planComments({
    report,
    standing: comments,
    summaryMarker,
    findingMarker,
    settledSummary: solvedComment(review),
    settledFinding: 'Settled: this finding is gone.',
  })
  const requested = { users: pull.facts.requestedReviewers, teams: pull.requestedTeams }
  return [
    ...written,
    ...planReactions(review.decision.commands ?? [], comments.said),
    ...planReviewers({ wanted: report.reviewers, requested, author: pull.facts.author.login, reviewed: reviewers }),
  ]
}

interface Logged {
  readonly work: PullRequestWork
  readonly evaluated: Evaluated
  readonly head: string
  readonly reportMs: number
}

function logReview(tools: Tools, access: RepositoryAccess, { work, evaluated, head, reportMs }: Logged): void {
  const { delivery, number, reason } = work.job
  const { snapshotMs, reviewMs } = evaluated.timings
  const { verdict } = evaluated.review
  tools.log.info(
    {
      ...(delivery === null ? {} : { delivery }),
      ...{ reason, repository: `${access.owner}/${access.name}`, number, head, conclusion: verdict.review, snapshotMs, reviewMs, reportMs },
    },
    'Reviewed',
  )
}
