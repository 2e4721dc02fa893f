/** Puts the app together: the store, the workers, Probot, the receiver, the nets; in an order in which nothing arrives too early. */
import { Probot } from 'probot'
import { createHttp, createMetricsHttp, listen as listenOn } from '../server/http.ts'
import { isLoopback, readConfig } from '../server/config.ts'
import type { Config, Environment } from '../server/config.ts'
import { withEnvFile } from '../server/env-file.ts'
import { openDecisionLedger } from '../server/decision-ledger.ts'
import { openLedger } from '../server/ledger.ts'
import { tellLedger } from '../server/ledger-socket.ts'
import { createShutdown } from '../server/lifecycle.ts'
import { openLog } from '../server/logger.ts'
import type { Logging } from '../server/logger.ts'
import { createMetrics } from '../server/metrics.ts'
import { openQueue } from '../server/queue.ts'
import type { JobQueue } from '../server/queue.ts'
import { createReceiver } from '../server/receiver.ts'
import type { Delivery } from '../server/receiver.ts'
import { createRecovery } from '../server/recovery.ts'
import { openStore } from '../server/store.ts'
import type { Store } from '../server/store.ts'
import { openPool } from '../server/workers.ts'
import { handledEvents, listen } from './events.ts'
import type { EventSink } from './events.ts'
import { freshMark } from './find-pull-requests.ts'
import { openGitHub, readAppIdentity } from './github-access.ts'
import { queued, readStored } from './job.ts'
import type { Job } from './job.ts'
import { createOctokit, observedFetch } from './octokit.ts'
import { createRunJob } from './run-job.ts'
import { Refused } from './running.ts'
import type { Running } from './running.ts'
import { serveSetup } from './setup.ts'
import { background } from './tools.ts'
import type { Tools } from './tools.ts'

export interface ServeOptions {
  /** Where the log goes; standard output by default. */
  readonly logTo?: NodeJS.WritableStream
  /** Sentences for whoever started it. */
  readonly print?: (line: string) => void
}

/** Starts the app with this environment. Throws Refused when the environment does not allow it. */
export async function serve(env: Environment, options: ServeOptions = {}): Promise<Running> {
  const read = readConfig(env === process.env ? withEnvFile(env) : env)
  if (read.kind === 'refused') throw new Refused(read.problems)
  if (read.kind === 'unregistered') return serveSetup(read.port, options.print ?? (() => undefined))
  const { config } = read
  const secrets = [...config.webhookSecrets, config.privateKey, env['PRIVATE_KEY'] ?? '', env['DATABASE_URL'] ?? '']
  const logging = openLog(config.logLevel, secrets, options.logTo)
  const store = await openStore(config, logging.log)
  try {
    return await start({ config, logging, store })
  } catch (error) {
    await store.close()
    throw error
  }
}

interface Opened {
  readonly config: Config
  readonly logging: Logging
  readonly store: Store
}

async function start(opened: Opened): Promise<Running> {
  const { config, logging, store } = opened
  const { log } = logging
  const queue = await openQueue<Job>(store, { concurrency: config.concurrency, log, parse: readStored })
  const { tools, accept } = await openTools(opened, queue)
  const recovery = createRecovery(recoveryOptions(opened, tools, accept))

  let draining = false
  const receive = createReceiver({ secrets: config.webhookSecrets, log, events: handledEvents, accept, observe: tools.metrics.delivery })
  const notReady = (): Promise<string | null> => whyNotReady(queue, draining)
  const http = createHttp({ receive, notReady, metrics: config.metricsPort === null ? tools.metrics.page : null })
  const metricsHttp = config.metricsPort === null ? null : createMetricsHttp(tools.metrics.page)
  const { address, port } = await listenOn(http, config.port, config.host)
  if (metricsHttp !== null) await listenOn(metricsHttp, config.metricsPort ?? 0, config.host)
  await queue.work(createRunJob(tools))
  const stopTelling = store.kind === 'pglite' ? await tellLedger(config.dataDir, tools.decisions.lines) : () => undefined
  const ready = recovery.once().then(recovery.start)
  log.info({ address, port, store: store.kind }, 'Specgate is listening')

  const servers = metricsHttp === null ? [http] : [http, metricsHttp]
  const shutdown = createShutdown({ servers, queue, pool: tools.pool, store, stopLooking: recovery.stop, log })
  const close = (): Promise<void> => {
    draining = true
    stopTelling()
    return shutdown()
  }
  return { mode: 'app', address, port, ready, close }
}

