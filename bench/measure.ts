/** Runs whole processes and says what they cost: CPU (user + system), wall time and peak memory. Linux only: /proc tells the memory. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Cost {
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakMb: number
  readonly status: number | null
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
}

/** A run that takes longer is ended and counts as unfinished (`status` null). Milliseconds. */
const longestRun = 300_000

/** One run. CPU comes from bash's `times`, which counts children that have ended. */
export async function measure({ file, args, cwd }: Command): Promise<Cost> {
  const started = performance.now()
  const script = '"$@" >/dev/null 2>/dev/null; code=$?; times; exit $code'
  const child = spawn('bash', ['-c', script, 'bash', file, ...args], { cwd, stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  let peakMb = 0
  const watch = setInterval(() => (peakMb = Math.max(peakMb, ...descendants(child.pid ?? 0).map(peakOf))), 20)
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), longestRun)
  const status = await new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  clearInterval(watch)
  clearTimeout(timer)
  return { cpuMs: cpuOf(output), wallMs: performance.now() - started, peakMb, status }
}

/** The second line of bash's `times` is the children: `0m1.234s 0m0.056s`. */
function cpuOf(output: string): number {
  const [user, system] = (output.trim().split('\n').at(-1) ?? '').split(' ').map((time) => {
    const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(time) ?? []
    return (Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000
  })
  return (user ?? 0) + (system ?? 0)
}

function descendants(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim()
    const pids = children === '' ? [] : children.split(' ').map(Number)
    return [...pids, ...pids.flatMap(descendants)]
  } catch {
    return []
  }
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Runs the commands interleaved (A B A B …) so that noise hits all alike; medians by name. */
export async function interleaved(
  commands: Readonly<Record<string, Command>>,
  rounds: number,
): Promise<Record<string, Cost & { readonly runs: number }>> {
  const costs = new Map<string, Cost[]>()
  for (let round = 0; round < rounds; round += 1)
    for (const [name, command] of Object.entries(commands)) {
      const before = costs.get(name) ?? []
      // A run that did not end is not repeated: it would only take the time again.
      if (before.some((cost) => cost.status === null)) continue
      costs.set(name, [...before, await measure(command)])
    }
  return Object.fromEntries(
    [...costs].map(([name, runs]) => [
      name,
      {
        cpuMs: median(runs.map((run) => run.cpuMs)),
        wallMs: median(runs.map((run) => run.wallMs)),
        peakMb: Math.max(...runs.map((run) => run.peakMb)),
        status: runs.at(-1)?.status ?? null,
        runs: runs.length,
      },
    ]),
  )
}
