/** Whether a ledger is whole: every line has the hash it claims, names the line before it, and nothing is missing in between. */
import { firstPrevious, hashOf, readLine } from './ledger-entry.ts'

export interface ChainHead {
  readonly sequence: number
  readonly hash: string
}

export interface Verified {
  readonly entries: number
  /** The first line that is kept; above 1 when older ones were deleted by retention. */
  readonly first: number
  /** The last line: note it elsewhere, and a ledger cut off at its end is noticed. */
  readonly head: ChainHead | null
  /** Full sentences; empty when the ledger is whole. */
  readonly problems: readonly string[]
}

/** Sentences past this many say nothing new. */
const mostProblems = 20

/** Reads every line once. `expected` is a line that must be there, as an earlier look noted it. */
export async function verifyChain(lines: AsyncIterable<string> | Iterable<string>, expected: ChainHead | null = null): Promise<Verified> {
  const problems: string[] = []
  const retained: { through: number; throughHash: string }[] = []
  let [entries, count] = [0, 0]
  let first: { sequence: number; previous: string } | null = null
  let last: ChainHead | null = null
  let met = expected === null
  for await (const line of lines) {
    count += 1
    const read = readLine(line)
    if (read === null) {
      problems.push(`Line ${count} is no line of a ledger.`)
      continue
    }
    const { entry, hash, body } = read
    entries += 1
    if (hashOf(body) !== hash) problems.push(`Entry ${entry.sequence} was changed: its content does not have its hash.`)
    if (last !== null) problems.push(...joint(last, entry))
    first ??= entry
    if (entry.kind === 'retention') retained.push(entry)
    if (expected?.sequence === entry.sequence && expected.hash === hash) met = true
    last = { sequence: entry.sequence, hash }
  }
  problems.push(...beginning(first, retained))
  if (!met) problems.push(missing(expected, first?.sequence ?? 1))
  return { entries, first: first?.sequence ?? 1, head: last, problems: problems.slice(0, mostProblems) }
}

/** What is wrong between a line and the next. */
function joint(last: ChainHead, next: { readonly sequence: number; readonly previous: string }): string[] {
  const gap =
    next.sequence === last.sequence + 1
      ? []
      : [`After entry ${last.sequence} comes entry ${next.sequence}: entries are missing or out of order.`]
  return next.previous === last.hash ? gap : [...gap, `Entry ${next.sequence} does not follow from entry ${last.sequence}.`]
}

function beginning(
  first: { readonly sequence: number; readonly previous: string } | null,
  retained: readonly { through: number; throughHash: string }[],
): string[] {
  if (first === null) return []
  if (first.sequence === 1) return first.previous === firstPrevious ? [] : ['Entry 1 names a line before it.']
  const isTold = retained.some(({ through, throughHash }) => through === first.sequence - 1 && throughHash === first.previous)
  return isTold ? [] : [`The ledger begins with entry ${first.sequence}, and no retention entry says why the ones before are gone.`]
}

function missing(expected: ChainHead | null, first: number): string {
  const sequence = expected?.sequence ?? 0
  return sequence < first
    ? `Entry ${sequence} was deleted by retention, so that it cannot be compared.`
    : `Entry ${sequence} is not there with the expected hash: the ledger was cut off or written anew.`
}
