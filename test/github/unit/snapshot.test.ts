/** What is read of a pull request, and what it costs: the stand-in counts the requests. */
import { Octokit } from '@octokit/rest'
import { readChecks } from '../../../src/github/people.ts'
import { expect, test } from 'vitest'
import { createCache } from '../../../src/github/cache.ts'
import { readPullRequest } from '../../../src/github/pull-request.ts'
import type { RepositoryAccess } from '../../../src/github/repository.ts'
import { readSnapshot } from '../../../src/github/snapshot.ts'
import type { PullRequestSnapshot } from '../../../src/model/snapshot.ts'
import type { PullRequestHandle, RepositoryHandle } from '../stand-in/handles.ts'
import type { GitHubStandIn } from '../stand-in/stand-in.ts'
import { clientOf, startGitHub } from '../support.ts'

const openapi = (extra = ''): string => `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths: { $ref: "./paths.yaml#/all" }
${extra}`
const files = {
  'api/openapi.yaml': openapi(),
  'api/paths.yaml': 'all: {}\n',
  'README.md': '#\n',
  'k8s/deployment.yaml': 'apiVersion: v1\nkind: Pod\n',
}

interface World {
  readonly github: GitHubStandIn
  readonly shop: RepositoryHandle
  readonly access: RepositoryAccess
}

async function world(more: Record<string, string> = {}, options: Parameters<typeof startGitHub>[0] = {}): Promise<World> {
  const github = await startGitHub(options)
  github.team('acme', 'owners', { members: ['mia'] })
  const shop = await github.createRepository('acme', 'shop', { ...files, ...more })
  const client = clientOf(github, 'acme')
  return {
    github,
    shop,
    access: {
      client,
      cache: createCache(),
      installation: 1,
      id: shop.state.id,
      owner: 'acme',
      name: 'shop',
      organisation: () => Promise.resolve(null),
    },
  }
}

async function read({ access }: World, handle: PullRequestHandle): Promise<PullRequestSnapshot> {
  const pull = await readPullRequest(access, handle.state.number)
  return readSnapshot(access, {
    pull,
    isGroup: false,
    repository: pull.repository,
    base: pull.facts.baseBranch,
    head: pull.head,
    lastPusher: null,
    now: '2026-01-01T00:00:00Z',
    ownApp: 1,
    commentsOf: () => Promise.resolve([]),
  })
}

async function open({ shop }: World, change: Parameters<RepositoryHandle['commit']>[1], branch = 'topic'): Promise<PullRequestHandle> {
  await shop.commit(branch, change)
  return shop.openPullRequest({ author: 'acme', branch })
}

test('a change of a referenced file brings the untouched root with it, from the merge base and from head', async () => {
  const here = await world()
  const pull = await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' })
  await here.shop.commit('main', { 'api/openapi.yaml': openapi('x-later: true\n') })
  const snapshot = await read(here, pull)
  expect(Object.keys(snapshot.trees.base).sort()).toEqual(['api/openapi.yaml', 'api/paths.yaml'])
  const text = (side: 'base' | 'head', path: string) => snapshot.blobs[snapshot.trees[side][path] ?? '']
  expect([text('base', 'api/paths.yaml'), text('head', 'api/paths.yaml')]).toEqual([
    'all: {}\n',
    'all: { /a: { get: { responses: {} } } }\n',
  ])
  expect(text('base', 'api/openapi.yaml')).not.toContain('x-later')
  expect(snapshot.commits.base).toBe(here.shop.head('main'))
  expect(snapshot.commits.mergeBase).not.toBe(snapshot.commits.base)
  expect(snapshot.gaps).toEqual([])
})

test('the policy comes from the tip of the base branch, what head proposes stands beside it', async () => {
  const here = await world({ '.github/specgate.yml': 'version: 1\n' })
  const pull = await open(here, { '.github/specgate.yml': 'version: 1\nmode: off\n' })
  await here.shop.commit('main', { '.github/specgate.yml': 'version: 1\nmode: enforce\n' })
  const { policy, proposed } = await read(here, pull)
  expect([policy.repository?.text, proposed.repository?.text]).toEqual(['version: 1\nmode: enforce\n', 'version: 1\nmode: off\n'])
  expect(policy.repository?.from).toBe(`acme/shop@${here.shop.head('main')}`)
})

