/** Pull requests follow real pushes, and say what git says. */
import { expect, test } from 'vitest'
import { git } from './stand-in/git.ts'
import { clientOf, lines, refusalOf, startGitHub, startReceiver } from './support.ts'

const here = { owner: 'acme', repo: 'shop' }

test('a push over HTTP moves the pull request and sends synchronize with both commits', async () => {
  const receiver = await startReceiver()
  const github = await startGitHub({ webhookUrl: receiver.url })
  github.organisation('acme', ['ana'])
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(3) }, { roles: { ana: 'write' } })
  const before = await shop.commit('topic', { 'a.txt': lines(4) }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'topic' })
  const clone = await github.cloneOverHttp(shop, 'ana')
  await clone.checkout('topic', 'main')
  const after = await clone.commit({ 'a.txt': lines(5) }, { author: 'ana' })
  await clone.push('topic')
  expect(pull.head).toBe(after)
  await github.idle()
  const event = receiver.received.find(({ payload }) => payload['action'] === 'synchronize')
  expect(event?.payload).toMatchObject({
    number: 1,
    before,
    after,
    pull_request: { head: { sha: after }, commits: 2, changed_files: 1 },
    sender: { login: 'ana' },
  })
  await receiver.stop()
})

test('somebody without write access cannot push over HTTP', async () => {
  const github = await startGitHub()
  github.user('eve')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' }, { visibility: 'public' })
  const clone = await github.cloneOverHttp(shop, 'eve')
  await clone.commit({ 'a.txt': 'b\n' }, { author: 'eve' })
  await expect(clone.push('main')).rejects.toThrow(/403/)
})

test('files are told against the merge base, with renames, removals, binary files and awkward names', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', {
    'old name.txt': lines(40),
    'gone.txt': 'x\n',
    'kept.txt': lines(10),
    'link.txt': 'text\n',
    'pic.bin': Buffer.from([0, 1, 2]),
  })
  await shop.commit('topic', {
    'old name.txt': null,
    'sub/new näme.txt': `${lines(40)}one more\n`,
    'gone.txt': null,
    'kept.txt': lines(10).replace('line 5', 'changed'),
    'link.txt': { link: 'kept.txt' },
    'pic.bin': Buffer.from([0, 9]),
    'empty.txt': '',
  })
  await shop.commit('main', { 'elsewhere.txt': 'only on main\n' })
  await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  const { data } = await clientOf(github, 'acme').rest.pulls.listFiles({ ...here, pull_number: 1 })
  const told = Object.fromEntries(
    data.map(({ filename, status, previous_filename: from, additions, deletions, patch }) => [
      filename,
      [status, from, additions, deletions, patch !== undefined],
    ]),
  )
  expect(told).toEqual({
    'sub/new näme.txt': ['renamed', 'old name.txt', 1, 0, true],
    'gone.txt': ['removed', undefined, 0, 1, true],
    'kept.txt': ['modified', undefined, 1, 1, true],
    'link.txt': ['changed', undefined, 1, 1, true],
    'pic.bin': ['modified', undefined, 0, 0, false],
    'empty.txt': ['added', undefined, 0, 0, false],
  })
  expect(data.find(({ filename }) => filename === 'kept.txt')?.patch).toMatch(/^@@ -2,7 \+2,7 @@/)
})

test('files come in pages with Link headers and end at the limit', async () => {
  const github = await startGitHub({ limits: { pullRequestFiles: 25 } })
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await shop.commit('topic', Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`files/${index}.txt`, `${index}\n`])))
  await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  const client = clientOf(github, 'acme')
  const first = await client.rest.pulls.listFiles({ ...here, pull_number: 1, per_page: 10 })
  expect(first.headers.link).toContain('page=2>; rel="next"')
  expect(first.headers.link).toContain('page=3>; rel="last"')
  const all = await client.paginate(client.rest.pulls.listFiles, { ...here, pull_number: 1, per_page: 10 })
  expect(all).toHaveLength(25)
  expect((await client.rest.pulls.get({ ...here, pull_number: 1 })).data.changed_files).toBe(30)
  expect(github.requests('pulls/list-files').map(({ query }) => query)).toEqual([
    'per_page=10',
    'per_page=10',
    'per_page=10&page=2',
    'per_page=10&page=3',
  ])
})

test('a patch over the limit is left out', async () => {
  const github = await startGitHub({ limits: { patchBytes: 200 } })
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await shop.commit('topic', { 'big.txt': lines(100), 'small.txt': 'x\n' })
  await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  const { data } = await clientOf(github, 'acme').rest.pulls.listFiles({ ...here, pull_number: 1 })
  expect(data.map(({ filename, patch }) => [filename, patch === undefined])).toEqual([
    ['big.txt', true],
    ['small.txt', false],
  ])
})

test('a fork’s pull request can be read in the base repository, moves with the fork, and outlives it', async () => {
  const github = await startGitHub()
  github.user('eve')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(3) })
  const fork = await shop.fork('eve')
  const first = await fork.commit('fix', { 'a.txt': lines(4) }, { author: 'eve' })
  const pull = await shop.openPullRequest({ author: 'eve', branch: 'fix', from: fork })
  const client = clientOf(github, 'acme')
  const { data } = await client.rest.pulls.get({ ...here, pull_number: 1 })
  expect(data.head).toMatchObject({ label: 'eve:fix', sha: first, repo: { fork: true, full_name: 'eve/shop' } })
  const second = await fork.commit('fix', { 'a.txt': lines(5) }, { author: 'eve' })
  expect(pull.head).toBe(second)
  const run = await client.rest.checks.create({ ...here, name: 'API review', head_sha: second })
  expect(run.data.pull_requests).toEqual([])
  expect((await client.rest.repos.getContent({ ...here, path: 'a.txt', ref: second, mediaType: { format: 'raw' } })).data).toBe(lines(5))
  fork.delete()
  expect((await client.rest.pulls.get({ ...here, pull_number: 1 })).data.head.repo).toBeNull()
})

