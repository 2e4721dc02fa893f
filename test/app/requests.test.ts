/** How much the app asks of GitHub: counted, printed, and bounded. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PullRequestHandle, RepositoryHandle } from '../github/stand-in/handles.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'
import { files, users } from './shop.ts'

let app: TestApp
let shop: RepositoryHandle

beforeAll(async () => {
  app = await startApp()
  app.github.team('acme', 'api-owners', { members: ['mia', 'tom'] })
  for (const login of ['ana', 'kim']) app.github.user(login)
  shop = await app.github.createRepository('acme', 'shop', files, {
    roles: { ana: 'write', mia: 'write', tom: 'write', kim: 'write', '@acme/api-owners': 'write' },
  })
  // The first review of a process reads the base branch; every one after it has that by heart.
  await (await open('first', { 'README.md': 'First\n' })).waitForCheckRuns({ 'API review': 'success' })
  await (await open('second', { 'api/schemas/users.yaml': withPhone })).waitForCheckRuns({ 'API review': 'success' })
  await app.quiet()
})
afterAll(() => app.stop())

const withPhone = users.replace('    name: {', '    phone: { type: string, maxLength: 20 }\n    name: {')
const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')

async function open(branch: string, changes: Record<string, string>): Promise<PullRequestHandle> {
  await shop.commit(branch, changes, { author: 'ana' })
  return shop.openPullRequest({ author: 'ana', branch })
}

/**
 * What the app asks while this happens, until nothing is left to do. On a machine that is so busy that a review takes seconds, it also says
 * that the review is under way and looks once more at the head; that is left out here.
 */
async function asked(act: () => Promise<unknown>): Promise<string[]> {
  await app.quiet()
  const before = app.github.requests().length
  await act()
  await app.quiet()
  const requests = app.github
    .requests()
    .slice(before)
    .filter(({ path, body }) => !path.startsWith('/app/') && !JSON.stringify(body ?? null).includes('The review is under way'))
    .map(({ method, path }) => `${method} ${path}`)
  return requests.filter((one, index) => !/^GET \S+\/pulls\/\d+$/.test(one) || requests.indexOf(one) === index)
}

function print(what: string, requests: readonly string[]): void {
  console.log(`${what}: ${requests.length} requests\n${requests.map((one) => `  ${one}`).join('\n')}`)
}

test('a new pull request with one changed description', async () => {
  const requests = await asked(() => open('typical', { 'api/schemas/users.yaml': withPhone.replace('20', '21') }))
  print('a pull request with one changed description', requests)
  expect(requests.length).toBeLessThanOrEqual(10)
})

test('a pull request with a policy that asks and three reviews is re-evaluated', async () => {
  const pull = await open('reviewed', { 'api/schemas/users.yaml': `${withoutName}# reviewed\n` })
  await pull.waitForCheckRuns({ 'API approval': 'in_progress' })
  await pull.review('kim', 'approve')
  await pull.review('mia', 'approve')
  await pull.waitForCheckRuns({ 'API approval': 'success' })
  const third = await asked(() => pull.review('tom', 'approve'))
  print('the third review', third)
  expect(third.length).toBeLessThanOrEqual(10)
  const [delivery] = app.github.deliveries('pull_request_review', 'submitted').slice(-1)
  const again = await asked(async () => (delivery === undefined ? undefined : app.github.redeliver(delivery)))
  print('the same delivery again', again)
  expect(again.length).toBeLessThanOrEqual(3)
  const pushed = await asked(() => pull.push({ 'README.md': 'Pushed\n' }, { author: 'ana' }))
  print('a push after three reviews', pushed)
  expect(pushed.length).toBeLessThanOrEqual(10)
  const blobs = app.github.requests('git/get-blob').map(({ path }) => path)
  expect(blobs).toEqual([...new Set(blobs)])
})
