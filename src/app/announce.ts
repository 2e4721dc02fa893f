/** A review that takes longer than a moment says that it is under way: a check run in progress, which the result then takes over. */
import { announcement } from '../github/not-evaluated.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import { writeExternalId } from '../github/run-identity.ts'
import type { RunSubject } from '../github/run-identity.ts'
import type { StandingRun } from '../github/standing.ts'
import { writeRun } from '../github/write-run.ts'

/** Most reviews end before this; announcing them would double their writes. */
const momentMs = 1500

export interface Announcement {
  /** Stops the clock, or waits for the write under way. `unclear`: it failed, and a run may stand there all the same. */
  end(): Promise<StandingRun | null | 'unclear'>
}

/** Starts the clock, unless a run of ours stands there already. `written` hears of the run as soon as it exists. */
export function announceLater(
  access: RepositoryAccess,
  subject: RunSubject,
  { runs, written }: { runs: readonly StandingRun[]; written: (run: StandingRun) => Promise<void> },
): Announcement {
  if (runs.some((run) => run.name === announcement().name)) return { end: () => Promise.resolve(null) }
  let writing: Promise<StandingRun | null> = Promise.resolve(null)
  const timer = setTimeout(() => {
    // A failure here is no reason to fail the review: the result itself will be written, or fail, later.
    writing = announce(access, subject).then(async (run) => {
      await written(run)
      return run
    })
    writing.catch(() => undefined)
  }, momentMs)
  return {
    end: () => {
      clearTimeout(timer)
      return writing.catch(() => 'unclear' as const)
    },
  }
}

async function announce(access: RepositoryAccess, subject: RunSubject): Promise<StandingRun> {
  const identity = { ...subject, digest: 'announced', verdict: 'waiting' as const }
  const { id, name } = await writeRun(access, subject.head, {
    kind: 'create-run',
    draft: announcement(),
    externalId: writeExternalId(identity),
  })
  return { id, name, finished: false, conclusion: null, identity, annotations: 0, startedAt: null }
}
