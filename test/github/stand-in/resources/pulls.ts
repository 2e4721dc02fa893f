/** Pull requests: the list, one, its files, commits and requested reviewers. */
import { removeRequestedReviewers, requestReviewers } from '../acts/pull-requests.ts'
import {
  botLogin,
  created,
  isStringList,
  list,
  numberOf,
  ok,
  repositoryOf,
  wants,
  type Answer,
  type Context,
  type Routes,
} from '../context.ts'
import { diffCommits, diffText } from '../diff.ts'
import { notFound, unprocessable } from '../errors.ts'
import { mergeBase } from '../git.ts'
import { roleOf } from '../people.ts'
import { simpleUser } from '../present/accounts.ts'
import { commitJson, fileJson, readCommits } from '../present/commits.ts'
import { pullRequestFull, pullRequestSimple, requestedTeams } from '../present/pull-requests.ts'
import { findAccount, findTeam, fullName, type PullRequest } from '../state.ts'

/** GitHub lists at most this many commits of a pull request (REST, "List commits on a pull request"). */
const maximumCommits = 250
/** At most this many people and teams can be asked at once. */
const maximumReviewers = 15

export function pullOf(context: Context): PullRequest {
  const found = repositoryOf(context).pullRequests.find(({ number }) => number === numberOf(context, 'pull_number'))
  if (found === undefined) throw notFound()
  return found
}

function listPulls(context: Context): Answer {
  const { world, query } = context
  const [state, head, base] = [query.get('state') ?? 'open', query.get('head'), query.get('base')]
  const matching = repositoryOf(context).pullRequests.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (base === null || pull.base.ref === base) &&
      (head === null || `${pull.head.repository.owner}:${pull.head.ref}`.toLowerCase() === head.toLowerCase()),
  )
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const descending = (query.get('direction') ?? (query.has('sort') && key !== 'createdAt' ? 'asc' : 'desc')) === 'desc'
  const sorted = matching.toSorted((left, right) => left[key].localeCompare(right[key]) || left.number - right.number)
  return list((descending ? sorted.reverse() : sorted).map((pull) => pullRequestSimple(world, pull)))
}

/** Where the pull request left its base: files are told against this, not against the base's tip. */
async function forkPoint(pull: PullRequest): Promise<string> {
  const tip = pull.repository.branches.get(pull.base.ref) ?? pull.base.sha
  return (await mergeBase(pull.repository.directory, tip, pull.head.sha)) ?? pull.base.sha
}

async function getPull(context: Context): Promise<Answer> {
  const pull = pullOf(context)
  if (wants(context, 'diff'))
    return {
      status: 200,
      body: await diffText(pull.repository.directory, await forkPoint(pull), pull.head.sha),
      mediaType: 'application/vnd.github.diff',
    }
  return ok(await pullRequestFull(context.world, pull))
}

async function listFiles(context: Context): Promise<Answer> {
  const { world } = context
  const pull = pullOf(context)
  const files = await diffCommits(pull.repository.directory, await forkPoint(pull), pull.head.sha)
  return list(
    files
      .slice(0, world.limits.pullRequestFiles)
      .map((file) => fileJson(world, { repository: pull.repository, head: pull.head.sha, file })),
  )
}

async function listCommits(context: Context): Promise<Answer> {
  const pull = pullOf(context)
  const tip = pull.repository.branches.get(pull.base.ref) ?? pull.base.sha
  const commits = await readCommits(pull.repository.directory, ['--reverse', `${tip}..${pull.head.sha}`])
  return list(commits.slice(0, maximumCommits).map((commit) => commitJson(context.world, pull.repository, commit)))
}

async function request(context: Context): Promise<Answer> {
  const { world, body } = context
  const pull = pullOf(context)
  const users = isStringList(body['reviewers']) ? body['reviewers'] : []
  const teams = isStringList(body['team_reviewers']) ? body['team_reviewers'] : []
  if (users.length + teams.length > maximumReviewers) throw unprocessable(`At most ${maximumReviewers} reviewers can be requested.`)
  if (users.some((login) => login.toLowerCase() === pull.author.toLowerCase()))
    throw unprocessable('Review cannot be requested from pull request author.')
  const strangers = users.filter((login) => findAccount(world, login) === undefined || roleOf(world, pull.repository, login) === 'none')
  const outsiders = teams.filter((slug) => !pull.repository.roles.has(`@${pull.repository.owner}/${slug}`.toLowerCase()))
  const unknown = teams.filter((slug) => findTeam(world, pull.repository.owner, slug) === undefined)
  if (unknown.length > 0) throw unprocessable('Could not resolve to a node with the global id of one of the teams.')
  if (strangers.length + outsiders.length > 0) {
    const name = fullName(pull.repository)
    throw unprocessable(
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${name} repository.`,
    )
  }
  await requestReviewers(world, pull, { users, teams, sender: botLogin(world) })
  return created(pullRequestSimple(world, pull))
}

export const pullRoutes: Routes = {
  'pulls/list': listPulls,
  'pulls/get': getPull,
  'pulls/list-files': listFiles,
  'pulls/list-commits': listCommits,
  'pulls/list-requested-reviewers': (context) => {
    const pull = pullOf(context)
    return ok({
      users: [...pull.requestedUsers].map((login) => simpleUser(context.world, login)),
      teams: requestedTeams(context.world, pull),
    })
  },
  'pulls/request-reviewers': request,
  'pulls/remove-requested-reviewers': async (context) => {
    const { world, body } = context
    const pull = pullOf(context)
    const users = isStringList(body['reviewers']) ? body['reviewers'] : []
    const teams = isStringList(body['team_reviewers']) ? body['team_reviewers'] : []
    await removeRequestedReviewers(world, pull, { users, teams, sender: botLogin(world) })
    return ok(pullRequestSimple(world, pull))
  },
}
