/**
 * The work an event asks for, as it is stored: ids only, nothing of a private repository's content. A job says what to bring up to date,
 * so that doing it twice, or doing only the newest of three, gives the same result.
 */
import { z } from 'zod'
import type { QueuedJob } from '../server/queue.ts'

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)

const common = {
  installation: z.number().int(),
  repository: z.object({ id: z.number().int(), owner: z.string(), name: z.string() }),
  /** GitHub's id of the delivery that asked for it; null for work the app found itself. */
  delivery: z.string().nullable(),
  /** The event, for the log: `pull_request.opened`. */
  reason: z.string(),
  /** Earlier attempts that failed for a passing cause. */
  attempt: z.number().int().default(0),
  /** Times its process ended again and again while this was worked on. */
  crashes: z.number().int().optional(),
}

const schema = z.discriminatedUnion('kind', [
  /** Bring the check runs and comments of a pull request up to date. `head` is where to say so if even the pull request cannot be read. */
  z.object({ kind: z.literal('pull-request'), ...common, number: z.number().int(), head: sha.nullable() }),
  z.object({ kind: z.literal('merge-group'), ...common, head: sha, base: sha, ref: z.string() }),
  /** Find the pull requests whose checks stand on a commit, and evaluate them anew. */
  z.object({ kind: z.literal('commit'), ...common, head: sha, numbers: z.array(z.number().int()), wish: z.string().optional() }),
  /** Evaluate the open pull requests of a base branch: its policy or its descriptions changed. */
  z.object({ kind: z.literal('branch'), ...common, branch: z.string(), isDefault: z.boolean().default(true) }),
  /** Evaluate the open pull requests that have no finished check run of ours. */
  z.object({ kind: z.literal('repository'), ...common, updatedSince: z.string().nullable() }),
])

export type Job = z.infer<typeof schema>
export type JobOf<Kind extends Job['kind']> = Extract<Job, { kind: Kind }>

/** The job with the key under which newer ones replace it, and the installation whose share of the workers it uses. */
export function queued(job: Job): QueuedJob<Job> {
  return { key: keyOf(job), group: String(job.installation), work: job }
}

export function pullRequestKey(repositoryId: number, number: number): string {
  return `${repositoryId}#${number}`
}

function keyOf(job: Job): string {
  switch (job.kind) {
    case 'pull-request':
      return pullRequestKey(job.repository.id, job.number)
    case 'merge-group':
      return `${job.repository.id}:group:${job.head}`
    case 'commit':
      return `${job.repository.id}:commit:${job.head}`
    case 'branch':
      return `${job.repository.id}:branch:${job.branch}`
    case 'repository':
      return `${job.repository.id}:repository`
  }
}

const stored = z.object({ key: z.string(), group: z.string(), work: schema })

/** A stored job, or null when another version wrote it in a form that this one does not know. */
export function readStored(data: unknown): QueuedJob<Job> | null {
  const parsed = stored.safeParse(data)
  return parsed.success ? parsed.data : null
}
