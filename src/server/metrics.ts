/** What operators watch: how much waits and for how long, how fast we answer, what GitHub says, how reviews end. For Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { QueueDepth } from './queue.ts'

export interface Metrics {
  readonly delivery: (status: number, milliseconds: number) => void
  readonly phase: (phase: 'snapshot' | 'review' | 'report', milliseconds: number) => void
  readonly conclusion: (check: string, conclusion: string) => void
  readonly request: (status: number, installation: number | null, remaining: number | null) => void
  readonly job: (kind: string, outcome: 'done' | 'again' | 'failed') => void
  readonly redelivered: (count: number) => void
  readonly recovered: (net: 'scan' | 'reaper', count: number) => void
  /** The whole page, with the queue's depth as it is now. */
  readonly page: () => Promise<string>
}

export interface MetricSources {
  readonly depth: () => Promise<QueueDepth>
  readonly killedWorkers: () => number
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  watch(registers, sources)
  const { deliveries, phases, conclusions, requests, remaining, jobs, redelivered, recovered } = instruments(registers)
  return {
    delivery: (status, milliseconds) => deliveries.observe({ status }, milliseconds / 1000),
    phase: (phase, milliseconds) => phases.observe({ phase }, milliseconds / 1000),
    conclusion: (check, conclusion) => conclusions.inc({ check, conclusion }),
    request: (status, installation, left) => {
      requests.inc({ status })
      if (installation !== null && left !== null) remaining.set({ installation }, left)
    },
    job: (kind, outcome) => jobs.inc({ kind, outcome }),
    redelivered: (count) => redelivered.inc(count),
    recovered: (net, count) => recovered.inc({ net }, count),
    page: () => registry.metrics(),
  }
}

/** Gauges that are read when somebody looks. */
function watch(registers: Registry[], { depth, killedWorkers }: MetricSources): void {
  const waiting = new Gauge({ name: 'specgate_queue_jobs', help: 'Jobs in the queue by state.', labelNames: ['state'], registers })
  const oldest = new Gauge({ name: 'specgate_queue_oldest_seconds', help: 'Age of the oldest job that waits for a worker.', registers })
  new Gauge({
    ...{ name: 'specgate_workers_killed_total', help: 'Worker threads stopped for time or memory.', registers },
    async collect() {
      this.set(killedWorkers())
      const now = await depth().catch(() => null)
      if (now === null) return
      waiting.set({ state: 'waiting' }, now.waiting)
      waiting.set({ state: 'deferred' }, now.deferred)
      waiting.set({ state: 'active' }, now.active)
      oldest.set(now.oldestWaitingSeconds)
    },
  })
}

function instruments(registers: Registry[]) {
  const seconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60]
  const deliveries = new Histogram({
    name: 'specgate_delivery_seconds',
    help: 'Time to answer a delivery, by status.',
    labelNames: ['status'],
    buckets: seconds,
    registers,
  })
  const phases = new Histogram({
    name: 'specgate_phase_seconds',
    help: 'Time of each phase of a review.',
    labelNames: ['phase'],
    buckets: seconds,
    registers,
  })
  const conclusions = new Counter({
    name: 'specgate_conclusions_total',
    help: 'Check runs by conclusion.',
    labelNames: ['check', 'conclusion'],
    registers,
  })
  const requests = new Counter({
    name: 'specgate_github_requests_total',
    help: 'Answers of GitHub by status.',
    labelNames: ['status'],
    registers,
  })
  const remaining = new Gauge({
    name: 'specgate_github_remaining',
    help: 'Requests left this hour, by installation.',
    labelNames: ['installation'],
    registers,
  })
  const jobs = new Counter({ name: 'specgate_jobs_total', help: 'Jobs by kind and outcome.', labelNames: ['kind', 'outcome'], registers })
  const redelivered = new Counter({ name: 'specgate_redelivered_total', help: 'Failed deliveries asked for again.', registers })
  const recovered = new Counter({
    name: 'specgate_recovered_total',
    help: 'Reviews found missing or stuck.',
    labelNames: ['net'],
    registers,
  })
  return { deliveries, phases, conclusions, requests, remaining, jobs, redelivered, recovered }
}
