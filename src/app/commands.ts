/**
 * Commands in comments, as the app remembers them: which head commit had been reviewed when each was written, so that it holds for that
 * content alone, and which re-runs were made. The comments themselves stay on GitHub, and what is forgotten here has to be said again.
 */
import type { RepositoryAccess } from '../github/repository.ts'
import type { SaidComment, StandingRun } from '../github/standing.ts'
import type { CommandOutcome } from '../model/decision.ts'
import type { CommentFact } from '../model/snapshot.ts'
import type { Tools } from './tools.ts'

/** The present state of a pull request as its commands may be about. */
interface Present {
  readonly number: number
  readonly head: string
  readonly runs: readonly StandingRun[]
}

/** Each comment with the commit that it is about: the one it was first seen with, if our review of it stood there already. */
export async function commentFacts(
  tools: Tools,
  access: RepositoryAccess,
  { said, present }: { said: readonly SaidComment[]; present: Present | null },
): Promise<readonly CommentFact[]> {
  const facts: CommentFact[] = []
  for (const { reactions: _, ...comment } of said) {
    const mark = markOf('said', access, comment)
    const known = await tools.ledger.getMark(mark)
    const seen = known === null && present !== null && wasReviewed(present, comment) ? present.head : null
    if (seen !== null) await tools.ledger.setMark(mark, seen)
    facts.push({ ...comment, commit: known ?? seen })
  }
  return facts
}

/** By GitHub's clock on both sides. */
function wasReviewed({ number, head, runs }: Present, { createdAt }: Pick<SaidComment, 'createdAt'>): boolean {
  return runs.some(
    ({ identity, startedAt }) =>
      identity?.number === number &&
      identity.head === head &&
      identity.digest !== 'announced' &&
      startedAt !== null &&
      startedAt <= createdAt,
  )
}

/** Re-runs that were asked for and not made yet. */
export async function openRechecks(
  tools: Tools,
  access: RepositoryAccess,
  outcomes: readonly CommandOutcome[],
): Promise<readonly string[]> {
  const marks: string[] = []
  for (const { verb, status, comment, where } of outcomes) {
    if (verb.toLowerCase() !== 'recheck' || status !== 'accepted') continue
    const mark = markOf('recheck', access, { id: comment, where })
    if ((await tools.ledger.getMark(mark)) === null) marks.push(mark)
  }
  return marks
}

function markOf(what: string, { id: repository }: RepositoryAccess, { id, where }: Pick<CommentFact, 'id' | 'where'>): string {
  return `${what}:${repository}:${where}:${id}`
}
