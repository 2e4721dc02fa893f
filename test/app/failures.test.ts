/** GitHub at its worst, one call at a time: the result is the true one or "Not evaluated", never success, never twice, never unfinished. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { primaryRateLimit, secondaryRateLimit } from '../github/stand-in/faults.ts'
import type { Fault } from '../github/stand-in/faults.ts'
import type { PullRequestHandle } from '../github/stand-in/handles.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'
import { files, users } from './shop.ts'

let app: TestApp

beforeAll(async () => {
  app = await startApp({}, { SPECGATE_CONCURRENCY: '12' })
  app.github.team('acme', 'api-owners', { members: ['mia', 'tom'] })
  app.github.user('ana')
})
afterAll(() => app.stop())

const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')

/** Every request that a review of a breaking change makes, by its path below the repository. */
const calls: Readonly<Record<string, { readonly method: string; readonly path: string }>> = {
  'the pull request': { method: 'GET', path: '/pulls/1' },
  'our check runs': { method: 'GET', path: '/commits/*/check-runs' },
  'the comparison': { method: 'GET', path: '/compare/*' },
  'a tree': { method: 'GET', path: '/git/trees/*' },
  'a blob': { method: 'GET', path: '/git/blobs/*' },
  'the reviews': { method: 'GET', path: '/pulls/1/reviews' },
  'writing a check run': { method: 'POST', path: '/check-runs' },
  'the summary comment': { method: 'POST', path: '/issues/1/comments' },
  'the review comments': { method: 'POST', path: '/pulls/1/reviews' },
  'requesting reviewers': { method: 'POST', path: '/pulls/1/requested_reviewers' },
}

const passing: Readonly<Record<string, Omit<Fault, 'path'>>> = {
  'fails with 502 once': { status: 502, calls: [1] },
  'fails with 500 three times': { status: 500, calls: [1, 2, 3] },
  'is cut off before it is done': { reset: 'before', calls: [1] },
  'is done but not answered': { reset: 'after', calls: [1] },
  'is answered by half': { cutBody: true, calls: [1] },
  'meets a secondary limit': { ...secondaryRateLimit(1), calls: [1] },
  'meets the hourly limit': { ...primaryRateLimit(Math.floor(Date.now() / 1000) + 1), calls: [1] },
  'loses its links to further pages': { dropLink: true },
}

const lasting: Readonly<Record<string, Omit<Fault, 'path'>>> = {
  'is not there': { status: 404, body: { message: 'Not Found' } },
  'is not granted': { status: 403, body: { message: 'Resource not accessible by integration' } },
  'is refused': { status: 422, body: { message: 'Validation Failed' } },
  'is down for good': { status: 503 },
}

/**
 * Every call meets one kind of fault and every kind of fault one call; with SPECGATE_ALL_FAULTS set, each is tried with each, which takes
 * minutes.
 */
function pairs(names: readonly string[], faults: readonly string[]): (readonly [string, string])[] {
  if (process.env['SPECGATE_ALL_FAULTS'] !== undefined) return names.flatMap((name) => faults.map((fault) => [name, fault] as const))
  return names.map((name, index) => [name, faults[index % faults.length] ?? ''] as const)
}

let organisations = 0

/** Each story has an installation of its own, because GitHub's limits are an installation's. */
async function open(fault: Omit<Fault, 'path'> & { readonly path: string }): Promise<PullRequestHandle> {
  const owner = `acme-${(organisations += 1)}`
  app.github.team(owner, 'api-owners', { members: ['mia', 'tom'] })
  const repo = await app.github.createRepository(owner, 'shop', ownedBy(owner), { roles: { ana: 'write', mia: 'write' } })
  await repo.commit('drop', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  app.github.faults.push({ ...fault, path: `/repos/${owner}/shop${fault.path}` })
  return repo.openPullRequest({ author: 'ana', branch: 'drop' })
}

function ownedBy(owner: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('@acme/', `@${owner}/`)]))
}

const newest = (pull: PullRequestHandle, name: string) =>
  pull
    .checkRuns()
    .filter((run) => run.name === name)
    .at(-1)

test.concurrent.each(pairs(Object.keys(calls), Object.keys(passing)))(
  '%s %s: the review ends as if nothing had happened',
  async (call, fault) => {
    const pull = await open({ method: 'GET', path: '', ...calls[call], ...passing[fault] })
    await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' }, { timeoutMs: 90_000 })
    await app.github.waitUntil(() => newest(pull, 'API review')?.title?.startsWith('1 breaking change') === true, {
      timeoutMs: 90_000,
      what: `the true result instead of ${newest(pull, 'API review')?.title}`,
    })
    expect(pull.checkRuns().filter(({ name, status }) => name === 'API review' && status !== 'completed')).toEqual([])
    expect(pull.checkRuns().filter(({ name, status }) => name === 'API approval' && status !== 'completed')).toHaveLength(1)
    expect(pull.checkRuns().map(({ conclusion }) => conclusion)).not.toContain('success')
    expect(pull.state.comments.length).toBeLessThanOrEqual(1)
    expect(pull.state.reviewComments.length).toBeLessThanOrEqual(1)
  },
  180_000,
)

const reads = Object.keys(calls).filter((call) => calls[call]?.method === 'GET' && call !== 'our check runs')

test.concurrent.each(pairs(reads, Object.keys(lasting)))(
  '%s %s: the check runs are completed and say so',
  async (call, fault) => {
    const pull = await open({ method: 'GET', path: '', ...calls[call], ...lasting[fault] })
    const runs = await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'failure' }, { timeoutMs: 90_000 })
    expect(runs['API review']?.title).toMatch(/^Not evaluated: /)
    expect(runs['API review']?.summary).toMatch(/Re-run|tries again/)
    expect(runs['API review']?.summary).toMatch(/Delivery `[\w-]+`/)
    expect(pull.checkRuns().filter(({ status }) => status !== 'completed')).toEqual([])
  },
  180_000,
)

test('writes that GitHub refuses for a reason of its own do not take the result away', async () => {
  const pulls = await Promise.all([
    open({
      method: 'POST',
      path: '/pulls/1/requested_reviewers',
      status: 422,
      body: { message: 'Reviews may only be requested from collaborators.' },
    }),
    open({ method: 'POST', path: '/pulls/1/reviews', status: 422, body: { message: 'Line must be part of the diff' } }),
  ])
  for (const pull of pulls) await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' })
  await app.github.waitUntil(() => pulls[1]?.state.reviewComments.length === 1)
})

test('a team that cannot be read is no team: nobody’s approval counts, and the sentence says why', async () => {
  const repo = await app.github.createRepository('acme', 'teams', {
    ...files,
    '.github/specgate.yml': files['.github/specgate.yml'].replace('api-owners', 'gone'),
  })
  await repo.commit('drop', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await repo.openPullRequest({ author: 'ana', branch: 'drop' })
  const runs = await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'failure' })
  expect(runs['API approval']?.summary).toContain('gone')
})

test('the app asked GitHub for nothing that GitHub does not describe', () => {
  expect(app.github.violations).toEqual([])
})
