/** The app, its installations and their tokens. */
import { created, list, noContent, ok, parameter, repositoryOf, tokenOf, type Context, type Routes } from '../context.ts'
import { notFound } from '../errors.ts'
import { appJson, installationJson, repositoryJson } from '../present/repositories.ts'
import { clock, installationFor, secondsOnly, type Installation, type World } from '../state.ts'
import { createToken, repositoriesOf } from '../tokens.ts'

function byId({ world, parameters }: Context): Installation {
  const found = world.installations.find(({ id }) => id === Number(parameters['installation_id']))
  if (found === undefined) throw notFound()
  return found
}

function byAccount(world: World, login: string): Installation {
  const found = world.installations.find(({ account }) => account.toLowerCase() === login.toLowerCase())
  if (found === undefined) throw notFound()
  return found
}

export const appRoutes: Routes = {
  'apps/get-authenticated': ({ world }) => ok({ ...appJson(world, world.app), installations_count: world.installations.length }),
  'apps/get-by-slug': (context) => {
    if (parameter(context, 'app_slug') !== context.world.app.slug) throw notFound()
    return ok(appJson(context.world, context.world.app))
  },
  'apps/list-installations': ({ world }) => list(world.installations.map((installation) => installationJson(world, installation))),
  'apps/get-installation': (context) => ok(installationJson(context.world, byId(context))),
  'apps/get-org-installation': (context) => ok(installationJson(context.world, byAccount(context.world, parameter(context, 'org')))),
  'apps/get-user-installation': (context) => ok(installationJson(context.world, byAccount(context.world, parameter(context, 'username')))),
  'apps/get-repo-installation': (context) => {
    const installation = installationFor(context.world, repositoryOf(context))
    if (installation === undefined) throw notFound()
    return ok(installationJson(context.world, installation))
  },
  'apps/create-installation-access-token': (context) => {
    const { world } = context
    const token = createToken(world, byId(context), context.body)
    const chosen =
      token.repositories === 'all'
        ? {}
        : { repositories: repositoriesOf(world, token).map((repository) => repositoryJson(world, repository)) }
    return created({
      token: token.token,
      expires_at: secondsOnly(new Date(token.expiresAt)),
      permissions: token.permissions,
      repository_selection: token.repositories === 'all' && token.installation.repositories === 'all' ? 'all' : 'selected',
      ...chosen,
    })
  },
  'apps/revoke-installation-access-token': (context) => {
    tokenOf(context).revoked = true
    return noContent
  },
  'apps/list-repos-accessible-to-installation': (context) => {
    const { world } = context
    const found = repositoriesOf(world, tokenOf(context)).map((repository) => repositoryJson(world, repository))
    return list(found, (page) => ({ total_count: found.length, repository_selection: 'selected', repositories: page }))
  },
  'rate-limit/get': ({ world, caller }) => {
    const used = world.usedRequests.get(caller?.kind === 'installation' ? `installation ${caller.token.installation.id}` : 'app') ?? 0
    const limit = world.limits.requestsPerHour
    const core = { limit, used, remaining: Math.max(0, limit - used), reset: Math.floor(clock(world) / 1000) + 3600, resource: 'core' }
    return ok({ resources: { core, search: { ...core, resource: 'search' } }, rate: core })
  },
  'meta/get': () => ok({ verifiable_password_authentication: false, hooks: ['127.0.0.1/32'] }),
}
