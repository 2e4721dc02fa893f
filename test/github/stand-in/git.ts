/** Runs git. Every repository of the stand-in is a real bare repository, so merge bases, renames and patches are git's own. */
import { spawn } from 'node:child_process'

interface GitOptions {
  readonly input?: string | Buffer
  readonly environment?: Readonly<Record<string, string>>
  /** Exit codes that are an answer, not a failure. */
  readonly accept?: readonly number[]
}

export class GitError extends Error {
  readonly code: number | null

  constructor(args: readonly string[], code: number | null, stderr: string) {
    super(`git ${args.join(' ')} ended with ${code}: ${stderr.trim()}`)
    this.code = code
  }
}

/** Nothing of the person's own git settings may change what tests see. */
const settings = [
  'core.quotePath=false',
  'gc.auto=0',
  'core.fsync=none',
  'init.defaultBranch=main',
  'advice.detachedHead=false',
  'safe.directory=*',
  'diff.renames=true',
  'commit.gpgSign=false',
]

export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const home = process.env['TMPDIR'] ?? '/tmp'
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    ...extra,
  }
}

/** Standard output as bytes. Throws `GitError` on any exit code that is neither 0 nor accepted. */
export async function gitBytes(
  directory: string,
  args: readonly string[],
  { input, environment, accept = [] }: GitOptions = {},
): Promise<Buffer> {
  const child = spawn('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], {
    cwd: directory,
    env: gitEnvironment(environment),
  })
  const out: Buffer[] = []
  const error: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0 && !(code !== null && accept.includes(code))) throw new GitError(args, code, Buffer.concat(error).toString())
  return Buffer.concat(out)
}

/** Standard output as text, without the newline at its end. */
export async function git(directory: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return (await gitBytes(directory, args, options)).toString('utf8').replace(/\n$/, '')
}

/** The full id a name stands for, or null. Never takes a name for an option. */
export async function resolve(directory: string, name: string, type: 'commit' | 'tree' | 'blob' = 'commit'): Promise<string | null> {
  try {
    return await git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{${type}}`])
  } catch (error) {
    if (error instanceof GitError) return null
    throw error
  }
}

/** A branch, a tag or a commit id, in the order GitHub tries them. */
export async function resolveRef(directory: string, name: string): Promise<string | null> {
  for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`]) {
    const found = name === '' ? null : await resolve(directory, candidate)
    if (found !== null) return found
  }
  return name === 'HEAD' || /^[0-9a-f]{7,40}$/.test(name) ? resolve(directory, name) : null
}

export async function mergeBase(directory: string, left: string, right: string): Promise<string | null> {
  const found = await git(directory, ['merge-base', left, right], { accept: [1] })
  return found === '' ? null : found
}

export async function isAncestor(directory: string, ancestor: string, descendant: string): Promise<boolean> {
  try {
    await git(directory, ['merge-base', '--is-ancestor', ancestor, descendant])
    return true
  } catch (error) {
    if (error instanceof GitError && error.code === 1) return false
    throw error
  }
}

/** Branch names and their heads. */
export async function listBranches(directory: string): Promise<Map<string, string>> {
  const lines = await git(directory, ['for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads'])
  return new Map(
    lines
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(41), line.slice(0, 40)]),
  )
}

/**
 * A merge commit of two commits without a work tree. Returns null when they conflict.
 * `branch` gets the commit when given.
 */
export async function createMerge(
  directory: string,
  { ours, theirs, message, author }: { ours: string; theirs: string; message: string; author: { name: string; email: string } },
): Promise<string | null> {
  try {
    const tree = (await git(directory, ['merge-tree', '--write-tree', ours, theirs])).split('\n')[0] ?? ''
    const environment = {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_COMMITTER_NAME: author.name,
      GIT_COMMITTER_EMAIL: author.email,
    }
    return await git(directory, ['commit-tree', tree, '-p', ours, '-p', theirs, '-m', message], { environment })
  } catch (error) {
    if (error instanceof GitError && error.code === 1) return null
    throw error
  }
}
