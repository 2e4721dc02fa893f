/** The merge queue: a group of pull requests merged one after the other onto a temporary branch, with real merge commits. */
import { emit } from '../events.ts'
import { createMerge, git } from '../git.ts'
import { readCommit, simpleCommitJson } from '../present/commits.ts'
import { accountOf, type PullRequest, type Repository, type World } from '../state.ts'
import { closePull, syncPushes } from './pushes.ts'

export interface MergeGroup {
  readonly repository: Repository
  readonly pulls: readonly PullRequest[]
  readonly baseRef: string
  readonly baseSha: string
  /** Without `refs/heads/`. */
  readonly branch: string
  readonly headSha: string
}

/** Builds the group's branch and sends `checks_requested`. Throws when the pull requests conflict. */
export async function createMergeGroup(world: World, pulls: readonly PullRequest[], sender: string): Promise<MergeGroup> {
  const [last] = pulls.slice(-1)
  if (last === undefined) throw new Error('A merge group needs a pull request.')
  const { repository } = last
  const baseSha = repository.branches.get(last.base.ref)
  if (baseSha === undefined) throw new Error(`There is no branch \`${last.base.ref}\`.`)
  let headSha = baseSha
  for (const pull of pulls) {
    const author = { name: sender, email: accountOf(world, sender).email }
    const merged = await createMerge(repository.directory, {
      ours: headSha,
      theirs: pull.head.sha,
      message: `Merge pull request #${pull.number}\n\n${pull.title}`,
      author,
    })
    if (merged === null) throw new Error(`Pull request #${pull.number} conflicts within the merge group.`)
    headSha = merged
  }
  const branch = `gh-readonly-queue/${last.base.ref}/pr-${last.number}-${baseSha}`
  await git(repository.directory, ['update-ref', `refs/heads/${branch}`, headSha])
  repository.branches.set(branch, headSha)
  const group: MergeGroup = { repository, pulls, baseRef: last.base.ref, baseSha, branch, headSha }
  await tell(world, group, { action: 'checks_requested', sender })
  return group
}

/** Ends the group: `merged` moves the base branch to it, anything else drops it. */
export async function destroyMergeGroup(
  world: World,
  group: MergeGroup,
  { reason, sender }: { reason: 'merged' | 'invalidated' | 'dequeued'; sender: string },
): Promise<void> {
  const { repository } = group
  await tell(world, group, { action: 'destroyed', sender, extra: { reason } })
  await git(repository.directory, ['update-ref', '-d', `refs/heads/${group.branch}`])
  repository.branches.delete(group.branch)
  if (reason !== 'merged') return
  await git(repository.directory, ['update-ref', `refs/heads/${group.baseRef}`, group.headSha])
  for (const pull of group.pulls) await closePull(world, pull, { sender, mergedAs: group.headSha })
  await syncPushes(world, repository, sender)
}

async function tell(
  world: World,
  group: MergeGroup,
  { action, sender, extra = {} }: { action: string; sender: string; extra?: Record<string, unknown> },
): Promise<void> {
  const commit = await readCommit(group.repository.directory, group.headSha)
  const mergeGroup = {
    head_sha: group.headSha,
    head_ref: `refs/heads/${group.branch}`,
    base_sha: group.baseSha,
    base_ref: `refs/heads/${group.baseRef}`,
    head_commit: simpleCommitJson(commit),
  }
  emit(world, { event: 'merge_group', action, repository: group.repository, sender, payload: { merge_group: mergeGroup, ...extra } })
}
