/** What a push means: pull requests follow their branches, check suites begin, and the app is told. */
import { git, isAncestor, listBranches } from '../git.ts'
import { emit } from '../events.ts'
import { readCommit, simpleCommitJson } from '../present/commits.ts'
import { webUrlOf } from '../present/repositories.ts'
import { changed, timestamp, type PullRequest, type Repository, type World } from '../state.ts'
import { openSuite, suiteEvent } from './check-runs.ts'
import { pullEvent } from './pull-requests.ts'

const nothing = '0'.repeat(40)

interface BranchMove {
  readonly branch: string
  readonly before: string | null
  readonly after: string | null
}

/** Compares the branches git has now with those last seen and plays out every difference. */
export async function syncPushes(world: World, repository: Repository, pusher: string): Promise<void> {
  const now = await listBranches(repository.directory)
  const names = new Set([...repository.branches.keys(), ...now.keys()])
  const moves = [...names]
    .map((branch) => ({ branch, before: repository.branches.get(branch) ?? null, after: now.get(branch) ?? null }))
    .filter(({ before, after }) => before !== after)
  for (const move of moves) {
    if (move.after === null) repository.branches.delete(move.branch)
    else repository.branches.set(move.branch, move.after)
  }
  if (moves.length > 0) repository.pushedAt = timestamp(world)
  for (const move of moves) await playMove(world, repository, { move, pusher })
  if (moves.length > 0) changed(world)
}

async function playMove(world: World, repository: Repository, { move, pusher }: { move: BranchMove; pusher: string }): Promise<void> {
  await tellPush(world, repository, { move, pusher })
  if (move.after !== null) {
    const suite = openSuite(world, repository, { app: world.app, headSha: move.after, headBranch: move.branch, before: move.before })
    await suiteEvent(world, suite, { action: 'requested', sender: pusher })
  }
  for (const pull of openPulls(world)) {
    if (pull.head.repository === repository && pull.head.ref === move.branch) await moveHead(world, pull, { sha: move.after, pusher })
    else if (pull.repository === repository && pull.base.ref === move.branch) await moveBase(world, pull, { sha: move.after, pusher })
  }
}

function openPulls(world: World): PullRequest[] {
  return world.repositories.flatMap(({ pullRequests }) => pullRequests).filter(({ state }) => state === 'open')
}

/** A deleted head branch closes the pull request; any other move is `synchronize`. */
async function moveHead(world: World, pull: PullRequest, { sha, pusher }: { sha: string | null; pusher: string }): Promise<void> {
  if (sha === null) return closePull(world, pull, { sender: pusher, mergedAs: null })
  const before = pull.head.sha
  pull.head.sha = sha
  pull.heads.push(sha)
  await storeHead(pull)
  pull.base.sha = pull.repository.branches.get(pull.base.ref) ?? pull.base.sha
  pull.updatedAt = timestamp(world)
  await pullEvent(world, pull, { action: 'synchronize', sender: pusher, extra: { before, after: sha } })
}

/** When the base comes to contain the head, GitHub calls the pull request merged. */
async function moveBase(world: World, pull: PullRequest, { sha, pusher }: { sha: string | null; pusher: string }): Promise<void> {
  if (sha === null) return closePull(world, pull, { sender: pusher, mergedAs: null })
  if (await isAncestor(pull.repository.directory, pull.head.sha, sha)) await closePull(world, pull, { sender: pusher, mergedAs: sha })
}

export async function closePull(
  world: World,
  pull: PullRequest,
  { sender, mergedAs }: { sender: string; mergedAs: string | null },
): Promise<void> {
  pull.state = 'closed'
  pull.closedAt = timestamp(world)
  pull.updatedAt = pull.closedAt
  if (mergedAs !== null) pull.merged = { at: pull.closedAt, by: sender, commit: mergedAs }
  await pullEvent(world, pull, { action: 'closed', sender })
}

/** Keeps `refs/pull/N/head` in the base repository, so that a fork's commits can be read there. */
export async function storeHead(pull: PullRequest): Promise<void> {
  const { repository, sha } = pull.head
  const reference = `refs/pull/${pull.number}/head`
  if (repository === pull.repository) await git(repository.directory, ['update-ref', reference, sha])
  else
    await git(pull.repository.directory, [
      'fetch',
      '--quiet',
      '--no-tags',
      repository.directory,
      `+refs/heads/${pull.head.ref}:${reference}`,
    ])
}

async function tellPush(world: World, repository: Repository, { move, pusher }: { move: BranchMove; pusher: string }): Promise<void> {
  const { branch, before, after } = move
  const head = after === null ? null : simpleCommitJson(await readCommit(repository.directory, after))
  emit(world, {
    event: 'push',
    action: null,
    repository,
    sender: pusher,
    payload: {
      ref: `refs/heads/${branch}`,
      before: before ?? nothing,
      after: after ?? nothing,
      created: before === null,
      deleted: after === null,
      forced: before !== null && after !== null && !(await isAncestor(repository.directory, before, after)),
      base_ref: null,
      compare: `${webUrlOf(world, repository)}/compare/${before ?? nothing}...${after ?? nothing}`,
      commits: head === null ? [] : [head],
      head_commit: head,
      pusher: { name: pusher, email: `${pusher}@users.noreply.github.com` },
    },
  })
}
