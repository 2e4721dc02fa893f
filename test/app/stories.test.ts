/** What people do on GitHub, and what the app makes of it: the life of pull requests, from the first push to the merge queue. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { RepositoryHandle } from '../github/stand-in/handles.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'
import { files, openapi, policy, users } from './shop.ts'

let app: TestApp
let shop: RepositoryHandle

beforeAll(async () => {
  app = await startApp()
  const { github } = app
  github.team('acme', 'api-owners', { members: ['mia', 'tom'] })
  github.user('ana')
  github.user('eve')
  shop = await github.createRepository('acme', 'shop', files, {
    roles: { ana: 'write', mia: 'write', tom: 'write', '@acme/api-owners': 'write' },
  })
})
afterAll(() => app.stop())
afterEach(() => {
  expect(app.github.violations).toEqual([])
})

const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
const withPhone = users.replace('    name: {', '    phone: { type: string, maxLength: 20 }\n    name: {')
const waiting = { 'API review': 'failure', 'API approval': 'in_progress' }
const green = { 'API review': 'success', 'API approval': 'success' }

/** Writes the app has sent so far. */
const writes = (): number => app.github.requests().filter(({ method, path }) => method !== 'GET' && !path.startsWith('/app/')).length

const quiet = (): Promise<void> => app.quiet()

test('a change that touches no description is green at once, and asks GitHub for little', async () => {
  await shop.commit('docs', { 'README.md': '# The shop\n' }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'docs' })
  const runs = await pull.waitForCheckRuns(green)
  expect(runs['API review']?.title).toMatch(/No API description changed/)
  await quiet()
  const before = app.github.requests().length
  await pull.push({ 'README.md': '# Our shop\n' }, { author: 'ana' })
  await pull.waitForCheckRuns(green)
  const asked = app.github.requests().slice(before)
  expect(asked.length, asked.map(({ method, path }) => `${method} ${path}`).join('\n')).toBeLessThanOrEqual(8)
})

test('a breaking change in a referenced file waits for an owner, turns green when one approves, and stays so when the text is reformatted', async () => {
  await shop.commit('drop', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'drop' })
  const first = await pull.waitForCheckRuns(waiting)
  expect(first['API review']?.annotations[0]).toMatchObject({ path: 'api/schemas/users.yaml', annotation_level: 'failure' })
  expect(first['API approval']?.title).toContain('@acme/api-owners')
  await quiet()
  expect([...pull.state.requestedTeams]).toEqual(['api-owners'])
  expect(pull.state.comments).toHaveLength(1)

  await pull.review('mia', 'approve')
  await pull.waitForCheckRuns(green)
  await quiet()
  expect(pull.state.comments).toHaveLength(1)
  expect(pull.state.comments[0]?.body).toContain('settled')

  const before = app.github.requests().length
  await pull.push(
    { 'api/schemas/users.yaml': `# Users\n${withoutName.replace('{ type: string }', '\n      type: string')}` },
    { author: 'ana' },
  )
  await pull.waitForCheckRuns(green)
  await quiet()
  const asked = app.github.requests().slice(before)
  expect(
    asked.filter(({ method }) => method === 'GET').length,
    asked.map(({ method, path }) => `${method} ${path}`).join('\n'),
  ).toBeLessThanOrEqual(15)
})

test('dismissing the approval brings the wait back', async () => {
  await shop.commit('drop-2', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'drop-2' })
  await pull.waitForCheckRuns(waiting)
  const review = await pull.review('tom', 'approve')
  await pull.waitForCheckRuns(green)
  pull.dismiss(review, 'mia')
  await pull.waitForCheckRuns(waiting)
})

test('the same delivery again changes nothing', async () => {
  await shop.commit('again', { 'api/schemas/users.yaml': withPhone }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'again' })
  await pull.waitForCheckRuns({ 'API review': 'success' })
  await quiet()
  const runs = pull.checkRuns().length
  const before = writes()
  const [delivery] = app.github.deliveries('pull_request', 'opened').slice(-1)
  expect(delivery).toBeDefined()
  if (delivery !== undefined) await app.github.redeliver(delivery)
  await quiet()
  expect({ runs: pull.checkRuns().length, writes: writes() }).toEqual({ runs, writes: before })
})

