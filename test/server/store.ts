/** Both stores for tests: PGlite in a folder of its own, and a real PostgreSQL in a database of its own. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openStore } from '../../src/server/store.ts'
import type { Store } from '../../src/server/store.ts'
import { silent } from './silent.ts'

export const databaseUrl = process.env['SPECGATE_TEST_DATABASE_URL'] ?? null

export interface TestStore {
  open(): Promise<Store>
  discard(): Promise<void>
}

export async function pgliteFolder(): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'specgate-store-'))
  return {
    open: () => openStore({ databaseUrl: null, dataDir: folder }, silent.log),
    discard: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A database of its own in the given cluster, so that test files do not meet. */
export async function freshDatabase(url: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `specgate_test_${randomBytes(6).toString('hex')}`
  const run = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await run(`create database ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  return { url: own.href, drop: () => run(`drop database ${name} with (force)`) }
}

export async function postgresDatabase(url: string): Promise<TestStore> {
  const database = await freshDatabase(url)
  return { open: () => openStore({ databaseUrl: database.url, dataDir: '' }, silent.log), discard: () => database.drop() }
}
