/** Which events become which jobs. A handler stores and does nothing else: the work is done later, by whoever takes the job. */
import type { Probot } from 'probot'
import type { z } from 'zod'
import { readExternalId } from '../github/run-identity.ts'
import { isPolicyPath } from '../github/policy-texts.ts'
import { candidatePath } from '../openapi/discover.ts'
import { mayCommand } from '../policy/commands/read.ts'
import type { Log } from '../server/logger.ts'
import {
  checkRunEvent,
  checkSuiteEvent,
  installationEvent,
  installationRepositoriesEvent,
  issueCommentEvent,
  lineCommentEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  reviewEvent,
} from './event-fields.ts'
import type { Job } from './job.ts'
import { anything, isButton, writeWish } from './wish.ts'

/** Events the receiver lets in. */
export const handledEvents: ReadonlySet<string> = new Set([
  ...[
    'pull_request',
    'pull_request_review',
    'issue_comment',
    'pull_request_review_comment',
    'check_run',
    'check_suite',
    'merge_group',
    'push',
    'installation',
    'installation_repositories',
  ],
])

export interface EventSink {
  /** Our own app's id: other apps' check runs are not ours to run again. */
  readonly appId: number
  /** `specgate[bot]`, in lower case: our own reviews are no news. */
  readonly appLogin: string
  readonly log: Log
  /** Stores the job; resolves when it cannot be lost. */
  readonly put: (job: Job) => Promise<void>
  /** The next evaluation of this pull request writes new check runs even if nothing changed. */
  readonly askFresh: (repositoryId: number, number: number, wish: string) => Promise<void>
  /** Who pushed this head, for rules that exclude the last pusher. */
  readonly rememberPush: (repositoryId: number, head: string, sender: { id: number; login: string; bot: boolean }) => Promise<void>
}

const pullRequestActions = [
  ...(['pull_request.opened', 'pull_request.reopened', 'pull_request.synchronize', 'pull_request.ready_for_review'] as const),
  ...([
    'pull_request.converted_to_draft',
    'pull_request.edited',
    'pull_request.closed',
    'pull_request.labeled',
    'pull_request.unlabeled',
  ] as const),
]
const reviewActions = ['pull_request_review.submitted', 'pull_request_review.dismissed', 'pull_request_review.edited'] as const

const lineCommentActions = [
  ...(['pull_request_review_comment.created', 'pull_request_review_comment.edited', 'pull_request_review_comment.deleted'] as const),
]

/** Registers the handlers. A payload that lacks what we read is logged and answered: delivering it again would not mend it. */
export function listen(probot: Probot, sink: EventSink): void {
  probot.on([...pullRequestActions], ({ id, payload }) => read(sink, id, pullRequestEvent, payload, onPullRequest))
  probot.on([...reviewActions], ({ id, payload }) => read(sink, id, reviewEvent, payload, onReview))
  probot.on(['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted'], ({ id, payload }) =>
    read(sink, id, issueCommentEvent, payload, onIssueComment),
  )
  probot.on([...lineCommentActions], ({ id, payload }) => read(sink, id, lineCommentEvent, payload, onLineComment))
  probot.on(['check_run.rerequested', 'check_run.requested_action'], ({ id, payload }) =>
    read(sink, id, checkRunEvent, payload, onCheckRun),
  )
  probot.on('check_suite.rerequested', ({ id, payload }) => read(sink, id, checkSuiteEvent, payload, onCheckSuite))
  probot.on('merge_group.checks_requested', ({ id, payload }) => read(sink, id, mergeGroupEvent, payload, onMergeGroup))
  probot.on('push', ({ id, payload }) => read(sink, id, pushEvent, payload, onPush))
  probot.on('installation.created', ({ id, payload }) => read(sink, id, installationEvent, payload, onInstallation))
  probot.on('installation_repositories.added', ({ id, payload }) => read(sink, id, installationRepositoriesEvent, payload, onRepositories))
}

interface Seen<Fields> {
  readonly sink: EventSink
  readonly delivery: string
  readonly fields: Fields
}

// eslint-disable-next-line max-params -- One line per event above reads better than an object per event.
async function read<Fields>(
  sink: EventSink,
  delivery: string,
  schema: z.ZodType<Fields>,
  payload: unknown,
  handle: (seen: Seen<Fields>) => Promise<void>,
): Promise<void> {
  const parsed = schema.safeParse(payload)
  if (parsed.success) return handle({ sink, delivery, fields: parsed.data })
  const missing = parsed.error.issues.map((issue) => issue.path.join('.')).slice(0, 5)
  sink.log.warn({ delivery, error: `Fields are missing: ${missing.join(', ')}` }, 'A delivery does not have the expected form')
}

interface Origin {
  readonly installation: { readonly id: number }
  readonly repository: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } }
}

function common({ delivery, fields }: Seen<Origin>, reason: string) {
  const { id, name, owner } = fields.repository
  return { installation: fields.installation.id, repository: { id, name, owner: owner.login }, delivery, reason, attempt: 0 }
}

async function onPullRequest(seen: Seen<z.infer<typeof pullRequestEvent>>): Promise<void> {
  const { sink, fields } = seen
  const { action, pull_request, sender, repository } = fields
  // The app's own labels are no news.
  if ((action === 'labeled' || action === 'unlabeled') && sender.login.toLowerCase() === sink.appLogin) return
  // Titles and texts decide nothing; a changed base branch decides everything.
  if (action === 'edited' && fields.changes?.base === undefined) return
  if (action === 'synchronize') {
    await sink.rememberPush(repository.id, pull_request.head.sha, { id: sender.id, login: sender.login, bot: sender.type === 'Bot' })
  }
  await sink.put({
    kind: 'pull-request',
    ...common(seen, `pull_request.${action}`),
    number: pull_request.number,
    head: pull_request.head.sha,
  })
}

