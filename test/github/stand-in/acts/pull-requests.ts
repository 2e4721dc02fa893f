/** What people do to pull requests: open, edit, close, reopen, mark ready, merge, ask for reviews. Each act changes the state and tells the app. */
import { createMerge, git, resolve } from '../git.ts'
import { emit } from '../events.ts'
import { simpleUser, teamSimple } from '../present/accounts.ts'
import { pullRequestFull } from '../present/pull-requests.ts'
import { accountOf, changed, findTeam, nextId, timestamp, type PullRequest, type Repository, type World } from '../state.ts'
import { closePull, storeHead, syncPushes } from './pushes.ts'

type Json = Record<string, unknown>

interface NewPullRequest {
  readonly title: string
  readonly body?: string
  readonly author: string
  readonly head: { readonly repository: Repository; readonly branch: string }
  readonly base: string
  readonly draft?: boolean
  readonly labels?: readonly string[]
}

/** Sends a `pull_request` event with the pull request as it is now. */
export async function pullEvent(
  world: World,
  pull: PullRequest,
  { action, sender, extra = {} }: { action: string; sender: string; extra?: Json },
): Promise<void> {
  const payload = { number: pull.number, pull_request: await pullRequestFull(world, pull), ...extra }
  emit(world, { event: 'pull_request', action, repository: pull.repository, sender, payload })
  changed(world)
}

export async function openPullRequest(world: World, repository: Repository, wish: NewPullRequest): Promise<PullRequest> {
  const sha = wish.head.repository.branches.get(wish.head.branch)
  const baseSha = repository.branches.get(wish.base)
  if (sha === undefined) throw new Error(`The branch \`${wish.head.branch}\` has not been pushed.`)
  if (baseSha === undefined) throw new Error(`There is no base branch \`${wish.base}\`.`)
  const at = timestamp(world)
  const pull: PullRequest = {
    id: nextId(world),
    number: Math.max(0, ...repository.pullRequests.map(({ number }) => number)) + 1,
    repository,
    title: wish.title,
    body: wish.body ?? null,
    author: accountOf(world, wish.author).login,
    state: 'open',
    draft: wish.draft ?? false,
    head: { repository: wish.head.repository, ref: wish.head.branch, sha },
    heads: [sha],
    base: { ref: wish.base, sha: baseSha },
    labels: [...(wish.labels ?? [])],
    requestedUsers: new Set(),
    requestedTeams: new Set(),
    merged: null,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    reviews: [],
    reviewComments: [],
    comments: [],
  }
  repository.pullRequests.push(pull)
  await storeHead(pull)
  await pullEvent(world, pull, { action: 'opened', sender: pull.author })
  return pull
}

export interface PullRequestEdit {
  readonly title?: string
  readonly body?: string
  readonly base?: string
}

/** Title, text or base branch; `changes` in the event says what it was before. */
export async function editPullRequest(
  world: World,
  pull: PullRequest,
  { edit, sender }: { edit: PullRequestEdit; sender: string },
): Promise<void> {
  const changes: Json = {}
  if (edit.title !== undefined) changes['title'] = { from: pull.title }
  if (edit.body !== undefined) changes['body'] = { from: pull.body ?? '' }
  if (edit.base !== undefined) changes['base'] = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } }
  pull.title = edit.title ?? pull.title
  pull.body = edit.body ?? pull.body
  if (edit.base !== undefined) {
    const sha = pull.repository.branches.get(edit.base)
    if (sha === undefined) throw new Error(`There is no base branch \`${edit.base}\`.`)
    Object.assign(pull.base, { ref: edit.base, sha })
  }
  pull.updatedAt = timestamp(world)
  await pullEvent(world, pull, { action: 'edited', sender, extra: { changes } })
}

export async function setDraft(world: World, pull: PullRequest, { draft, sender }: { draft: boolean; sender: string }): Promise<void> {
  pull.draft = draft
  await pullEvent(world, pull, { action: draft ? 'converted_to_draft' : 'ready_for_review', sender })
}

export async function reopenPullRequest(world: World, pull: PullRequest, sender: string): Promise<void> {
  pull.state = 'open'
  pull.closedAt = null
  await pullEvent(world, pull, { action: 'reopened', sender })
}

export async function addLabel(world: World, pull: PullRequest, { label, sender }: { label: string; sender: string }): Promise<void> {
  pull.labels.push(label)
  await pullEvent(world, pull, { action: 'labeled', sender, extra: { label: labelOf(label) } })
}

export async function removeLabel(world: World, pull: PullRequest, { label, sender }: { label: string; sender: string }): Promise<void> {
  pull.labels.splice(pull.labels.indexOf(label), 1)
  await pullEvent(world, pull, { action: 'unlabeled', sender, extra: { label: labelOf(label) } })
}

function labelOf(name: string): Json {
  return { id: 1, node_id: 'LA_1', url: 'https://api.github.com/labels/1', name, color: 'ededed', default: false, description: null }
}

/** A real merge commit on the base branch. Throws when git finds a conflict. */
export async function mergePullRequest(world: World, pull: PullRequest, sender: string): Promise<string> {
  const { directory } = pull.repository
  const tip = await resolve(directory, `refs/heads/${pull.base.ref}`)
  if (tip === null) throw new Error(`There is no base branch \`${pull.base.ref}\`.`)
  const author = { name: sender, email: accountOf(world, sender).email }
  const commit = await createMerge(directory, {
    ours: tip,
    theirs: pull.head.sha,
    message: `Merge pull request #${pull.number} from ${pull.head.repository.owner}/${pull.head.ref}\n\n${pull.title}`,
    author,
  })
  if (commit === null) throw new Error(`Pull request #${pull.number} conflicts with \`${pull.base.ref}\`.`)
  await git(directory, ['update-ref', `refs/heads/${pull.base.ref}`, commit])
  await closePull(world, pull, { sender, mergedAs: commit })
  await syncPushes(world, pull.repository, sender)
  return commit
}

/** Asks people and teams; each new one is an event of its own, as on GitHub. */
export async function requestReviewers(
  world: World,
  pull: PullRequest,
  { users, teams, sender }: { users: readonly string[]; teams: readonly string[]; sender: string },
): Promise<void> {
  for (const login of users.filter((user) => !pull.requestedUsers.has(user))) {
    pull.requestedUsers.add(login)
    await pullEvent(world, pull, { action: 'review_requested', sender, extra: { requested_reviewer: simpleUser(world, login) } })
  }
  for (const slug of teams.filter((team) => !pull.requestedTeams.has(team))) {
    pull.requestedTeams.add(slug)
    const team = findTeam(world, pull.repository.owner, slug)
    await pullEvent(world, pull, {
      action: 'review_requested',
      sender,
      extra: team === undefined ? {} : { requested_team: teamSimple(world, team) },
    })
  }
}

export async function removeRequestedReviewers(
  world: World,
  pull: PullRequest,
  { users, teams, sender }: { users: readonly string[]; teams: readonly string[]; sender: string },
): Promise<void> {
  for (const login of users.filter((user) => pull.requestedUsers.delete(user))) {
    await pullEvent(world, pull, { action: 'review_request_removed', sender, extra: { requested_reviewer: simpleUser(world, login) } })
  }
  for (const slug of teams) pull.requestedTeams.delete(slug)
}
