/** Where commands read the ledger from: PostgreSQL, the app that runs on the folder, the folder itself, or an exported file. */
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import type { Config } from './config.ts'
import { openDecisionLedger } from './decision-ledger.ts'
import { lockFolder } from './folder-lock.ts'
import { askForLedger } from './ledger-socket.ts'
import { pgliteFolder } from './store.ts'

export interface LedgerSource {
  readonly lines: AsyncIterable<string>
  readonly close: () => Promise<void>
}

/** Opens the ledger for reading; nothing is created. Throws a sentence when there is none. */
export async function openLedgerSource({ databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<LedgerSource> {
  if (databaseUrl !== null) return fromPostgres(databaseUrl)
  const told = await askForLedger(dataDir)
  if (told !== null) return { lines: told, close: () => Promise.resolve() }
  const folder = join(dataDir, pgliteFolder)
  if (!existsSync(folder))
    throw new Error(`There is no ledger in \`${dataDir}\`: set \`DATABASE_URL\` or \`SPECGATE_DATA_DIR\` as the app has it.`)
  return fromFolder(dataDir, folder)
}

/** An exported file. A file that is not there is an error of the stream, met when it is read. */
export function openLedgerFile(path: string): LedgerSource {
  return { lines: createInterface({ input: createReadStream(path), crlfDelay: Infinity }), close: () => Promise.resolve() }
}

async function fromPostgres(connectionString: string): Promise<LedgerSource> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000, options: '-c default_transaction_read_only=on' })
  await client.connect()
  // One view of the whole, so that entries which retention deletes meanwhile are not missing in the middle.
  await client.query('begin isolation level repeatable read')
  const ledger = openDecisionLedger({
    sql: async (text, values = []) => (await client.query<Record<string, unknown>>(text, [...values])).rows,
  })
  return { lines: ledger.lines(), close: () => client.end() }
}

async function fromFolder(dataDir: string, folder: string): Promise<LedgerSource> {
  const lock = await lockFolder(dataDir)
  const pglite = await PGlite.create(folder).catch(async (error: unknown) => {
    await lock.release()
    throw error
  })
  const ledger = openDecisionLedger({
    sql: async (text, values = []) => (await pglite.query<Record<string, unknown>>(text, [...values])).rows,
  })
  const close = async (): Promise<void> => {
    await pglite.close()
    await lock.release()
  }
  return { lines: ledger.lines(), close }
}
