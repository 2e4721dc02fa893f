/**
 * Reviews in worker threads, so that the receiver always answers. A thread has a memory limit and a kill timer: one hostile description
 * costs its own review a clear failure, and nobody else anything.
 */
import { Piscina } from 'piscina'
import type { Review } from '../model/review.ts'
import type { PullRequestSnapshot } from '../model/snapshot.ts'
import { createSlots } from './slots.ts'
import type { ReviewTask } from './review-worker.ts'

export interface ReviewPool {
  /** Throws TooLarge when the review runs out of time or memory. */
  readonly review: (snapshot: PullRequestSnapshot, signal: AbortSignal) => Promise<Review>
  readonly killed: () => number
  readonly close: () => Promise<void>
}

export interface PoolOptions {
  readonly threads: number
  readonly memoryMb: number
  readonly timeoutMs: number
  /** Another tool is asked about each review as well. */
  readonly secondOpinion: boolean
  /** The module that the threads run; only tests name another. */
  readonly worker?: URL
}

/** What a pull request asks for is more than a review may take. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** A thread that has had nothing to do for this long ends, so that an idle app is small. */
const idleMs = 120_000

export function openPool(options: PoolOptions): ReviewPool {
  const pool = new Piscina<ReviewTask, Review>({
    filename: (options.worker ?? ownWorker()).href,
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: idleMs,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb, maxYoungGenerationSizeMb: 64 },
    // A worker thread sees no environment: no key, no secret, no database.
    env: { NODE_ENV: 'production' },
  })
  const slots = createSlots(options.threads)
  let killed = 0
  const review = async (snapshot: PullRequestSnapshot, signal: AbortSignal): Promise<Review> => {
    // The kill timer must not run while a review waits for a thread, so waiting is done here and not in the pool.
    const release = await slots.take(tenantOf(snapshot))
    const timeout = AbortSignal.timeout(options.timeoutMs)
    try {
      signal.throwIfAborted()
      return await pool.run({ snapshot, secondOpinion: options.secondOpinion }, { signal: AbortSignal.any([signal, timeout]) })
    } catch (error) {
      const reason = whyKilled(error, timeout, options)
      if (reason === null || signal.aborted) throw error
      killed += 1
      throw new TooLarge(reason, { cause: error })
    } finally {
      release()
    }
  }
  return { review, killed: () => killed, close: () => pool.destroy() }
}

/** Owners are tenants: an installation belongs to one. */
function tenantOf({ repository }: PullRequestSnapshot): string {
  return repository.owner.toLowerCase()
}

/** The sources run as they are; published code is JavaScript. */
function ownWorker(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './review-worker.ts' : './review-worker.js', import.meta.url)
}

function whyKilled(error: unknown, timeout: AbortSignal, { timeoutMs, memoryMb }: PoolOptions): string | null {
  if (timeout.aborted) return `the review took longer than ${timeoutMs / 1000} seconds`
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `the review needed more than ${memoryMb} MB of memory`
  return null
}
