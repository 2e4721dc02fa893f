/** Contents, trees, blobs, commits and comparisons are what git has. */
import { expect, test } from 'vitest'
import { mergeBase } from './stand-in/git.ts'
import { clientOf, lines, refusalOf, startGitHub } from './support.ts'

const here = { owner: 'acme', repo: 'shop' }

test('contents: a file of several folders as JSON and raw, a folder as a list and as an object, the root, and nothing', async () => {
  const github = await startGitHub()
  await github.createRepository('acme', 'shop', {
    'specs/a b/openapi.yaml': 'openapi: 3.1.0\n# ü\n',
    'specs/x.yaml': 'x\n',
    'README.md': '#\n',
  })
  const { rest } = clientOf(github, 'acme')
  const path = 'specs/a b/openapi.yaml'
  const { data: file } = await rest.repos.getContent({ ...here, path })
  expect(file).toMatchObject({ type: 'file', name: 'openapi.yaml', path, size: 20, encoding: 'base64' })
  expect((await rest.repos.getContent({ ...here, path, mediaType: { format: 'raw' } })).data).toBe('openapi: 3.1.0\n# ü\n')
  const { data: folder } = await rest.repos.getContent({ ...here, path: 'specs' })
  expect(Array.isArray(folder) ? folder.map(({ name, type }) => `${type} ${name}`) : folder).toEqual(['dir a b', 'file x.yaml'])
  const { data: object } = await rest.repos.getContent({ ...here, path: 'specs', mediaType: { format: 'object' } })
  expect(object).toMatchObject({ type: 'dir', entries: [{ name: 'a b' }, { name: 'x.yaml' }] })
  const { data: root } = await rest.repos.getContent({ ...here, path: '' })
  expect(Array.isArray(root) ? root.map(({ name }) => name) : root).toEqual(['README.md', 'specs'])
  expect((await refusalOf(rest.repos.getContent({ ...here, path: 'specs/none.yaml' }))).status).toBe(404)
  expect((await refusalOf(rest.repos.getContent({ ...here, path: 'README.md', ref: 'no-such-branch' }))).status).toBe(404)
})

test('contents: links inside the repository are followed, links outside are described, large files are only given raw', async () => {
  const github = await startGitHub({ limits: { contentBytes: 100, rawBytes: 1000 } })
  await github.createRepository('acme', 'shop', {
    'a/real.txt': 'real\n',
    'a/near': { link: './real.txt' },
    'a/far': { link: '../../etc/passwd' },
    'large.txt': 'x'.repeat(500),
    'huge.txt': 'x'.repeat(2000),
  })
  const { rest } = clientOf(github, 'acme')
  expect((await rest.repos.getContent({ ...here, path: 'a/near', mediaType: { format: 'raw' } })).data).toBe('real\n')
  expect((await rest.repos.getContent({ ...here, path: 'a/far' })).data).toMatchObject({ type: 'symlink', target: '../../etc/passwd' })
  expect((await rest.repos.getContent({ ...here, path: 'large.txt', mediaType: { format: 'object' } })).data).toMatchObject({
    content: '',
    encoding: 'none',
  })
  expect((await rest.repos.getContent({ ...here, path: 'large.txt', mediaType: { format: 'raw' } })).data).toHaveLength(500)
  expect(await refusalOf(rest.repos.getContent({ ...here, path: 'large.txt' }))).toMatchObject({
    status: 403,
    message: expect.stringContaining('too large'),
  })
  expect((await refusalOf(rest.repos.getContent({ ...here, path: 'huge.txt', mediaType: { format: 'raw' } }))).status).toBe(403)
})

test('trees: one level, everything, and cut off', async () => {
  const github = await startGitHub({ limits: { treeEntries: 3 } })
  const shop = await github.createRepository('acme', 'shop', { 'a/b/c.txt': 'c\n', 'd.txt': 'd\n' })
  const { rest } = clientOf(github, 'acme')
  const flat = await rest.git.getTree({ ...here, tree_sha: shop.head() })
  expect(flat.data.tree.map(({ path, type }) => `${type} ${path}`)).toEqual(['tree a', 'blob d.txt'])
  const deep = await rest.git.getTree({ ...here, tree_sha: 'main', recursive: '1' })
  expect(deep.data).toMatchObject({ truncated: true, tree: [{ path: 'a' }, { path: 'a/b' }, { path: 'a/b/c.txt' }] })
  const blob = deep.data.tree[2]?.sha ?? ''
  expect(Buffer.from((await rest.git.getBlob({ ...here, file_sha: blob })).data.content, 'base64').toString()).toBe('c\n')
  expect((await rest.git.getBlob({ ...here, file_sha: blob, mediaType: { format: 'raw' } })).data).toBe('c\n')
  expect((await refusalOf(rest.git.getBlob({ ...here, file_sha: '1'.repeat(40) }))).status).toBe(404)
})

