/** Both stores for tests: PGlite in a folder of its own, and a real PostgreSQL in a schema emptied before each use. */
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

export async function postgresSchema(url: string): Promise<TestStore> {
  const empty = async (): Promise<void> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query('drop schema if exists specgate cascade')
    await client.end()
  }
  await empty()
  return { open: () => openStore({ databaseUrl: url, dataDir: '' }, silent.log), discard: empty }
}
