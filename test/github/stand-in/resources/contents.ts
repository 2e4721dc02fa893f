/** Files and folders at a ref: JSON with base64, raw bytes, or the `object` form; symbolic links followed, submodules named. */
import { ok, parameter, repositoryOf, wants, type Answer, type Context, type Routes } from '../context.ts'
import { ApiError, notFound } from '../errors.ts'
import { git, gitBytes, resolveRef } from '../git.ts'
import { apiUrlOf, webUrlOf } from '../present/repositories.ts'
import type { Repository } from '../state.ts'

type Json = Record<string, unknown>

interface TreeEntry {
  readonly mode: string
  readonly type: 'blob' | 'tree' | 'commit'
  readonly sha: string
  readonly size: number
  readonly path: string
}

/** Entries of a tree; `recursive` lists everything below it, folders included. */
export async function listTree(
  directory: string,
  tree: string,
  { recursive = false, path }: { recursive?: boolean; path?: string } = {},
): Promise<TreeEntry[]> {
  const options = ['--long', '-z', ...(recursive ? ['-r', '-t'] : [])]
  const text = (await gitBytes(directory, ['ls-tree', ...options, tree, ...(path === undefined ? [] : ['--', path])])).toString('utf8')
  return text
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const [, mode = '', type = '', sha = '', size = ''] = /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t/.exec(line) ?? []
      return { mode, type: type as TreeEntry['type'], sha, size: Number(size) || 0, path: line.slice(line.indexOf('\t') + 1) }
    })
}

const kinds: Readonly<Record<string, string>> = { '120000': 'symlink', '160000': 'submodule', '040000': 'dir' }

/** The `object` form comes as `application/json`; the description has it under the media type that was asked for. */
const asObject = { describedAs: 'application/vnd.github.object' } as const

interface Found {
  readonly repository: Repository
  readonly ref: string
  readonly commit: string
  readonly entry: TreeEntry
}

function entryJson(context: Context, { repository, ref, entry }: Found): Json {
  const path = entry.path.split('/').map(encodeURIComponent).join('/')
  const kind = kinds[entry.mode] ?? 'file'
  const self = `${apiUrlOf(context.world, repository)}/contents/${path}?ref=${encodeURIComponent(ref)}`
  const gitUrl = `${apiUrlOf(context.world, repository)}/git/${kind === 'dir' ? 'trees' : 'blobs'}/${entry.sha}`
  const html = `${webUrlOf(context.world, repository)}/${kind === 'dir' ? 'tree' : 'blob'}/${encodeURIComponent(ref)}/${path}`
  return {
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: kind === 'dir' ? 0 : entry.size,
    url: self,
    html_url: html,
    git_url: gitUrl,
    download_url: kind === 'file' ? `${webUrlOf(context.world, repository)}/raw/${encodeURIComponent(ref)}/${path}` : null,
    type: kind,
    _links: { self, git: gitUrl, html },
  }
}

async function getContent(context: Context): Promise<Answer> {
  const repository = repositoryOf(context)
  const ref = context.query.get('ref') ?? repository.defaultBranch
  const commit = await resolveRef(repository.directory, ref)
  if (commit === null) throw notFound(`No commit found for the ref ${ref}`)
  const path = parameter(context, 'path').replace(/^\/+|\/+$/g, '')
  if (path.split('/').some((segment) => segment === '..' || segment === '.')) throw notFound()
  if (path === '')
    return directoryAnswer(context, {
      repository,
      ref,
      commit,
      entry: { mode: '040000', type: 'tree', sha: await git(repository.directory, ['rev-parse', `${commit}^{tree}`]), size: 0, path: '' },
    })
  const entry = await entryAt(repository, commit, path)
  if (entry === null) throw notFound()
  const found = { repository, ref, commit, entry }
  if (entry.type === 'tree') return directoryAnswer(context, found)
  if (entry.type === 'commit') return ok({ ...entryJson(context, found), submodule_git_url: null })
  return entry.mode === '120000' ? symlinkAnswer(context, found) : fileAnswer(context, found)
}

