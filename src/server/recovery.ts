/**
 * The nets under the webhooks: GitHub's log of failed deliveries, open pull requests without our result, check runs that wait too long.
 * All three only put jobs, which change nothing where nothing is missing. One replica at a time does this.
 */
import { ask, askForAll, PermanentFailure } from '../github/client.ts'
import type { GitHubClient } from '../github/client.ts'
import { perPage } from '../github/limits.ts'
import type { Ledger, UnfinishedRun } from './ledger.ts'
import type { Log } from './logger.ts'
import type { Metrics } from './metrics.ts'
import type { Delivery } from './receiver.ts'
import type { Store } from './store.ts'

export interface RecoveryOptions {
  readonly app: GitHubClient
  readonly forInstallation: (installation: number) => Promise<GitHubClient>
  readonly ledger: Ledger
  /** Deletes what is too old to be kept. */
  readonly forgetOld: () => Promise<void>
  readonly store: Pick<Store, 'sql'>
  readonly log: Log
  readonly metrics: Metrics
  readonly events: ReadonlySet<string>
  /** Takes a delivery as if it had just arrived. */
  readonly accept: (delivery: Delivery) => Promise<void>
  /** Has the pull request or merge group of a waiting run evaluated again. */
  readonly finish: (run: UnfinishedRun, renew: boolean) => Promise<void>
  /** Has a repository's open pull requests looked at that changed since an instant (null: all). */
  readonly scan: (repository: { installation: number; id: number; owner: string; name: string }, since: string | null) => Promise<void>
  readonly describe: (error: unknown) => string
}

/** GitHub keeps the log for three days (seven on GitHub Enterprise Server), so that minutes lose nothing. */
const sweepSeconds = 300
const scanSeconds = 6 * 3600
const reapSeconds = 60
/** A review takes seconds; a run that is in progress for longer than this lost its worker. */
const stuckSeconds = 900
/** GitHub calls a run that waits for 14 days stale; ours are renewed long before. */
const renewSeconds = 7 * 86_400
/** Times a failed delivery is asked for again, before its payload is fetched from the log instead. */
const redeliveries = 1
const logPages = 20

export interface Recovery {
  /** Looks once at everything: for the start. */
  readonly once: () => Promise<void>
  readonly start: () => void
  readonly stop: () => void
}

export function createRecovery(options: RecoveryOptions): Recovery {
  const timers: NodeJS.Timeout[] = []
  const guarded = (name: string, work: () => Promise<void>) => async (): Promise<void> => {
    try {
      await work()
    } catch (error) {
      options.log.warn({ job: name, error: options.describe(error) }, 'Looking for lost work failed; it is tried again')
    }
  }
  const sweep = guarded('deliveries', () => sweepDeliveries(options))
  const scan = guarded('scan', () => scanRepositories(options))
  const reap = guarded('reaper', () => reapRuns(options))
  return {
    once: async () => {
      await reap()
      await sweep()
      await scan()
    },
    start: () => {
      const every = (name: string, seconds: number, work: () => Promise<void>): void => {
        const turn = guarded(name, async () => {
          if (await claim(options, name, seconds / 2)) await work()
        })
        timers.push(setInterval(() => void turn(), seconds * 1000).unref())
      }
      every('deliveries', sweepSeconds, sweep)
      every('scan', scanSeconds, scan)
      every('reaper', reapSeconds, reap)
    },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  }
}

/** True for one replica in each span of time. */
async function claim({ store }: RecoveryOptions, name: string, seconds: number): Promise<boolean> {
  const rows = await store.sql(
    `insert into specgate.mark (name, value) values ($1, '') on conflict (name) do update set at = now()
     where specgate.mark.at < now() - make_interval(secs => $2) returning name`,
    [`claim:${name}`, seconds],
  )
  return rows.length > 0
}

interface LoggedDelivery {
  readonly id: number
  readonly guid: string
  readonly event: string
  readonly status: string
  readonly deliveredAt: string
}

/** Net 2: deliveries that no attempt brought through, since the last one that was seen. */
async function sweepDeliveries(options: RecoveryOptions): Promise<void> {
  const until = await options.ledger.getMark('deliveries-seen')
  const deliveries = await readLog(options.app, until)
  const ours = deliveries.filter(({ event }) => options.events.has(event))
  const arrived = new Set(ours.filter(({ status }) => status === 'OK').map(({ guid }) => guid))
  const failed = new Map(ours.filter(({ guid }) => !arrived.has(guid)).map((delivery) => [delivery.guid, delivery]))
  let isWhole = true
  for (const delivery of failed.values()) {
    const missed = await failureOf(options, { delivery: delivery.guid }, () => bringThrough(options, delivery))
    isWhole &&= missed === null || missed instanceof PermanentFailure
  }
  const newest = Math.max(0, ...deliveries.map(({ deliveredAt }) => Date.parse(deliveredAt)))
  // A little before the newest, because deliveries under way are entered late; asking twice is harmless.
  if (newest > 0 && isWhole) await options.ledger.setMark('deliveries-seen', new Date(newest - 600_000).toISOString())
  if (failed.size > 0) options.log.info({ count: failed.size }, 'Failed deliveries were asked for again')
  options.metrics.redelivered(failed.size)
}

