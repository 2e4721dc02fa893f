/**
 * Carries out a plan of writes. Comments first, conclusions last, because a conclusion is what unblocks a merge. Creations are sent once:
 * when it is unclear whether one arrived, the whole review starts over and looks at what stands.
 */
import { PermanentFailure, TransientFailure } from './client.ts'
import type { GitHubWrite } from './plan.ts'
import type { RepositoryAccess } from './repository.ts'
import { say } from './write-comments.ts'
import type { ApplyTarget, Saying } from './write-comments.ts'
import { cancelRun, writeRun } from './write-run.ts'
import type { WrittenRun } from './write-run.ts'

export interface Applied {
  /** Runs of ours that now wait for somebody. */
  readonly unfinished: readonly WrittenRun[]
  /** Runs of ours that are finished now. */
  readonly finished: readonly number[]
  /** What GitHub refused and a review can do without: a reviewer who cannot be asked, a line that left the diff. In sentences. */
  readonly refused: readonly string[]
  /** A comment or request that did not come through this time; the result stands all the same. */
  readonly postponed: TransientFailure | null
}

const order: readonly GitHubWrite['kind'][] = [
  ...(['create-review', 'update-review-comment', 'create-comment', 'update-comment', 'react', 'request-reviewers'] as const),
  ...(['add-labels', 'remove-label', 'upload-sarif'] as const),
  ...(['cancel-run', 'create-run', 'update-run'] as const),
]

/** Throws when a check run cannot be written; planning again afterwards gives what is left to do. */
export async function applyWrites(access: RepositoryAccess, target: ApplyTarget, writes: readonly GitHubWrite[]): Promise<Applied> {
  const unfinished: WrittenRun[] = []
  const finished: number[] = []
  const refused: string[] = []
  let postponed: TransientFailure | null = null
  for (const write of [...writes].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
    if (isRun(write)) {
      const run = await applyRun(access, target.head, write)
      if (run.finished) finished.push(run.id)
      else unfinished.push(run)
    } else {
      const said = await attempt(() => say(access, target, write))
      if (said instanceof TransientFailure) postponed = said
      else refused.push(...said)
    }
  }
  return { unfinished, finished, refused, postponed }
}

type RunWrite = Exclude<GitHubWrite, Saying>

function isRun(write: GitHubWrite): write is RunWrite {
  return write.kind === 'create-run' || write.kind === 'update-run' || write.kind === 'cancel-run'
}

async function applyRun(access: RepositoryAccess, head: string, write: RunWrite): Promise<WrittenRun> {
  if (write.kind !== 'cancel-run') return writeRun(access, head, write)
  await cancelRun(access, write.id, write.why)
  return { id: write.id, name: write.name, finished: true }
}

/** What is said to people must not keep the verdict from them: refusals become sentences, passing failures are handed back. */
async function attempt(write: () => Promise<readonly string[]>): Promise<readonly string[] | TransientFailure> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof TransientFailure) return error
    if (error instanceof PermanentFailure) return [error.message]
    throw error
  }
}
