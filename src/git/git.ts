/** Runs git in a local clone. The only room that starts a process for it; never a shell, never a prompt, never a hook of the repository. */
import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A ref, path or repository that git does not know; the message is a sentence for the user. */
export class GitError extends Error {
  override readonly name = 'GitError'
}

/** The largest listing we take from git. Bytes. */
const maxBuffer = 512 * 1024 * 1024

/** No pager, no prompt, no external diff or text conversion: the repository's configuration runs nothing. */
const environment = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-c', 'core.hooksPath=/dev/null']

/** Standard output of one git command. Throws GitError with git's own first line when it fails. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run('git', [...safely, ...args], { cwd, env: environment, maxBuffer, encoding: 'utf8' })
    return stdout
  } catch (error) {
    throw new GitError(sentenceOf(error))
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'git failed.'
  if ('code' in error && error.code === 'ENOENT') return 'git is not installed, or the folder does not exist.'
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : error.message
  const line = stderr.split('\n').find((text) => text.trim() !== '') ?? 'git failed.'
  return line.replace(/^(fatal|error): /, '')
}

/** The commit a ref names, as 40 hex digits. */
export async function resolveCommit(cwd: string, ref: string): Promise<string> {
  try {
    return (await git(cwd, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)).trim()
  } catch (error) {
    if (error instanceof GitError) throw new GitError(`\`${ref}\` is not a commit, branch or tag in this repository.`)
    throw error
  }
}

/** Contents of blobs by id, in one `git cat-file --batch`; ids that do not exist are absent from the result. */
export async function readBlobs(cwd: string, ids: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  if (ids.length === 0) return new Map()
  const child = spawn('git', [...safely, 'cat-file', '--batch'], { cwd, env: environment, stdio: ['pipe', 'pipe', 'ignore'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  child.stdin.end(`${ids.join('\n')}\n`)
  if ((await closed) !== 0) throw new GitError('git cat-file failed.')
  return parseBatch(Buffer.concat(chunks))
}

/** `<id> blob <size>\n<bytes>\n`, repeated; `<id> missing\n` for unknown ids (git-cat-file(1), BATCH OUTPUT). */
function parseBatch(output: Buffer): Map<string, Buffer> {
  const blobs = new Map<string, Buffer>()
  let at = 0
  while (at < output.length) {
    const end = output.indexOf(10, at)
    if (end < 0) break
    const [id, kind, size] = output.subarray(at, end).toString('latin1').split(' ')
    at = end + 1
    if (id === undefined || kind !== 'blob' || size === undefined) continue
    blobs.set(id, output.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return blobs
}
