/** Labels and code scanning: where the policy wants them, and never in the way of the result. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readManifest } from '../github/stand-in/manifest.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'
import { files, policy, users } from './shop.ts'

let app: TestApp
const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')

beforeAll(async () => {
  const manifest = readManifest()
  app = await startApp({ manifest: { ...manifest, permissions: { ...manifest.permissions, security_events: 'write' } } })
  app.github.team('acme', 'api-owners', { members: ['mia'] })
  app.github.user('ana')
})
afterAll(() => app.stop())

async function open(name: string, settings: string, { codeScanning = false } = {}) {
  const repository = await app.github.createRepository(
    'acme',
    name,
    { ...files, '.github/specgate.yml': `${policy}${settings}` },
    {
      roles: { ana: 'write', mia: 'write', '@acme/api-owners': 'write' },
    },
  )
  repository.state.codeScanning = codeScanning
  await repository.commit('drop', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await repository.openPullRequest({ author: 'ana', branch: 'drop', labels: ['api: security', 'mine'] })
  await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' })
  await app.quiet()
  return pull
}

test('labels come and go with what they say; those of people stay', async () => {
  const pull = await open('labelled', 'review: { labels: true }\n')
  expect(pull.state.labels).toEqual(['api: security', 'mine', 'api: breaking'])
  await pull.push({ 'api/schemas/users.yaml': users }, { author: 'ana' })
  await pull.waitForCheckRuns({ 'API review': 'success' })
  await app.quiet()
  expect(pull.state.labels).toEqual(['api: security', 'mine'])
})

test('a label beside a comment that came later is still taken away by the app', async () => {
  for (const path of ['issues/*/comments', 'pulls/*/reviews'])
    app.github.faults.push({ method: 'POST', path: `/repos/acme/unsure/${path}`, status: 503, calls: [1] })
  const pull = await open('unsure', 'review: { labels: true }\n')
  expect(pull.state.labels).toContain('api: breaking')
  await pull.push({ 'api/schemas/users.yaml': users }, { author: 'ana' })
  await pull.waitForCheckRuns({ 'API review': 'success' })
  await app.quiet()
  expect(pull.state.labels).toEqual(['api: security', 'mine'])
})

test('findings go to code scanning once for each head, and nowhere unless asked', async () => {
  const pull = await open('scanned', 'review: { sarif: true }\n', { codeScanning: true })
  expect(app.github.world.sarifs).toMatchObject([
    {
      ref: `refs/pull/${pull.number}/head`,
      commit: pull.head,
      sarif: { version: '2.1.0', runs: [{ results: [{ ruleId: 'response-property-removed' }] }] },
    },
  ])
  await pull.label('again', 'ana')
  await app.quiet()
  expect(app.github.world.sarifs).toHaveLength(1)
  const silent = await open('silent', '', { codeScanning: true })
  expect([app.github.world.sarifs.length, silent.state.labels]).toEqual([1, ['api: security', 'mine']])
})

test('code scanning that is switched off, or not granted, changes nothing but the log', async () => {
  const pull = await open('unscanned', 'review: { sarif: true }\n')
  expect(pull.checkRuns().map(({ name }) => name)).toContain('API review')
  expect(app.log()).toContain('code scanning')
  expect(app.github.violations).toEqual([])
})