async function whyNotReady(queue: JobQueue<Job>, draining: boolean): Promise<string | null> {
  if (draining) return 'draining'
  try {
    await queue.probe()
    return null
  } catch {
    return 'the job store cannot be written to'
  }
}

async function openTools(
  { config, logging, store }: Opened,
  queue: JobQueue<Job>,
): Promise<{ tools: Tools; accept: (delivery: Delivery) => Promise<void> }> {
  const { log, library, describe } = logging
  const pool = openPool({
    threads: config.workerThreads,
    memoryMb: config.workerMemoryMb,
    timeoutMs: config.reviewTimeoutMs,
    secondOpinion: config.secondOpinion,
  })
  const metrics = createMetrics({ depth: queue.depth, killedWorkers: pool.killed })
  const Octokit = createOctokit({ paced: !isLoopback(new URL(config.apiUrl).hostname) })
  const fetchAsApp = observedFetch(({ status }) => metrics.request(status, null, null))
  const probot = new Probot({
    ...{ appId: config.appId, privateKey: config.privateKey, secret: config.webhookSecrets[0] ?? '', baseUrl: config.apiUrl },
    ...{ Octokit, log: library, request: { fetch: fetchAsApp } },
  })
  const github = await openGitHub({ probot, Octokit, baseUrl: config.apiUrl, log: library })
  const app = await readAppIdentity(github.app)
  const put = (job: Job, priority = 0): Promise<void> => queue.put(queued(job), { priority })
  const ledger = openLedger(store)
  const decisions = openDecisionLedger(store)
  const tools: Tools = { github, app, pool, ledger, decisions, log, metrics, describe, put, now: () => new Date() }
  listen(probot, sinkOf(tools))
  return { tools, accept: (delivery) => hand(probot, delivery) }
}

function sinkOf({ app, log, ledger, put }: Tools): EventSink {
  return {
    appId: app.id,
    appLogin: `${app.slug}[bot]`.toLowerCase(),
    log,
    put: (job) => put(job),
    askFresh: (repositoryId, number, wish) => ledger.setMark(freshMark(repositoryId, number), wish),
    rememberPush: ledger.rememberPush,
  }
}

/** Gives a delivery to the typed handlers; resolves when their work is stored. */
async function hand(probot: Probot, { id, event, payload }: Delivery): Promise<void> {
  const received = { id, name: event, payload }
  if (isEvent(received)) await probot.receive(received)
}

type ProbotEvent = Parameters<Probot['receive']>[0]

/** The receiver lets in handled events only; what a payload holds is checked field by field where it is read. */
function isEvent(received: { readonly name: string; readonly payload: unknown }): received is ProbotEvent {
  return handledEvents.has(received.name) && typeof received.payload === 'object' && received.payload !== null
}

function recoveryOptions(
  { config, store, logging }: Opened,
  tools: Tools,
  accept: (delivery: Delivery) => Promise<void>,
): Parameters<typeof createRecovery>[0] {
  const { github, ledger, decisions, log, metrics, put } = tools
  const observe = (installation: number) => (seen: { status: number; remaining: number | null }) =>
    metrics.request(seen.status, installation, seen.remaining)
  return {
    ...{ app: github.app, ledger, store, log, metrics, events: handledEvents, accept, describe: logging.describe },
    forgetOld: async () => {
      const count = await decisions.prune(config.ledgerDays, tools.now())
      if (count > 0) log.info({ count }, 'Decisions past their time were deleted from the ledger')
    },
    forInstallation: (installation) => github.forInstallation(installation, observe(installation)),
    finish: async (run, renew) => {
      const { installation, repository, number, head } = run
      if (number === null) return ledger.forgetRuns(repository.id, [run.id])
      if (renew) await ledger.setMark(freshMark(repository.id, number), 'asked')
      await put({ kind: 'pull-request', installation, repository, delivery: null, reason: 'reaper', attempt: 0, number, head }, background)
    },
    scan: ({ installation, ...repository }, updatedSince) =>
      put({ kind: 'repository', installation, repository, delivery: null, reason: 'scan', attempt: 0, updatedSince }, background),
  }
}
