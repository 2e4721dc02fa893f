/** Labels of pull requests. GitHub creates a label that the repository does not have yet. */
import { addLabel, removeLabel } from '../acts/pull-requests.ts'
import { botLogin, numberOf, ok, parameter, repositoryOf, type Context, type Routes } from '../context.ts'
import { notFound } from '../errors.ts'
import { pullRequestSimple } from '../present/pull-requests.ts'
import type { PullRequest } from '../state.ts'

function pullOfIssue(context: Context): PullRequest {
  const found = repositoryOf(context).pullRequests.find(({ number }) => number === numberOf(context, 'issue_number'))
  if (found === undefined) throw notFound()
  return found
}

export const labelRoutes: Routes = {
  'issues/add-labels': async (context) => {
    const { world, body } = context
    const pull = pullOfIssue(context)
    for (const label of Array.isArray(body['labels']) ? body['labels'] : [])
      if (typeof label === 'string' && !pull.labels.includes(label)) await addLabel(world, pull, { label, sender: botLogin(world) })
    return ok(pullRequestSimple(world, pull)['labels'])
  },
  'issues/remove-label': async (context) => {
    const { world } = context
    const pull = pullOfIssue(context)
    const label = parameter(context, 'name')
    if (!pull.labels.includes(label)) throw notFound('Label does not exist')
    await removeLabel(world, pull, { label, sender: botLogin(world) })
    return ok(pullRequestSimple(world, pull)['labels'])
  },
}
