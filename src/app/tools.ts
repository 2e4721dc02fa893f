/** What a job is done with: the doors to GitHub, to the worker threads and to the store, opened once by serve.ts. */
import type { AppIdentity } from '../github/standing.ts'
import type { DecisionLedger } from '../server/decision-ledger.ts'
import type { Ledger } from '../server/ledger.ts'
import type { Log } from '../server/logger.ts'
import type { Metrics } from '../server/metrics.ts'
import type { ReviewPool } from '../server/workers.ts'
import type { GitHubAccess } from './github-access.ts'
import type { Job } from './job.ts'

export interface Tools {
  readonly github: GitHubAccess
  readonly app: AppIdentity
  readonly pool: ReviewPool
  readonly ledger: Ledger
  /** Who agreed to what, for good. */
  readonly decisions: DecisionLedger
  readonly log: Log
  readonly metrics: Metrics
  /** A sentence about an error that holds no secret. */
  readonly describe: (error: unknown) => string
  readonly put: (job: Job, priority?: number) => Promise<void>
  readonly now: () => Date
}

/** Work found by looking around waits for work that people wait for. */
export const background = -10
