/** Commits, comparisons, and which pull requests a commit belongs to. */
import { list, ok, parameter, repositoryOf, wants, type Answer, type Context, type Routes } from '../context.ts'
import { diffCommits, diffText, type FileDiff } from '../diff.ts'
import { notFound, unprocessable } from '../errors.ts'
import { git, isAncestor, mergeBase, resolveRef } from '../git.ts'
import { commitJson, fileJson, readCommit, readCommits, type CommitFacts } from '../present/commits.ts'
import { pullRequestSimple } from '../present/pull-requests.ts'
import { apiUrlOf, repositoryJson, webUrlOf } from '../present/repositories.ts'
import { fullName, type PullRequest, type Repository, type World } from '../state.ts'

type Json = Record<string, unknown>

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'

async function commitOf(context: Context, name: string): Promise<string> {
  const found = await resolveRef(repositoryOf(context).directory, name)
  if (found === null) throw unprocessable(`No commit found for SHA: ${name}`)
  return found
}

async function getCommit(context: Context): Promise<Answer> {
  const { world } = context
  const repository = repositoryOf(context)
  const sha = await commitOf(context, parameter(context, 'ref'))
  if (wants(context, 'sha')) return { status: 200, body: sha, mediaType: 'application/vnd.github.sha' }
  const commit = await readCommit(repository.directory, sha)
  const parent = commit.parents[0] ?? emptyTree
  if (wants(context, 'diff'))
    return { status: 200, body: await diffText(repository.directory, parent, sha), mediaType: 'application/vnd.github.diff' }
  const files = await diffCommits(repository.directory, parent, sha)
  const sum = (key: 'additions' | 'deletions'): number => files.reduce((total, file) => total + file[key], 0)
  const stats = { additions: sum('additions'), deletions: sum('deletions'), total: sum('additions') + sum('deletions') }
  const shown = files.slice(0, world.limits.compareFiles).map((file) => fileJson(world, { repository, head: sha, file }))
  return ok({ ...commitJson(world, repository, commit), stats, files: shown })
}

async function listCommits(context: Context): Promise<Answer> {
  const { world, query } = context
  const repository = repositoryOf(context)
  const start = await commitOf(context, query.get('sha') ?? repository.defaultBranch)
  const path = query.get('path')
  const commits = await readCommits(repository.directory, [start, ...(path === null ? [] : ['--', path])])
  return list(commits.map((commit) => commitJson(world, repository, commit)))
}

interface Sides {
  readonly repository: Repository
  readonly base: string
  readonly head: string
}

/** `main...topic`, `main...owner:topic` or `owner:repository:branch` on either side. */
async function sidesOf(context: Context): Promise<Sides> {
  const repository = repositoryOf(context)
  const [base = '', head = '', ...more] = parameter(context, 'basehead').split('...')
  if (head === '' || more.length > 0) throw notFound()
  const found = { repository, base: await sideOf(context, base), head: await sideOf(context, head) }
  return found
}

async function sideOf(context: Context, written: string): Promise<string> {
  const repository = repositoryOf(context)
  const parts = written.split(':')
  const name = parts.at(-1) ?? ''
  const [owner = repository.owner] = parts.length > 1 ? parts : []
  const other = inNetwork(context.world, repository, { owner, name: parts.length === 3 ? parts[1] : undefined })
  if (other === undefined) throw notFound()
  const sha = await resolveRef(other.directory, name)
  if (sha === null) throw notFound()
  if (other !== repository) await git(repository.directory, ['fetch', '--quiet', '--no-tags', other.directory, sha])
  return sha
}

function inNetwork(
  world: World,
  repository: Repository,
  { owner, name }: { owner: string; name: string | undefined },
): Repository | undefined {
  const root = repository.parent ?? fullName(repository)
  return world.repositories.find(
    (candidate) =>
      !candidate.deleted &&
      candidate.owner.toLowerCase() === owner.toLowerCase() &&
      (name === undefined || candidate.name === name) &&
      (fullName(candidate) === root || candidate.parent === root),
  )
}

