/** Teams: nested, visible or secret. An app with `members: read` sees all of them. */
import { list, ok, parameter, tokenOf, type Context, type Routes } from '../context.ts'
import { notFound } from '../errors.ts'
import { childrenOf, membersOf, permissionFlags } from '../people.ts'
import { simpleUser, teamFull, teamWithParent } from '../present/accounts.ts'
import { repositoryJson } from '../present/repositories.ts'
import { accountOf, findRepository, findTeam, type Team } from '../state.ts'

function ofOwnOrganisation(context: Context): string {
  const { account } = tokenOf(context).installation
  if (account.toLowerCase() !== parameter(context, 'org').toLowerCase()) throw notFound()
  return account
}

function team(context: Context): Team {
  const found = findTeam(context.world, ofOwnOrganisation(context), parameter(context, 'team_slug'))
  if (found === undefined) throw notFound()
  return found
}

export const teamRoutes: Routes = {
  'teams/list': (context) => {
    const organisation = ofOwnOrganisation(context)
    return list(
      context.world.teams.filter((found) => found.organisation === organisation).map((found) => teamWithParent(context.world, found)),
    )
  },
  'teams/get-by-name': (context) => ok(teamFull(context.world, team(context))),
  'teams/list-child-in-org': (context) =>
    list(childrenOf(context.world, team(context)).map((child) => teamWithParent(context.world, child))),
  'teams/list-members-in-org': (context) => {
    const role = context.query.get('role') ?? 'all'
    const members = [...membersOf(context.world, team(context))].filter(([, has]) => role === 'all' || has === role)
    return list(members.map(([login]) => simpleUser(context.world, login)))
  },
  'teams/get-membership-for-user-in-org': (context) => {
    const found = team(context)
    const login = parameter(context, 'username').toLowerCase()
    const direct = found.members.get(login)
    const inherited = membersOf(context.world, found).get(login)
    if (direct === undefined && inherited === undefined) throw notFound()
    const url = `${context.world.apiUrl}/organizations/${accountOf(context.world, found.organisation).id}/team/${found.id}/memberships/${login}`
    return ok({ url, role: direct?.role ?? inherited, state: direct?.state ?? 'active' })
  },
  'teams/check-permissions-for-repo-in-org': (context) => {
    const found = team(context)
    const repository = findRepository(context.world, parameter(context, 'owner'), parameter(context, 'repo'))
    const role = repository?.roles.get(`@${found.organisation}/${found.slug}`.toLowerCase())
    if (repository === undefined || role === undefined) throw notFound()
    // Without the special media type GitHub answers with the status alone.
    if (!context.accept.includes('repository')) return { status: 204 }
    return ok({ ...repositoryJson(context.world, repository), permissions: permissionFlags(role), role_name: role })
  },
}
