/** The app as a process: refused starts, a first start, an orderly end, a violent one, and what is found again afterwards. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import type { PullRequestHandle, RepositoryHandle } from '../github/stand-in/handles.ts'
import { startChild, webhooks } from './child.ts'
import type { Child } from './child.ts'
import { files, users } from './shop.ts'

let github: GitHubStandIn
let shop: RepositoryHandle
let folder: string
const children: Child[] = []

beforeAll(async () => {
  github = await GitHubStandIn.start()
  github.team('acme', 'api-owners', { members: ['mia'] })
  github.user('ana')
  shop = await github.createRepository('acme', 'shop', files, { roles: { ana: 'write', mia: 'write' } })
})
afterAll(() => github.stop())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specgate-process-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGKILL')
    await child.ended
  }
  github.faults.length = 0
  await rm(folder, { recursive: true, force: true })
})

async function start(env: Record<string, string> = {}): Promise<Child> {
  const child = await startChild({ ...github.environment(), SPECGATE_DATA_DIR: folder, ...env })
  children.push(child)
  if (child.port !== 0) github.deliverTo(webhooks(child))
  return child
}

const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
const waiting = { 'API review': 'failure', 'API approval': 'in_progress' }
const patience = { timeoutMs: 90_000 }
let branches = 0

async function open(): Promise<PullRequestHandle> {
  const { branch } = await pushed()
  return shop.openPullRequest({ author: 'ana', branch })
}

async function pushed(): Promise<{ branch: string; head: string }> {
  const branch = `topic-${(branches += 1)}`
  const head = await shop.commit(branch, { 'api/schemas/users.yaml': `${withoutName}# ${branch}\n` }, { author: 'ana' })
  return { branch, head }
}

/** Opens a pull request whose review, and no other, is held up before its comparison until it is released. */
async function openHeld(): Promise<{ pull: PullRequestHandle; release: () => void }> {
  const { branch, head } = await pushed()
  const held = Promise.withResolvers<void>()
  github.faults.push({ method: 'GET', path: `/repos/acme/shop/compare/*${head}`, until: held.promise })
  const pull = await shop.openPullRequest({ author: 'ana', branch })
  await github.waitUntil(() => github.requests('repos/compare-commits-with-basehead').some(({ path }) => path.endsWith(head)), patience)
  return { pull, release: held.resolve }
}

test('without a webhook secret it does not start, and says what to set', async () => {
  const child = await start({ WEBHOOK_SECRET: '' })
  expect(await child.ended).toBe(2)
  expect(child.output()).toContain('Set `WEBHOOK_SECRET`')
})

test('a folder in use by another process is refused', async () => {
  await start()
  const second = await start()
  expect(await second.ended).not.toBe(0)
  expect(second.output()).toContain('Another process is using')
}, 240_000)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

test('without credentials it serves the registration form on this machine alone, whatever HOST says', async () => {
  const port = await freePort()
  const child = await startChild({ HOST: '0.0.0.0', PORT: String(port), SPECGATE_DATA_DIR: folder })
  children.push(child)
  expect(child.port).toBe(port)
  const form = await fetch(`http://127.0.0.1:${port}/probot`)
  expect(form.status).toBe(200)
  expect(await form.text()).toContain('merge_queues')
  const elsewhere = Object.values(networkInterfaces())
    .flat()
    .find((one) => one !== undefined && !one.internal && one.family === 'IPv4')
  if (elsewhere !== undefined) await expect(fetch(`http://${elsewhere.address}:${port}/probot`)).rejects.toThrow()
})

test('SIGTERM lets the review under way end, refuses new deliveries meanwhile, and exits with 0', async () => {
  const child = await start()
  const { pull, release } = await openHeld()
  child.process.kill('SIGTERM')
  await vi.waitFor(() => expect(fetch(`http://127.0.0.1:${child.port}/readyz`)).rejects.toThrow(), { timeout: 30_000 })
  release()
  expect(await child.ended).toBe(0)
  expect(child.output()).toContain('Stopped')
  await pull.waitForCheckRuns(waiting, { timeoutMs: 100 })
}, 240_000)

test('killed in the middle of a review, the next start finishes it', async () => {
  const child = await start()
  const { pull, release } = await openHeld()
  await pull.waitForCheckRuns({ 'API review': 'in_progress' }, patience)
  child.process.kill('SIGKILL')
  expect(await child.ended).toBe('SIGKILL')
  github.faults.length = 0
  release()
  await start()
  await pull.waitForCheckRuns(waiting, patience)
  expect(
    pull
      .checkRuns()
      .filter(({ status }) => status !== 'completed')
      .map(({ name }) => name),
  ).toEqual(['API approval'])
}, 240_000)

test('deliveries that failed while the app was away are asked for again', async () => {
  const first = await start()
  first.process.kill('SIGTERM')
  await first.ended
  const pull = await open()
  await github.idle()
  expect(github.deliveries('pull_request', 'opened').at(-1)?.status).not.toBe('OK')
  await start()
  await pull.waitForCheckRuns(waiting, patience)
}, 240_000)

test('a pull request whose deliveries GitHub has forgotten is found by looking', async () => {
  const first = await start()
  first.process.kill('SIGTERM')
  await first.ended
  const pull = await open()
  await github.idle()
  github.world.deliveries.length = 0
  await start()
  await pull.waitForCheckRuns(waiting, patience)
}, 240_000)

test('no secret appears in the log, the metrics, the check runs or the comments, at the noisiest level', async () => {
  const canary = 'canary-1f0c-7a2e-never-show-me'
  const child = await start({ LOG_LEVEL: 'trace', WEBHOOK_SECRET: 'a secret of the stand-in, 32 chars', CANARY: canary, DATABASE_URL: '' })
  const branch = 'canary'
  await shop.commit(
    branch,
    { 'api/schemas/users.yaml': `${users}    apiKey: { type: string, example: "${canary}" }\n`, 'secrets.env': canary },
    { author: 'ana' },
  )
  const pull = await shop.openPullRequest({ author: 'ana', branch })
  await pull.waitForCheckRuns({ 'API approval': 'success' }, patience)
  await vi.waitFor(() => expect(child.output()).toContain('Reviewed'), { timeout: 30_000 })
  const metrics = await (await fetch(`http://127.0.0.1:${child.port}/metrics`)).text()
  await fetch(webhooks(child), {
    method: 'POST',
    body: canary,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${canary}`, 'x-github-event': 'push', 'x-github-delivery': 'x' },
  })
  child.process.kill('SIGTERM')
  await child.ended
  const runs = JSON.stringify(
    pull.checkRuns().map(({ title, summary, text, annotations, externalId }) => ({ title, summary, text, annotations, externalId })),
  )
  const bodies = [...pull.state.comments, ...pull.state.reviewComments].map(({ body }) => body).join('\n')
  const { PRIVATE_KEY = '', WEBHOOK_SECRET = '' } = github.environment()
  const tokens = [...github.world.tokens.keys()]
  for (const place of [child.output(), metrics, runs, bodies]) {
    for (const secret of [canary, WEBHOOK_SECRET, ...PRIVATE_KEY.split('\n').filter((line) => line.length > 40), ...tokens])
      expect(place).not.toContain(secret)
  }
  expect(child.output()).toContain('Reviewed')
  await expect(stat(join(folder, 'queue-pg18'))).resolves.toBeDefined()
}, 240_000)
