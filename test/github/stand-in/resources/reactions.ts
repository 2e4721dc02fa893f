/** Reactions to comments. The same reaction again is answered with 200 and changes nothing (REST, "Create reaction for an issue comment"). */
import { botLogin, created, numberOf, ok, repositoryOf, stringOr, type Answer, type Context, type Routes } from '../context.ts'
import { notFound } from '../errors.ts'
import { nodeId, simpleUser } from '../present/accounts.ts'
import { changed, nextId, timestamp, type IssueComment, type Reaction, type ReviewComment } from '../state.ts'

function react(context: Context, comment: IssueComment | ReviewComment | undefined): Answer {
  if (comment === undefined) throw notFound()
  const { world, body } = context
  const user = botLogin(world)
  const content = stringOr(body['content'], '')
  const known = comment.reactions.find((reaction) => reaction.user === user && reaction.content === content)
  if (known !== undefined) return ok(shown(context, known))
  const reaction: Reaction = { id: nextId(world), user, content, createdAt: timestamp(world) }
  comment.reactions.push(reaction)
  changed(world)
  return created(shown(context, reaction))
}

function shown({ world }: Context, { id, user, content, createdAt }: Reaction): Record<string, unknown> {
  return { id, node_id: nodeId('REA', id), user: simpleUser(world, user), content, created_at: createdAt }
}

export const reactionRoutes: Routes = {
  'reactions/create-for-issue-comment': (context) =>
    react(
      context,
      repositoryOf(context)
        .pullRequests.flatMap(({ comments }) => comments)
        .find(({ id }) => id === numberOf(context, 'comment_id')),
    ),
  'reactions/create-for-pull-request-review-comment': (context) =>
    react(
      context,
      repositoryOf(context)
        .pullRequests.flatMap(({ reviewComments }) => reviewComments)
        .find(({ id }) => id === numberOf(context, 'comment_id')),
    ),
}
