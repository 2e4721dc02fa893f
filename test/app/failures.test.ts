/** GitHub failing for good: the result is "Not evaluated", completed and with its reason. Faults that pass are in test/faults. */
import { afterAll, beforeAll, expect, test } from 'vitest'
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

/** Reads of a review of a breaking change, by their path below the repository. */
const calls: Readonly<Record<string, { readonly method: string; readonly path: string }>> = {
  'the pull request': { method: 'GET', path: '/pulls/1' },
  'the comparison': { method: 'GET', path: '/compare/*' },
  'a tree': { method: 'GET', path: '/git/trees/*' },
  'a blob': { method: 'GET', path: '/git/blobs/*' },
  'the reviews': { method: 'GET', path: '/pulls/1/reviews' },
}

const lasting: Readonly<Record<string, Omit<Fault, 'path'>>> = {
  'is not there': { status: 404, body: { message: 'Not Found' } },
  'is not granted': { status: 403, body: { message: 'Resource not accessible by integration' } },
  'is refused': { status: 422, body: { message: 'Validation Failed' } },
  'is down for good': { status: 503 },
}

/** Every call meets one kind of fault. */
function pairs(names: readonly string[], faults: readonly string[]): (readonly [string, string])[] {
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

test.concurrent.each(pairs(Object.keys(calls), Object.keys(lasting)))(
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