test('two pushes in a row: the newest head is judged, nothing is left unfinished on the older one', async () => {
  await shop.commit('quick', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'quick' })
  await pull.waitForCheckRuns(waiting)
  const first = pull.head
  const second = await pull.push({ 'api/schemas/users.yaml': withPhone }, { author: 'ana' })
  await pull.push({ 'api/schemas/users.yaml': users }, { author: 'ana' })
  await pull.waitForCheckRuns(green)
  await quiet()
  const unfinished = [first, second].flatMap((sha) => shop.checkRuns(sha)).filter(({ status }) => status !== 'completed')
  expect(unfinished).toEqual([])
  expect(shop.checkRuns(first).find(({ name }) => name === 'API approval')).toMatchObject({ conclusion: 'cancelled' })
})

test('a head that cannot be read is a failure on its line, and the other side of the story is not invented', async () => {
  await shop.commit('broken', { 'api/openapi.yaml': openapi.replace('paths:\n', 'paths:\n  - [unclosed\n') }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'broken' })
  const runs = await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'failure' })
  expect(runs['API review']?.title).toMatch(/cannot be read|Not evaluated/)
  expect(runs['API review']?.annotations[0]?.path).toBe('api/openapi.yaml')
})

test('a symbolic link in place of a description is not followed and not green', async () => {
  await shop.commit('link', { 'api/openapi.yaml': { link: '/etc/passwd' } }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'link' })
  await pull.waitForCheckRuns({ 'API review': 'failure' })
})

test('a policy with an unknown key in the pull request fails on its line; on the base branch it lets nothing pass', async () => {
  await shop.commit('policy', { '.github/specgate.yml': `${policy}aproval: 1\n` }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'policy' })
  const runs = await pull.waitForCheckRuns({ 'API review': 'failure' })
  expect(runs['API review']?.annotations.map(({ path }) => path)).toContain('.github/specgate.yml')

  const broken = await app.github.createRepository('acme', 'broken', { ...files, '.github/specgate.yml': 'version: 1\nrulez: []\n' })
  await broken.commit('topic', { 'api/schemas/users.yaml': withPhone })
  const other = await broken.openPullRequest({ author: 'acme', branch: 'topic' })
  await other.waitForCheckRuns({ 'API review': 'failure' })
})

test('a fork’s pull request is judged like any other, by the base repository’s policy, and outlives the fork', async () => {
  const fork = await shop.fork('eve')
  await fork.commit('free', { 'api/schemas/users.yaml': withoutName, '.github/specgate.yml': 'version: 1\nmode: off\n' }, { author: 'eve' })
  const pull = await shop.openPullRequest({ author: 'eve', branch: 'free', from: fork })
  await pull.waitForCheckRuns(waiting)
  fork.delete()
  await pull.review('mia', 'approve')
  await pull.waitForCheckRuns({ 'API review': 'success' })
})

test('re-run, re-run all and the button each bring new check runs, also for a fork', async () => {
  await shop.commit('rerun', { 'api/schemas/users.yaml': withPhone }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'rerun' })
  const first = await pull.waitForCheckRuns(green)
  const review = first['API review']
  expect(review).toBeDefined()
  if (review === undefined) return
  await shop.rerequest(review, 'ana')
  const second = await pull.waitForCheckRuns(green, { after: review })
  await shop.rerequestAll(pull.head, 'ana')
  const third = await pull.waitForCheckRuns(green, { after: second['API approval'] ?? 0 })
  await quiet()
  await shop.pressButton(third['API review'] ?? review, 'recheck', 'ana')
  await pull.waitForCheckRuns(green, { after: third['API approval'] ?? 0 })

  app.github.user('pat')
  const fork = await shop.fork('pat')
  await fork.commit('side', { 'api/schemas/users.yaml': withPhone }, { author: 'pat' })
  const foreign = await shop.openPullRequest({ author: 'pat', branch: 'side', from: fork })
  const before = await foreign.waitForCheckRuns(green)
  await shop.rerequestAll(foreign.head, 'mia')
  await foreign.waitForCheckRuns(green, { after: before['API approval'] ?? 0 })
})

