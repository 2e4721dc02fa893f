/** Comments in the conversation of a pull request. */
import { createIssueComment, issueCommentEvent, maximumBodyLength } from '../acts/reviews.ts'
import { botLogin, created, list, noContent, numberOf, ok, repositoryOf, stringOr, type Context, type Routes } from '../context.ts'
import { forbidden, notFound, unprocessable } from '../errors.ts'
import { issueCommentJson } from '../present/pull-requests.ts'
import { timestamp, type IssueComment, type PullRequest } from '../state.ts'

function pullOfIssue(context: Context): PullRequest {
  const found = repositoryOf(context).pullRequests.find(({ number }) => number === numberOf(context, 'issue_number'))
  if (found === undefined) throw notFound()
  return found
}

function commentOf(context: Context): { pull: PullRequest; comment: IssueComment } {
  for (const pull of repositoryOf(context).pullRequests) {
    const comment = pull.comments.find(({ id }) => id === numberOf(context, 'comment_id'))
    if (comment !== undefined) return { pull, comment }
  }
  throw notFound()
}

function bodyOf({ body }: Context): string {
  const text = stringOr(body['body'], '')
  if (text === '') throw unprocessable('Validation Failed', [{ resource: 'IssueComment', code: 'missing_field', field: 'body' }])
  if (text.length > maximumBodyLength)
    throw unprocessable('Validation Failed', [
      { resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body is too long (maximum is 65536 characters)' },
    ])
  return text
}

export const issueCommentRoutes: Routes = {
  'issues/list-comments': (context) => {
    const pull = pullOfIssue(context)
    const since = context.query.get('since')
    return list(
      pull.comments
        .filter(({ updatedAt }) => since === null || updatedAt >= since)
        .map((comment) => issueCommentJson(context.world, pull, comment)),
    )
  },
  'issues/get-comment': (context) => {
    const { pull, comment } = commentOf(context)
    return ok(issueCommentJson(context.world, pull, comment))
  },
  'issues/create-comment': (context) => {
    const pull = pullOfIssue(context)
    const comment = createIssueComment(context.world, pull, { user: botLogin(context.world), body: bodyOf(context) })
    return created(issueCommentJson(context.world, pull, comment))
  },
  'issues/update-comment': (context) => {
    const { world } = context
    const { pull, comment } = commentOf(context)
    if (comment.user !== botLogin(world)) throw forbidden()
    const from = comment.body
    comment.body = bodyOf(context)
    comment.updatedAt = timestamp(world)
    issueCommentEvent(world, pull, { comment, action: 'edited', sender: botLogin(world), extra: { changes: { body: { from } } } })
    return ok(issueCommentJson(world, pull, comment))
  },
  'issues/delete-comment': (context) => {
    const { pull, comment } = commentOf(context)
    pull.comments.splice(pull.comments.indexOf(comment), 1)
    issueCommentEvent(context.world, pull, { comment, action: 'deleted', sender: botLogin(context.world) })
    return noContent
  },
}
