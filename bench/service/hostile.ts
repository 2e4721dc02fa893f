/** Bombs of one tenant beside the everyday review of another: how long each bomb lasts, and what it costs the neighbour. */
import { readFileSync } from 'node:fs'
import { openPool } from '../../src/server/workers.ts'
import { measuredPairs } from '../pairs.ts'
import { reviewJson } from '../review-snapshot.ts'
import { bombs } from './bombs.ts'

const threads = 2
const reviewMs = 60_000

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN

export async function measureHostile(): Promise<void> {
  const pool = openPool({ threads, memoryMb: 1024, timeoutMs: reviewMs, secondOpinion: false })
  const [everyday] = measuredPairs()
  if (everyday === undefined) return
  const neighbour = reviewJson(
    { 'openapi.yaml': readFileSync(everyday.base, 'utf8') },
    { 'openapi.yaml': readFileSync(everyday.head, 'utf8') },
  )
  const signal = new AbortController().signal
  const other = async (): Promise<void> =>
    void (await pool.review({ ...neighbour, repository: { ...neighbour.repository, owner: 'third', id: 3 } }, signal))
  const once = async (): Promise<number> => {
    const started = performance.now()
    await pool.review(neighbour, signal)
    return performance.now() - started
  }
  // Both threads have to have started before anything is measured; the neighbour alone may use one at a time.
  for (let warm = 0; warm < 4; warm += 1) await Promise.all([once(), other()])
  const alone: number[] = []
  for (let round = 0; round < 15; round += 1) alone.push(await once())
  console.log(
    `neighbour (${everyday.name}) alone: median ${percentile(alone, 0.5).toFixed(0)} ms, p95 ${percentile(alone, 0.95).toFixed(0)} ms`,
  )
  console.log('| bomb | ends after | as | neighbour median | ratio | reviews meanwhile |\n| --- | --- | --- | --- | --- | --- |')
  for (const [name, make] of Object.entries(bombs())) {
    const snapshot = make()
    const started = performance.now()
    let ended = false
    const bomb = pool
      .review(snapshot, signal)
      .then(
        ({ verdict }) => `reviewed: ${verdict.review}`,
        (error: unknown) => String(error),
      )
      .finally(() => (ended = true))
    const beside: number[] = []
    do beside.push(await once())
    while (!ended)
    const how = await bomb
    const ms = performance.now() - started
    const median = percentile(beside, 0.5)
    const ratio = median / percentile(alone, 0.5)
    console.log(
      `| ${name} | ${(ms / 1000).toFixed(1)} s | ${how.slice(0, 60)} | ${median.toFixed(0)} ms | ${ratio.toFixed(1)} | ${beside.length} |`,
    )
  }
  console.log(`peak memory of the process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB; threads ended: ${pool.killed()}`)
  await pool.close()
}
