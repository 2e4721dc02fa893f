/** GitHub Enterprise Server: another address for the same API, and every request as its own descriptions allow it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readManifest } from '../github/stand-in/manifest.ts'
import { loadEnterpriseDescription } from '../github/validate.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'
import { files, policy, users } from './shop.ts'

let app: TestApp
const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')

beforeAll(async () => {
  const manifest = readManifest()
  const permissions = { ...manifest.permissions, security_events: 'write' } as const
  app = await startApp({ manifest: { ...manifest, permissions } }, (github) => ({ GITHUB_API_URL: `${github.url}/api/v3` }))
  app.github.team('acme', 'api-owners', { members: ['mia'] })
  app.github.user('ana')
})
afterAll(() => app.stop())

test('the life of a pull request asks nothing that 3.17, 3.18 and 3.19 do not know', async () => {
  const settings = `${policy}waivers: { grantors: "@acme/api-owners" }\nreview: { labels: true, sarif: true }\n`
  const shop = await app.github.createRepository(
    'acme',
    'shop',
    { ...files, '.github/specgate.yml': settings },
    {
      roles: { ana: 'write', mia: 'write', '@acme/api-owners': 'write' },
    },
  )
  shop.state.codeScanning = true
  await shop.commit('drop', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'drop' })
  await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' })
  await app.quiet()
  const id = /`([0-9a-f]{6})`/.exec(pull.state.comments[0]?.body ?? '')?.[1] ?? ''
  pull.comment('ana', `/specgate explain ${id}`)
  const [thread] = pull.state.reviewComments
  if (thread !== undefined) await pull.reply('mia', thread, '/specgate explain')
  await app.quiet()
  const [run] = pull.checkRuns()
  if (run !== undefined) await shop.rerequest(run, 'ana')
  await app.quiet()
  await pull.review('mia', 'approve')
  await pull.waitForCheckRuns({ 'API review': 'success', 'API approval': 'success' })
  const group = await shop.mergeGroup([pull], 'ana')
  await shop.waitForCheckRuns(group.headSha, { 'API review': 'success', 'API approval': 'success' })
  await pull.push({ 'api/schemas/users.yaml': users }, { author: 'ana' })
  await pull.waitForCheckRuns({ 'API review': 'success', 'API approval': 'success' })
  await app.quiet()

  const requests = app.github.requests()
  expect(requests.length).toBeGreaterThan(30)
  for (const version of ['3.17', '3.18', '3.19']) {
    const description = loadEnterpriseDescription(version)
    const violations = requests.flatMap(
      ({ method, path, query, body }) => description.checkRequest({ method, path, query: new URLSearchParams(query), body }).violations,
    )
    expect(violations, version).toEqual([])
  }
  const asked = new Set(requests.map(({ operationId }) => operationId))
  for (const one of [
    'reactions/create-for-issue-comment',
    'code-scanning/upload-sarif',
    'issues/add-labels',
    'issues/remove-label',
    'checks/update',
  ])
    expect(asked).toContain(one)
})
