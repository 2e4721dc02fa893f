/**
 * Where jobs and the little state of the app live: PGlite in a folder of its own for one process, or a PostgreSQL that any number of
 * replicas share. The same tables and the same code behind one small interface. Everything in it can be rebuilt from GitHub.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { fromPglite, PgBoss } from 'pg-boss'
import type { ConstructorOptions } from 'pg-boss'
import type { Config } from './config.ts'
import { lockFolder } from './folder-lock.ts'
import type { Log } from './logger.ts'
import { migrate } from './migrations.ts'

export interface Store {
  readonly kind: 'pglite' | 'postgresql'
  readonly boss: PgBoss
  /** Runs one statement; rows as plain objects with unknown values. */
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
  readonly close: () => Promise<void>
}

/** The store did not do what it was asked: it is away, being restarted, or full. Says nothing about the work that needed it. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
}

/** A PGlite folder belongs to one major version of PostgreSQL; the name carries it, so that an upgrade starts with a fresh one. */
export const pgliteFolder = 'queue-pg18'

/** Seconds between looks for jobs whose worker is gone; a killed process is noticed within this and the job's heartbeat. */
const monitorSeconds = 5

const common: ConstructorOptions = {
  schema: 'specgate',
  useListenNotify: true,
  schedule: false,
  superviseIntervalSeconds: monitorSeconds,
  monitorIntervalSeconds: monitorSeconds,
  reindex: false,
  monitorVacuum: false,
}

/** Opens the store the configuration names. Throws a sentence when the folder is in use or the database cannot be reached. */
export async function openStore(config: Pick<Config, 'databaseUrl' | 'dataDir'>, log: Log): Promise<Store> {
  return config.databaseUrl === null ? openPglite(config.dataDir, log) : openPostgres(config.databaseUrl, log)
}

async function openPostgres(connectionString: string, log: Log): Promise<Store> {
  const boss = listening(
    new PgBoss({ ...common, connectionString, application_name: 'specgate', max: 10, connectionTimeoutMillis: 10_000 }),
    log,
  )
  await boss.start()
  const store: Store = { kind: 'postgresql', boss, sql: statement(boss), close: () => boss.stop({ graceful: false }) }
  await migrate(store.sql)
  return store
}

async function openPglite(dataDir: string, log: Log): Promise<Store> {
  const folder = join(dataDir, pgliteFolder)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(dataDir)
  try {
    const pglite = await PGlite.create(folder)
    const boss = listening(new PgBoss({ ...common, db: fromPglite(pglite), backend: 'pglite' }), log)
    await boss.start()
    const close = async (): Promise<void> => {
      await boss.stop({ graceful: false })
      await pglite.close()
      await lock.release()
    }
    const store: Store = { kind: 'pglite', boss, sql: statement(boss), close }
    await migrate(store.sql)
    return store
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** pg-boss reports trouble of its background work as events; an unheard `error` event would end the process. */
function listening(boss: PgBoss, log: Log): PgBoss {
  boss.on('error', (error) => log.warn({ error: error.message }, 'The job store had trouble'))
  return boss
}

function statement(boss: PgBoss): Store['sql'] {
  return async (text, values = []) => {
    try {
      const { rows }: { rows: unknown[] } = await boss.getDb().executeSql(text, [...values])
      return rows.filter(isRow)
    } catch (error) {
      throw new StoreFailure(error instanceof Error ? error.message : String(error), { cause: error })
    }
  }
}

function isRow(row: unknown): row is Record<string, unknown> {
  return typeof row === 'object' && row !== null
}
