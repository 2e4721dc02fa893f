/** What the app says to people on a pull request: the summary comment, comments on lines, requests for review. */
import type { Report } from '../model/report.ts'
import { ask, PermanentFailure } from './client.ts'
import { commentCharacters } from './limits.ts'
import type { GitHubWrite } from './plan.ts'
import { place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'
import { writeOutput } from './write-outputs.ts'
import { once } from './write-run.ts'

export interface ApplyTarget {
  /** null for a merge group: nothing is said there. */
  readonly number: number | null
  readonly head: string
}

export type Saying = Extract<
  GitHubWrite,
  {
    kind:
      | 'create-comment'
      | 'update-comment'
      | 'create-review'
      | 'update-review-comment'
      | 'react'
      | 'request-reviewers'
      | 'add-labels'
      | 'remove-label'
      | 'upload-sarif'
  }
>

/** Sends it. Returns sentences about parts that GitHub refused. */
export async function say(access: RepositoryAccess, { number, head }: ApplyTarget, write: Saying): Promise<readonly string[]> {
  if (number === null) return []
  switch (write.kind) {
    case 'create-comment':
      await ask('the comment', () =>
        access.client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...place(access),
          issue_number: number,
          body: cut(write.body),
          ...once,
        }),
      )
      return []
    case 'update-comment':
      await ask('the comment', () =>
        access.client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          ...place(access),
          comment_id: write.id,
          body: cut(write.body),
        }),
      )
      return []
    case 'update-review-comment':
      await ask('a review comment', () =>
        access.client.request('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
          ...place(access),
          comment_id: write.id,
          body: cut(write.body),
        }),
      )
      return []
    case 'react':
      await react(access, write)
      return []
    case 'add-labels':
    case 'remove-label':
    case 'upload-sarif':
      await writeOutput(access, { number, head }, write)
      return []
    case 'create-review':
      return createReview(access, { number, head }, write.comments)
    case 'request-reviewers':
      return requestReviewers(access, number, write)
  }
}

async function react(access: RepositoryAccess, { where, comment, content }: Extract<GitHubWrite, { kind: 'react' }>): Promise<void> {
  const options = { ...place(access), comment_id: comment, content }
  await ask('a reaction', () =>
    where === 'line'
      ? access.client.request('POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions', options)
      : access.client.request('POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', options),
  )
}

function cut(body: string): string {
  return body.slice(0, commentCharacters)
}

/**
 * One review with all new comments, so that people are notified once. A line that GitHub does not count to the diff makes it refuse the
 * whole review; then each comment is sent alone, and those it refuses stay in the check run only.
 */
async function createReview(
  access: RepositoryAccess,
  { number, head }: { readonly number: number; readonly head: string },
  comments: Report['comments'],
): Promise<readonly string[]> {
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

/** All at once; when GitHub refuses that because of one of them, each alone, so that the others are asked all the same. */
async function requestReviewers(
  access: RepositoryAccess,
  number: number,
  { users, teams }: { users: readonly string[]; teams: readonly string[] },
): Promise<readonly string[]> {
  const request = (reviewers: readonly string[], teamReviewers: readonly string[]): Promise<boolean> => {
    const options = { ...place(access), pull_number: number, reviewers: [...reviewers], team_reviewers: [...teamReviewers], ...once }
    return tolerated(() =>
      ask('the reviewers', () => access.client.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', options)),
    )
  }
  if (await request(users, teams)) return []
  if (users.length + teams.length === 1) return [refusal(users[0] ?? teams[0] ?? '')]
  const refused: string[] = []
  for (const user of users) if (!(await request([user], []))) refused.push(refusal(user))
  for (const team of teams) if (!(await request([], [team]))) refused.push(refusal(team))
  return refused
}

function refusal(name: string): string {
  return `GitHub refused to request a review from \`${name}\`: it has no access to the repository.`
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
