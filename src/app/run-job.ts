/**
 * One job from beginning to end, and the one place where errors stop: whatever goes wrong, the commit gets a completed check run that
 * says so, or the job comes back at a time when it may go better.
 */
import { PermanentFailure, TransientFailure } from '../github/client.ts'
import { notEvaluatedDrafts } from '../github/not-evaluated.ts'
import type { NotEvaluated } from '../github/not-evaluated.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { JobOutcome, RunningJob } from '../server/queue.ts'
import { StoreFailure } from '../server/store.ts'
import { TooLarge } from '../server/workers.ts'
import { deliver } from './deliver.ts'
import { evaluateBranch, evaluateCommit, evaluateUnreviewed, freshMark } from './find-pull-requests.ts'
import type { Job } from './job.ts'
import { reviewMergeGroup } from './review-merge-group.ts'
import { reviewPullRequest } from './review-pull-request.ts'
import type { PullRequestOutcome } from './review-pull-request.ts'
import type { Tools } from './tools.ts'

/** Seconds before each further attempt after a passing failure. After the last one the failure stays, with a button to try again. */
const delays: readonly number[] = [3, 20, 120, 600, 1800]

/**
 * A job whose process ended this often in a row may be what ends the process, or have had bad luck: it rests, so that it can be told, and
 * the third time it is given up.
 */
const mostInterruptions = 3
const rests: readonly number[] = [30, 300]

/** Until when an installation has used up its requests; its jobs wait without asking. */
export type Limits = Map<number, Date>

export type RunJob = (running: RunningJob<Job>) => Promise<JobOutcome<Job>>

export function createRunJob(tools: Tools, limits: Limits = new Map()): RunJob {
  return async (running) => {
    const { work: job } = running
    const limited = limits.get(job.installation)
    if (limited !== undefined && limited > tools.now()) return { kind: 'again', notBefore: limited, work: job }
    const outcome = await attempt(tools, running, limits)
    tools.metrics.job(job.kind, outcome.kind === 'again' ? 'again' : 'done')
    return outcome
  }
}

async function attempt(tools: Tools, running: RunningJob<Job>, limits: Limits): Promise<JobOutcome<Job>> {
  const { work: job, signal } = running
  let access: RepositoryAccess | null = null
  try {
    access = await tools.github.forRepository(job.installation, job.repository, ({ status, remaining }) =>
      tools.metrics.request(status, job.installation, remaining),
    )
    if (running.interruptions >= mostInterruptions) return rest(tools, job)
    return await work(tools, access, running)
  } catch (error) {
    // The claim on the job is lost, the app shuts down, or the store is away: whoever takes it next begins again.
    if (signal.aborted || error instanceof StoreFailure) throw error
    return settle(tools, { running, access, error, limits })
  }
}

/** Throws TooLarge when the job has rested often enough. */
function rest(tools: Tools, job: Job): JobOutcome<Job> {
  const crashes = job.crashes ?? 0
  const seconds = rests[crashes]
  if (seconds === undefined) throw new TooLarge(`the review was interrupted ${(crashes + 1) * mostInterruptions} times`)
  return { kind: 'again', notBefore: new Date(tools.now().getTime() + seconds * 1000), work: { ...job, crashes: crashes + 1 } }
}

async function work(tools: Tools, access: RepositoryAccess, { work: job, signal }: RunningJob<Job>): Promise<JobOutcome<Job>> {
  switch (job.kind) {
    case 'pull-request':
      return reviewOnce(tools, access, { job, signal })
    case 'merge-group':
      await reviewMergeGroup(tools, access, { job, signal, fresh: job.reason.startsWith('check_') })
      return { kind: 'done' }
    case 'commit':
      await evaluateCommit(tools, access, job)
      return { kind: 'done' }
    case 'branch':
      await evaluateBranch(tools, access, job)
      return { kind: 'done' }
    case 'repository':
      tools.metrics.recovered('scan', await evaluateUnreviewed(tools, access, job))
      return { kind: 'done' }
  }
}

async function reviewOnce(
  tools: Tools,
  access: RepositoryAccess,
  { job, signal }: { job: Extract<Job, { kind: 'pull-request' }>; signal: AbortSignal },
): Promise<JobOutcome<Job>> {
  const mark = freshMark(access.id, job.number)
  const fresh = await tools.ledger.takeMark(mark)
  const delivery = job.delivery === null ? null : `delivery:${job.delivery}`
  const repeated = fresh === null && delivery !== null && (await tools.ledger.getMark(delivery)) !== null
  let outcome: PullRequestOutcome
  try {
    outcome = await reviewPullRequest(tools, access, { job, signal, fresh, repeated })
  } catch (error) {
    if (fresh !== null) await tools.ledger.setMark(mark, fresh)
    throw error
  }
  if (outcome.kind === 'done') {
    if (delivery !== null) await tools.ledger.setMark(delivery, 'done')
    return { kind: 'done' }
  }
  if (outcome.kind === 'postponed') return retryQuietly(tools, job, outcome.failure)
  if (fresh !== null) await tools.ledger.setMark(mark, fresh)
  return { kind: 'again', notBefore: tools.now(), work: { ...job, attempt: 0 } }
}