test('a draft is judged without asking or telling anybody; ready for review, it asks', async () => {
  await shop.commit('draft', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'draft', draft: true })
  await pull.waitForCheckRuns({ 'API review': 'failure' })
  await quiet()
  expect({ comments: pull.state.comments, teams: [...pull.state.requestedTeams] }).toEqual({ comments: [], teams: [] })
  await pull.setDraft(false)
  await pull.waitForCheckRuns(waiting)
  await quiet()
  expect(pull.state.comments).toHaveLength(1)
  expect([...pull.state.requestedTeams]).toEqual(['api-owners'])
})

test('a closed pull request leaves nothing waiting, and reopened it waits again', async () => {
  await shop.commit('closing', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'closing' })
  await pull.waitForCheckRuns(waiting)
  await pull.close()
  await pull.waitForCheckRuns({ 'API approval': 'cancelled' })
  await pull.reopen()
  await pull.waitForCheckRuns(waiting)
})

test('a pull request moved to another base branch is compared with that one', async () => {
  await shop.commit('release', { 'api/schemas/users.yaml': withoutName }, { author: 'mia' })
  await shop.commit('retarget', { 'README.md': 'Released\n' }, { author: 'ana', from: 'release' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'retarget' })
  await pull.waitForCheckRuns(waiting)
  await pull.edit({ base: 'release' })
  await pull.waitForCheckRuns({ 'API review': 'success' })
})

test('two pull requests with one head: none borrows the other’s success', async () => {
  await shop.commit('strict', {}, { author: 'mia' })
  await shop.commit('loose', { 'api/schemas/users.yaml': withoutName }, { author: 'mia' })
  await shop.commit('shared', { 'README.md': 'Shared\n' }, { author: 'ana', from: 'loose' })
  const bad = await shop.openPullRequest({ author: 'ana', branch: 'shared', base: 'strict' })
  await bad.waitForCheckRuns(waiting)
  const good = await shop.openPullRequest({ author: 'ana', branch: 'shared', base: 'loose' })
  await quiet()
  expect(good.head).toBe(bad.head)
  await good.waitForCheckRuns(waiting)
  await bad.close()
  await good.label('again', 'ana')
  await good.waitForCheckRuns({ 'API review': 'success' })
})

test('a merge group is judged on its own head: agreed changes pass, others send the group back', async () => {
  await shop.commit('queue-1', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'queue-1' })
  await pull.waitForCheckRuns(waiting)
  const early = await shop.mergeGroup([pull], 'ana')
  await shop.waitForCheckRuns(early.headSha, { 'API review': 'failure', 'API approval': 'failure' })
  await shop.destroyMergeGroup(early, { reason: 'invalidated', by: 'ana' })
  await pull.review('mia', 'approve')
  await pull.waitForCheckRuns(green)
  await shop.commit('queue-2', { 'README.md': 'Another\n' }, { author: 'ana' })
  const other = await shop.openPullRequest({ author: 'ana', branch: 'queue-2' })
  await other.waitForCheckRuns(green)
  const group = await shop.mergeGroup([pull, other], 'ana')
  await shop.waitForCheckRuns(group.headSha, green)
})

test('a policy that changes on the base branch is applied to what is open', async () => {
  const lenient = await app.github.createRepository('acme', 'lenient', { ...files, '.github/specgate.yml': 'version: 1\nmode: off\n' })
  await lenient.commit('topic', { 'api/schemas/users.yaml': withoutName })
  const pull = await lenient.openPullRequest({ author: 'acme', branch: 'topic' })
  await pull.waitForCheckRuns({ 'API review': 'success' })
  await lenient.commit('main', { '.github/specgate.yml': policy })
  await pull.waitForCheckRuns({ 'API review': 'failure' })
})
