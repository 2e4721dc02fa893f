/** Users and organisations. */
import { list, noContent, ok, parameter, tokenOf, type Context, type Routes } from '../context.ts'
import { notFound } from '../errors.ts'
import { fullUser, organisationFull, organisationSimple, simpleUser } from '../present/accounts.ts'
import { findAccount, type Account } from '../state.ts'

function organisation(context: Context): Account {
  const account = findAccount(context.world, parameter(context, 'org'))
  if (account?.type !== 'Organization') throw notFound()
  return account
}

/** Members are only shown to an installation of that organisation. */
function ownOrganisation(context: Context): Account {
  const account = organisation(context)
  if (tokenOf(context).installation.account !== account.login) throw notFound()
  return account
}

export const peopleRoutes: Routes = {
  'users/get-by-username': (context) => {
    const account = findAccount(context.world, parameter(context, 'username'))
    if (account === undefined) throw notFound()
    return ok(fullUser(context.world, account))
  },
  'orgs/get': (context) => ok(organisationFull(context.world, organisation(context))),
  'orgs/list-members': (context) => list([...ownOrganisation(context).members.keys()].map((login) => simpleUser(context.world, login))),
  'orgs/check-membership-for-user': (context) => {
    if (!ownOrganisation(context).members.has(parameter(context, 'username').toLowerCase()))
      throw notFound('User does not exist or is not a member of the organization')
    return noContent
  },
  'orgs/get-membership-for-user': (context) => {
    const account = ownOrganisation(context)
    const login = parameter(context, 'username')
    const role = account.members.get(login.toLowerCase())
    if (role === undefined) throw notFound()
    const url = `${context.world.apiUrl}/orgs/${account.login}`
    return ok({
      url: `${url}/memberships/${login}`,
      state: 'active',
      role,
      organization_url: url,
      organization: organisationSimple(context.world, account.login),
      user: simpleUser(context.world, login),
    })
  },
}
