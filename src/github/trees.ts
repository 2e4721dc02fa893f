/** All files of a commit, by path. Trees are immutable, so each is read once; folders are walked when GitHub cuts a list short. */
import type { Tree, TreeEntry } from '../openapi/gather.ts'
import { ask, PermanentFailure, TransientFailure } from './client.ts'
import { treeRequests } from './limits.ts'
import { cacheKey, place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'

/** The files of a tree or commit. Throws PermanentFailure for a repository that is too large to be listed. */
export async function readTree(access: RepositoryAccess, sha: string): Promise<Tree> {
  const key = cacheKey(access, `tree:${sha}`)
  const known = access.cache.trees.get(key)
  if (known !== undefined) return known
  const files = new Map<string, TreeEntry>()
  await walk({ access, files, requests: { left: treeRequests } }, sha, '')
  access.cache.trees.set(key, files)
  return files
}

interface Walk {
  readonly access: RepositoryAccess
  readonly files: Map<string, TreeEntry>
  readonly requests: { left: number }
}

async function walk(walking: Walk, sha: string, prefix: string): Promise<void> {
  const whole = await fetchTree(walking, sha, true)
  if (whole.truncated !== true) return keep(walking.files, whole.tree, prefix)
  const folder = await fetchTree(walking, sha, false)
  if (folder.truncated === true) throw new PermanentFailure('A folder of the repository has more files than GitHub lists.')
  keep(walking.files, folder.tree, prefix)
  for (const entry of folder.tree) if (entry.type === 'tree') await walk(walking, entry.sha, `${prefix}${entry.path}/`)
}

interface ListedEntry {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha: string
  readonly size?: number | undefined
}

interface ListedTree {
  readonly tree: readonly ListedEntry[]
  readonly truncated: boolean
}

async function fetchTree({ access, requests }: Walk, sha: string, recursive: boolean): Promise<ListedTree> {
  if (requests.left === 0) throw new PermanentFailure('The repository has more files than GitHub lists.')
  requests.left -= 1
  const options = { ...place(access), tree_sha: sha, ...(recursive ? { recursive: '1' } : {}) }
  const data = await ask('the list of files', () => access.client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', options))
  if (!Array.isArray(data.tree)) throw new TransientFailure("GitHub's answer about the list of files was cut off.")
  return data
}

function keep(files: Map<string, TreeEntry>, entries: readonly ListedEntry[], prefix: string): void {
  for (const entry of entries) {
    if (entry.type !== 'tree') files.set(`${prefix}${entry.path}`, { blob: entry.sha, mode: entry.mode, size: entry.size ?? null })
  }
}
