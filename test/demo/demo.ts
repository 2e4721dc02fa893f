/** The demo's world: the stand-in for GitHub, the app as its own process, the page, and the storefront repository with its people. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RepositoryHandle } from '../github/stand-in/handles.ts'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import type { Files } from '../github/stand-in/working-clone.ts'
import { startApp, type AppProcess } from './app-process.ts'
import { startPageServer, type PageServer } from './page/server.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url))

export interface Demo {
  readonly github: GitHubStandIn
  readonly app: AppProcess
  readonly page: PageServer
  readonly repository: RepositoryHandle
  /** Ends the app with SIGTERM and removes everything; returns the app's exit code. */
  stop(): Promise<number | null>
}

/** Starts everything. `progress` is told what happens, one line each. */
export async function startDemo(progress: (line: string) => void): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'specgate-demo-'))
  const page = await startPageServer()
  const github = await GitHubStandIn.start({ webUrl: page.url })
  page.show(github.world)
  progress(`stand-in for GitHub at ${github.url}: real git repositories, signed webhooks, GitHub’s limits`)
  const started = Date.now()
  const app = await startApp({ ...github.environment(), LOG_LEVEL: 'info' }, folder)
  github.deliverTo(`${app.url}/api/github/webhooks`)
  progress(`Specgate at ${app.url}, process ${app.pid}, ready after ${((Date.now() - started) / 1000).toFixed(1)} s`)
  const repository = await createStorefront(github)
  progress(`acme/storefront pushed: two APIs in ${Object.keys(await readFiles('repository')).length} files, policy, CODEOWNERS`)
  const stop = async (): Promise<number | null> => {
    const code = await app.stop()
    await github.stop()
    await page.stop()
    await rm(folder, { recursive: true, force: true })
    return code
  }
  return { github, app, page, repository, stop }
}

/** People: @ana writes, @mia owns the API, @kim is AppSec, @pau owns payments. */
async function createStorefront(github: GitHubStandIn): Promise<RepositoryHandle> {
  github.organisation('acme', ['ana'])
  github.team('acme', 'api-owners', { members: ['mia', 'tom'] })
  github.team('acme', 'appsec', { members: ['kim'] })
  github.team('acme', 'payments', { members: ['pau'] })
  github.team('acme', 'platform', { members: ['tom'] })
  const roles = {
    ana: 'write',
    '@acme/api-owners': 'maintain',
    '@acme/appsec': 'write',
    '@acme/payments': 'write',
    '@acme/platform': 'write',
  } as const
  return github.createRepository('acme', 'storefront', await readFiles('repository'), { roles, author: 'tom' })
}

/** The files of a folder of `fixtures/demo/`, by path. */
export async function readFiles(folder: string): Promise<Files> {
  const top = join(fixtures, folder)
  const entries = await readdir(top, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [relative(top, file).replaceAll('\\', '/'), await readFile(file, 'utf8')])),
  )
}
