/** The ledger of decisions on both stores: one chain whoever writes, refused rewriting, and noticed tampering. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDecisionLedger } from '../../src/server/decision-ledger.ts'
import type { DecisionLedger } from '../../src/server/decision-ledger.ts'
import { verifyChain } from '../../src/server/ledger-chain.ts'
import { readLine } from '../../src/server/ledger-entry.ts'
import { openLedgerSource } from '../../src/server/ledger-source.ts'
import { openStore } from '../../src/server/store.ts'
import type { Store } from '../../src/server/store.ts'
import { decision } from './decisions.ts'
import { silent } from './silent.ts'
import { databaseUrl, freshDatabase, pgliteFolder, postgresDatabase } from './store.ts'
import type { TestStore } from './store.ts'

const stores: readonly (readonly [string, () => Promise<TestStore>])[] = [
  ['PGlite', pgliteFolder],
  ...(databaseUrl === null ? [] : [['PostgreSQL', () => postgresDatabase(databaseUrl ?? '')] as const]),
]
const at = new Date('2026-03-01T12:00:00Z')
const daysLater = (days: number): Date => new Date(at.getTime() + days * 86_400_000)

describe.each(stores)('on %s', (name, make) => {
  let place: TestStore
  let store: Store
  let ledger: DecisionLedger
  beforeAll(async () => {
    place = await make()
    store = await place.open()
    ledger = openDecisionLedger(store)
  })
  beforeEach(() => tamper(`delete from specgate.decision`))
  afterAll(async () => {
    await store.close()
    await place.discard()
  })

  const all = async (): Promise<string[]> => {
    const lines: string[] = []
    for await (const line of ledger.lines()) lines.push(line)
    return lines
  }
  const fill = async (count: number): Promise<void> => {
    for (let number = 1; number <= count; number += 1) await ledger.record(decision({ number }), at)
  }
  /** What somebody with the rights of the owner of the table can do. */
  const tamper = async (statement: string): Promise<void> => {
    await store.sql(`alter table specgate.decision disable trigger user`)
    await store.sql(statement)
    await store.sql(`alter table specgate.decision enable trigger user`)
  }

  test('entries are numbered, chained and read back in order; an unchanged decision is not written twice', async () => {
    expect(await ledger.record(decision(), at)).toMatchObject({ sequence: 1 })
    expect(await ledger.record(decision({ delivery: 'another', reason: 'push' }), daysLater(1))).toBeNull()
    expect(await ledger.record(decision({ status: 'waiting' }), daysLater(1))).toMatchObject({ sequence: 2 })
    expect(await ledger.record(decision({ number: 2 }), daysLater(1))).toMatchObject({ sequence: 3 })
    // Back to what it was is news again.
    const head = await ledger.record(decision(), daysLater(2))
    expect(head).toMatchObject({ sequence: 4 })
    const lines = await all()
    expect(lines.map((line) => readLine(line)?.entry.sequence)).toEqual([1, 2, 3, 4])
    expect(await verifyChain(lines)).toEqual({ entries: 4, first: 1, head, problems: [] })
  })

  test('texts of pull requests come back as they were, whatever is in them', async () => {
    const author = 'a"\\\u0000\u2028\ud800\u001b[31m\n,"hash":"x"}'
    await ledger.record(decision({ author }), at)
    const [line = ''] = await all()
    expect(line).not.toContain('\n')
    const entry = readLine(line)?.entry
    expect(entry?.kind === 'decision' ? entry.author : null).toBe(author)
    expect((await verifyChain([line])).problems).toEqual([])
  })

  test('the database refuses to change, delete or empty what was written', async () => {
    await fill(2)
    for (const statement of [
      `update specgate.decision set body = '{}'`,
      `delete from specgate.decision where sequence = 2`,
      `delete from specgate.decision`,
      `truncate specgate.decision`,
    ])
      await expect(store.sql(statement)).rejects.toThrow('append-only')
    expect((await verifyChain(await all())).entries).toBe(2)
  })

  test.each([
    ['a changed text', `update specgate.decision set body = replace(body, 'mia', 'eve') where sequence = 2`, 'Entry 2 was changed'],
    ['a removed entry', `delete from specgate.decision where sequence = 2`, 'After entry 1 comes entry 3'],
    ['a removed beginning', `delete from specgate.decision where sequence < 3`, 'begins with entry 3, and no retention entry'],
    [
      'a changed text with a new hash',
      `update specgate.decision set body = replace(body, 'mia', 'eve'), hash = encode(sha256(convert_to(replace(body, 'mia', 'eve'), 'UTF8')), 'hex') where sequence = 2`,
      'Entry 3 does not follow from entry 2',
    ],
  ])('%s is noticed', async (_what, statement, sentence) => {
    await fill(4)
    await tamper(statement)
    expect((await verifyChain(await all())).problems.join('\n')).toContain(sentence)
  })

  test('a ledger that was cut off at its end is noticed by what was noted before', async () => {
    await fill(3)
    const { head } = await verifyChain(await all())
    await tamper(`delete from specgate.decision where sequence = 3`)
    expect((await verifyChain(await all())).problems).toEqual([])
    expect((await verifyChain(await all(), head)).problems.join()).toContain('cut off or written anew')
  })

  test('retention deletes what is old, says so in the chain, and leaves it whole', async () => {
    await fill(3)
    await ledger.record(decision({ number: 4 }), daysLater(100))
    expect(await ledger.prune(365, daysLater(200))).toBe(0)
    expect(await ledger.prune(365, daysLater(400))).toBe(3)
    expect(await ledger.prune(365, daysLater(400))).toBe(0)
    await ledger.record(decision({ number: 5 }), daysLater(401))
    const verified = await verifyChain(await all())
    expect(verified).toMatchObject({ entries: 3, first: 4, problems: [] })
    expect((await verifyChain(await all(), { sequence: 2, hash: 'x' })).problems.join()).toContain('deleted by retention')
    // Everything may grow old; the retention entry is what stays.
    expect(await ledger.prune(365, daysLater(2000))).toBe(3)
    expect(await verifyChain(await all())).toMatchObject({ entries: 1, first: 7, problems: [] })
  })

  test('several writers at once make one chain', async () => {
    // On PostgreSQL each writer has connections of its own, as replicas have.
    const stores = name === 'PostgreSQL' ? await Promise.all([place.open(), place.open()]) : []
    const writers = [store, ...(stores.length > 0 ? stores : [store, store])].map((one) => openDecisionLedger(one))
    await Promise.all(
      writers.flatMap((writer, index) =>
        Array.from({ length: 20 }, (_, number) => writer.record(decision({ number: index * 100 + number }), at)),
      ),
    )
    expect(await verifyChain(await all())).toMatchObject({ entries: 60, first: 1, problems: [] })
    for (const one of stores) await one.close()
  })

  test('a store from before the ledger gets it, and opening again changes nothing', async () => {
    await store.sql(`drop table specgate.decision`)
    await store.sql(`drop function specgate.keep_decisions()`)
    await store.sql(`drop table specgate.migration`)
    await store.close()
    store = await place.open()
    ledger = openDecisionLedger(store)
    await fill(1)
    await store.close()
    store = await place.open()
    ledger = openDecisionLedger(store)
    expect(await verifyChain(await all())).toMatchObject({ entries: 1, problems: [] })
  })
})

if (databaseUrl !== null)
  test('a ledger that is read while retention deletes is read as it was', async () => {
    const place = await freshDatabase(databaseUrl ?? '')
    const store = await openStore({ databaseUrl: place.url, dataDir: '' }, silent.log)
    const ledger = openDecisionLedger(store)
    for (let number = 1; number <= 120; number += 1) await ledger.record(decision({ number }), at)
    const source = await openLedgerSource({ databaseUrl: place.url, dataDir: '' })
    const read = async function* (): AsyncGenerator<string> {
      let count = 0
      for await (const line of source.lines) {
        if ((count += 1) === 1) expect(await ledger.prune(365, daysLater(400))).toBe(120)
        yield line
      }
    }
    expect(await verifyChain(read())).toMatchObject({ entries: 120, first: 1, problems: [] })
    await source.close()
    await store.close()
    await place.drop()
  })

test('an empty ledger is whole, and a file that is none is not', async () => {
  expect(await verifyChain([])).toEqual({ entries: 0, first: 1, head: null, problems: [] })
  expect((await verifyChain(['{"a":1}', ''])).problems).toEqual(['Line 1 is no line of a ledger.', 'Line 2 is no line of a ledger.'])
})
