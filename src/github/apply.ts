/**
 * The only place that writes to GitHub. Comments first, conclusions last, because a conclusion is what unblocks a merge. Creations are
 * sent once: when it is unclear whether one arrived, the whole review starts over and looks at what stands.
 */
import type { Report } from '../model/report.ts'
import { ask, PermanentFailure } from './client.ts'
import type { GitHubWrite } from './plan.ts'
import { place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'
import { once, writeRun } from './write-run.ts'

export interface ApplyTarget {
  /** null for a merge group: nothing is commented there. */
  readonly number: number | null
  readonly head: string
}

export interface Applied {
  /** Runs of ours that now wait for somebody. */
  readonly unfinished: readonly { readonly id: number; readonly name: string }[]
  /** Runs of ours that are finished now. */
  readonly finished: readonly number[]
  /** Writes that GitHub refused and that a review can do without (a reviewer who cannot be asked, a line that left the diff). */
  readonly refused: readonly string[]
}

const order: readonly GitHubWrite['kind'][] = [
  ...(['create-review', 'update-review-comment', 'create-comment', 'update-comment', 'request-reviewers'] as const),
  ...(['cancel-run', 'create-run', 'update-run'] as const),
]

/** Carries out a plan. Throws on the first failure that matters; planning again afterwards gives what is left to do. */
export async function applyWrites(access: RepositoryAccess, target: ApplyTarget, writes: readonly GitHubWrite[]): Promise<Applied> {
  const unfinished: { id: number; name: string }[] = []
  const finished: number[] = []
  const refused: string[] = []
  for (const write of [...writes].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
    const done = await applyWrite(access, target, write)
    if (done === null) continue
    if ('refused' in done) refused.push(...done.refused)
    else if (done.finished) finished.push(done.id)
    else unfinished.push({ id: done.id, name: done.name })
  }
  return { unfinished, finished, refused }
}

type Done = { readonly id: number; readonly name: string; readonly finished: boolean } | { readonly refused: readonly string[] } | null

async function applyWrite(access: RepositoryAccess, target: ApplyTarget, write: GitHubWrite): Promise<Done> {
  switch (write.kind) {
    case 'create-run':
    case 'update-run':
      return writeRun(access, target.head, write)
    case 'cancel-run':
      await cancelRun(access, write.id, write.why)
      return { id: write.id, name: write.name, finished: true }
    case 'create-comment':
    case 'update-comment':
      await writeComment(access, target, write)
      return null
    case 'create-review':
      return { refused: await createReview(access, target, write.comments) }
    case 'update-review-comment':
      await ask('a review comment', () =>
        access.client.request('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
          ...place(access),
          comment_id: write.id,
          body: write.body,
        }),
      )
      return null
    case 'request-reviewers':
      return { refused: await requestReviewers(access, target, write) }
  }
}

/** Ends a run that nobody will finish, and says why. */
export async function cancelRun(access: RepositoryAccess, id: number, why: string): Promise<void> {
  await ask('a check run', () =>
    access.client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...{ ...place(access), check_run_id: id, status: 'completed' as const, conclusion: 'cancelled' as const },
      output: { title: 'Superseded', summary: why },
    }),
  )
}

async function writeComment(
  access: RepositoryAccess,
  { number }: ApplyTarget,
  write: { kind: 'create-comment'; body: string } | { kind: 'update-comment'; id: number; body: string },
): Promise<void> {
  if (number === null) return
  const { body } = write
  if (write.kind === 'update-comment') {
    await ask('the comment', () =>
      access.client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...place(access), comment_id: write.id, body }),
    )
    return
  }
  await ask('the comment', () =>
    access.client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...place(access),
      issue_number: number,
      body,
      ...once,
    }),
  )
}

/**
 * One review with all new comments, so that people are notified once. A line that GitHub does not count to the diff makes it refuse the
 * whole review; then each comment is sent alone, and those it refuses stay in the check run only.
 */
async function createReview(
  access: RepositoryAccess,
  { number, head }: ApplyTarget,
  comments: Report['comments'],
): Promise<readonly string[]> {
  if (number === null) return []
  const lines = comments.map(({ path, line, side, body }) => ({ path, line, side, body }))
  const body = comments.length === 1 ? 'One finding on a changed line.' : `${comments.length} findings on changed lines.`
  const options = { ...place(access), pull_number: number, commit_id: head, event: 'COMMENT' as const, body, comments: lines, ...once }
  if (
    await tolerated(() =>
      ask('the review comments', () => access.client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', options)),
    )
  )
    return []
  const refused: string[] = []
  for (const line of lines) {
    const alone = { ...place(access), pull_number: number, commit_id: head, ...line, ...once }
    const sent = await tolerated(() =>
      ask('a review comment', () => access.client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', alone)),
    )
    if (!sent) refused.push('A review comment was refused: its line is not part of the diff.')
  }
  return refused
}

async function requestReviewers(
  access: RepositoryAccess,
  { number }: ApplyTarget,
  { users, teams }: { users: readonly string[]; teams: readonly string[] },
): Promise<readonly string[]> {
  if (number === null) return []
  const options = { ...place(access), pull_number: number, reviewers: [...users], team_reviewers: [...teams], ...once }
  const sent = await tolerated(() =>
    ask('the reviewers', () => access.client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', options)),
  )
  return sent ? [] : ['GitHub refused to request the reviewers: one of them may not see the repository.']
}

/** False when GitHub refuses what it was asked; every other failure is thrown on. */
async function tolerated(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write()
    return true
  } catch (error) {
    if (error instanceof PermanentFailure && error.status === 422) return false
    throw error
  }
}
