/** Repositories and what people may do in them. */
import { list, noContent, ok, parameter, repositoryOf, type Context, type Routes } from '../context.ts'
import { notFound } from '../errors.ts'
import { legacyPermission, permissionFlags, roleOf } from '../people.ts'
import { simpleUser } from '../present/accounts.ts'
import { fullRepository } from '../present/repositories.ts'
import { findAccount, type Account } from '../state.ts'

function collaborators(context: Context): Account[] {
  const repository = repositoryOf(context)
  const people = [...context.world.accounts.values()].filter(({ type }) => type !== 'Organization')
  return people
    .filter(({ login }) => repository.visibility !== 'public' || repository.roles.has(login.toLowerCase()))
    .filter(({ login }) => roleOf(context.world, repository, login) !== 'none')
}

export const repositoryRoutes: Routes = {
  'repos/get': (context) => ok(fullRepository(context.world, repositoryOf(context))),
  'repos/list-collaborators': (context) => {
    const repository = repositoryOf(context)
    return list(
      collaborators(context).map(({ login }) => {
        const role = roleOf(context.world, repository, login)
        return { ...simpleUser(context.world, login), permissions: permissionFlags(role), role_name: role }
      }),
    )
  },
  'repos/check-collaborator': (context) => {
    const role = roleOf(context.world, repositoryOf(context), parameter(context, 'username'))
    if (role === 'none') throw notFound()
    return noContent
  },
  'repos/get-collaborator-permission-level': (context) => {
    const account = findAccount(context.world, parameter(context, 'username'))
    if (account === undefined) throw notFound(`${parameter(context, 'username')} is not a user`)
    const role = roleOf(context.world, repositoryOf(context), account.login)
    const user = { ...simpleUser(context.world, account.login), permissions: permissionFlags(role), role_name: role }
    return ok({ permission: legacyPermission(role), role_name: role, user })
  },
}