async function compare(context: Context): Promise<Answer> {
  const { world, query } = context
  const { repository, base, head } = await sidesOf(context)
  const { directory } = repository
  const common = await mergeBase(directory, base, head)
  if (common === null) throw notFound(`No common ancestor between ${base} and ${head}.`)
  if (wants(context, 'diff'))
    return { status: 200, body: await diffText(directory, common, head), mediaType: 'application/vnd.github.diff' }
  const ahead = await readCommits(directory, ['--reverse', `${base}..${head}`])
  const behind = Number(await git(directory, ['rev-list', '--count', `${head}..${base}`]))
  const files = await diffCommits(directory, common, head)
  const page = Number(query.get('page') ?? 1)
  const facts = { base: await readCommit(directory, base), common: await readCommit(directory, common), ahead, behind }
  const shown = ahead
    .slice(0, query.has('page') || query.has('per_page') ? undefined : world.limits.compareCommits)
    .map((commit) => commitJson(world, repository, commit))
  // Files come with the first page only (REST, "Compare two commits").
  const wrap = (commits: readonly unknown[]): unknown =>
    comparison(world, { repository, head, facts, commits, files: page === 1 ? files : [] })
  return { status: 200, pages: { items: shown, wrap, defaultPerPage: query.has('page') ? 30 : world.limits.compareCommits } }
}

interface Comparison {
  readonly repository: Repository
  readonly head: string
  readonly facts: {
    readonly base: CommitFacts
    readonly common: CommitFacts
    readonly ahead: readonly CommitFacts[]
    readonly behind: number
  }
  readonly commits: readonly unknown[]
  readonly files: readonly FileDiff[]
}

function comparison(world: World, { repository, head, facts, commits, files }: Comparison): Json {
  const { base, common, ahead, behind } = facts
  const range = `${base.sha}...${head}`
  const web = `${webUrlOf(world, repository)}/compare/${range}`
  const status = ahead.length > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical'
  return {
    url: `${apiUrlOf(world, repository)}/compare/${range}`,
    html_url: web,
    permalink_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    base_commit: commitJson(world, repository, base),
    merge_base_commit: commitJson(world, repository, common),
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits,
    files: files.slice(0, world.limits.compareFiles).map((file) => fileJson(world, { repository, head, file })),
  }
}

/** Pull requests whose head contains the commit; a commit already on the default branch gives the merged one. */
async function pullsOfCommit(context: Context): Promise<Answer> {
  const { world } = context
  const repository = repositoryOf(context)
  const sha = await commitOf(context, parameter(context, 'commit_sha'))
  const found: PullRequest[] = []
  for (const pull of repository.pullRequests) {
    const inHead = await isAncestor(repository.directory, sha, pull.head.sha)
    const inBase = await isAncestor(repository.directory, sha, pull.base.sha)
    if (inHead && !inBase && (pull.state === 'open' || pull.merged !== null)) found.push(pull)
  }
  return list(found.map((pull) => pullRequestSimple(world, pull)))
}

export const commitRoutes: Routes = {
  'repos/get-commit': getCommit,
  'repos/list-commits': listCommits,
  'repos/compare-commits-with-basehead': compare,
  'repos/list-pull-requests-associated-with-commit': pullsOfCommit,
  'repos/get-combined-status-for-ref': async (context) => {
    const { world } = context
    const repository = repositoryOf(context)
    const sha = await commitOf(context, parameter(context, 'ref'))
    const url = `${apiUrlOf(world, repository)}/commits/${sha}`
    return ok({
      state: 'pending',
      statuses: [],
      sha,
      total_count: 0,
      repository: repositoryJson(world, repository),
      commit_url: url,
      url: `${url}/status`,
    })
  },
}
