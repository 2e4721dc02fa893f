/**
 * The whole app against the stand-in for GitHub: real receiver, real queue on PGlite, real worker threads. In a process of its own, as
 * people run it; and because the stand-in starts git for every answer, which takes a process as large as the app ten times as long.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import type { StandInOptions } from '../github/stand-in/stand-in.ts'
import { startChild, stopChild, webhooks } from './child.ts'

export interface TestApp {
  readonly github: GitHubStandIn
  /** Everything the app has logged, as text. */
  readonly log: () => string
  readonly running: () => { readonly port: number }
  /** Waits until every delivery is answered and no job is left, so that what happened is all that happens. */
  readonly quiet: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Settings, or what makes them of the address of the GitHub that was started. */
type Environment = Record<string, string> | ((github: GitHubStandIn) => Record<string, string>)

function settingsIn(env: Environment, github: GitHubStandIn): Record<string, string> {
  return typeof env === 'function' ? env(github) : env
}

export async function startApp(options: StandInOptions = {}, env: Environment = {}): Promise<TestApp> {
  const github = await GitHubStandIn.start(options)
  const folder = await mkdtemp(join(tmpdir(), 'specgate-app-'))
  const settings = {
    ...github.environment(),
    SPECGATE_DATA_DIR: folder,
    SPECGATE_SECOND_OPINION: 'off',
    LOG_LEVEL: 'debug',
    ...settingsIn(env, github),
  }
  const child = await startChild(settings)
  expect(child.port, child.output()).not.toBe(0)
  github.deliverTo(webhooks(child))
  return {
    github,
    log: child.output,
    running: () => child,
    quiet: () => quiet(github, child.port),
    stop: async () => {
      await stopChild(child)
      await github.stop()
      await rm(folder, { recursive: true, force: true })
      expect(github.selfViolations).toEqual([])
    },
  }
}

async function quiet(github: GitHubStandIn, port: number): Promise<void> {
  for (let idle = 0; idle < 3;) {
    await github.idle()
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const isIdle = ['waiting', 'deferred', 'active'].every((state) => metrics.includes(`specgate_queue_jobs{state="${state}"} 0`))
    idle = isIdle ? idle + 1 : 0
    if (!isIdle) await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
