/** Comments on lines and files of a pull request. */
import { createReviewComment } from '../acts/reviews.ts'
import {
  botLogin,
  created,
  list,
  noContent,
  numberOf,
  ok,
  repositoryOf,
  stringOr,
  type Answer,
  type Context,
  type Routes,
} from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { reviewCommentJson } from '../present/pull-requests.ts'
import { changed, timestamp, type PullRequest, type ReviewComment } from '../state.ts'
import { pullOf } from './pulls.ts'
import { readComment } from './reviews.ts'

function commentOf(context: Context): { pull: PullRequest; comment: ReviewComment } {
  for (const pull of repositoryOf(context).pullRequests) {
    const comment = pull.reviewComments.find(({ id }) => id === numberOf(context, 'comment_id'))
    if (comment !== undefined) return { pull, comment }
  }
  throw notFound()
}

async function listed(context: Context, pulls: readonly PullRequest[]): Promise<Answer> {
  const since = context.query.get('since')
  const pairs = pulls
    .flatMap((pull) => pull.reviewComments.map((comment) => ({ pull, comment })))
    .filter(({ comment }) => since === null || comment.updatedAt >= since)
  const shown = await Promise.all(pairs.map(({ pull, comment }) => reviewCommentJson(context.world, pull, comment)))
  return list(context.query.get('direction') === 'desc' ? shown.reverse() : shown)
}

async function create(context: Context, inReplyTo: number | null): Promise<Answer> {
  const { world, body } = context
  const pull = pullOf(context)
  const comment = readComment(body)
  const wish = inReplyTo === null ? comment : { ...comment, inReplyTo }
  const made = await createReviewComment(world, pull, {
    comment: wish,
    user: botLogin(world),
    commit: stringOr(body['commit_id'], pull.head.sha),
  })
  return created(await reviewCommentJson(world, pull, made))
}

export const reviewCommentRoutes: Routes = {
  'pulls/list-review-comments': (context) => listed(context, [pullOf(context)]),
  'pulls/list-review-comments-for-repo': (context) => listed(context, repositoryOf(context).pullRequests),
  'pulls/create-review-comment': (context) => create(context, null),
  'pulls/create-reply-for-review-comment': (context) => create(context, numberOf(context, 'comment_id')),
  'pulls/get-review-comment': async (context) => {
    const { pull, comment } = commentOf(context)
    return ok(await reviewCommentJson(context.world, pull, comment))
  },
  'pulls/update-review-comment': async (context) => {
    const { pull, comment } = commentOf(context)
    if (comment.user !== botLogin(context.world)) throw forbidden()
    comment.body = stringOr(context.body['body'], '')
    comment.updatedAt = timestamp(context.world)
    changed(context.world)
    return ok(await reviewCommentJson(context.world, pull, comment))
  },
  'pulls/delete-review-comment': (context) => {
    const { pull, comment } = commentOf(context)
    pull.reviewComments.splice(pull.reviewComments.indexOf(comment), 1)
    changed(context.world)
    return noContent
  },
}