test('the organisation’s policy is read from its .github repository', async () => {
  const here = await world()
  await here.github.createRepository('acme', '.github', { 'specgate.yml': 'version: 1\nmode: enforce\n' })
  const snapshot = await read(here, await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' }))
  expect(snapshot.policy.organisation?.text).toBe('version: 1\nmode: enforce\n')
})

test('an organisation’s policy that GitHub does not hand out is a failure, never no policy', async () => {
  const here = await world()
  const long = `version: 1\nmode: enforce\n# ${'x'.repeat(1_100_000)}\n`
  const organisation = await here.github.createRepository('acme', '.github', { 'specgate.yml': long })
  const pull = await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' })
  await expect(read(here, pull)).rejects.toThrow('a policy in another repository')
  await organisation.commit('main', { 'specgate.yml': 'version: 1\nmode: enforce\n' })
  const withoutContent = (body: unknown): unknown => ({ ...Object(body), content: '', encoding: 'none' })
  here.github.faults.push({ method: 'GET', path: '/repos/acme/.github/contents/specgate.yml', change: withoutContent })
  await expect(read(here, pull)).rejects.toThrow('too large')
})

test('a file that the policy extends is read at the very commit it pins', async () => {
  const here = await world()
  const policies = await here.github.createRepository('acme', 'policies', { 'shared.yml': 'version: 1\nmode: advise\n' })
  const pinned = policies.head('main')
  await policies.commit('main', { 'shared.yml': 'version: 1\nmode: off\n' })
  await here.shop.commit('main', { '.github/specgate.yml': `version: 1\nextends: acme/policies:shared.yml@${pinned}\n` })
  const { policy } = await read(here, await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' }))
  expect(policy.extended).toEqual({ path: 'shared.yml', text: 'version: 1\nmode: advise\n', from: `acme/policies@${pinned}` })
})

test('checks of other apps are read to the last page', async () => {
  const here = await world()
  const run = (id: number) => ({ id, name: `check ${id}`, app: { id: 9, slug: 'ci' }, conclusion: 'success', completed_at: null })
  const fetch = (url: string): Promise<Response> => {
    const [from, to] = new URL(url).searchParams.get('page') === '2' ? [100, 101] : [0, 100]
    const body = { total_count: 101, check_runs: Array.from({ length: to - from }, (_, index) => run(from + index)) }
    return Promise.resolve(new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }))
  }
  const checks = await readChecks({ ...here.access, client: new Octokit({ request: { fetch } }) }, 'a'.repeat(40), 1)
  expect([checks.length, checks.at(-1)?.name]).toEqual([101, 'check 100'])
})

test('nothing is read twice: the second review of an unchanged pull request reads no blob and no tree', async () => {
  const here = await world()
  const pull = await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' })
  await read(here, pull)
  const count = () => here.github.requests('git/get-blob').length + here.github.requests('git/get-tree').length
  const before = count()
  const all = here.github.requests().length
  await read(here, pull)
  expect(count()).toBe(before)
  expect(here.github.requests().length - all).toBeLessThanOrEqual(4)
})

test('a blob known to one installation is not given to another', async () => {
  const here = await world()
  const pull = await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' })
  await read(here, pull)
  const before = here.github.requests('git/get-blob').length
  await read({ ...here, access: { ...here.access, installation: 2 } }, pull)
  expect(here.github.requests('git/get-blob').length).toBeGreaterThan(before)
})

test('a change of other files reads no head tree, no blob and nobody', async () => {
  const here = await world()
  const snapshot = await read(here, await open(here, { 'README.md': '# New\n', 'src/a.ts': 'export {}\n' }))
  expect(snapshot.trees).toEqual({ base: {}, head: {} })
  expect(snapshot.changedFiles.map(({ path }) => path).sort()).toEqual(['README.md', 'src/a.ts'])
  expect(here.github.requests('git/get-tree')).toHaveLength(1)
  for (const operation of ['git/get-blob', 'pulls/list-reviews', 'pulls/list-files']) expect(here.github.requests(operation)).toEqual([])
})

test('links, LFS pointers, binaries and other encodings are named, not guessed', async () => {
  const here = await world({ 'b.yaml': openapi(), 'c.yaml': openapi(), 'd.yaml': openapi() })
  const change = {
    'api/openapi.yaml': { link: '../README.md' },
    'b.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
    'c.yaml': Buffer.from([0x6f, 0x00, 0x70]),
    'd.yaml': Buffer.from(openapi('x: é\n'), 'latin1'),
  }
  const { unreadable } = await read(here, await open(here, change))
  expect(Object.fromEntries(unreadable.map(({ path, reason }) => [path, reason]))).toEqual({
    'api/openapi.yaml': expect.stringContaining('symbolic link'),
    'b.yaml': expect.stringContaining('LFS'),
    'c.yaml': expect.stringContaining('binary'),
    'd.yaml': expect.stringContaining('UTF-8'),
  })
})

