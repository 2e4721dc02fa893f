/** Pull requests, reviews and comments as GitHub's REST API and webhooks show them. */
import { diffCommits, followLine } from '../diff.ts'
import { git, mergeBase } from '../git.ts'
import {
  findTeam,
  fullName,
  type IssueComment,
  type PullRequest,
  type Reaction,
  type Review,
  type ReviewComment,
  type World,
} from '../state.ts'
import { association, nodeId, simpleUser, teamWithParent } from './accounts.ts'
import { apiUrlOf, appJson, repositoryJson, webUrlOf } from './repositories.ts'

type Json = Record<string, unknown>

function pullUrl(world: World, pull: PullRequest): string {
  return `${apiUrlOf(world, pull.repository)}/pulls/${pull.number}`
}

function pullWebUrl(world: World, pull: PullRequest): string {
  return `${webUrlOf(world, pull.repository)}/pull/${pull.number}`
}

/** `pull-request-simple`: an entry of a list of pull requests. */
export function pullRequestSimple(world: World, pull: PullRequest): Json {
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.id),
    ...links(world, pull),
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: simpleUser(world, pull.author),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.commit ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [...pull.requestedUsers].map((login) => simpleUser(world, login)),
    requested_teams: requestedTeams(world, pull),
    labels: pull.labels.map((name, index) => labelJson(world, pull, { name, index })),
    milestone: null,
    draft: pull.draft,
    head: endJson(world, pull, 'head'),
    base: endJson(world, pull, 'base'),
    author_association: association(world, pull.repository.owner, pull.author),
    auto_merge: null,
    active_lock_reason: null,
  }
}

export function requestedTeams(world: World, pull: PullRequest): Json[] {
  return [...pull.requestedTeams].flatMap((slug) => {
    const team = findTeam(world, pull.repository.owner, slug)
    return team === undefined ? [] : [teamWithParent(world, team)]
  })
}

function links(world: World, pull: PullRequest): Json {
  const api = apiUrlOf(world, pull.repository)
  const urls = {
    self: pullUrl(world, pull),
    html: pullWebUrl(world, pull),
    issue: `${api}/issues/${pull.number}`,
    comments: `${api}/issues/${pull.number}/comments`,
    review_comments: `${pullUrl(world, pull)}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${pullUrl(world, pull)}/commits`,
    statuses: `${api}/statuses/${pull.head.sha}`,
  }
  return {
    url: urls.self,
    html_url: urls.html,
    diff_url: `${urls.html}.diff`,
    patch_url: `${urls.html}.patch`,
    issue_url: urls.issue,
    commits_url: urls.commits,
    review_comments_url: urls.review_comments,
    review_comment_url: urls.review_comment,
    comments_url: urls.comments,
    statuses_url: urls.statuses,
    _links: Object.fromEntries(Object.entries(urls).map(([key, href]) => [key, { href }])),
  }
}

function labelJson(world: World, pull: PullRequest, { name, index }: { name: string; index: number }): Json {
  const id = pull.id * 100 + index
  return {
    id,
    node_id: nodeId('LA', id),
    url: `${apiUrlOf(world, pull.repository)}/labels/${encodeURIComponent(name)}`,
    name,
    description: '',
    color: 'ededed',
    default: false,
  }
}

/** A deleted fork leaves `repo: null` behind. */
function endJson(world: World, pull: PullRequest, side: 'head' | 'base'): Json {
  const repository = side === 'head' ? pull.head.repository : pull.repository
  const { ref, sha } = pull[side]
  return {
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: simpleUser(world, repository.owner),
    repo: repository.deleted ? null : repositoryJson(world, repository),
  }
}

/** `pull-request`: the answer of `GET /pulls/{n}` and what webhooks carry. */
export async function pullRequestFull(world: World, pull: PullRequest): Promise<Json> {
  const { directory } = pull.repository
  const from = (await mergeBase(directory, pull.base.sha, pull.head.sha)) ?? pull.base.sha
  const files = await diffCommits(directory, from, pull.head.sha)
  const open = pull.state === 'open'
  return {
    ...pullRequestSimple(world, pull),
    merged: pull.merged !== null,
    mergeable: open ? true : null,
    rebaseable: open ? true : null,
    mergeable_state: open ? (pull.draft ? 'draft' : 'clean') : 'unknown',
    merged_by: pull.merged === null ? null : simpleUser(world, pull.merged.by),
    comments: pull.comments.length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: false,
    commits: Number(await git(directory, ['rev-list', '--count', `${pull.base.sha}..${pull.head.sha}`])),
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  }
}

