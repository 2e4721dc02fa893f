/** The real app as a process of its own, started as `npm start` starts it, against the stand-in. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** PGlite compiles itself to machine code at its first start, which takes a slow machine a while. */
const startTimeoutMs = 120_000
const stopTimeoutMs = 30_000

export interface AppProcess {
  readonly url: string
  readonly pid: number
  /** Everything it wrote so far. */
  log(): Promise<string>
  /** SIGTERM, then its exit code; null when it had to be killed. */
  stop(): Promise<number | null>
}

/** Starts the app and waits until it takes deliveries. Throws with the app's last words when it ends instead. */
export async function startApp(environment: Readonly<Record<string, string>>, folder: string): Promise<AppProcess> {
  const port = await freePort()
  const logFile = join(folder, 'app.log')
  const child = spawn(process.execPath, ['src/cli/main.ts', 'serve'], {
    cwd: root,
    env: {
      ...inherited(),
      ...environment,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      SPECGATE_DATA_DIR: join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = createWriteStream(logFile)
  child.stdout.pipe(output, { end: false })
  child.stderr.pipe(output, { end: false })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  // However the demo ends, the app ends with it.
  process.once('exit', () => child.kill('SIGTERM'))
  const url = `http://127.0.0.1:${port}`
  const log = (): Promise<string> => readFile(logFile, 'utf8').catch(() => '')
  await waitUntilReady(child, { url, log })
  return { url, pid: child.pid ?? 0, log, stop: () => stopChild(child, ended) }
}

/** Nothing of the person's own settings reaches the app, so that the demo is the same everywhere. */
function inherited(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_EXTRA_CA_CERTS']
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function waitUntilReady(child: ChildProcess, { url, log }: { url: string; log: () => Promise<string> }): Promise<void> {
  const deadline = Date.now() + startTimeoutMs
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The app ended at once:\n${lastLines(await log())}`)
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`The app was not ready after ${startTimeoutMs / 1000} s:\n${lastLines(await log())}`)
}

export function lastLines(text: string, count = 20): string {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}

async function stopChild(child: ChildProcess, ended: Promise<number | null>): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  const code = await ended
  clearTimeout(timer)
  return code
}
