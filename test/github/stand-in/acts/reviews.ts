/** Reviews and comments, by people and by the app: the same rules and events for both. */
import { diffCommits, linesOfPatch, type PatchLine } from '../diff.ts'
import { unprocessable } from '../errors.ts'
import { emit } from '../events.ts'
import { isAncestor, mergeBase } from '../git.ts'
import { membersOf } from '../people.ts'
import { issueCommentJson, pullRequestSimple, reviewCommentJson, reviewJson } from '../present/pull-requests.ts'
import {
  changed,
  findTeam,
  nextId,
  timestamp,
  type IssueComment,
  type PullRequest,
  type Review,
  type ReviewComment,
  type World,
} from '../state.ts'

type Json = Record<string, unknown>

/** GitHub's limit for the body of any comment. */
export const maximumBodyLength = 65_536

interface NewReview {
  readonly user: string
  readonly state: Review['state']
  readonly body: string
  readonly commit: string
  readonly comments: readonly NewComment[]
}

export interface NewComment {
  readonly path: string
  readonly body: string
  readonly line: number | null
  readonly side: 'LEFT' | 'RIGHT'
  readonly startLine: number | null
  readonly startSide: 'LEFT' | 'RIGHT' | null
  /** Legacy: lines below the first hunk header. */
  readonly position: number | null
  readonly subject: 'line' | 'file'
  readonly inReplyTo: number | null
}

/** A comment on a line the diff does not show fails the whole review, as on GitHub. */
export async function submitReview(world: World, pull: PullRequest, wish: NewReview): Promise<Review> {
  if (!(await isAncestor(pull.repository.directory, wish.commit, pull.head.sha)))
    throw unprocessable('Unprocessable Entity', ['The commit is not part of the pull request.'])
  const places = await Promise.all(wish.comments.map((comment) => place(pull, { comment, commit: wish.commit })))
  if (places.some((found) => found === null)) throw unprocessable('Unprocessable Entity', ['Line could not be resolved'])
  const review: Review = {
    id: nextId(world),
    user: wish.user,
    state: wish.state,
    body: wish.body,
    commit: wish.commit,
    submittedAt: timestamp(world),
  }
  pull.reviews.push(review)
  settleRequests(world, pull, wish.user)
  wish.comments.forEach((comment, index) => {
    const where = places[index]
    if (where !== null && where !== undefined)
      pull.reviewComments.push(makeComment(world, { comment, where, user: wish.user, commit: wish.commit, review: review.id }))
  })
  if (review.state !== 'PENDING') reviewEvent(world, pull, { review, action: 'submitted', sender: wish.user })
  changed(world)
  return review
}

/** A review answers the request to its author and to every team the author is in. */
function settleRequests(world: World, pull: PullRequest, user: string): void {
  pull.requestedUsers.delete(user)
  for (const slug of pull.requestedTeams) {
    const team = findTeam(world, pull.repository.owner, slug)
    if (team !== undefined && membersOf(world, team).has(user.toLowerCase())) pull.requestedTeams.delete(slug)
  }
}

export function dismissReview(world: World, pull: PullRequest, { review, sender }: { review: Review; sender: string }): void {
  review.state = 'DISMISSED'
  reviewEvent(world, pull, { review, action: 'dismissed', sender })
  changed(world)
}

export function editReview(
  world: World,
  pull: PullRequest,
  { review, body, sender }: { review: Review; body: string; sender: string },
): void {
  const from = review.body
  review.body = body
  reviewEvent(world, pull, { review, action: 'edited', sender, extra: { changes: { body: { from } } } })
  changed(world)
}

/** In webhooks the state is in lower case, other than in REST. */
function reviewEvent(
  world: World,
  pull: PullRequest,
  { review, action, sender, extra = {} }: { review: Review; action: string; sender: string; extra?: Json },
): void {
  const told = { ...reviewJson(world, pull, review), state: review.state.toLowerCase() }
  emit(world, {
    event: 'pull_request_review',
    action,
    repository: pull.repository,
    sender,
    payload: { review: told, pull_request: pullRequestSimple(world, pull), ...extra },
  })
}

export async function createReviewComment(
  world: World,
  pull: PullRequest,
  { comment, user, commit }: { comment: NewComment; user: string; commit: string },
): Promise<ReviewComment> {
  const where = await placeOrReply(pull, { comment, commit })
  const made = makeComment(world, { comment, where, user, commit, review: null })
  pull.reviewComments.push(made)
  const payload = { comment: await reviewCommentJson(world, pull, made), pull_request: pullRequestSimple(world, pull) }
  emit(world, { event: 'pull_request_review_comment', action: 'created', repository: pull.repository, sender: user, payload })
  changed(world)
  return made
}

interface CommentPlace {
  readonly line: number | null
  readonly position: number | null
  readonly hunk: string
}

