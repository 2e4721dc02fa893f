/** The running app, measured from outside: its metrics, its memory, and deliveries as GitHub signs them. */
import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { startChild } from '../../test/app/child.ts'
import type { Child } from '../../test/app/child.ts'
import { postgresPrograms, startCluster } from '../../test/faults/cluster.ts'

/** One number of the metrics page; NaN where it is not. */
export async function metric({ port }: Child, name: string): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(
    page
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1] ?? Number.NaN,
  )
}

/** Resident memory in MB. Linux only. */
export function memoryOf({ process: { pid } }: Child): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024
}

export async function timedStart(env: Record<string, string>): Promise<{ child: Child; milliseconds: number }> {
  const started = performance.now()
  const child = await startChild({ SPECGATE_SECOND_OPINION: 'off', ...env })
  if (child.port === 0) throw new Error(child.output())
  return { child, milliseconds: performance.now() - started }
}

/** Milliseconds until the answer, or NaN when it was not 202. */
export async function deliverOnce({ port }: Child, secret: string, payload: unknown): Promise<number> {
  const body = JSON.stringify(payload)
  const started = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
  await answer.arrayBuffer()
  return answer.status === 202 ? performance.now() - started : Number.NaN
}

export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}

export interface Place {
  readonly name: string
  readonly env: Record<string, string>
  readonly discard: () => Promise<void>
}

/** A fresh store of each kind that can be had here. */
export async function stores(folder: string): Promise<Place[]> {
  const programs = postgresPrograms()
  const pglite: Place = { name: 'PGlite', env: { SPECGATE_DATA_DIR: folder }, discard: () => Promise.resolve() }
  if (programs === null) return [pglite]
  const cluster = await startCluster(programs)
  return [pglite, { name: 'PostgreSQL', env: { DATABASE_URL: cluster.url }, discard: () => cluster.discard() }]
}
