/**
 * The little that GitHub does not tell again: who pushed a head, which check runs of ours still wait, which reviews a person asked for
 * anew, how far the delivery log was read. Losing it costs tidiness, never the truth of a check run.
 */
import type { Person } from '../model/snapshot.ts'
import type { Store } from './store.ts'

export interface UnfinishedRun {
  readonly installation: number
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
  /** Of the job that is to finish it. */
  readonly key: string
  readonly number: number | null
  readonly head: string
  readonly name: string
  readonly id: number
}

export interface Ledger {
  readonly rememberPush: (repositoryId: number, head: string, person: Person) => Promise<void>
  readonly pusherOf: (repositoryId: number, head: string) => Promise<Person | null>
  readonly rememberUnfinished: (run: UnfinishedRun) => Promise<void>
  readonly forgetRuns: (repositoryId: number, ids: readonly number[]) => Promise<void>
  readonly unfinishedOf: (key: string) => Promise<readonly UnfinishedRun[]>
  /** Runs that have been waiting for longer than this. */
  readonly unfinishedFor: (name: string, seconds: number) => Promise<readonly UnfinishedRun[]>
  readonly setMark: (name: string, value: string) => Promise<void>
  readonly getMark: (name: string) => Promise<string | null>
  /** Reads and deletes in one. */
  readonly takeMark: (name: string) => Promise<string | null>
  /** Deletes what nobody will ask for again. */
  readonly tidy: () => Promise<void>
}

export function openLedger({ sql }: Pick<Store, 'sql'>): Ledger {
  return { ...pushes(sql), ...runs(sql), ...marks(sql), tidy: () => tidy(sql) }
}

type Sql = Store['sql']

function pushes(sql: Sql): Pick<Ledger, 'rememberPush' | 'pusherOf'> {
  return {
    rememberPush: async (repositoryId, head, { id, login, bot }) => {
      await sql(
        `insert into specgate.push (repository_id, head, user_id, login, bot) values ($1, $2, $3, $4, $5)
         on conflict (repository_id, head) do update set user_id = excluded.user_id, login = excluded.login, bot = excluded.bot, at = now()`,
        [repositoryId, head, id, login, bot],
      )
    },
    pusherOf: async (repositoryId, head) => {
      const [row] = await sql(`select user_id, login, bot from specgate.push where repository_id = $1 and head = $2`, [repositoryId, head])
      return row === undefined ? null : { id: Number(row['user_id']), login: String(row['login']), bot: row['bot'] === true }
    },
  }
}

function runs(sql: Sql): Pick<Ledger, 'rememberUnfinished' | 'forgetRuns' | 'unfinishedOf' | 'unfinishedFor'> {
  return {
    rememberUnfinished: async ({ installation, repository, key, number, head, name, id }) => {
      await sql(
        `insert into specgate.unfinished_run (repository_id, check_run_id, installation_id, owner, repository, key, number, head, name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (repository_id, check_run_id) do nothing`,
        [repository.id, id, installation, repository.owner, repository.name, key, number, head, name],
      )
    },
    forgetRuns: async (repositoryId, ids) => {
      if (ids.length > 0)
        await sql(`delete from specgate.unfinished_run where repository_id = $1 and check_run_id = any($2::bigint[])`, [repositoryId, ids])
    },
    unfinishedOf: async (key) => (await sql(`select * from specgate.unfinished_run where key = $1`, [key])).map(unfinishedRun),
    unfinishedFor: async (name, seconds) =>
      (
        await sql(`select * from specgate.unfinished_run where name = $1 and since < now() - make_interval(secs => $2)`, [name, seconds])
      ).map(unfinishedRun),
  }
}

function unfinishedRun(row: Record<string, unknown>): UnfinishedRun {
  return {
    installation: Number(row['installation_id']),
    repository: { id: Number(row['repository_id']), owner: String(row['owner']), name: String(row['repository']) },
    key: String(row['key']),
    number: row['number'] === null ? null : Number(row['number']),
    head: String(row['head']),
    name: String(row['name']),
    id: Number(row['check_run_id']),
  }
}

function marks(sql: Sql): Pick<Ledger, 'setMark' | 'getMark' | 'takeMark'> {
  const value = (rows: readonly Record<string, unknown>[]): string | null => (rows[0] === undefined ? null : String(rows[0]['value']))
  return {
    setMark: async (name, text) => {
      await sql(
        `insert into specgate.mark (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value, at = now()`,
        [name, text],
      )
    },
    getMark: async (name) => value(await sql(`select value from specgate.mark where name = $1`, [name])),
    takeMark: async (name) => value(await sql(`delete from specgate.mark where name = $1 returning value`, [name])),
  }
}

async function tidy(sql: Sql): Promise<void> {
  await sql(`delete from specgate.push where at < now() - interval '120 days'`)
  await sql(`delete from specgate.unfinished_run where since < now() - interval '120 days'`)
  await sql(`delete from specgate.mark where at < now() - interval '120 days'`)
  // GitHub keeps deliveries for three days, GitHub Enterprise Server for seven.
  await sql(`delete from specgate.mark where name like 'delivery:%' and at < now() - interval '8 days'`)
}