async function placeOrReply(pull: PullRequest, { comment, commit }: { comment: NewComment; commit: string }): Promise<CommentPlace> {
  const parent = comment.inReplyTo === null ? undefined : pull.reviewComments.find(({ id }) => id === comment.inReplyTo)
  if (comment.inReplyTo !== null && parent === undefined)
    throw validationFailed('in_reply_to', 'in_reply_to is not a comment of this pull request')
  if (parent !== undefined) return { line: parent.line, position: parent.position, hunk: parent.hunk }
  if (!(await isAncestor(pull.repository.directory, commit, pull.head.sha)))
    throw validationFailed('commit_id', 'commit_id is not part of the pull request')
  const found = await place(pull, { comment, commit })
  if (found === null) throw validationFailed('pull_request_review_thread.line', 'pull_request_review_thread.line must be part of the diff')
  return found
}

function validationFailed(field: string, message: string): Error {
  return unprocessable('Validation Failed', [{ resource: 'PullRequestReviewComment', code: 'custom', field, message }])
}

/** Where a comment stands in the diff from the merge base to its commit; null where the diff does not show that line. */
async function place(pull: PullRequest, { comment, commit }: { comment: NewComment; commit: string }): Promise<CommentPlace | null> {
  const { directory } = pull.repository
  const from = (await mergeBase(directory, pull.repository.branches.get(pull.base.ref) ?? pull.base.sha, commit)) ?? pull.base.sha
  const file = (await diffCommits(directory, from, commit)).find(({ path }) => path === comment.path)
  if (file === undefined) return null
  if (comment.subject === 'file') return { line: null, position: null, hunk: '' }
  const lines = file.patch === null ? [] : linesOfPatch(file.patch)
  const found = lines.find((line) =>
    comment.position === null ? numberOn(line, comment.side) === comment.line : line.position === comment.position,
  )
  if (found === undefined || (comment.line === null && comment.position === null)) return null
  if (comment.startLine !== null && !startsBefore(lines, comment, found)) return null
  return { line: numberOn(found, comment.side) ?? found.head ?? found.base, position: found.position, hunk: found.hunk }
}

function numberOn(line: PatchLine, side: 'LEFT' | 'RIGHT'): number | null {
  return side === 'LEFT' ? line.base : line.head
}

function startsBefore(lines: readonly PatchLine[], comment: NewComment, end: PatchLine): boolean {
  const start = lines.find((line) => numberOn(line, comment.startSide ?? comment.side) === comment.startLine)
  return start !== undefined && start.position < end.position
}

function makeComment(
  world: World,
  {
    comment,
    where,
    user,
    commit,
    review,
  }: { comment: NewComment; where: CommentPlace; user: string; commit: string; review: number | null },
): ReviewComment {
  const at = timestamp(world)
  return {
    id: nextId(world),
    review,
    user,
    path: comment.path,
    body: comment.body,
    side: comment.side,
    line: where.line,
    startLine: comment.startLine,
    startSide: comment.startLine === null ? null : (comment.startSide ?? comment.side),
    subject: comment.subject,
    position: where.position,
    hunk: where.hunk,
    commit,
    inReplyTo: comment.inReplyTo,
    createdAt: at,
    updatedAt: at,
    reactions: [],
  }
}

export function createIssueComment(
  world: World,
  pull: PullRequest,
  { user, body, viaApp = false }: { user: string; body: string; viaApp?: boolean },
): IssueComment {
  const at = timestamp(world)
  const comment: IssueComment = { id: nextId(world), user, body, createdAt: at, updatedAt: at, reactions: [], viaApp }
  pull.comments.push(comment)
  issueCommentEvent(world, pull, { comment, action: 'created', sender: user })
  return comment
}

/** The text changes, the writer stays: REST does not say who changed it. */
export function editIssueComment(
  world: World,
  pull: PullRequest,
  { comment, body, sender }: { comment: IssueComment; body: string; sender: string },
): void {
  const from = comment.body
  comment.body = body
  // GitHub's times have seconds; nobody edits within the second of writing.
  comment.updatedAt = new Date(Math.max(Date.parse(timestamp(world)), Date.parse(comment.createdAt) + 1000))
    .toISOString()
    .replace('.000', '')
  issueCommentEvent(world, pull, { comment, action: 'edited', sender, extra: { changes: { body: { from } } } })
}

export function issueCommentEvent(
  world: World,
  pull: PullRequest,
  { comment, action, sender, extra = {} }: { comment: IssueComment; action: string; sender: string; extra?: Json },
): void {
  const { number, title, user, state, url, html_url: htmlUrl, labels } = pullRequestSimple(world, pull)
  const issue = {
    number,
    title,
    user,
    state,
    labels,
    url: String(url).replace('/pulls/', '/issues/'),
    html_url: htmlUrl,
    pull_request: { url, html_url: htmlUrl },
  }
  emit(world, {
    event: 'issue_comment',
    action,
    repository: pull.repository,
    sender,
    payload: { comment: issueCommentJson(world, pull, comment), issue, ...extra },
  })
  changed(world)
}
