/** Runs the real command line as a process, in a folder, and gives what it printed. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const main = resolve(import.meta.dirname, '../../src/cli/main.ts')

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export function specgate(cwd: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status, stdout, stderr }
}

/** The same without holding up this process, which may be what the command talks to. */
export function specgateLater(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const { promise, resolve } = Promise.withResolvers<Ran>()
  const child = execFile(process.execPath, [main, ...args], { cwd, env: { ...process.env, NO_COLOR: '1' } }, (_error, stdout, stderr) =>
    resolve({ status: child.exitCode, stdout, stderr }),
  )
  return promise
}

/** A temporary folder with these files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'specgate-cli-'))
  write(folder, files)
  return folder
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

export function git(cwd: string, ...args: readonly string[]): string {
  const identity = [
    '-c',
    'user.name=Ana',
    '-c',
    'user.email=ana@example.com',
    '-c',
    'init.defaultBranch=main',
    '-c',
    'commit.gpgsign=false',
  ]
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

/** A repository with `base` on main and `head` on the branch `change`, checked out. */
export function repositoryWith(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>): string {
  const folder = folderWith(base)
  git(folder, 'init', '-q')
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'base')
  git(folder, 'checkout', '-qb', 'change')
  write(folder, head)
  git(folder, 'add', '-A')
  git(folder, 'commit', '-qm', 'head', '--allow-empty')
  return folder
}
