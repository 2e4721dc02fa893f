/**
 * The ledger of decisions in the store: append-only, one chain over all replicas. A replica reads the end of the chain and adds its line
 * there; when another was faster, the database refuses the line and it is made again at the new end.
 */
import { setTimeout } from 'node:timers/promises'
import { firstPrevious, readLine, samenessOf, seal, withHash } from './ledger-entry.ts'
import type { DecisionContent, RetentionContent, Seal, Sealed } from './ledger-entry.ts'
import type { ChainHead } from './ledger-chain.ts'
import type { Store } from './store.ts'

export interface DecisionLedger {
  /** Adds a decision, unless the last one about the same pull request says the same. Returns where it stands, null when nothing was added. */
  readonly record: (content: DecisionContent, at: Date) => Promise<ChainHead | null>
  /** Deletes what is older than this; the chain keeps its proof. Returns how many entries went. */
  readonly prune: (days: number, now: Date) => Promise<number>
  /** Every line with its hash, oldest first. */
  readonly lines: () => AsyncIterable<string>
}

type Sql = Store['sql']

/** Each round of a race has a winner, so that this many rounds are lost only when something else is wrong. */
const mostAttempts = 200

/** Rows read at once. An entry has a few kilobytes, in the extreme some megabytes. */
const pageSize = 100

export function openDecisionLedger({ sql }: Pick<Store, 'sql'>): DecisionLedger {
  let turn: Promise<unknown> = Promise.resolve()
  // Within a process lines are added one after the other; only replicas race.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work)
    turn = next
    return next
  }
  return {
    record: (content, at) => inTurn(() => record(sql, content, at)),
    prune: (days, now) => inTurn(() => prune(sql, days, now)),
    lines: () => readLines(sql),
  }
}

async function record(sql: Sql, content: DecisionContent, at: Date): Promise<ChainHead | null> {
  const subject = subjectOf(content)
  const [last] = await sql(`select body, hash from specgate.decision where subject = $1 order by sequence desc limit 1`, [subject])
  if (last !== undefined && saysTheSame(last, content)) return null
  return append(sql, subject, (end) => seal({ kind: 'decision', ...content }, { ...end, at: at.toISOString() }))
}

/** A pull request is one subject over its life; a merge group is one by its commit. */
function subjectOf({ repository, number, commits }: DecisionContent): string {
  return number === null ? `${repository.id}:group:${commits.head}` : `${repository.id}#${number}`
}

function saysTheSame(row: Record<string, unknown>, content: DecisionContent): boolean {
  const last = readLine(withHash({ body: String(row['body']), hash: String(row['hash']) }))
  return last?.entry.kind === 'decision' && samenessOf(last.entry) === samenessOf(content)
}

async function append(sql: Sql, subject: string, sealAt: (end: Omit<Seal, 'at'>) => Sealed): Promise<ChainHead> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const end = await endOf(sql)
    const sequence = end.sequence + 1
    const { body, hash } = sealAt({ sequence, previous: end.hash })
    const entry = readLine(withHash({ body, hash }))?.entry
    if (entry === undefined) throw new Error('An entry of the ledger does not have the form of one.')
    const rows = await sql(
      `insert into specgate.decision (sequence, previous, hash, subject, at, through, body) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict do nothing returning sequence`,
      [sequence, end.hash, hash, subject, entry.at, entry.kind === 'retention' ? entry.through : null, body],
    )
    if (rows.length > 0) return { sequence, hash }
    await setTimeout(Math.min(attempt, 20))
  }
  throw new Error('The ledger of decisions could not be written to.')
}

async function endOf(sql: Sql): Promise<ChainHead> {
  const [row] = await sql(`select sequence, hash from specgate.decision order by sequence desc limit 1`)
  return row === undefined ? { sequence: 0, hash: firstPrevious } : { sequence: Number(row['sequence']), hash: String(row['hash']) }
}

/** First the chain says what goes, then it goes: a crash in between leaves too much, never too little. */
async function prune(sql: Sql, olderThanDays: number, now: Date): Promise<number> {
  const before = new Date(now.getTime() - olderThanDays * 86_400_000).toISOString()
  const [row] = await sql(
    `select sequence, hash from specgate.decision where sequence = (
       select coalesce(min(young.sequence), (select max(sequence) + 1 from specgate.decision)) - 1 from specgate.decision young where young.at >= $1)`,
    [before],
  )
  if (row === undefined) return 0
  const content: RetentionContent = { through: Number(row['sequence']), throughHash: String(row['hash']), olderThanDays }
  await append(sql, 'retention', (end) => seal({ kind: 'retention', ...content }, { ...end, at: now.toISOString() }))
  const gone = await sql(`delete from specgate.decision where sequence <= $1 returning sequence`, [content.through])
  return gone.length
}

async function* readLines(sql: Sql): AsyncGenerator<string> {
  let after = 0
  for (;;) {
    const rows = await sql(`select sequence, hash, body from specgate.decision where sequence > $1 order by sequence limit $2`, [
      after,
      pageSize,
    ])
    for (const row of rows) yield withHash({ body: String(row['body']), hash: String(row['hash']) })
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    after = Number(last['sequence'])
  }
}
