/** From the first byte to the last: what is ready when, and how the app stops without losing or half-finishing anything. */
import type { Server } from 'node:http'
import type { JobQueue } from './queue.ts'
import type { Log } from './logger.ts'
import type { ReviewPool } from './workers.ts'
import type { Store } from './store.ts'

/** Orchestrators usually kill after 30 s; the reviews under way get this long, the rest waits in the store. */
const drainMs = 25_000

export interface Stoppable {
  readonly servers: readonly Server[]
  readonly queue: Pick<JobQueue<unknown>, 'drain'>
  readonly pool: ReviewPool
  readonly store: Store
  readonly stopLooking: () => void
  readonly log: Log
}

/** Lets nothing new in, lets what runs end, leaves the rest for the next start. Safe to call more than once. */
export function createShutdown({ servers, queue, pool, store, stopLooking, log }: Stoppable): () => Promise<void> {
  let stopping: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    log.info({}, 'Stopping: no more deliveries are taken')
    stopLooking()
    const closed = servers.map(close)
    const { finished, left } = await queue.drain(drainMs)
    log.info({ count: left }, `${finished} reviews under way were finished; those left are done after the next start`)
    await Promise.all(closed)
    await pool.close()
    await store.close()
    log.info({}, 'Stopped')
  }
  return () => (stopping ??= stop())
}

/** Connections that only wait are ended at once; those with a request get their answer. */
async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 5_000)
  await promise
  clearTimeout(timer)
}

/** Calls `stop` once for SIGTERM or SIGINT. A second signal ends the process at once. */
export function onSignal(stop: () => Promise<void>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let asked = false
  const signalled = (): void => {
    if (asked) process.exit(1)
    asked = true
    stop().then(resolve, reject)
  }
  process.on('SIGTERM', signalled)
  process.on('SIGINT', signalled)
  return promise
}
