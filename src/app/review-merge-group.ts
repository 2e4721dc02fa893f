/** Reviews what a merge queue is about to merge, under the same check names: nobody can be asked any more, so waiting is a failure there. */
import { ask, PermanentFailure } from '../github/client.ts'
import { readPullRequest } from '../github/pull-request.ts'
import type { PullRequestNow } from '../github/pull-request.ts'
import { place } from '../github/repository.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { CheckRunDraft } from '../model/report.ts'
import { readComments } from '../github/standing.ts'
import type { CommentFact, PullRequestSnapshot } from '../model/snapshot.ts'
import { commentFacts } from './commands.ts'
import { deliver } from './deliver.ts'
import { evaluate } from './evaluate.ts'
import { queued } from './job.ts'
import type { JobOf } from './job.ts'
import { recordDecision } from './record-decision.ts'
import type { Tools } from './tools.ts'

export interface MergeGroupWork {
  readonly job: JobOf<'merge-group'>
  readonly signal: AbortSignal
  readonly fresh: boolean
}

export async function reviewMergeGroup(tools: Tools, access: RepositoryAccess, { job, signal, fresh }: MergeGroupWork): Promise<void> {
  const pull = await pullOfGroup(access, job.ref)
  const request = {
    pull,
    isGroup: true,
    repository: pull?.repository ?? (await readRepository(access)),
    base: job.base,
    head: job.head,
    lastPusher: pull === null ? null : await tools.ledger.pusherOf(access.id, pull.head),
    now: tools.now().toISOString(),
    ownApp: tools.app.id,
    commentsOf: (number: number) => commentsOfMember(tools, access, number === pull?.facts.number ? pull : unread(number)),
  }
  const { report, review } = await evaluate(tools, access, { request, signal })
  await recordDecision(tools, access, { job, review, author: pull?.facts.author.login ?? null, number: null })
  const subject = { number: null, head: job.head, base: job.base }
  const drafts = report.checkRuns.map(decidedNow)
  await deliver(tools, access, { subject, key: queued(job).key, drafts, runs: null, others: [], fresh })
}

/** `gh-readonly-queue/main/pr-12-<sha>` is the group that ends with pull request 12: its reviews count for what the group changes. */
async function pullOfGroup(access: RepositoryAccess, ref: string): Promise<PullRequestNow | null> {
  const number = Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(ref)?.[1] ?? 0)
  if (number === 0) return null
  try {
    return await readPullRequest(access, number)
  } catch (error) {
    if (error instanceof PermanentFailure) return null
    throw error
  }
}

type Member = Parameters<typeof readComments>[1]

/** What was said on a pull request of the group counts for what it was said about; nothing new is heard here. */
async function commentsOfMember(tools: Tools, access: RepositoryAccess, pull: Member): Promise<readonly CommentFact[]> {
  const { said } = await readComments(access, pull, tools.app)
  return commentFacts(tools, access, { said, present: null })
}

/** How many comments it has is not known, so they are asked for. */
function unread(number: number): Member {
  return { facts: { number }, comments: 1, reviewComments: 1 }
}

async function readRepository(access: RepositoryAccess): Promise<PullRequestSnapshot['repository']> {
  const data = await ask('the repository', () => access.client.request('GET /repos/{owner}/{repo}', place(access)))
  const { owner, name, id } = access
  return { owner, name, id, visibility: data.private ? 'private' : 'public', defaultBranch: data.default_branch, url: data.html_url }
}

/** A merge queue does not wait for people: what is not agreed by now sends the group back. */
function decidedNow(draft: CheckRunDraft): CheckRunDraft {
  if (draft.conclusion !== null) return draft
  return { ...draft, conclusion: 'failure', title: `Not agreed yet: ${draft.title}`.slice(0, 200) }
}
