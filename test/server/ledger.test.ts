/** The ledger on both stores: what is remembered, taken, forgotten. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLedger } from '../../src/server/ledger.ts'
import type { Ledger, UnfinishedRun } from '../../src/server/ledger.ts'
import type { Store } from '../../src/server/store.ts'
import { databaseUrl, pgliteFolder, postgresDatabase } from './store.ts'
import type { TestStore } from './store.ts'

const stores: readonly (readonly [string, () => Promise<TestStore>])[] = [
  ['PGlite', pgliteFolder],
  ...(databaseUrl === null ? [] : [['PostgreSQL', () => postgresDatabase(databaseUrl ?? '')] as const]),
]

describe.each(stores)('on %s', (_name, make) => {
  let place: TestStore
  let store: Store
  let ledger: Ledger
  beforeAll(async () => {
    place = await make()
    store = await place.open()
    ledger = openLedger(store)
  })
  afterAll(async () => {
    await store.close()
    await place.discard()
  })

  const run: UnfinishedRun = {
    installation: 5,
    repository: { id: 9_007_199_254_740_991, owner: 'acme', name: 'shop' },
    key: 'k',
    number: 7,
    head: 'a',
    name: 'API review',
    id: 4_294_967_300,
  }

  test('who pushed a head, the latest word', async () => {
    expect(await ledger.pusherOf(1, 'a')).toBeNull()
    await ledger.rememberPush(1, 'a', { id: 2, login: 'ana', bot: false })
    await ledger.rememberPush(1, 'a', { id: 3, login: 'bot[bot]', bot: true })
    expect(await ledger.pusherOf(1, 'a')).toEqual({ id: 3, login: 'bot[bot]', bot: true })
    expect(await ledger.pusherOf(2, 'a')).toBeNull()
  })

  test('runs that wait, by key and by age', async () => {
    await ledger.rememberUnfinished(run)
    await ledger.rememberUnfinished(run)
    await ledger.rememberUnfinished({ ...run, id: 2, number: null, name: 'API approval' })
    expect(await ledger.unfinishedOf('k')).toHaveLength(2)
    expect(await ledger.unfinishedFor('API review', 60)).toEqual([])
    await store.sql(`update specgate.unfinished_run set since = now() - interval '2 minutes'`)
    expect(await ledger.unfinishedFor('API review', 60)).toEqual([run])
    await ledger.forgetRuns(run.repository.id, [run.id, 2])
    expect(await ledger.unfinishedOf('k')).toEqual([])
  })

  test('marks are set, read, and taken once', async () => {
    await ledger.setMark('m', '1')
    await ledger.setMark('m', '2')
    expect(await ledger.getMark('m')).toBe('2')
    expect(await Promise.all([ledger.takeMark('m'), ledger.takeMark('m')])).toEqual(expect.arrayContaining(['2', null]))
    await ledger.tidy()
  })
})