test('a comparison’s merge base is git’s own, also across forks, and its files start there', async () => {
  const github = await startGitHub({ limits: { compareFiles: 2 } })
  github.user('eve')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(3) })
  const fork = await shop.fork('eve')
  await shop.commit('topic/one', { 'b.txt': 'b\n', 'c.txt': 'c\n', 'd.txt': 'd\n' })
  await shop.commit('main', { 'e.txt': 'e\n' })
  await fork.commit('topic', { 'f.txt': 'f\n' }, { author: 'eve' })
  const { rest } = clientOf(github, 'acme')
  const { data } = await rest.repos.compareCommitsWithBasehead({ ...here, basehead: 'main...topic/one' })
  expect(data.merge_base_commit.sha).toBe(await mergeBase(shop.state.directory, shop.head('main'), shop.head('topic/one')))
  expect([data.status, data.ahead_by, data.behind_by, data.total_commits]).toEqual(['diverged', 1, 1, 1])
  expect(data.files?.map(({ filename }) => filename)).toEqual(['b.txt', 'c.txt'])
  const across = await rest.repos.compareCommitsWithBasehead({ ...here, basehead: 'main...eve:topic' })
  expect(across.data.files?.map(({ filename }) => filename)).toEqual(['f.txt'])
  expect((await refusalOf(rest.repos.compareCommitsWithBasehead({ ...here, basehead: 'main...none' }))).status).toBe(404)
})

test('unrelated histories have no comparison', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const other = await github.createRepository('acme', 'other', { 'b.txt': 'b\n' })
  const clone = await shop.clone()
  const { git } = await import('./stand-in/git.ts')
  await git(clone.directory, ['fetch', '--quiet', other.state.directory, 'main'])
  await git(clone.directory, ['push', '--quiet', 'origin', 'FETCH_HEAD:refs/heads/stranger'])
  await shop.sync('acme')
  expect(
    await refusalOf(clientOf(github, 'acme').rest.repos.compareCommitsWithBasehead({ ...here, basehead: 'main...stranger' })),
  ).toMatchObject({ status: 404, message: expect.stringContaining('No common ancestor') })
})

test('a commit names its author only when the address belongs to an account; its pull requests are found', async () => {
  const github = await startGitHub()
  github.user('ana')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const known = await shop.commit('topic', { 'b.txt': 'b\n' }, { author: 'ana', message: 'Say b\n\nBecause.' })
  const unknown = await shop.commit('topic', { 'b.txt': 'c\n' }, { author: 'stranger' })
  await shop.openPullRequest({ author: 'ana', branch: 'topic' })
  const { rest } = clientOf(github, 'acme')
  const { data: commits } = await rest.pulls.listCommits({ ...here, pull_number: 1 })
  expect(commits.map(({ sha, author }) => [sha, author?.login])).toEqual([
    [known, 'ana'],
    [unknown, undefined],
  ])
  const { data: commit } = await rest.repos.getCommit({ ...here, ref: known })
  expect(commit).toMatchObject({
    commit: { message: 'Say b\n\nBecause.' },
    files: [{ filename: 'b.txt', status: 'added' }],
    stats: { total: 1 },
  })
  expect((await rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: known })).data.map(({ number }) => number)).toEqual([
    1,
  ])
  expect((await rest.repos.getCommit({ ...here, ref: 'topic', mediaType: { format: 'sha' } })).data).toBe(unknown)
})

test('branches and refs, names with slashes included', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const sha = await shop.commit('topic/one', { 'b.txt': 'b\n' })
  const { rest } = clientOf(github, 'acme')
  expect((await rest.repos.getBranch({ ...here, branch: 'topic/one' })).data.commit.sha).toBe(sha)
  expect((await rest.git.getRef({ ...here, ref: 'heads/topic/one' })).data.object.sha).toBe(sha)
  expect((await rest.repos.listBranches({ ...here, protected: true })).data.map(({ name }) => name)).toEqual(['main'])
  expect((await refusalOf(rest.repos.getBranch({ ...here, branch: 'none' }))).status).toBe(404)
})