async function readLog(app: GitHubClient, until: string | null): Promise<LoggedDelivery[]> {
  const found: LoggedDelivery[] = []
  let cursor: string | undefined
  for (let page = 1; page <= logPages; page += 1) {
    const response = await requestLog(app, cursor)
    found.push(...response.deliveries)
    const oldest = response.deliveries.at(-1)?.deliveredAt
    cursor = response.next ?? undefined
    if (cursor === undefined || oldest === undefined || (until !== null && Date.parse(oldest) < Date.parse(until))) break
  }
  return until === null ? found : found.filter(({ deliveredAt }) => Date.parse(deliveredAt) >= Date.parse(until))
}

async function requestLog(app: GitHubClient, cursor: string | undefined): Promise<{ deliveries: LoggedDelivery[]; next: string | null }> {
  let next: string | null = null
  const data = await ask('the log of deliveries', async () => {
    const response = await app.request('GET /app/hook/deliveries', { per_page: perPage, ...(cursor === undefined ? {} : { cursor }) })
    next = /[?&]cursor=([^&>]+)[^>]*>;\s*rel="next"/.exec(response.headers.link ?? '')?.[1] ?? null
    return response
  })
  const deliveries = data.map(({ id, guid, event, status, delivered_at }) => ({
    id: Number(id),
    guid,
    event,
    status,
    deliveredAt: delivered_at,
  }))
  return { deliveries, next: next === null ? null : decodeURIComponent(next) }
}

/** First GitHub is asked to deliver again; when that fails as well, our address may be out of its reach, and the payload is fetched instead. */
async function bringThrough({ app, ledger, accept, log }: RecoveryOptions, { id, guid, event }: LoggedDelivery): Promise<void> {
  const name = `redelivered:${guid}`
  const attempts = Number((await ledger.getMark(name)) ?? 0)
  if (attempts > redeliveries) return
  const counted = (): Promise<void> => ledger.setMark(name, String(attempts + 1))
  if (attempts < redeliveries) {
    await counted()
    await ask('a failed delivery', () => app.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id }))
    return
  }
  const data = await ask('a failed delivery', () => app.request('GET /app/hook/deliveries/{delivery_id}', { delivery_id: id }))
  log.info({ delivery: guid, event }, 'A delivery was taken from the log')
  await accept({ id: guid, event, payload: data.request.payload })
  await counted()
}

/** Net 3: every repository the app reaches, for pull requests touched since the app was last known to run. */
async function scanRepositories(options: RecoveryOptions): Promise<void> {
  const lastScan = await options.ledger.getMark('scanned')
  const started = new Date()
  const since = lastScan === null ? daysBefore(started, 30) : new Date(Date.parse(lastScan) - 3600_000).toISOString()
  const { items: installations } = await askForAll(
    'the installations',
    (page) => options.app.request('GET /app/installations', { per_page: perPage, page }),
    100,
  )
  let isWhole = true
  for (const { id, suspended_at } of installations) {
    if (suspended_at !== null && suspended_at !== undefined) continue
    // One installation that refuses us must not keep the others from being looked at, nor old entries for ever.
    const missed = await failureOf(options, { installation: Number(id) }, () => scanInstallation(options, Number(id), since))
    isWhole &&= missed === null || missed instanceof PermanentFailure
  }
  if (isWhole) await options.ledger.setMark('scanned', started.toISOString())
  await options.ledger.tidy()
  await options.forgetOld()
}

/** What kept the work from being done, told in the log; null when it was done. */
async function failureOf(
  { log, describe }: RecoveryOptions,
  about: { readonly installation: number } | { readonly delivery: string },
  work: () => Promise<void>,
): Promise<unknown> {
  try {
    await work()
    return null
  } catch (error) {
    log.warn({ ...about, error: describe(error) }, 'A part of what may be lost could not be looked at')
    return error
  }
}

function daysBefore(date: Date, days: number): string {
  return new Date(date.getTime() - days * 86_400_000).toISOString()
}

async function scanInstallation({ forInstallation, scan }: RecoveryOptions, installation: number, since: string): Promise<void> {
  const client = await forInstallation(installation)
  for (let page = 1; page <= 100; page += 1) {
    const current = page
    const data = await ask('the repositories of an installation', () =>
      client.request('GET /installation/repositories', { per_page: perPage, page: current }),
    )
    for (const { id, name, owner, archived } of data.repositories) {
      if (archived !== true) await scan({ installation, id: Number(id), owner: owner.login, name }, since)
    }
    if (data.repositories.length < perPage) break
  }
}

/** Runs that nobody is working on any more, and runs that GitHub would soon call stale. */
async function reapRuns({ ledger, finish, metrics }: RecoveryOptions): Promise<void> {
  const stuck = await ledger.unfinishedFor('API review', stuckSeconds)
  for (const run of stuck) await finish(run, false)
  for (const run of await ledger.unfinishedFor('API approval', renewSeconds)) await finish(run, true)
  if (stuck.length > 0) metrics.recovered('reaper', stuck.length)
}
