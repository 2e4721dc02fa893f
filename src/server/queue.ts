/**
 * The durable queue. A job says "bring this up to date", never "do this step", so one waiting job a key is enough: a newer one
 * replaces it, and at most one of a key runs at a time, over all replicas. What a job means is not known here.
 *
 * That only one waits is pg-boss's policy `short`; that only one runs is our lease. pg-boss's `stately` promises both, but leaves out
 * jobs whose key was active when its cached statistics were taken: a push during a review could wait for a minute.
 */
import type { JobWithMetadata } from 'pg-boss'
import { inBatches } from './batch.ts'
import { fairPriority, waitingOf } from './fairness.ts'
import { pullForward, releaseLease, takeLease } from './lease.ts'
import type { Log } from './logger.ts'
import type { Store } from './store.ts'

export interface QueuedJob<T> {
  /** Jobs with the same key are the same work. */
  readonly key: string
  /** Whose work it is; no group may take every worker. */
  readonly group: string
  readonly work: T
}

export interface PutOptions {
  /** Higher runs first; 0 for events, below for work found by looking around. */
  readonly priority?: number
}

export type JobOutcome<T> = { readonly kind: 'done' } | { readonly kind: 'again'; readonly notBefore: Date; readonly work: T }

export interface RunningJob<T> extends QueuedJob<T> {
  /** Times an earlier attempt ended with its process; 0 normally. */
  readonly interruptions: number
  /** Aborted when the claim on the job is lost or the app shuts down. */
  readonly signal: AbortSignal
}

export type JobHandler<T> = (job: RunningJob<T>) => Promise<JobOutcome<T>>

export interface QueueDepth {
  readonly waiting: number
  readonly deferred: number
  readonly active: number
  readonly oldestWaitingSeconds: number
}

export interface JobQueue<T> {
  /** Resolves when the job can no longer be lost. */
  readonly put: (job: QueuedJob<T>, options?: PutOptions) => Promise<void>
  /** Starts taking jobs. */
  readonly work: (handler: JobHandler<T>) => Promise<void>
  readonly depth: () => Promise<QueueDepth>
  /** Throws when the store cannot be written to. */
  readonly probe: () => Promise<void>
  /** Takes no more jobs, waits for the running ones up to the given time, and leaves the rest for the next start. */
  readonly drain: (milliseconds: number) => Promise<{ readonly finished: number; readonly left: number }>
}

export interface QueueOptions<T> {
  readonly concurrency: number
  readonly log: Log
  /** What was stored, read back; null when an older version stored something this one does not know. */
  readonly parse: (stored: unknown) => QueuedJob<T> | null
}

const queueName = 'work'

/** A job may take this long in all; past it, it is given to another worker. Longer than a review with its reads and writes ever takes. */
const expireInSeconds = 600

/** pg-boss accepts 10 s and more. A worker that has not been heard of for this long is gone, and its jobs are taken over. */
const heartbeatSeconds = 15

/** Times a job is taken up again after its process ended. Whoever runs jobs gives up long before; the queue itself must lose none. */
const retryLimit = 1000

/** NOTIFY does not ring for jobs whose time comes, so waiting workers look this often. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2, batchSize: 1 }

export async function openQueue<T>(store: Store, options: QueueOptions<T>): Promise<JobQueue<T>> {
  const { boss } = store
  const settings = {
    notify: true,
    expireInSeconds,
    heartbeatSeconds,
    retryLimit,
    retryDelay: 1,
    deleteAfterSeconds: 86_400,
    retentionSeconds: 7 * 86_400,
  }
  await boss.createQueue(queueName, { policy: 'short', ...settings })
  await boss.updateQueue(queueName, settings)
  if (store.kind === 'pglite') await takeBackInterrupted(store)
  const running = new Map<string, AbortController>()
  const put = inBatches<Put<T>>(async (puts) => {
    await putJobs(store, puts)
    wake()
  })
  // With NOTIFY on, pg-boss takes one job per polling interval from a backlog unless every worker is woken.
  const wake = (): void => boss.getWipData().forEach(({ id }) => boss.notifyWorker(id))
  return {
    put: async (job, { priority = 0 } = {}) => {
      await put({ job, priority })
    },
    work: async (handler) => {
      const perNode = { localConcurrency: options.concurrency, localGroupConcurrency: Math.max(1, options.concurrency - 1) }
      await boss.work(queueName, { ...polling, ...perNode, includeMetadata: true }, async ([job]: JobWithMetadata<unknown>[]) => {
        if (job !== undefined) await runJob({ store, options, running }, job, handler).finally(wake)
      })
    },
    depth: () => readDepth(store),
    probe: async () => {
      await store.sql(
        `insert into specgate.mark (name, value) values ('probe', $1) on conflict (name) do update set value = excluded.value`,
        [new Date().toISOString()],
      )
    },
    drain: (milliseconds) => drain({ store, running }, milliseconds),
  }
}

interface Put<T> {
  readonly job: QueuedJob<T>
  readonly priority: number
}

/**
 * Writes a batch: keys that wait already get the newer work and are pulled forward (what happened just now may have changed everything);
 * the others are inserted. A job that another replica inserts in between is as new as ours, so a conflict loses nothing.
 */
