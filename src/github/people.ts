/** Who reviewed, who belongs to which team, who may do what. An answer that did not come is a failure, never an empty list. */
import type { CheckFact, Permission, PullRequestSnapshot, ReviewFact, TeamFacts } from '../model/snapshot.ts'
import { ask, askForAll, askIfThere, PermanentFailure } from './client.ts'
import { checkPages, memberPages, perPage, reviewPages } from './limits.ts'
import { personOf } from './person.ts'
import { place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'

const states: Readonly<Record<string, ReviewFact['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
}

/** Submitted reviews in order; pending ones are their writers' own, and reviews of deleted accounts are nobody's. */
export async function readReviews(
  access: RepositoryAccess,
  number: number,
): Promise<{ reviews: readonly ReviewFact[]; complete: boolean }> {
  const { items, complete } = await askForAll(
    'the reviews',
    (page) =>
      access.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
        ...place(access),
        pull_number: number,
        per_page: perPage,
        page,
      }),
    reviewPages,
  )
  const reviews = items.flatMap(({ id, user, state, commit_id, submitted_at }): ReviewFact[] => {
    const known = states[state.toUpperCase()]
    if (known === undefined || user === null) return []
    return [{ id: Number(id), user: personOf(user), state: known, commit: commit_id ?? '', submittedAt: submitted_at ?? '' }]
  })
  return { reviews, complete }
}

/** The members of each named team (`@org/team`), by its name in lower case. A team that cannot be read gets a sentence instead. */
export async function readTeams(access: RepositoryAccess, names: readonly string[]): Promise<Readonly<Record<string, TeamFacts>>> {
  const read: [string, TeamFacts][] = []
  for (const name of new Set(names.map((written) => written.toLowerCase()))) read.push([name, await readTeam(access, name)])
  return Object.fromEntries(read)
}

async function readTeam(access: RepositoryAccess, name: string): Promise<TeamFacts> {
  const [org = '', slug = ''] = name.replace(/^@/, '').split('/')
  if (org !== access.owner.toLowerCase()) return { problem: `\`${name}\` belongs to another organisation than the repository.` }
  try {
    const { items, complete } = await askForAll(
      `the members of \`${name}\``,
      // Members of child teams are listed too, pending invitations are not (REST, "List team members").
      (page) => access.client.request('GET /orgs/{org}/teams/{team_slug}/members', { org, team_slug: slug, per_page: perPage, page }),
      memberPages,
    )
    return complete ? { members: items.map(personOf) } : { problem: `\`${name}\` has more members than are read.` }
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error
    const why =
      error.status === 404 ? 'does not exist, or the app may not see it' : 'could not be read: the app needs the permission `members: read`'
    return { problem: `The team \`${name}\` ${why}.` }
  }
}

const permissions: readonly Permission[] = ['admin', 'maintain', 'write', 'triage', 'read', 'none']

/** What each person may do in the repository, by login in lower case. Never remembered: an approval counts by what its writer may do now. */
export async function readPermissions(access: RepositoryAccess, logins: readonly string[]): Promise<Readonly<Record<string, Permission>>> {
  const wanted = [...new Set(logins.map((login) => login.toLowerCase()))].filter((login) => /^[\w.-]+$/.test(login))
  const listed = wanted.length > 1 ? await readCollaborators(access) : new Map<string, Permission>()
  return Object.fromEntries(
    await Promise.all(wanted.map(async (login) => [login, listed.get(login) ?? (await readPermission(access, login))] as const)),
  )
}

/** One page of people with access tells what several questions would; whoever is not on it is asked about. */
async function readCollaborators(access: RepositoryAccess): Promise<ReadonlyMap<string, Permission>> {
  try {
    const data = await ask('the collaborators', () =>
      access.client.request('GET /repos/{owner}/{repo}/collaborators', { ...place(access), per_page: perPage }),
    )
    return new Map(data.map(({ login, role_name, permissions: granted }) => [login.toLowerCase(), permissionIn(role_name, granted)]))
  } catch (error) {
    if (error instanceof PermanentFailure) return new Map()
    throw error
  }
}

type Granted = {
  readonly admin?: boolean
  readonly maintain?: boolean
  readonly push?: boolean
  readonly triage?: boolean
  readonly pull?: boolean
}

/** Custom roles have names of their own; what they are built on tells. */
function permissionIn(role: string | undefined, granted: Granted | undefined): Permission {
  const known = permissions.find((one) => one === role)
  if (known !== undefined) return known
  if (granted?.admin === true) return 'admin'
  if (granted?.maintain === true) return 'maintain'
  if (granted?.push === true) return 'write'
  if (granted?.triage === true) return 'triage'
  return granted?.pull === true ? 'read' : 'none'
}

async function readPermission(access: RepositoryAccess, login: string): Promise<Permission> {
  const data = await askIfThere('the permission of a reviewer', () =>
    access.client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', { ...place(access), username: login }),
  )
  // `permission` knows admin, write, read and none; `role_name` tells maintain and triage apart, or names a custom role.
  return permissions.find((one) => one === data?.role_name) ?? permissions.find((one) => one === data?.permission) ?? 'none'
}

/** Finished and running checks of other apps on a commit, the newest of each name: all of them, because a page may hold the success and the next one the failure. */
export async function readChecks(
  access: RepositoryAccess,
  commit: string,
  ownApp: number,
): Promise<PullRequestSnapshot['people']['checks']> {
  const checks: CheckFact[] = []
  for (let page = 1; page <= checkPages; page += 1) {
    const data = await ask('the checks of other apps', () =>
      access.client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        ...{ ...place(access), ref: commit, per_page: perPage, page, filter: 'latest' },
      }),
    )
    for (const { name, app, conclusion, completed_at: completedAt } of data.check_runs)
      if (app !== null && Number(app.id) !== ownApp) checks.push({ name, app: app.slug ?? '', conclusion, completedAt })
    if (data.check_runs.length < perPage) break
  }
  return checks
}
