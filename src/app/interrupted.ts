/**
 * A process may end between writing a check run and writing down that it did. So before anything is written on a head, the head is noted;
 * whoever comes next and finds the note looks there for runs that nobody else would ever finish.
 */
import type { RepositoryAccess } from '../github/repository.ts'
import { readRuns } from '../github/standing.ts'
import type { UnfinishedRun } from '../server/ledger.ts'
import type { Tools } from './tools.ts'

const note = (key: string): string => `writing:${key}`

export async function beginWriting({ ledger }: Pick<Tools, 'ledger'>, key: string, head: string): Promise<void> {
  await ledger.setMark(note(key), head)
}

/** Everything written is written down. */
export async function endWriting({ ledger }: Pick<Tools, 'ledger'>, key: string): Promise<void> {
  await ledger.takeMark(note(key))
}

/** Our runs in progress on a head where writing was interrupted, and that is not `head` any more. Asks GitHub only after an interruption. */
export async function interruptedRuns(
  tools: Tools,
  access: RepositoryAccess,
  { key, number, head }: { readonly key: string; readonly number: number; readonly head: string | null },
): Promise<readonly UnfinishedRun[]> {
  const written = await tools.ledger.getMark(note(key))
  if (written === null || written === head) return []
  const { installation, id, owner, name } = access
  const runs = await readRuns(access, written, tools.app)
  return runs
    .filter((run) => !run.finished && run.identity?.number === number)
    .map((run) => ({ installation, repository: { id, owner, name }, key, number, head: written, name: run.name, id: run.id }))
}