test('merging, deleting the branch and pushing the head onto the base all close the pull request', async () => {
  const github = await startGitHub()
  github.user('mia')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(3) })
  const branches = ['one', 'two', 'three']
  for (const name of branches) await shop.commit(name, { [`${name}.txt`]: 'x\n' })
  const [one, two, three] = await Promise.all(branches.map((branch) => shop.openPullRequest({ author: 'acme', branch })))
  const merged = await one?.merge('mia')
  expect(shop.head()).toBe(merged)
  await shop.deleteBranch('two', 'acme')
  const clone = await shop.clone()
  await clone.checkout('three', 'main')
  await git(clone.directory, ['merge', '--quiet', '--no-edit', 'origin/main'], {
    environment: { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' },
  })
  await clone.push('three')
  await clone.push('main')
  await shop.sync('acme')
  expect([one, two, three].map((pull) => [pull?.state.state, pull?.state.merged !== null])).toEqual([
    ['closed', true],
    ['closed', false],
    ['closed', true],
  ])
})

test('the base commit of a pull request goes stale until its head moves or the base is changed', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(3) })
  const old = shop.head()
  await shop.commit('topic', { 'b.txt': 'x\n' })
  const pull = await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  const moved = await shop.commit('main', { 'c.txt': 'x\n' })
  expect(pull.state.base.sha).toBe(old)
  await pull.push({ 'b.txt': 'y\n' })
  expect(pull.state.base.sha).toBe(moved)
  await shop.commit('release', { 'r.txt': 'x\n' })
  await pull.edit({ base: 'release' })
  expect(pull.state.base).toEqual({ ref: 'release', sha: shop.head('release') })
  expect(github.deliveries('pull_request', 'edited')[0]?.payload).toMatchObject({
    changes: { base: { ref: { from: 'main' }, sha: { from: moved } } },
  })
})

test('a merge group is a real merge of its pull requests on a temporary branch', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(3) })
  await shop.commit('one', { 'one.txt': 'x\n' })
  await shop.commit('two', { 'two.txt': 'x\n' })
  const pulls = [
    await shop.openPullRequest({ author: 'acme', branch: 'one' }),
    await shop.openPullRequest({ author: 'acme', branch: 'two' }),
  ]
  const base = shop.head()
  const group = await shop.mergeGroup(pulls, 'acme')
  const { data } = await clientOf(github, 'acme').rest.repos.compareCommitsWithBasehead({
    ...here,
    basehead: `${group.baseSha}...${group.headSha}`,
  })
  expect(data.files?.map(({ filename }) => filename)).toEqual(['one.txt', 'two.txt'])
  expect(github.deliveries('merge_group', 'checks_requested')[0]?.payload).toMatchObject({
    merge_group: {
      head_sha: group.headSha,
      base_sha: base,
      base_ref: 'refs/heads/main',
      head_ref: `refs/heads/gh-readonly-queue/main/pr-2-${base}`,
    },
  })
  await shop.destroyMergeGroup(group, { reason: 'merged', by: 'acme' })
  expect(shop.head()).toBe(group.headSha)
  expect(pulls.map(({ state }) => state.state)).toEqual(['closed', 'closed'])
})

test('reviewers can be asked and asked no more; the author and strangers cannot', async () => {
  const github = await startGitHub()
  github.organisation('acme', ['ana'])
  github.team('acme', 'api-owners', { members: ['mia'] })
  github.user('eve')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' }, { roles: { ana: 'write', '@acme/api-owners': 'write' } })
  await shop.commit('topic', { 'a.txt': 'b\n' }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'topic' })
  const client = clientOf(github, 'acme')
  const at = { ...here, pull_number: 1 }
  const { data } = await client.rest.pulls.requestReviewers({ ...at, reviewers: ['mia'], team_reviewers: ['api-owners'] })
  expect([data.requested_reviewers?.map(({ login }) => login), data.requested_teams?.map(({ slug }) => slug)]).toEqual([
    ['mia'],
    ['api-owners'],
  ])
  await client.rest.pulls.removeRequestedReviewers({ ...at, reviewers: ['mia'], team_reviewers: [] })
  expect((await client.rest.pulls.listRequestedReviewers(at)).data.users).toEqual([])
  expect((await refusalOf(client.rest.pulls.requestReviewers({ ...at, reviewers: ['ana'] }))).status).toBe(422)
  expect((await refusalOf(client.rest.pulls.requestReviewers({ ...at, reviewers: ['eve'] }))).status).toBe(422)
  github.team('acme', 'guests', { members: ['eve'] })
  expect((await refusalOf(client.rest.pulls.requestReviewers({ ...at, team_reviewers: ['guests'] }))).status).toBe(422)
  await pull.review('mia', 'comment')
  expect((await client.rest.pulls.listRequestedReviewers(at)).data.teams).toEqual([])
})
