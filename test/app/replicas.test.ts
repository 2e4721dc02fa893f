/** Several replicas on one PostgreSQL: work is shared, done once, and taken over from a replica that dies. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PullRequestHandle, RepositoryHandle } from '../github/stand-in/handles.ts'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import { databaseUrl, freshDatabase } from '../server/store.ts'
import { startChild, webhooks } from './child.ts'
import type { Child } from './child.ts'
import { files, users } from './shop.ts'

const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')

if (databaseUrl === null) {
  test('needs a PostgreSQL: set SPECGATE_TEST_DATABASE_URL (in CI its absence fails)', () => {
    expect(process.env['CI']).not.toBe('true')
  })
} else {
  let github: GitHubStandIn
  let shop: RepositoryHandle
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let replicas: Child[] = []

  beforeAll(async () => {
    database = await freshDatabase(databaseUrl ?? '')
    github = await GitHubStandIn.start()
    github.team('acme', 'api-owners', { members: ['mia'] })
    github.user('ana')
    shop = await github.createRepository('acme', 'shop', files, { roles: { ana: 'write', mia: 'write' } })
    replicas = await Promise.all([1, 2].map(() => startChild({ ...github.environment(), DATABASE_URL: database.url })))
  })
  afterAll(async () => {
    for (const { process: child } of replicas) child.kill('SIGKILL')
    await Promise.all(replicas.map(({ ended }) => ended))
    await github.stop()
    await database.drop()
  })

  async function open(branch: string): Promise<PullRequestHandle> {
    await shop.commit(branch, { 'api/schemas/users.yaml': `${withoutName}# ${branch}\n` }, { author: 'ana' })
    return shop.openPullRequest({ author: 'ana', branch })
  }
  const waiting = { 'API review': 'failure', 'API approval': 'in_progress' }

  test('both listen, and a delivery to either is worked off once', async () => {
    expect(replicas.every(({ port }) => port > 0)).toBe(true)
    const [first, second] = replicas
    const pulls: PullRequestHandle[] = []
    for (const [index, replica] of [first, second, first, second].entries()) {
      if (replica === undefined) continue
      github.deliverTo(webhooks(replica))
      pulls.push(await open(`shared-${index}`))
    }
    for (const pull of pulls) {
      await pull.waitForCheckRuns(waiting, { timeoutMs: 90_000 })
      expect(
        pull
          .checkRuns()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['API approval', 'API review'])
    }
  }, 120_000)

  test('what a killed replica was working on is finished by the other', async () => {
    const [first, second] = replicas
    if (first === undefined || second === undefined) return
    const branch = 'taken-over'
    const head = await shop.commit(branch, { 'api/schemas/users.yaml': `${withoutName}# ${branch}\n` }, { author: 'ana' })
    const held = Promise.withResolvers<void>()
    github.faults.push({ method: 'GET', path: `/repos/acme/shop/compare/*${head}`, until: held.promise })
    // While the second sleeps, only the first can take the job, and it is held up in the middle of exactly this one.
    second.process.kill('SIGSTOP')
    github.deliverTo(webhooks(first))
    const pull = await shop.openPullRequest({ author: 'ana', branch })
    await pull.waitForCheckRuns({ 'API review': 'in_progress' }, { timeoutMs: 90_000 })
    first.process.kill('SIGKILL')
    await first.ended
    github.deliverTo(webhooks(second))
    second.process.kill('SIGCONT')
    held.resolve()
    await pull.waitForCheckRuns(waiting, { timeoutMs: 120_000 })
    expect(
      pull
        .checkRuns()
        .filter(({ status }) => status !== 'completed')
        .map(({ name }) => name),
    ).toEqual(['API approval'])
  }, 300_000)
}
