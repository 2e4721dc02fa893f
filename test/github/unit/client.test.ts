/** Every way a request can fail, and whether asking again may help. */
import { Octokit } from '@octokit/rest'
import nock from 'nock'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, askForAll, askIfThere, PermanentFailure, TransientFailure } from '../../../src/github/client.ts'

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const client = new Octokit({ log: quiet, request: { retries: 0 } })
const github = () => nock('https://api.github.com')
const read = () => ask('the repository', () => client.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' }))

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
})
afterAll(() => nock.enableNetConnect())

const soon = (seconds: number, date: Date | null): void => {
  expect(Math.abs((date?.getTime() ?? 0) - Date.now() - seconds * 1000)).toBeLessThan(5_000)
}

test.each([400, 403, 404, 410, 422, 451])('%i is permanent', async (status) => {
  github().get('/repos/acme/shop').reply(status, { message: 'no' })
  await expect(read()).rejects.toMatchObject({ name: 'PermanentFailure', status })
})

test.each([401, 409, 500, 502, 503, 504])('%i may pass', async (status) => {
  github().get('/repos/acme/shop').reply(status, { message: 'no' })
  await expect(read()).rejects.toMatchObject({ name: 'TransientFailure', status, notBefore: null })
})

test.each([
  ['a secondary limit', 403, { 'retry-after': '30' }, 30],
  ['too many requests', 429, { 'retry-after': '7' }, 7],
  ['too many requests without a word', 429, {}, 60],
  ['the hourly limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 100) }, 101],
])('%s says when to come back', async (_what, status, headers, seconds) => {
  github().get('/repos/acme/shop').reply(status, { message: 'slow down' }, headers)
  const failure = await read().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(TransientFailure)
  soon(seconds, failure instanceof TransientFailure ? failure.notBefore : null)
})

test('a limit that only its message tells is a limit too', async () => {
  github().get('/repos/acme/shop').reply(403, { message: 'You have exceeded a secondary rate limit.' })
  await expect(read()).rejects.toMatchObject({ name: 'TransientFailure', status: 403 })
})

test('a connection that breaks may come back', async () => {
  github().get('/repos/acme/shop').replyWithError('socket hang up')
  await expect(read()).rejects.toBeInstanceOf(TransientFailure)
})

test('an answer that is cut off is no answer', async () => {
  github().get('/repos/acme/shop').reply(200, '{"id": 1, "name": "sh', { 'content-type': 'application/json' })
  await expect(read()).rejects.toThrow('cut off')
})

test('a fault of ours is not taken for one of GitHub’s', async () => {
  await expect(ask('x', () => Promise.reject(new RangeError('ours')))).rejects.toBeInstanceOf(RangeError)
})

test('no failure carries a token, a body or a header into its sentence', async () => {
  github().get('/repos/acme/shop').reply(500, { message: 'canary-body' }, { 'x-canary': 'canary-header' })
  const failure = await read().catch((error: unknown) => error)
  expect(failure instanceof Error && failure.message).toBe('GitHub answered 500 for the repository.')
})

test('where 404 is an answer it is null', async () => {
  github().get('/repos/acme/shop').reply(404, {})
  expect(await askIfThere('x', () => client.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' }))).toBeNull()
  github().get('/repos/acme/shop').reply(403, {})
  await expect(askIfThere('x', () => client.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'shop' }))).rejects.toBeInstanceOf(
    PermanentFailure,
  )
})

const labels = (maxPages: number) =>
  askForAll(
    'labels',
    (page) => client.request('GET /repos/{owner}/{repo}/labels', { owner: 'acme', repo: 'shop', per_page: 100, page }),
    maxPages,
  )
const page = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: String(id) }))

test('pages are followed by link, and a full page without a link is not believed', async () => {
  github()
    .get('/repos/acme/shop/labels?per_page=100&page=1')
    .reply(200, page(100), { link: '<https://api.github.com/x?page=2>; rel="next"' })
  github().get('/repos/acme/shop/labels?per_page=100&page=2').reply(200, page(100))
  github().get('/repos/acme/shop/labels?per_page=100&page=3').reply(200, page(3))
  expect(await labels(10)).toMatchObject({ complete: true, items: { length: 203 } })
})

test('a list longer than is read says so, and a cut page is a failure', async () => {
  github()
    .get('/repos/acme/shop/labels?per_page=100&page=1')
    .reply(200, page(100), { link: '<https://api.github.com/x?page=2>; rel="next"' })
  expect(await labels(1)).toMatchObject({ complete: false })
  github().get('/repos/acme/shop/labels?per_page=100&page=1').reply(200, { message: 'odd' })
  await expect(labels(1)).rejects.toBeInstanceOf(TransientFailure)
})
