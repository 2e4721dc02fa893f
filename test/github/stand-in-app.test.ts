/** Who may call: the app by its JWT, installations by tokens that never grant more than they were given. */
import { createSign } from 'node:crypto'
import { ProbotOctokit } from 'probot'
import { expect, test } from 'vitest'
import { clientOf, manifest, refusalOf, startGitHub } from './support.ts'
import type { GitHubStandIn } from './stand-in/stand-in.ts'

function jwt(github: GitHubStandIn, claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000)
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 300, iss: github.environment()['APP_ID'], ...claims })}`
  return `${text}.${createSign('RSA-SHA256')
    .update(text)
    .sign(github.environment()['PRIVATE_KEY'] ?? '', 'base64url')}`
}

async function get(github: GitHubStandIn, path: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${github.url}${path}`, { headers: { 'user-agent': 'test', ...headers } })
}

test('the app’s own client finds the installation and works with its token', async () => {
  const github = await startGitHub()
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const { APP_ID: appId = '', PRIVATE_KEY: privateKey = '' } = github.environment()
  const app = new ProbotOctokit({ auth: { appId, privateKey }, baseUrl: github.url })
  const { data: installation } = await app.rest.apps.getRepoInstallation({ owner: 'acme', repo: 'shop' })
  const client = new ProbotOctokit({
    auth: { appId, privateKey, installationId: installation.id },
    baseUrl: github.url,
  })
  expect((await client.rest.repos.get({ owner: 'acme', repo: 'shop' })).data.full_name).toBe('acme/shop')
  expect((await client.rest.apps.listReposAccessibleToInstallation()).data.repositories.map(({ name }) => name)).toEqual(['shop'])
  expect(github.violations).toEqual([])
})

test.each([
  ['is signed with another key', (token: string) => `${token.slice(0, -8)}AAAAAAAA`, {}, /could not be decoded/],
  ['has expired', (token: string) => token, { exp: 1 }, /'exp'/],
  ['lives longer than ten minutes', (token: string) => token, { exp: Math.floor(Date.now() / 1000) + 3600 }, /too far in the future/],
  ['was issued in the future', (token: string) => token, { iat: Math.floor(Date.now() / 1000) + 200 }, /'iat'/],
  ['names another app', (token: string) => token, { iss: '1' }, /'iss'/],
])('a JWT that %s is refused', async (_, change, claims, message) => {
  const github = await startGitHub()
  const answer = await get(github, '/app', { authorization: `bearer ${change(jwt(github, claims))}` })
  expect(answer.status).toBe(401)
  expect(((await answer.json()) as { message: string }).message).toMatch(message)
})

test('a token never grants more than the manifest, in permissions or in repositories', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await github.createRepository('other', 'secret', { 'a.txt': 'a\n' })
  const [{ id = 0 } = {}] = github.world.installations
  const ask = async (body: unknown): Promise<Response> =>
    fetch(`${github.url}/app/installations/${id}/access_tokens`, {
      method: 'POST',
      headers: { 'user-agent': 'test', authorization: `bearer ${jwt(github)}` },
      body: JSON.stringify(body),
    })
  expect((await ask({ permissions: { checks: 'write' }, repository_ids: [shop.state.id] })).status).toBe(201)
  expect((await ask({ permissions: { administration: 'write' } })).status).toBe(422)
  expect((await ask({ permissions: { contents: 'write' } })).status).toBe(422)
  expect((await ask({ repositories: ['secret'] })).status).toBe(422)
})

test('a token ends after an hour, when it is revoked, and when the installation is suspended', async () => {
  const github = await startGitHub()
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const here = { owner: 'acme', repo: 'shop' }
  const old = clientOf(github, 'acme')
  github.advanceClock(3_600_001)
  expect((await refusalOf(old.rest.repos.get(here))).status).toBe(401)
  const revoked = clientOf(github, 'acme')
  await revoked.rest.apps.revokeInstallationAccessToken()
  expect((await refusalOf(revoked.rest.repos.get(here))).status).toBe(401)
  const suspended = clientOf(github, 'acme')
  for (const installation of github.world.installations) github.suspend(installation)
  expect(await refusalOf(suspended.rest.repos.get(here))).toMatchObject({ status: 403, message: expect.stringContaining('suspended') })
})

test('an operation without its permission answers as GitHub does, and the log says what the token could do', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const here = { owner: 'acme', repo: 'shop' }
  const reader = clientOf(github, 'acme', { permissions: { contents: 'read', checks: 'read' } })
  await reader.rest.repos.getContent({ ...here, path: 'a.txt' })
  const calls = [
    () => reader.rest.checks.create({ ...here, name: 'x', head_sha: shop.head() }),
    () => reader.rest.pulls.list(here),
    () => reader.rest.teams.list({ org: 'acme' }),
    () => reader.rest.issues.createComment({ ...here, issue_number: 1, body: 'x' }),
  ]
  for (const call of calls)
    expect(await refusalOf(call())).toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
    })
  expect(github.requests('checks/create')[0]).toMatchObject({
    method: 'POST',
    status: 403,
    permissions: { contents: 'read', checks: 'read' },
  })
  expect(manifest.permissions['issues']).toBeUndefined()
})

test('a private repository outside the token does not exist for it; a public one can be read and not written', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const open = await github.createRepository('acme', 'open', { 'a.txt': 'a\n' }, { visibility: 'public' })
  await github.createRepository('acme', 'hidden', { 'a.txt': 'a\n' })
  const client = clientOf(github, 'acme', { repository_ids: [shop.state.id] })
  expect((await refusalOf(client.rest.repos.get({ owner: 'acme', repo: 'hidden' }))).status).toBe(404)
  expect((await client.rest.repos.getContent({ owner: 'acme', repo: 'open', path: 'a.txt' })).status).toBe(200)
  expect((await refusalOf(client.rest.checks.create({ owner: 'acme', repo: 'open', name: 'x', head_sha: open.head() }))).status).toBe(403)
})

test.each([
  ['nobody calls', {}, 401],
  ['the user agent is missing', { 'user-agent': '' }, 403],
  ['the API version is unknown', { 'x-github-api-version': '2019-01-01' }, 400],
  ['an unknown token calls', { authorization: 'token ghs_unknown' }, 401],
])('a request is refused when %s', async (_, headers, status) => {
  const github = await startGitHub()
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  expect((await get(github, '/repos/acme/shop', headers)).status).toBe(status)
})
