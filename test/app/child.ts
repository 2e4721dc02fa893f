/** The app as its own process, started as deploy/ starts it. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'

export interface Child {
  readonly process: ChildProcess
  readonly output: () => string
  readonly port: number
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>
}

/** Starts `specgate serve` and waits until it listens. */
export async function startChild(env: Record<string, string>): Promise<Child> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--disable-proto=throw', 'src/cli/main.ts', 'serve'], {
    env: { PATH, HOME, HOST: '127.0.0.1', PORT: '0', SPECGATE_SECOND_OPINION: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  const ended = new Promise<number | string>((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal ?? '')))
  const end = Date.now() + 60_000
  let port = 0
  while (port === 0 && child.exitCode === null && Date.now() < end) {
    await setTimeout(50)
    port = Number(
      /"port":(\d+).*is listening|127\.0\.0\.1:(\d+)\/probot/
        .exec(output)
        ?.slice(1)
        .find((found) => found !== undefined) ?? 0,
    )
  }
  return { process: child, output: () => output, port, ended }
}

/** Has it drain and end; ends it when that takes too long. */
export async function stopChild({ process: child, ended }: Child): Promise<number | string> {
  child.kill('SIGTERM')
  const timer = globalThis.setTimeout(() => child.kill('SIGKILL'), 40_000)
  const code = await ended
  clearTimeout(timer)
  return code
}

export const webhooks = (child: Child): string => `http://127.0.0.1:${child.port}/api/github/webhooks`