async function putJobs<T>(store: Store, puts: readonly Put<T>[]): Promise<void> {
  const byKey = new Map(puts.map((put) => [put.job.key, put]))
  const ahead = await waitingOf(store, { queue: queueName, groups: puts.map(({ job }) => job.group) })
  const rows = [...byKey.values()].map(({ job, priority }) => ({
    key: job.key,
    priority: fairPriority(priority, ahead.next(job.group)),
    data: { key: job.key, group: job.group, work: job.work },
  }))
  const waiting = await store.sql(
    `update specgate.job set data = x.data, start_after = now(), priority = greatest(job.priority, x.priority)
     from jsonb_to_recordset($2::jsonb) as x (key text, priority integer, data jsonb)
     where job.name = $1 and job.state < 'active' and job.singleton_key = x.key
     returning x.key as key`,
    [queueName, JSON.stringify(rows)],
  )
  const found = new Set(waiting.map((row) => row['key']))
  const inserts = rows.filter(({ key }) => !found.has(key))
  if (inserts.length === 0) return
  await store.boss.insert(
    queueName,
    inserts.map(({ key, priority, data }) => ({ data, priority, singletonKey: key, group: { id: data.group } })),
  )
}

interface Running<T> {
  readonly store: Store
  readonly options: QueueOptions<T>
  readonly running: Map<string, AbortController>
}

async function runJob<T>(context: Running<T>, job: JobWithMetadata<unknown>, handler: JobHandler<T>): Promise<void> {
  const { store, options, running } = context
  const queued = options.parse(job.data)
  if (queued === null) return options.log.warn({ job: job.id }, 'A stored job is of an unknown form and was dropped')
  const stop = new AbortController()
  running.set(job.id, stop)
  try {
    const mayRun = await takeLease(store, queued.key, job.id)
    if (!mayRun) {
      await defer(store, queued, { notBefore: keyWait(), priority: job.priority, waitsForKey: true })
      return await pullForward(store, queued.key)
    }
    options.log.debug({ job: job.id, key: queued.key }, 'A job begins')
    const outcome = await handler({ ...queued, interruptions: job.retryCount, signal: AbortSignal.any([job.signal, stop.signal]) })
    if (outcome.kind === 'again')
      await defer(store, { ...queued, work: outcome.work }, { notBefore: outcome.notBefore, priority: job.priority })
  } finally {
    running.delete(job.id)
    options.log.debug({ job: job.id, key: queued.key }, 'A job ends')
    await releaseLease(store, queued.key, job.id)
  }
}

/** The end of the running job of a key pulls the waiting one forward; this is for the case that it never comes. */
function keyWait(): Date {
  return new Date(Date.now() + 20_000)
}

/** Puts the work back for later, unless something newer already waits under its key: then that one speaks. */
async function defer<T>(
  { boss }: Store,
  { key, group, work }: QueuedJob<T>,
  { notBefore, priority, waitsForKey }: { notBefore: Date; priority: number; waitsForKey?: true },
): Promise<void> {
  await boss.send(
    queueName,
    { key, group, work, waitsForKey },
    { singletonKey: key, group: { id: group }, startAfter: notBefore, priority },
  )
}

/** PGlite serves one process alone, so whatever is active when it opens belongs to a process that is gone. */
async function takeBackInterrupted(store: Store): Promise<void> {
  const rows = await store.sql(`select id from specgate.job where name = $1 and state = 'active'`, [queueName])
  const ids = rows.map((row) => String(row['id']))
  if (ids.length > 0) await store.boss.fail(queueName, ids, { message: 'The process ended.' })
}

async function readDepth(store: Store): Promise<QueueDepth> {
  const [row] = await store.sql(
    `select count(*) filter (where state < 'active' and start_after <= now())::int as waiting,
            count(*) filter (where state < 'active' and start_after > now())::int as deferred,
            count(*) filter (where state = 'active')::int as active,
            coalesce(extract(epoch from now() - min(greatest(created_on, start_after)) filter (where state < 'active' and start_after <= now())), 0)::float8 as oldest
     from specgate.job where name = $1 and state <= 'active'`,
    [queueName],
  )
  return {
    waiting: Number(row?.['waiting']),
    deferred: Number(row?.['deferred']),
    active: Number(row?.['active']),
    oldestWaitingSeconds: Number(row?.['oldest']),
  }
}

async function drain<T>(
  { store, running }: Pick<Running<T>, 'store' | 'running'>,
  milliseconds: number,
): Promise<{ finished: number; left: number }> {
  const before = running.size
  const stopped = store.boss.offWork(queueName)
  const timedOut = new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref())
  await Promise.race([stopped, timedOut])
  const left = [...running.keys()]
  for (const stop of running.values()) stop.abort(new Error('The app is shutting down.'))
  if (left.length > 0) await store.boss.fail(queueName, left, { message: 'The app was shut down.' })
  return { finished: before - left.length, left: left.length }
}
