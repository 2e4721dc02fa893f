/** `specgate ledger export` and `specgate ledger verify`: the record of decisions, handed out and checked. */
import { readStoreConfig } from '../server/config.ts'
import { withEnvFile } from '../server/env-file.ts'
import { verifyChain } from '../server/ledger-chain.ts'
import type { ChainHead } from '../server/ledger-chain.ts'
import { readLine } from '../server/ledger-entry.ts'
import { openLedgerFile, openLedgerSource } from '../server/ledger-source.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { csvHeader, csvRows } from './ledger-csv.ts'
import { print } from './print.ts'
import { colours } from './terminal.ts'

/** Runs `read` over the ledger of a file, or over the one the environment names. What keeps it from being read is a sentence. */
export async function overLedger<T>(file: string | undefined, read: (lines: AsyncIterable<string>) => Promise<T>): Promise<T> {
  const source = await (file === undefined ? openOwn() : Promise.resolve(openLedgerFile(file)))
  try {
    return await read(source.lines)
  } catch (error) {
    throw new UsageError(`The ledger cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await source.close()
  }
}

async function openOwn(): ReturnType<typeof openLedgerSource> {
  try {
    return await openLedgerSource(readStoreConfig(withEnvFile(process.env)))
  } catch (error) {
    throw new UsageError(error instanceof Error && error.message !== '' ? error.message : 'The database cannot be reached.')
  }
}

export interface LedgerExportFlags {
  readonly format: 'jsonl' | 'csv'
  readonly since?: string
}

/** Prints every entry: as lines of JSON that `verify` can check, or as a table. */
export async function runLedgerExport(flags: LedgerExportFlags): Promise<ExitCode> {
  const since = sinceOf(flags.since)
  await overLedger(undefined, async (lines) => {
    if (flags.format === 'csv') await print(csvHeader)
    for await (const line of lines) {
      const read = readLine(line)
      if (read !== null && Date.parse(read.entry.at) < since) continue
      const rows = flags.format === 'jsonl' || read === null ? [line] : csvRows(read.entry, read.hash)
      if (rows.length > 0) await print(rows.join('\n'))
    }
  })
  return exitCode.fine
}

function sinceOf(text: string | undefined): number {
  if (text === undefined) return Number.NEGATIVE_INFINITY
  const since = Date.parse(text)
  if (Number.isNaN(since)) throw new UsageError('`--since` is not a date, e.g. `2026-01-31`.')
  return since
}

export interface LedgerVerifyFlags {
  readonly format: 'text' | 'json'
  readonly expect?: string
}

/** Checks the whole chain. 0: whole, 1: something was changed, left out or cut off. */
export async function runLedgerVerify(file: string | undefined, flags: LedgerVerifyFlags): Promise<ExitCode> {
  const verified = await overLedger(file, (lines) => verifyChain(lines, expectedOf(flags.expect)))
  const { entries, first, head, problems } = verified
  const whole = problems.length === 0
  const end = head === null ? 'It is empty.' : `It ends with ${head.sequence}:${head.hash}`
  const text = [
    whole ? `${colours.green('whole')} ${entries} entries from ${first} on.` : `${colours.red('NOT WHOLE')} ${entries} entries.`,
    ...problems,
    end,
  ].join('\n')
  await print(flags.format === 'json' ? JSON.stringify({ schema: 'specgate/ledger-verify@1', whole, ...verified }, null, 2) : text)
  return whole ? exitCode.fine : exitCode.thresholdMet
}

function expectedOf(text: string | undefined): ChainHead | null {
  if (text === undefined) return null
  const [, sequence, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (sequence === undefined || hash === undefined)
    throw new UsageError('`--expect` takes what an earlier `verify` ended with: `number:hash`.')
  return { sequence: Number(sequence), hash }
}
