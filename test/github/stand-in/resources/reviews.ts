/** Reviews of a pull request. */
import { dismissReview, editReview, maximumBodyLength, submitReview, type NewComment } from '../acts/reviews.ts'
import { botLogin, list, numberOf, ok, stringOr, type Answer, type Context, type Routes } from '../context.ts'
import { notFound, unprocessable } from '../errors.ts'
import { reviewCommentJson, reviewJson } from '../present/pull-requests.ts'
import type { PullRequest, Review } from '../state.ts'
import { pullOf } from './pulls.ts'

const states: Readonly<Record<string, Review['state']>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
}

function reviewOf(context: Context, pull: PullRequest): Review {
  const found = pull.reviews.find(({ id }) => id === numberOf(context, 'review_id'))
  if (found === undefined) throw notFound()
  return found
}

async function createReview(context: Context): Promise<Answer> {
  const { world, body } = context
  const pull = pullOf(context)
  const event = stringOr(body['event'], '')
  const state = states[event] ?? 'PENDING'
  const text = stringOr(body['body'], '')
  if (text === '' && (event === 'COMMENT' || event === 'REQUEST_CHANGES'))
    throw unprocessable('Unprocessable Entity', [`A body is needed for ${event}.`])
  if (text.length > maximumBodyLength)
    throw unprocessable('Unprocessable Entity', [`Body is too long (maximum is ${maximumBodyLength} characters)`])
  if (pull.author === botLogin(world) && (event === 'APPROVE' || event === 'REQUEST_CHANGES'))
    throw unprocessable('Unprocessable Entity', ['Can not approve or request changes on your own pull request'])
  const comments = Array.isArray(body['comments']) ? (body['comments'] as Record<string, unknown>[]).map(readComment) : []
  const commit = stringOr(body['commit_id'], pull.head.sha)
  const review = await submitReview(world, pull, { user: botLogin(world), state, body: text, commit, comments })
  return ok(reviewJson(world, pull, review))
}

/** The place of a comment as REST writes it. */
export function readComment(written: Readonly<Record<string, unknown>>): NewComment {
  const number = (key: string): number | null => (typeof written[key] === 'number' ? written[key] : null)
  const body = stringOr(written['body'], '')
  if (body === '' || body.length > maximumBodyLength)
    throw unprocessable('Validation Failed', [
      { resource: 'PullRequestReviewComment', code: body === '' ? 'missing_field' : 'too_long', field: 'body' },
    ])
  return {
    path: stringOr(written['path'], ''),
    body,
    line: number('line'),
    side: written['side'] === 'LEFT' ? 'LEFT' : 'RIGHT',
    startLine: number('start_line'),
    startSide: written['start_side'] === 'LEFT' ? 'LEFT' : written['start_side'] === 'RIGHT' ? 'RIGHT' : null,
    position: number('position'),
    subject: written['subject_type'] === 'file' ? 'file' : 'line',
    inReplyTo: number('in_reply_to'),
  }
}

export const reviewRoutes: Routes = {
  'pulls/list-reviews': (context) => {
    const pull = pullOf(context)
    return list(pull.reviews.map((review) => reviewJson(context.world, pull, review)))
  },
  'pulls/get-review': (context) => {
    const pull = pullOf(context)
    return ok(reviewJson(context.world, pull, reviewOf(context, pull)))
  },
  'pulls/create-review': createReview,
  'pulls/update-review': (context) => {
    const pull = pullOf(context)
    const review = reviewOf(context, pull)
    editReview(context.world, pull, { review, body: stringOr(context.body['body'], ''), sender: botLogin(context.world) })
    return ok(reviewJson(context.world, pull, review))
  },
  'pulls/dismiss-review': (context) => {
    const pull = pullOf(context)
    const review = reviewOf(context, pull)
    if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED')
      throw unprocessable('Can not dismiss a commented pull request review')
    dismissReview(context.world, pull, { review, sender: botLogin(context.world) })
    return ok(reviewJson(context.world, pull, review))
  },
  'pulls/list-comments-for-review': async (context) => {
    const pull = pullOf(context)
    const review = reviewOf(context, pull)
    return list(
      await Promise.all(
        pull.reviewComments
          .filter((comment) => comment.review === review.id)
          .map((comment) => reviewCommentJson(context.world, pull, comment)),
      ),
    )
  },
}