/** `pull-request-minimal`: what check runs carry. */
export function pullRequestMinimal(world: World, pull: PullRequest): Json {
  const repository = ({ id, name }: { id: number; name: string }, url: string): Json => ({ id, url, name })
  return {
    url: pullUrl(world, pull),
    id: pull.id,
    number: pull.number,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo: repository(pull.head.repository, apiUrlOf(world, pull.head.repository)) },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo: repository(pull.repository, apiUrlOf(world, pull.repository)) },
  }
}

/** Open pull requests that check runs of a commit name: never those from forks. */
export function pullRequestsOfHead(world: World, fullNameOfRepository: string, sha: string): PullRequest[] {
  return world.repositories
    .filter((repository) => fullName(repository) === fullNameOfRepository)
    .flatMap((repository) => repository.pullRequests)
    .filter((pull) => pull.state === 'open' && pull.head.sha === sha && pull.head.repository === pull.repository)
}

export function reviewJson(world: World, pull: PullRequest, review: Review): Json {
  const html = `${pullWebUrl(world, pull)}#pullrequestreview-${review.id}`
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: simpleUser(world, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl(world, pull),
    author_association: association(world, pull.repository.owner, review.user),
    _links: { html: { href: html }, pull_request: { href: pullUrl(world, pull) } },
    ...(review.state === 'PENDING' ? {} : { submitted_at: review.submittedAt }),
    commit_id: review.commit,
  }
}

/** A comment whose line has changed since is outdated: GitHub then gives `line: null`. */
export async function reviewCommentJson(world: World, pull: PullRequest, comment: ReviewComment): Promise<Json> {
  const html = `${pullWebUrl(world, pull)}#discussion_r${comment.id}`
  const url = `${apiUrlOf(world, pull.repository)}/pulls/comments/${comment.id}`
  const line = await currentLine(pull, comment)
  const startLine = comment.startLine === null || line === null || comment.line === null ? null : comment.startLine + line - comment.line
  return {
    url,
    pull_request_review_id: comment.review,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: comment.hunk,
    path: comment.path,
    commit_id: pull.head.sha,
    original_commit_id: comment.commit,
    user: simpleUser(world, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: pullUrl(world, pull),
    author_association: association(world, pull.repository.owner, comment.user),
    reactions: rollup(url, comment.reactions),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl(world, pull) } },
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
    subject_type: comment.subject,
    side: comment.side,
    line,
    original_line: comment.line ?? 1,
    start_line: startLine,
    original_start_line: comment.startLine,
    start_side: comment.startSide,
    position: line === null ? null : comment.position,
    original_position: comment.position ?? 1,
  }
}

async function currentLine(pull: PullRequest, comment: ReviewComment): Promise<number | null> {
  if (comment.line === null) return null
  if (comment.side === 'LEFT' || comment.commit === pull.head.sha) return comment.line
  const moved = (await diffCommits(pull.repository.directory, comment.commit, pull.head.sha)).find(
    ({ path, previousPath }) => path === comment.path || previousPath === comment.path,
  )
  return moved === undefined ? comment.line : moved.status === 'removed' ? null : followLine(moved.patch, comment.line)
}

export function issueCommentJson(world: World, pull: PullRequest, comment: IssueComment): Json {
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url: `${apiUrlOf(world, pull.repository)}/issues/comments/${comment.id}`,
    html_url: `${pullWebUrl(world, pull)}#issuecomment-${comment.id}`,
    issue_url: `${apiUrlOf(world, pull.repository)}/issues/${pull.number}`,
    body: comment.body,
    user: simpleUser(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(world, pull.repository.owner, comment.user),
    performed_via_github_app: comment.viaApp ? appJson(world, world.app) : null,
    reactions: rollup(`${apiUrlOf(world, pull.repository)}/issues/comments/${comment.id}`, comment.reactions),
  }
}

const contents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']

/** How often each reaction stands there; not by whom. */
function rollup(url: string, reactions: readonly Reaction[]): Json {
  const counts = contents.map((content) => [content, reactions.filter((reaction) => reaction.content === content).length])
  return { url: `${url}/reactions`, total_count: reactions.length, ...(Object.fromEntries(counts) as Json) }
}