async function entryAt(repository: Repository, commit: string, path: string): Promise<TreeEntry | null> {
  const entries = await listTree(repository.directory, commit, { path })
  return entries.find((entry) => entry.path === path) ?? null
}

async function directoryAnswer(context: Context, found: Found): Promise<Answer> {
  const entries = await listTree(found.repository.directory, found.entry.sha)
  const prefix = found.entry.path === '' ? '' : `${found.entry.path}/`
  const below = entries
    .slice(0, context.world.limits.directoryEntries)
    .map((entry) => entryJson(context, { ...found, entry: { ...entry, path: `${prefix}${entry.path}` } }))
  if (wants(context, 'object')) return { ...ok({ ...entryJson(context, found), entries: below }), ...asObject }
  // In directory listings GitHub calls submodules files (until API version 2026-03-10).
  return ok(below.map((entry) => (entry['type'] === 'submodule' ? { ...entry, type: 'file' } : entry)))
}

async function fileAnswer(context: Context, found: Found): Promise<Answer> {
  const { repository, entry } = found
  const { contentBytes, rawBytes } = context.world.limits
  if (entry.size > rawBytes) throw tooLarge(rawBytes)
  if (wants(context, 'raw'))
    return {
      status: 200,
      body: await gitBytes(repository.directory, ['cat-file', 'blob', entry.sha]),
      mediaType: 'application/vnd.github.raw+json',
    }
  const shown = entry.size <= contentBytes
  if (!shown && !wants(context, 'object')) throw tooLarge(contentBytes)
  const content = shown ? wrapped((await gitBytes(repository.directory, ['cat-file', 'blob', entry.sha])).toString('base64')) : ''
  return {
    ...ok({ ...entryJson(context, found), content, encoding: shown ? 'base64' : 'none' }),
    ...(wants(context, 'object') ? asObject : {}),
  }
}

function tooLarge(limit: number): ApiError {
  const message = `This API returns blobs up to ${Math.round(limit / 1_048_576)} MB in size. The requested blob is too large to fetch via the API, but you can use the Git Data API to request blobs up to 100 MB in size.`
  return new ApiError(403, message, { extra: { errors: [{ resource: 'Blob', field: 'data', code: 'too_large' }] } })
}

/** GitHub breaks base64 after 60 characters. */
export function wrapped(base64: string): string {
  return base64.replace(/.{1,60}/g, '$&\n')
}

/** A link to a file of the repository gives that file; any other is described. */
async function symlinkAnswer(context: Context, found: Found): Promise<Answer> {
  const target = (await gitBytes(found.repository.directory, ['cat-file', 'blob', found.entry.sha])).toString('utf8')
  const resolved = resolvePath(found.entry.path, target)
  const entry = resolved === null ? null : await entryAt(found.repository, found.commit, resolved)
  if (entry?.type === 'blob' && entry.mode !== '120000') {
    const answer = await fileAnswer(context, { ...found, entry })
    return answer.mediaType === undefined
      ? { ...answer, body: { ...(answer.body as Json), ...pick(entryJson(context, found), ['name', 'path']) } }
      : answer
  }
  if (wants(context, 'raw')) return { status: 200, body: target, mediaType: 'application/vnd.github.raw+json' }
  return ok({ ...entryJson(context, found), target })
}

function resolvePath(from: string, target: string): string | null {
  if (target.startsWith('/')) return null
  const segments = from.split('/').slice(0, -1)
  for (const segment of target.split('/')) {
    if (segment === '..' && segments.pop() === undefined) return null
    if (segment !== '..' && segment !== '.') segments.push(segment)
  }
  return segments.join('/')
}

function pick(json: Json, keys: readonly string[]): Json {
  return Object.fromEntries(keys.map((key) => [key, json[key]]))
}

export const contentRoutes: Routes = { 'repos/get-content': getContent }