/** The verdict stands already; what is left to say comes later, or never if that fails for long. */
function retryQuietly(tools: Tools, job: Job, failure: TransientFailure): JobOutcome<Job> {
  logFailure(tools, job, failure)
  const delay = delays[job.attempt]
  if (delay === undefined) return { kind: 'done' }
  const earliest = Math.max(tools.now().getTime() + delay * 1000, failure.notBefore?.getTime() ?? 0)
  return { kind: 'again', notBefore: new Date(earliest), work: { ...job, attempt: job.attempt + 1 } }
}

interface Failed {
  readonly running: RunningJob<Job>
  readonly access: RepositoryAccess | null
  readonly error: unknown
  readonly limits: Limits
}

/** Decides between another attempt and the end, and says on the commit what is known. */
async function settle(tools: Tools, failed: Failed): Promise<JobOutcome<Job>> {
  const { running, error } = failed
  const job = running.work
  logFailure(tools, job, error)
  if (error instanceof TransientFailure && error.status === 401) tools.github.forgetTokens(job.installation)
  const again = error instanceof TransientFailure ? nextAttempt(tools, failed, error) : null
  // A first failure that a few seconds may heal is not worth a red check.
  const isQuiet = again !== null && job.attempt === 0 && again.getTime() - tools.now().getTime() < 60_000
  if (!isQuiet && !(await say(tools, failed, again)))
    return retryQuietly(tools, job, new TransientFailure('The failure could not be written to GitHub.'))
  return again === null ? { kind: 'done' } : { kind: 'again', notBefore: again, work: { ...job, attempt: job.attempt + 1 } }
}

function nextAttempt(tools: Tools, { running, limits }: Failed, { notBefore }: TransientFailure): Date | null {
  const delay = delays[running.work.attempt]
  if (notBefore !== null) limits.set(running.work.installation, notBefore)
  if (delay === undefined) return null
  const own = tools.now().getTime() + delay * 1000
  return new Date(Math.max(own, notBefore?.getTime() ?? 0))
}

/** Writes the failure where people look. False when it could not be written and should be. */
async function say(tools: Tools, { running, access, error }: Failed, again: Date | null): Promise<boolean> {
  const { work: job, key } = running
  if (access === null || !('head' in job) || job.kind === 'commit') return access !== null || !(error instanceof TransientFailure)
  const head = await currentHead(access, job, job.head)
  // A comment names no commit; where even the pull request cannot be read, there is no place to say so.
  if (head === null) return !(error instanceof TransientFailure)
  const subject = { number: job.kind === 'pull-request' ? job.number : null, head, base: '0' }
  const drafts = notEvaluatedDrafts(explain(tools, job, { error, again }))
  try {
    await deliver(tools, access, { subject, key, drafts, runs: null, others: [], fresh: false })
    return true
  } catch (second) {
    logFailure(tools, job, second)
    return !(second instanceof TransientFailure)
  }
}

/** The head as GitHub knows it now, or else as the event knew it. */
async function currentHead(access: RepositoryAccess, job: Job, known: string | null): Promise<string | null> {
  if (job.kind !== 'pull-request') return known
  try {
    const { data } = await access.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      owner: access.owner,
      repo: access.name,
      pull_number: job.number,
    })
    return data.head.sha
  } catch {
    return known
  }
}

const rerun = 'Use Re-run to try again.'

function explain(tools: Tools, job: Job, { error, again }: { error: unknown; again: Date | null }): NotEvaluated {
  const { delivery } = job
  if (error instanceof TooLarge)
    return {
      why: `too large: ${error.message}`,
      remedy: `Split the description or the change, or ask whoever runs the app for higher limits. ${rerun}`,
      delivery,
    }
  if (error instanceof TransientFailure) {
    const when =
      again === null
        ? `It was tried ${job.attempt + 1} times. ${rerun}`
        : `The app tries again at ${again.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
    return { why: withoutStop(error.message), remedy: when, delivery }
  }
  if (error instanceof PermanentFailure)
    return {
      why: withoutStop(error.message),
      remedy: `Check that the app is installed on the repository with the permissions it asks for. ${rerun}`,
      delivery,
    }
  return {
    why: `the app failed (${withoutStop(tools.describe(error)).slice(0, 120)})`,
    remedy: `This is a fault of the app, not of the pull request; its log has the details under the delivery below. ${rerun}`,
    delivery,
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

function logFailure(tools: Tools, job: Job, error: unknown): void {
  const { installation, repository, delivery, reason, attempt: tried } = job
  const fields = {
    installation,
    repository: `${repository.owner}/${repository.name}`,
    reason,
    attempt: tried,
    error: tools.describe(error),
  }
  const status = error instanceof TransientFailure || error instanceof PermanentFailure ? error.status : null
  tools.log.warn(
    {
      ...fields,
      ...(delivery === null ? {} : { delivery }),
      ...('number' in job ? { number: job.number } : {}),
      ...(status === null ? {} : { status }),
    },
    'A job failed',
  )
}
