/**
 * Turns what a user names on the command line (a file, a folder, or git's `ref:path`) into sources. Files that a description
 * references are read with it, but only inside the repository or folder it stands in, symbolic links included.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { BlobText } from '../openapi/gather.ts'
import { candidatePath, isDescription } from '../openapi/discover.ts'
import { neededFiles } from '../openapi/references.ts'
import type { Source } from '../openapi/types.ts'
import { UsageError } from './fail.ts'

/** One side of a comparison: sources by path relative to what the user named ('' when a single file was named). */
export type NamedSources = ReadonlyMap<string, Source>

/** Reads a file or folder from disk, or `ref:path` from git. Throws UsageError with one sentence when it is not there. */
export async function readSources(argument: string, cwd: string): Promise<NamedSources> {
  const path = resolve(cwd, argument)
  if (!existsSync(path)) return readFromGit(argument, cwd)
  if (statSync(path).isDirectory()) return readFolder(path)
  return new Map([['', readFile(path)]])
}

function readFile(path: string): Source {
  const root = enclosingRoot(dirname(path))
  return closure(toPosix(relative(root, path)), (file) => readInside(root, file))
}

function readFolder(folder: string): NamedSources {
  const sources = new Map<string, Source>()
  for (const name of walk(folder)) {
    const got = readInside(folder, name)
    if (got !== undefined && 'text' in got && isDescription(got.text))
      sources.set(
        name,
        closure(name, (file) => readInside(folder, file)),
      )
  }
  if (sources.size === 0)
    throw new UsageError(`\`${folder}\` holds no API description (no YAML or JSON file with a top-level \`openapi:\` or \`swagger:\` key).`)
  return sources
}

async function readFromGit(argument: string, cwd: string): Promise<NamedSources> {
  const colon = argument.indexOf(':')
  if (colon <= 0) throw new UsageError(`\`${argument}\` does not exist. Name a file, a folder, or a git revision as \`ref:path\`.`)
  const [ref, path] = [argument.slice(0, colon), argument.slice(colon + 1)]
  const { git, resolveCommit } = await import('../git/git.ts')
  const { listTree, readTexts } = await import('../git/tree.ts')
  const top = await git(cwd, 'rev-parse', '--show-toplevel').then(
    (output) => output.trim(),
    () => {
      throw new UsageError(`\`${argument}\` does not exist, and \`${cwd}\` is not in a git repository.`)
    },
  )
  const tree = await listTree(top, await resolveCommit(cwd, ref))
  const inRepository =
    path.startsWith('./') || path.startsWith('../') ? toPosix(relative(top, resolve(cwd, path))) : path.replace(/\/$/, '')
  const paths = [...tree.keys()].filter((file) => candidatePath(file) || file === inRepository)
  const texts = await readTexts(
    top,
    paths.flatMap((file) => tree.get(file)?.blob ?? []),
  )
  const read = (file: string): BlobText | undefined => texts.get(tree.get(file)?.blob ?? '')
  if (tree.has(inRepository)) return new Map([['', closure(inRepository, read)]])
  const below = paths.filter((file) => inRepository === '' || file.startsWith(`${inRepository}/`)).filter((file) => isRoot(read(file)))
  if (below.length === 0) throw new UsageError(`\`${path}\` is neither an API description nor a folder with one at \`${ref}\`.`)
  return new Map(below.map((file) => [inRepository === '' ? file : file.slice(inRepository.length + 1), closure(file, read)]))
}

function isRoot(got: BlobText | undefined): boolean {
  return got !== undefined && 'text' in got && isDescription(got.text)
}

/** A root and every file it references, transitively, through `read`. */
function closure(root: string, read: (path: string) => BlobText | undefined): Source {
  const files: Record<string, string> = {}
  const pending = [root]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (Object.hasOwn(files, path)) continue
    const got = read(path)
    if (got === undefined || 'reason' in got) {
      if (path === root) throw new UsageError(`\`${root}\` cannot be read: ${got?.reason ?? 'it does not exist.'}`)
      continue
    }
    files[path] = got.text
    pending.push(...neededFiles(got.text, path))
  }
  return { text: files[root] ?? '', path: root, files }
}

/** The folder that references may not leave: the git repository the file stands in, else the file's own folder. */
function enclosingRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return folder
  }
}

function readInside(root: string, path: string): BlobText | undefined {
  try {
    const real = realpathSync(join(root, path))
    if (!`${real}${sep}`.startsWith(`${realpathSync(root)}${sep}`)) return { reason: 'It leads outside the folder.' }
    return decode(readFileSync(real))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    return { reason: error instanceof Error ? error.message : 'It could not be read.' }
  }
}

function decode(bytes: Uint8Array): BlobText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { reason: 'It is not UTF-8 text.' }
  }
}

function walk(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : walk(folder, path)
      return entry.isFile() && candidatePath(path) ? [path] : []
    })
}

function toPosix(path: string): string {
  return path.split(sep).join('/')
}
