/** Reviews and comments stand where the diff shows a line, and grow outdated with it. */
import { expect, test } from 'vitest'
import type { Octokit } from '@octokit/rest'
import type { PullRequestHandle } from './stand-in/handles.ts'
import { clientOf, lines, refusalOf, startGitHub } from './support.ts'
import type { GitHubStandIn } from './stand-in/stand-in.ts'

const at = { owner: 'acme', repo: 'shop', pull_number: 1 }

async function start(): Promise<{ github: GitHubStandIn; pull: PullRequestHandle; rest: Octokit['rest'] }> {
  const github = await startGitHub({
    manifest: {
      permissions: { contents: 'read', pull_requests: 'write' },
      events: ['pull_request', 'pull_request_review', 'pull_request_review_comment'],
    },
  })
  for (const login of ['ana', 'mia']) github.user(login)
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(30) }, { roles: { ana: 'write', mia: 'write' } })
  await shop.commit('topic', { 'a.txt': lines(30).replace('line 10\n', 'ten\nand a half\n') }, { author: 'ana' })
  return { github, pull: await shop.openPullRequest({ author: 'ana', branch: 'topic' }), rest: clientOf(github, 'acme').rest }
}

const review = { ...at, event: 'COMMENT' as const, body: 'See below.' }

test.each([
  ['an added line', { line: 11, side: 'RIGHT' }, 200],
  ['a context line', { line: 8 }, 200],
  ['the removed line, on the left', { line: 10, side: 'LEFT' }, 200],
  ['a range', { start_line: 8, line: 11 }, 200],
  ['a line the diff does not show', { line: 20 }, 422],
  ['a line beyond the file', { line: 200 }, 422],
  ['a range that begins outside', { start_line: 2, line: 11 }, 422],
  ['a file the diff does not have', { path: 'b.txt', line: 1 }, 422],
  ['no line at all', {}, 422],
])('a review comment on %s', async (_, place, status) => {
  const { pull, rest } = await start()
  const call = rest.pulls.createReview({ ...review, comments: [{ path: 'a.txt', body: 'x', ...place }] })
  expect(status === 200 ? (await call).status : (await refusalOf(call)).status).toBe(status)
  expect([pull.state.reviews.length, pull.state.reviewComments.length]).toEqual(status === 200 ? [1, 1] : [0, 0])
})

test('a comment review needs a body, and a commit of the pull request', async () => {
  const { rest, pull } = await start()
  expect((await refusalOf(rest.pulls.createReview({ ...review, body: '' }))).status).toBe(422)
  expect((await refusalOf(rest.pulls.createReview({ ...review, body: 'x'.repeat(65_537) }))).status).toBe(422)
  const later = await pull.repository.commit('elsewhere', { 'z.txt': 'z\n' })
  expect((await refusalOf(rest.pulls.createReview({ ...review, commit_id: later }))).status).toBe(422)
})

test('a comment of its own: on a line, on the file, as a reply; edited in place', async () => {
  const { github, pull, rest } = await start()
  const comment = { ...at, commit_id: pull.head, path: 'a.txt' }
  const { data: first } = await rest.pulls.createReviewComment({ ...comment, body: 'one', line: 11, side: 'RIGHT' })
  const { data: file } = await rest.pulls.createReviewComment({ ...comment, body: 'two', subject_type: 'file' })
  const { data: reply } = await rest.pulls.createReviewComment({ ...comment, body: 'three', in_reply_to: first.id })
  expect([first.line, file.subject_type, reply.in_reply_to_id, reply.line]).toEqual([11, 'file', first.id, 11])
  expect(first.diff_hunk.split('\n').at(-1)).toBe('+and a half')
  expect(await refusalOf(rest.pulls.createReviewComment({ ...comment, body: 'x', line: 25 }))).toMatchObject({
    status: 422,
    message: expect.stringContaining('must be part of the diff'),
  })
  await rest.pulls.updateReviewComment({ owner: 'acme', repo: 'shop', comment_id: first.id, body: 'edited' })
  expect((await rest.pulls.listReviewComments(at)).data.map(({ body, user }) => [body, user?.login])).toEqual([
    ['edited', 'specgate[bot]'],
    ['two', 'specgate[bot]'],
    ['three', 'specgate[bot]'],
  ])
  expect(github.deliveries('pull_request_review_comment')).toHaveLength(3)
})

test('a comment follows its line, and is outdated when the line changes', async () => {
  const { pull, rest } = await start()
  await rest.pulls.createReviewComment({ ...at, commit_id: pull.head, path: 'a.txt', body: 'x', line: 11 })
  const line = async (): Promise<unknown> => (await rest.pulls.listReviewComments(at)).data[0]?.line
  await pull.push({ 'a.txt': `first\n${lines(30).replace('line 10\n', 'ten\nand a half\n')}` })
  expect(await line()).toBe(12)
  await pull.push({ 'a.txt': `first\n${lines(30).replace('line 10\n', 'ten\nand a third\n')}` })
  expect(await line()).toBeNull()
})

test('people review a commit; a dismissed review says so; nobody approves their own', async () => {
  const { github, pull, rest } = await start()
  const first = pull.head
  const approval = await pull.review('mia', 'approve')
  await pull.push({ 'a.txt': 'other\n' })
  await pull.review('mia', 'request-changes', { commit: first })
  pull.dismiss(approval, 'ana')
  const { data } = await rest.pulls.listReviews(at)
  expect(data.map(({ user, state, commit_id: commit }) => [user?.login, state, commit === first])).toEqual([
    ['mia', 'DISMISSED', true],
    ['mia', 'CHANGES_REQUESTED', true],
  ])
  expect(
    github.deliveries('pull_request_review').map(({ action, payload }) => [action, (payload['review'] as { state: string }).state]),
  ).toEqual([
    ['submitted', 'approved'],
    ['submitted', 'changes_requested'],
    ['dismissed', 'dismissed'],
  ])
  await expect(pull.review('ana', 'approve')).rejects.toThrow(/own pull request/)
})

test('comments in the conversation need issues or pull requests, and only the author edits them', async () => {
  const { pull, rest } = await start()
  pull.comment('mia', '/specgate explain')
  const { data } = await rest.issues.createComment({ owner: 'acme', repo: 'shop', issue_number: 1, body: 'summary' })
  await rest.issues.updateComment({ owner: 'acme', repo: 'shop', comment_id: data.id, body: 'edited' })
  const { data: listed } = await rest.issues.listComments({ owner: 'acme', repo: 'shop', issue_number: 1 })
  expect(listed.map(({ body }) => body)).toEqual(['/specgate explain', 'edited'])
  expect(
    (await refusalOf(rest.issues.updateComment({ owner: 'acme', repo: 'shop', comment_id: listed[0]?.id ?? 0, body: 'x' }))).status,
  ).toBe(403)
})
