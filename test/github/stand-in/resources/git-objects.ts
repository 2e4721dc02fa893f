/** Git's own objects: trees, blobs, commits. */
import { ok, parameter, repositoryOf, wants, type Answer, type Context, type Routes } from '../context.ts'
import { ApiError, notFound, unprocessable } from '../errors.ts'
import { gitBytes, resolve, resolveRef } from '../git.ts'
import { nodeId } from '../present/accounts.ts'
import { gitCommitJson, objectSize, readCommit } from '../present/commits.ts'
import { apiUrlOf } from '../present/repositories.ts'
import { listTree, wrapped } from './contents.ts'

/** Trees by id, commit, branch or tag. `recursive` with any value, even `0`, lists everything. */
async function getTree(context: Context): Promise<Answer> {
  const { world, query } = context
  const repository = repositoryOf(context)
  const name = parameter(context, 'tree_sha')
  const commit = await resolveRef(repository.directory, name)
  const sha = await resolve(repository.directory, commit ?? name, 'tree')
  if (sha === null) throw notFound()
  const entries = await listTree(repository.directory, sha, { recursive: query.has('recursive') })
  const api = apiUrlOf(world, repository)
  const shown = entries.slice(0, world.limits.treeEntries).map(({ mode, type, sha: id, size, path }) => ({
    path,
    mode,
    type,
    sha: id,
    ...(type === 'blob' ? { size } : {}),
    ...(type === 'commit' ? {} : { url: `${api}/git/${type}s/${id}` }),
  }))
  return ok({ sha, url: `${api}/git/trees/${sha}`, tree: shown, truncated: shown.length < entries.length })
}

async function getBlob(context: Context): Promise<Answer> {
  const { world } = context
  const repository = repositoryOf(context)
  const sha = parameter(context, 'file_sha')
  if (!/^[0-9a-f]{40}$/.test(sha)) throw unprocessable('The sha parameter must be exactly 40 characters and contain only [0-9a-f].')
  if ((await resolve(repository.directory, sha, 'blob')) === null) throw notFound()
  const size = await objectSize(repository.directory, sha)
  if (size > world.limits.rawBytes)
    throw new ApiError(403, 'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API.', {
      extra: { errors: [{ resource: 'Blob', field: 'data', code: 'too_large' }] },
    })
  const bytes = await gitBytes(repository.directory, ['cat-file', 'blob', sha])
  if (wants(context, 'raw')) return { status: 200, body: bytes, mediaType: 'application/vnd.github.raw+json' }
  return ok({
    sha,
    node_id: nodeId('B', repository.id),
    size,
    url: `${apiUrlOf(world, repository)}/git/blobs/${sha}`,
    content: wrapped(bytes.toString('base64')),
    encoding: 'base64',
  })
}

export const gitRoutes: Routes = {
  'git/get-tree': getTree,
  'git/get-blob': getBlob,
  'git/get-commit': async (context) => {
    const repository = repositoryOf(context)
    const sha = await resolve(repository.directory, parameter(context, 'commit_sha'))
    if (sha === null) throw notFound()
    return ok(gitCommitJson(context.world, repository, await readCommit(repository.directory, sha)))
  },
}
