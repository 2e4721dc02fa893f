/** The whole app against the stand-in for GitHub, in one process: real receiver, real queue on PGlite, real worker threads. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect } from 'vitest'
import { serve } from '../../src/app/serve.ts'
import type { Running } from '../../src/app/running.ts'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import type { StandInOptions } from '../github/stand-in/stand-in.ts'

export interface TestApp {
  readonly github: GitHubStandIn
  /** Everything the app has logged, as text. */
  readonly log: () => string
  running: () => Running
  /** Waits until every delivery is answered and no job is left, so that what happened is all that happens. */
  quiet: () => Promise<void>
  /** Starts the app again on the same store, as after a deployment. */
  restart: (env?: Record<string, string>) => Promise<void>
  stop: () => Promise<void>
}

export async function startApp(options: StandInOptions = {}, env: Record<string, string> = {}): Promise<TestApp> {
  const github = await GitHubStandIn.start(options)
  const folder = await mkdtemp(join(tmpdir(), 'specgate-app-'))
  const lines: string[] = []
  const logTo = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  let running: Running | null = null
  const start = async (more: Record<string, string> = {}): Promise<void> => {
    const settings = {
      ...github.environment(),
      HOST: '127.0.0.1',
      PORT: '0',
      SPECGATE_DATA_DIR: folder,
      LOG_LEVEL: 'debug',
      SPECGATE_SECOND_OPINION: 'off',
      ...env,
      ...more,
    }
    running = await serve(settings, { logTo })
    github.deliverTo(`http://127.0.0.1:${running.port}/api/github/webhooks`)
  }
  await start()
  return {
    github,
    log: () => lines.join(''),
    running: () => running ?? never(),
    quiet: () => quiet(github, () => running?.port ?? 0),
    restart: start,
    stop: async () => {
      await running?.close()
      await github.stop()
      await rm(folder, { recursive: true, force: true })
      expect(github.selfViolations).toEqual([])
    },
  }
}

async function quiet(github: GitHubStandIn, port: () => number): Promise<void> {
  for (let idle = 0; idle < 3;) {
    await github.idle()
    const metrics = await (await fetch(`http://127.0.0.1:${port()}/metrics`)).text()
    const isIdle = ['waiting', 'deferred', 'active'].every((state) => metrics.includes(`specgate_queue_jobs{state="${state}"} 0`))
    idle = isIdle ? idle + 1 : 0
    if (!isIdle) await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function never(): never {
  throw new Error('The app is not running.')
}
