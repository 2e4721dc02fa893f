/** Brings what stands on a commit in line with the drafts, and remembers which runs are left waiting. */
import { applyWrites } from '../github/apply.ts'
import type { TransientFailure } from '../github/client.ts'
import { planRuns } from '../github/plan.ts'
import type { GitHubWrite } from '../github/plan.ts'
import type { CheckRunDraft } from '../model/report.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { RunSubject } from '../github/run-identity.ts'
import { readSiblings } from '../github/siblings.ts'
import { readRuns } from '../github/standing.ts'
import type { StandingRun } from '../github/standing.ts'
import type { Tools } from './tools.ts'

export interface DeliverInput {
  readonly subject: RunSubject
  readonly key: string
  readonly drafts: readonly CheckRunDraft[]
  /** As read before the review; null: read them now. */
  readonly runs: readonly StandingRun[] | null
  /** Comments and reviewers, planned by the caller. */
  readonly others: readonly GitHubWrite[]
  /** Somebody asked for new runs. */
  readonly fresh: boolean
}

export interface Delivered {
  /** 0 means that everything stood there already. */
  readonly writes: number
  /** A comment or request that did not come through: the result stands, and the rest is to be tried again. */
  readonly postponed: TransientFailure | null
}

/** Plans and writes. */
export async function deliver(tools: Tools, access: RepositoryAccess, input: DeliverInput): Promise<Delivered> {
  const { subject, key, drafts, others, fresh } = input
  const standing = input.runs ?? (await readRuns(access, subject.head, tools.app))
  const siblings = await readSiblings(access, subject, standing)
  const writes = [...others, ...planRuns({ drafts, subject, runs: standing, siblings, fresh })]
  const applied = await applyWrites(access, { number: subject.number, head: subject.head }, writes)
  const { installation, id, owner, name } = access
  await tools.ledger.forgetRuns(id, applied.finished)
  // Runs that were left as they stood may come from an attempt that ended before it was written down.
  const left = standing.filter((run) => !run.finished && run.identity?.number === subject.number && !applied.finished.includes(run.id))
  for (const run of [...applied.unfinished, ...left]) {
    await tools.ledger.rememberUnfinished({
      installation,
      repository: { id, owner, name },
      key,
      number: subject.number,
      head: subject.head,
      name: run.name,
      id: run.id,
    })
  }
  for (const draft of drafts) tools.metrics.conclusion(draft.name, draft.conclusion ?? 'waiting')
  for (const refused of applied.refused)
    tools.log.warn(
      { repository: `${owner}/${name}`, ...(subject.number === null ? {} : { number: subject.number }), error: refused },
      'A write was refused',
    )
  return { writes: writes.length, postponed: applied.postponed }
}
