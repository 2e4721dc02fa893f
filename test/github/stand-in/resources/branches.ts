/** Branches and refs. */
import { list, ok, parameter, repositoryOf, type Context, type Routes } from '../context.ts'
import { notFound } from '../errors.ts'
import { git } from '../git.ts'
import { commitJson, readCommit } from '../present/commits.ts'
import { apiUrlOf, webUrlOf } from '../present/repositories.ts'
import type { Repository, World } from '../state.ts'

type Json = Record<string, unknown>

function protectionUrl(world: World, repository: Repository, name: string): string {
  return `${apiUrlOf(world, repository)}/branches/${encodeURIComponent(name)}/protection`
}

function protection(repository: Repository, name: string): Json {
  return { enabled: repository.protectedBranches.has(name), required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } }
}

async function getBranch(context: Context): Promise<Json> {
  const { world } = context
  const repository = repositoryOf(context)
  const name = parameter(context, 'branch')
  const sha = repository.branches.get(name)
  if (sha === undefined) throw notFound('Branch not found')
  const encoded = encodeURIComponent(name)
  return {
    name,
    commit: commitJson(world, repository, await readCommit(repository.directory, sha)),
    _links: { self: `${apiUrlOf(world, repository)}/branches/${encoded}`, html: `${webUrlOf(world, repository)}/tree/${encoded}` },
    protected: repository.protectedBranches.has(name),
    protection: protection(repository, name),
    protection_url: protectionUrl(world, repository, name),
  }
}

async function refs(context: Context, pattern: string): Promise<Json[]> {
  const repository = repositoryOf(context)
  const lines = await git(repository.directory, ['for-each-ref', '--format=%(objectname) %(objecttype) %(refname)'])
  const api = apiUrlOf(context.world, repository)
  return lines
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , name = '']) => name.startsWith(`refs/${pattern}`))
    .map(([sha = '', type = '', name = '']) => ({
      ref: name,
      node_id: 'REF_1',
      url: `${api}/git/${name}`,
      object: { sha, type, url: `${api}/git/${type}s/${sha}` },
    }))
}

export const branchRoutes: Routes = {
  'repos/get-branch': async (context) => ok(await getBranch(context)),
  'repos/get-branch-rules': () => list([]),
  'repos/list-branches': (context) => {
    const { world } = context
    const repository = repositoryOf(context)
    const wanted = context.query.get('protected')
    const names = [...repository.branches].filter(
      ([name]) => wanted === null || repository.protectedBranches.has(name) === (wanted === 'true'),
    )
    return list(
      names.map(([name, sha]) => ({
        name,
        commit: { sha, url: `${apiUrlOf(world, repository)}/commits/${sha}` },
        protected: repository.protectedBranches.has(name),
        protection: protection(repository, name),
        protection_url: protectionUrl(world, repository, name),
      })),
    )
  },
  'git/get-ref': async (context) => {
    const wanted = parameter(context, 'ref')
    const found = (await refs(context, wanted)).find(({ ref }) => ref === `refs/${wanted}`)
    if (found === undefined) throw notFound()
    return ok(found)
  },
  'git/list-matching-refs': async (context) => list(await refs(context, parameter(context, 'ref'))),
}
