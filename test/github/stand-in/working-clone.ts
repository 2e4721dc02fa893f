/** A person's clone of a repository: files are written, committed under a name and really pushed. */
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { git, resolve } from './git.ts'
import { accountOf, type World } from './state.ts'

/** Text, bytes, null to delete, a symbolic link, an executable script, or the commit of a submodule (which the next commit loses). */
type FileContent = string | Buffer | null | { readonly link: string } | { readonly script: string } | { readonly submodule: string }
export type Files = Readonly<Record<string, FileContent>>

export interface CommitOptions {
  /** Login of the author and committer; a name without an account is allowed and gives a commit without a user. */
  readonly author?: string
  readonly message?: string
  /** Login of who pushes: the author when it has an account, else the owner. */
  readonly pusher?: string
  /** Branch or commit a new branch starts at; the default branch when absent. */
  readonly from?: string
  /** Replace the last commit instead of adding one; the push is then forced. */
  readonly amend?: boolean
}

/** Made by all clones of this process. */
let commits = 0

export class WorkingClone {
  readonly directory: string
  readonly #world: World

  constructor(world: World, directory: string) {
    this.#world = world
    this.directory = directory
  }

  /** Switches to a branch as it is on the remote, or starts it. */
  async checkout(branch: string, from: string): Promise<void> {
    await git(this.directory, ['fetch', '--quiet', '--prune', 'origin'])
    const candidates = [`refs/remotes/origin/${branch}`, `refs/remotes/origin/${from}`, from]
    let start: string | null = null
    for (const candidate of candidates) start ??= await resolve(this.directory, candidate)
    await this.switchTo(branch, start)
  }

  /** Puts a branch on a commit the clone has; null starts a history of its own. */
  async switchTo(branch: string, start: string | null): Promise<void> {
    if (start === null) await git(this.directory, ['checkout', '--quiet', '--orphan', branch])
    else await git(this.directory, ['checkout', '--quiet', '--force', '-B', branch, start])
  }

  /** Writes the files and commits everything. Returns the commit's id. */
  async commit(files: Files, { author = 'nobody', message, amend = false }: CommitOptions = {}): Promise<string> {
    for (const [path, content] of Object.entries(files)) await this.#write(join(this.directory, path), content)
    await git(this.directory, ['add', '--all'])
    for (const [path, content] of Object.entries(files))
      if (typeof content === 'object' && content !== null && 'submodule' in content)
        await git(this.directory, ['update-index', '--add', '--cacheinfo', `160000,${content.submodule},${path}`])
    const { name, email } = this.#identity(author)
    const environment = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email }
    // The same change by the same author in the same second would be the same commit, and two pull requests would share it.
    commits += 1
    const words = message ?? `Change files (${String(commits)})`
    await git(this.directory, ['commit', '--quiet', '--allow-empty', '--no-verify', ...(amend ? ['--amend'] : []), '-m', words], {
      environment,
    })
    return git(this.directory, ['rev-parse', 'HEAD'])
  }

  async push(branch: string, { force = false }: { force?: boolean } = {}): Promise<void> {
    await git(this.directory, ['push', '--quiet', ...(force ? ['--force'] : []), 'origin', `HEAD:refs/heads/${branch}`])
  }

  #identity(author: string): { name: string; email: string } {
    const known = this.#world.accounts.get(author.toLowerCase())
    return known === undefined
      ? { name: author, email: `${author}@example.com` }
      : { name: known.login, email: accountOf(this.#world, author).email }
  }

  async #write(path: string, content: FileContent): Promise<void> {
    await rm(path, { force: true, recursive: content === null })
    if (content === null || (typeof content === 'object' && 'submodule' in content)) return
    await mkdir(dirname(path), { recursive: true })
    if (typeof content === 'string' || Buffer.isBuffer(content)) await writeFile(path, content)
    else if ('link' in content) await symlink(content.link, path)
    else {
      await writeFile(path, content.script)
      await chmod(path, 0o755)
    }
  }
}