test('texts come back byte for byte: byte order mark, line ends, emoji', async () => {
  const here = await world()
  const text = `\uFEFF${openapi('x: "🚀 \uFFFD"\n').replaceAll('\n', '\r\n')}`
  const snapshot = await read(here, await open(here, { 'api/openapi.yaml': text }))
  expect(snapshot.blobs[snapshot.trees.head['api/openapi.yaml'] ?? '']).toBe(text)
})

test('more files than GitHub lists: the trees tell the rest', async () => {
  const here = await world({}, { limits: { compareFiles: 300, pullRequestFiles: 310 } })
  const many = Object.fromEntries(Array.from({ length: 320 }, (_, index) => [`z/${index}.txt`, `${index}\n`]))
  const snapshot = await read(here, await open(here, { ...many, 'zz/openapi.yaml': openapi() }))
  expect(snapshot.changedFiles).toHaveLength(321)
  expect(snapshot.trees.head['zz/openapi.yaml']).toBeDefined()
  expect(snapshot.changedFilesComplete).toBe(true)
})

test('a tree that GitHub cuts short is walked folder by folder', async () => {
  const here = await world({}, { limits: { treeEntries: 5 } })
  const snapshot = await read(here, await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' }))
  expect(Object.keys(snapshot.trees.head).sort()).toEqual(['api/openapi.yaml', 'api/paths.yaml'])
  expect(here.github.requests('git/get-tree').some(({ query }) => !query.includes('recursive'))).toBe(true)
})

test('what approvers saw is read at the commit they approved; a commit that is gone is left out', async () => {
  const here = await world()
  const pull = await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' })
  await pull.review('mia', 'approve')
  const approved = pull.head
  await pull.push({ 'api/paths.yaml': 'all: { /b: { get: { responses: {} } } }\n' })
  const snapshot = await read(here, pull)
  expect(snapshot.reviewed.map(({ commit }) => commit)).toEqual([approved])
  const blob = snapshot.reviewed[0]?.trees.head['api/paths.yaml'] ?? ''
  expect(snapshot.blobs[blob]).toBe('all: { /a: { get: { responses: {} } } }\n')
  here.github.faults.push({ path: `/repos/acme/shop/compare/*${approved}`, status: 404, body: { message: 'Not Found' } })
  const restarted = { ...here, access: { ...here.access, cache: createCache() } }
  expect((await read(restarted, pull)).reviewed).toEqual([])
})

test('a pull request of another repository than the event named is refused', async () => {
  const here = await world()
  const pull = await open(here, { 'README.md': 'x\n' })
  await expect(readPullRequest({ ...here.access, id: 1 }, pull.state.number)).rejects.toThrow('another repository')
})

test('only teams that own what changed are asked about, and unknown ones give a sentence', async () => {
  const owners = ['* @acme/everybody', '/api/ @acme/owners', '/k8s/ @acme/platform', '/api/paths.yaml @other/team @acme/gone'].join('\n')
  const here = await world({ '.github/CODEOWNERS': owners })
  const { people } = await read(here, await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' }))
  expect(Object.keys(people.teams).sort()).toEqual(['@acme/gone', '@acme/owners', '@other/team'])
  expect(people.teams['@acme/owners']).toMatchObject({ members: [{ login: 'mia' }] })
  expect(people.teams['@acme/gone']).toMatchObject({ problem: expect.stringContaining('does not exist') })
  expect(people.teams['@other/team']).toMatchObject({ problem: expect.stringContaining('another organisation') })
})

test('contributors are told by account; a commit without one is told as unknown', async () => {
  const here = await world()
  here.github.user('ana')
  const pull = await open(here, { 'api/paths.yaml': 'all: { /a: { get: { responses: {} } } }\n' })
  await here.shop.commit('topic', { 'README.md': 'a\n' }, { author: 'ana' })
  await here.shop.commit('topic', { 'README.md': 'b\n' }, { author: 'Stranger' })
  const { people } = await read(here, pull)
  expect(people.commits.map(({ author }) => author?.login ?? null)).toEqual([null, 'ana', null])
  expect(people.commitsComplete).toBe(true)
})
