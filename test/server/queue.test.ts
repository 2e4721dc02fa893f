/** The queue on both stores: nothing acknowledged is lost, one job a key runs at a time, and a backlog does not wait for polls. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openQueue } from '../../src/server/queue.ts'
import type { JobHandler, JobOutcome, JobQueue, QueuedJob } from '../../src/server/queue.ts'
import type { Store } from '../../src/server/store.ts'
import { databaseUrl, pgliteFolder, postgresDatabase } from './store.ts'
import type { TestStore } from './store.ts'
import { silent } from './silent.ts'

type Done = { readonly kind: 'done' }

const job = (key: string, work = 'a', group = 'one'): QueuedJob<string> => ({ key, group, work })

function parse(stored: any): QueuedJob<string> | null {
  return typeof stored?.work === 'string' && !stored.work.startsWith('unknown') ? stored : null
}

async function until(condition: () => boolean | Promise<boolean>, milliseconds = 15_000): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('It did not happen in time.')
    await setTimeout(20)
  }
}

const stores: Record<string, (() => Promise<TestStore>) | null> = {
  PGlite: pgliteFolder,
  PostgreSQL: databaseUrl === null ? null : () => postgresDatabase(databaseUrl ?? ''),
}

test('the tests on PostgreSQL run in CI; elsewhere they need SPECGATE_TEST_DATABASE_URL', () => {
  if (process.env['CI'] !== 'true' && databaseUrl === null)
    console.info('SPECGATE_TEST_DATABASE_URL is not set: the queue was tested on PGlite only.')
  expect(databaseUrl !== null || process.env['CI'] !== 'true').toBe(true)
})

for (const [name, make] of Object.entries(stores).filter(([, made]) => made !== null)) {
  describe(`on ${name}`, () => {
    let place: TestStore
    let store: Store
    let queue: JobQueue<string>
    const reopen = async (): Promise<void> => {
      store = await place.open()
      queue = await openQueue(store, { concurrency: 3, log: silent.log, parse })
    }
    const done: JobHandler<string> = () => Promise.resolve({ kind: 'done' })

    beforeAll(async () => {
      place = await (make ?? pgliteFolder)()
      await reopen()
    })
    beforeEach(async () => {
      await queue.drain(5_000)
      await store.boss.deleteAllJobs('work')
    })
    afterAll(async () => {
      await store.close()
      await place.discard()
    })

    test('a job put before anybody works is done, with the work it was given', async () => {
      const seen: string[] = []
      await queue.put(job('a', 'first'))
      await queue.work(({ work }) => {
        seen.push(work)
        return Promise.resolve<Done>({ kind: 'done' })
      })
      await until(() => seen.length === 1)
      expect(seen).toEqual(['first'])
    })

    test('jobs of one key that arrive at once become one, with the newest work', async () => {
      await Promise.all(Array.from({ length: 8 }, (_, index) => queue.put(job('a', `work ${index}`))))
      await queue.put(job('a', 'newest'))
      const seen: string[] = []
      await queue.work(({ work }) => {
        seen.push(work)
        return Promise.resolve<Done>({ kind: 'done' })
      })
      await until(() => seen.length > 0)
      await setTimeout(300)
      expect(seen).toEqual(['newest'])
    })

    test('a job that arrives while its key is being worked on runs afterwards, never beside it', async () => {
      let running = 0
      let most = 0
      const seen: string[] = []
      await queue.work(async ({ work }) => {
        running += 1
        most = Math.max(most, running)
        await setTimeout(200)
        running -= 1
        seen.push(work)
        return { kind: 'done' }
      })
      await queue.put(job('a', 'first'))
      await until(() => running === 1)
      await queue.put(job('a', 'second'))
      await until(() => seen.length === 2)
      expect({ seen, most }).toEqual({ seen: ['first', 'second'], most: 1 })
    })

    test('a key is free again the moment its job ends, however long that took', async () => {
      const seen: number[] = []
      await queue.work(async ({ work }) => {
        await setTimeout(work === 'long' ? 7_000 : 10)
        seen.push(Date.now())
        return { kind: 'done' }
      })
      await queue.put(job('a', 'long'))
      await until(async () => (await queue.depth()).active === 1)
      await setTimeout(6_500)
      await queue.put(job('a', 'next'))
      await until(() => seen.length === 2)
      expect((seen[1] ?? 0) - (seen[0] ?? 0)).toBeLessThan(1_500)
    })

    test('a backlog is worked off without waiting for polls', async () => {
      let count = 0
      for (let index = 0; index < 30; index += 1) await queue.put(job(`k${index}`, 'x', `g${index % 5}`))
      const started = Date.now()
      await queue.work(() => {
        count += 1
        return Promise.resolve<Done>({ kind: 'done' })
      })
      await until(() => count === 30)
      expect(Date.now() - started).toBeLessThan(8_000)
    })

    test('one group never takes every worker', async () => {
      let busy = 0
      let other = false
      const release = Promise.withResolvers<void>()
      await queue.work(async ({ group }) => {
        if (group === 'greedy') {
          busy += 1
          await release.promise
        } else other = true
        return { kind: 'done' }
      })
      for (let index = 0; index < 6; index += 1) await queue.put(job(`greedy${index}`, 'x', 'greedy'))
      await until(() => busy === 2)
      await queue.put(job('modest', 'x', 'modest'))
      await until(() => other)
      expect(busy).toBe(2)
      release.resolve()
    })

    test('two tenants with a hundred pull requests each do not delay a third: of what waits, each group’s first comes first', async () => {
      const seen: string[] = []
      const large = Array.from({ length: 100 }, (_, index) => ['ten', 'hun'].map((group) => job(`${group}${index}`, 'x', group))).flat()
      await Promise.all(large.map((one) => queue.put(one)))
      await queue.put(job('found', 'x', 'scanned'), { priority: -10 })
      await queue.put(job('small0', 'x', 'small'))
      await queue.put(job('small1', 'x', 'small'))
      await queue.work(async ({ key }) => {
        seen.push(key)
        await setTimeout(5)
        return { kind: 'done' }
      })
      await until(() => seen.length === 203, 60_000)
      // Three workers; the first jobs of three groups come before the second ones.
      expect(seen.indexOf('small0')).toBeLessThan(6)
      expect(seen.indexOf('small1')).toBeLessThan(12)
      expect(seen.indexOf('found')).toBeGreaterThan(190)
    })

    test('work asked for again keeps its place behind what matters more', async () => {
      const seen: string[] = []
      const again: JobHandler<string> = ({ key, work }) => {
        seen.push(`${key} ${work}`)
        return Promise.resolve<JobOutcome<string>>(
          work === 'first' ? { kind: 'again', notBefore: new Date(Date.now() + 5_000), work: 'second' } : { kind: 'done' },
        )
      }
      await queue.put(job('found', 'first'), { priority: -10 })
      await queue.work(again)
      await until(() => seen.length === 1)
      await queue.drain(5_000)
      await until(async () => (await queue.depth()).waiting === 1)
      for (let index = 0; index < 9; index += 1) await queue.put(job(`event${index}`, 'x'))
      await queue.work(again)
      await until(() => seen.length === 11)
      expect(seen.indexOf('found second')).toBeGreaterThan(6)
    })

    test('work asked for again waits for its time, and something newer does not', async () => {
      const seen: string[] = []
      await queue.work(({ work }) => {
        seen.push(work)
        return Promise.resolve<JobOutcome<string>>(
          work === 'limited' ? { kind: 'again', notBefore: new Date(Date.now() + 60_000), work: 'later' } : { kind: 'done' },
        )
      })
      await queue.put(job('a', 'limited'))
      await until(async () => (await queue.depth()).deferred === 1)
      expect(seen).toEqual(['limited'])
      await queue.put(job('a', 'push'))
      await until(() => seen.length === 2)
      expect(seen).toEqual(['limited', 'push'])
    })

    test('a stored job of an unknown form is dropped, not retried for ever', async () => {
      await queue.put(job('a', 'unknown form'))
      await queue.work(done)
      await until(async () => (await queue.depth()).waiting === 0)
      expect(await queue.depth()).toMatchObject({ waiting: 0, deferred: 0, active: 0 })
    })

    test('draining finishes what runs, and leaves what does not end in time for the next start', async () => {
      const never = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      let aborted = false
      await queue.work(async ({ work, signal }) => {
        signal.addEventListener('abort', () => (aborted = true))
        await (work === 'slow' ? never.promise : released.promise)
        return { kind: 'done' }
      })
      await queue.put(job('a', 'quick'))
      await queue.put(job('b', 'slow'))
      await until(async () => (await queue.depth()).active === 2)
      const draining = queue.drain(4_000)
      released.resolve()
      expect(await draining).toEqual({ finished: 1, left: 1 })
      expect(aborted).toBe(true)
      never.resolve()
      await store.close()
      await reopen()
      const seen: { work: string; interruptions: number }[] = []
      await queue.work(({ work, interruptions }) => {
        seen.push({ work, interruptions })
        return Promise.resolve<Done>({ kind: 'done' })
      })
      await until(() => seen.length === 1)
      expect(seen).toEqual([{ work: 'slow', interruptions: 1 }])
    })

    test('the depth counts what waits and how long', async () => {
      await queue.put(job('a'))
      await setTimeout(1_100)
      const depth = await queue.depth()
      expect(depth).toMatchObject({ waiting: 1, deferred: 0, active: 0 })
      expect(depth.oldestWaitingSeconds).toBeGreaterThan(1)
      await queue.probe()
    })
  })
}

test('a second process on the same PGlite folder is refused with a sentence', async () => {
  const place = await pgliteFolder()
  const store = await place.open()
  await expect(place.open()).rejects.toThrow('Another process is using')
  await store.close()
  const again = await place.open()
  await again.close()
  await place.discard()
})
