/** A hostile review costs itself, and nobody else anything. */
import { afterEach, expect, test } from 'vitest'
import { openPool, TooLarge } from '../../src/server/workers.ts'
import type { PoolOptions, ReviewPool } from '../../src/server/workers.ts'

const never = new AbortController().signal
const nothing: any = { repository: { owner: 'acme' } }
let pool: ReviewPool

afterEach(() => pool.close())

function open(worker: string, change: Partial<PoolOptions> = {}): ReviewPool {
  pool = openPool({
    threads: 1,
    memoryMb: 64,
    timeoutMs: 1_500,
    secondOpinion: false,
    worker: new URL(`./hostile/${worker}.ts`, import.meta.url),
    ...change,
  })
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
  open('polite', { timeoutMs: 5_000 })
  const reviews = await Promise.all(Array.from({ length: 18 }, () => pool.review(nothing, never)))
  expect(reviews).toHaveLength(18)
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

test('a tenant whose reviews never end does not hold up another one', async () => {
  open('by-owner', { threads: 2, timeoutMs: 60_000 })
  const stop = new AbortController()
  const hostile: any = { repository: { owner: 'hostile' } }
  const endless = Array.from({ length: 5 }, () => pool.review(hostile, stop.signal).catch(() => 'stopped'))
  const polite: any = { repository: { owner: 'polite' } }
  for (let round = 0; round < 3; round += 1) expect(await pool.review(polite, never)).toEqual({ owner: 'polite' })
  stop.abort(new Error('enough'))
  expect(await Promise.all(endless)).toEqual(Array.from({ length: 5 }, () => 'stopped'))
})
