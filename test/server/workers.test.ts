/** A hostile review costs itself, and nobody else anything. */
import { afterEach, expect, test } from 'vitest'
import { openPool, TooLarge } from '../../src/server/workers.ts'
import type { PoolOptions, ReviewPool } from '../../src/server/workers.ts'

const never = new AbortController().signal
const nothing: any = {}
let pool: ReviewPool

afterEach(() => pool.close())

function open(worker: string, change: Partial<PoolOptions> = {}): ReviewPool {
  pool = openPool({ threads: 1, memoryMb: 64, timeoutMs: 1_500, secondOpinion: false, worker: new URL(`./hostile/${worker}.ts`, import.meta.url), ...change })
  return pool
}

test('a review that does not end is stopped', async () => {
  const failure = await open('forever')
    .review(nothing, never)
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(TooLarge)
  expect(String(failure)).toContain('longer than 1.5 seconds')
  expect(pool.killed()).toBe(1)
})

test('a review that takes all memory is stopped, and the process lives', async () => {
  const failure = await open('greedy', { timeoutMs: 60_000 })
    .review(nothing, never)
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(TooLarge)
  expect(String(failure)).toContain('64 MB')
})

test('waiting for a thread does not count as time of the review', async () => {
  open('polite', { timeoutMs: 5_000 })
  await pool.review(nothing, never)
  await pool.close()
  open('polite', { timeoutMs: 1_000 })
  const reviews = await Promise.all(Array.from({ length: 6 }, () => pool.review(nothing, never)))
  expect(reviews).toHaveLength(6)
})

test('after a killed review the next one runs', async () => {
  open('forever', { timeoutMs: 500 })
  await expect(pool.review(nothing, never)).rejects.toBeInstanceOf(TooLarge)
  await expect(pool.review(nothing, never)).rejects.toBeInstanceOf(TooLarge)
  expect(pool.killed()).toBe(2)
})

test('a worker sees nothing of the environment', async () => {
  expect(await open('polite', { timeoutMs: 10_000 }).review(nothing, never)).toEqual({ environment: ['NODE_ENV'] })
})

test('an aborted review is not called too large', async () => {
  const stop = new AbortController()
  const running = open('forever', { timeoutMs: 20_000 }).review(nothing, stop.signal)
  setTimeout(() => stop.abort(new Error('The head moved.')), 300)
  const failure = await running.catch((error: unknown) => error)
  expect(failure).not.toBeInstanceOf(TooLarge)
  expect(pool.killed()).toBe(0)
})