async function onReview(seen: Seen<z.infer<typeof reviewEvent>>): Promise<void> {
  const { sink, fields } = seen
  if (fields.review.user?.login.toLowerCase() === sink.appLogin) return
  const { number, head } = fields.pull_request
  await sink.put({ kind: 'pull-request', ...common(seen, `pull_request_review.${fields.action}`), number, head: head.sha })
}

async function onIssueComment(seen: Seen<z.infer<typeof issueCommentEvent>>): Promise<void> {
  const { sink, fields } = seen
  const { number, pull_request: pull } = fields.issue
  if (pull === undefined || pull === null || !speaksToUs(fields)) return
  await sink.put({ kind: 'pull-request', ...common(seen, `issue_comment.${fields.action}`), number, head: null })
}

async function onLineComment(seen: Seen<z.infer<typeof lineCommentEvent>>): Promise<void> {
  const { sink, fields } = seen
  if (!speaksToUs(fields)) return
  const { number, head } = fields.pull_request
  await sink.put({ kind: 'pull-request', ...common(seen, `pull_request_review_comment.${fields.action}`), number, head: head.sha })
}

/** A comment by a person that holds a command, or held one before it was edited. Who wrote it and what counts is read from GitHub later. */
function speaksToUs({ comment, changes }: Pick<z.infer<typeof issueCommentEvent>, 'comment' | 'changes'>): boolean {
  const { user, body } = comment
  if (user === null || user.type === 'Bot' || user.login.endsWith('[bot]')) return false
  return [body, changes?.body?.from].some((text) => typeof text === 'string' && mayCommand(text))
}

async function onCheckRun(seen: Seen<z.infer<typeof checkRunEvent>>): Promise<void> {
  const { sink, fields } = seen
  const { check_run: run, action } = fields
  if (run.app?.id !== sink.appId) return
  const button = action === 'requested_action' ? (fields.requested_action?.identifier ?? '') : null
  if (button !== null && !isButton(button)) return
  const number = readExternalId(run.external_id ?? null)?.number
  await evaluateAnew(seen, {
    head: run.head_sha,
    numbers: [...run.pull_requests.map((pull) => pull.number), ...(typeof number === 'number' ? [number] : [])],
    reason: `check_run.${action}`,
    // GitHub offers its own Re-run to people with write access only; who pressed one of our buttons is looked at before it is answered.
    ...(button === null ? {} : { wish: writeWish({ button, by: fields.sender.login }) }),
  })
}

async function onCheckSuite(seen: Seen<z.infer<typeof checkSuiteEvent>>): Promise<void> {
  const { check_suite: suite } = seen.fields
  if (suite.app?.id !== seen.sink.appId) return
  await evaluateAnew(seen, {
    head: suite.head_sha,
    numbers: suite.pull_requests.map((pull) => pull.number),
    reason: 'check_suite.rerequested',
  })
}

/** GitHub names no pull request here when it comes from a fork, so that the job has to find out from what stands on the commit. */
async function evaluateAnew(
  seen: Seen<Origin>,
  { head, numbers, reason, wish }: { head: string; numbers: readonly number[]; reason: string; wish?: string },
): Promise<void> {
  const known = [...new Set(numbers)]
  for (const number of known) await seen.sink.askFresh(seen.fields.repository.id, number, wish ?? anything)
  await seen.sink.put({ kind: 'commit', ...common(seen, reason), head, numbers: known, ...(wish === undefined ? {} : { wish }) })
}

async function onMergeGroup(seen: Seen<z.infer<typeof mergeGroupEvent>>): Promise<void> {
  const { head_sha: head, base_sha: base, head_ref: ref } = seen.fields.merge_group
  await seen.sink.put({ kind: 'merge-group', ...common(seen, 'merge_group.checks_requested'), head, base, ref })
}

/** A push names this many of its commits at most (docs.github.com, "Webhook events and payloads", `push`); nothing is known about the rest. */
const mostCommits = 2048

/** A push matters to other pull requests only when it changes what they are compared with or judged by. */
async function onPush(seen: Seen<z.infer<typeof pushEvent>>): Promise<void> {
  const { ref, deleted, forced, commits, repository } = seen.fields
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  if (branch === undefined || deleted) return
  const touched = commits.flatMap(({ added, removed, modified }) => [added, removed, modified])
  const mayMatter =
    forced ||
    commits.length >= mostCommits ||
    touched.some((paths) => paths === undefined || paths.some((path) => isPolicyPath(path) || candidatePath(path)))
  if (!mayMatter) return
  await seen.sink.put({ kind: 'branch', ...common(seen, 'push'), branch, isDefault: (repository.default_branch ?? branch) === branch })
}

async function onInstallation(seen: Seen<z.infer<typeof installationEvent>>): Promise<void> {
  await scanEach(seen, seen.fields.repositories, 'installation.created')
}

async function onRepositories(seen: Seen<z.infer<typeof installationRepositoriesEvent>>): Promise<void> {
  await scanEach(seen, seen.fields.repositories_added, 'installation_repositories.added')
}

async function scanEach(
  { sink, delivery, fields }: Seen<{ readonly installation: { readonly id: number } }>,
  repositories: readonly { readonly id: number; readonly full_name: string }[],
  reason: string,
): Promise<void> {
  for (const { id, full_name } of repositories) {
    const [owner = '', name = ''] = full_name.split('/')
    await sink.put({
      kind: 'repository',
      installation: fields.installation.id,
      repository: { id, owner, name },
      delivery,
      reason,
      attempt: 0,
      updatedSince: null,
    })
  }
}
