/** What a test can let go wrong, and what GitHub does on every answer: limits, entity tags, request ids, enterprise paths. */
import { expect, test } from 'vitest'
import { primaryRateLimit, secondaryRateLimit } from './stand-in/faults.ts'
import { clientOf, lines, refusalOf, startGitHub } from './support.ts'

const here = { owner: 'acme', repo: 'shop' }

test('a fault hits the call it names and no other', async () => {
  const github = await startGitHub()
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  github.faults.push(
    { operation: 'repos/get', calls: [2], status: 502 },
    { method: 'GET', path: '/repos/*/branches/main', calls: { from: 2 }, ...secondaryRateLimit(7) },
  )
  const { rest } = clientOf(github, 'acme')
  await rest.repos.get(here)
  expect((await refusalOf(rest.repos.get(here))).status).toBe(502)
  await rest.repos.get(here)
  await rest.repos.getBranch({ ...here, branch: 'main' })
  expect(await refusalOf(rest.repos.getBranch({ ...here, branch: 'main' }))).toMatchObject({
    status: 403,
    message: expect.stringContaining('secondary rate limit'),
  })
  expect(github.requests('repos/get').map(({ status }) => status)).toEqual([200, 502, 200])
})

test('a connection can be cut before the work, after the work, and in the middle of the answer', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const { rest } = clientOf(github, 'acme')
  const create = (): Promise<unknown> => rest.checks.create({ ...here, name: 'x', head_sha: shop.head() })
  github.faults.push(
    { operation: 'checks/create', calls: [1], reset: 'before' },
    { operation: 'checks/create', calls: [1], reset: 'after' },
    { operation: 'repos/get', cutBody: true },
  )
  expect((await refusalOf(create())).status).toBe(500)
  expect(github.world.checkRuns).toHaveLength(0)
  expect((await refusalOf(create())).status).toBe(500)
  expect(github.world.checkRuns).toHaveLength(1)
  const cut = await fetch(`${github.url}/repos/acme/shop`, {
    headers: { authorization: `token ${github.token('acme')}`, 'user-agent': 'test' },
  })
  await expect(cut.json()).rejects.toThrow()
  // Octokit makes an empty string of such an answer, with status 200: callers have to look at what they got.
  expect((await rest.repos.get(here)).data).toBe('')
})

test('a list can be cut short without a word, and an answer changed or late', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await shop.commit('topic', Object.fromEntries(['1', '2', '3'].map((name) => [name, 'x\n'])))
  await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  github.faults.push(
    { operation: 'pulls/list-files', dropLink: true },
    { operation: 'git/get-tree', change: (body) => ({ ...(body as object), truncated: true }), delayMs: 60 },
  )
  const client = clientOf(github, 'acme')
  expect(await client.paginate(client.rest.pulls.listFiles, { ...here, pull_number: 1, per_page: 2 })).toHaveLength(2)
  const before = Date.now()
  expect((await client.rest.git.getTree({ ...here, tree_sha: 'main' })).data.truncated).toBe(true)
  expect(Date.now() - before).toBeGreaterThanOrEqual(50)
})

test('the primary limit is counted per installation and refuses with its headers', async () => {
  const github = await startGitHub({ limits: { requestsPerHour: 2 } })
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const { rest } = clientOf(github, 'acme')
  expect((await rest.repos.get(here)).headers['x-ratelimit-remaining']).toBe('1')
  await rest.repos.get(here)
  expect(await refusalOf(rest.repos.get(here))).toMatchObject({ status: 403, message: expect.stringContaining('API rate limit exceeded') })
  github.faults.push({ operation: 'repos/get', ...primaryRateLimit(1_900_000_000) })
  expect((await refusalOf(rest.repos.get(here))).message).toContain('rate limit')
})

test('an unchanged answer is 304, and free', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const authorization = `token ${github.token('acme')}`
  const get = (etag?: string | null): Promise<Response> =>
    fetch(`${github.url}/repos/acme/shop/branches/main`, {
      headers: { authorization, 'user-agent': 'test', ...(etag ? { 'if-none-match': etag } : {}) },
    })
  const first = await get()
  const second = await get(first.headers.get('etag'))
  expect([second.status, second.headers.get('x-ratelimit-remaining')]).toEqual([304, first.headers.get('x-ratelimit-remaining')])
  expect(first.headers.get('x-github-request-id')).not.toBe(second.headers.get('x-github-request-id'))
  await shop.commit('main', { 'a.txt': lines(3) })
  expect((await get(first.headers.get('etag'))).status).toBe(200)
})

test('the same API answers below /api/v3, with links that stay there', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await shop.commit('topic', Object.fromEntries(['1', '2', '3'].map((name) => [name, 'x\n'])))
  await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  const answer = await fetch(`${github.url}/api/v3/repos/acme/shop/pulls/1/files?per_page=2`, {
    headers: { authorization: `token ${github.token('acme')}`, 'user-agent': 'test' },
  })
  expect(answer.headers.get('link')).toContain(`<${github.url}/api/v3/repos/acme/shop/pulls/1/files?per_page=2&page=2>; rel="next"`)
})

test('GraphQL is what the test says it is', async () => {
  const github = await startGitHub({ graphql: (query, variables) => ({ data: { asked: query, ...variables } }) })
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  expect(await clientOf(github, 'acme').graphql('query { viewer }', { n: 1 })).toEqual({ asked: 'query { viewer }', n: 1 })
})

test('what departs from GitHub’s description is refused as GitHub would, and on record', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const client = clientOf(github, 'acme')
  expect((await refusalOf(client.request('GET /repos/acme/shop/pull/1'))).status).toBe(404)
  expect(
    (await refusalOf(client.request('POST /repos/acme/shop/check-runs', { name: 'x', head_sha: shop.head(), headSha: 'x' }))).status,
  ).toBe(422)
  expect((await client.request('GET /repos/acme/shop/branches?perPage=3')).status).toBe(200)
  expect(github.violations.map(({ where }) => where)).toEqual(['operation', 'body', 'query'])
})
