/** The few fields of each event that the app reads, checked at the door. Everything else in a payload is not looked at. */
import { z } from 'zod'

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)
const id = z.number().int()

const origin = {
  installation: z.object({ id }),
  repository: z.object({ id, name: z.string(), owner: z.object({ login: z.string() }) }),
}

const account = z.object({ id, login: z.string(), type: z.string().optional() })

const pullRequest = z.object({
  number: id,
  /** `repo` is null when the fork was deleted; nothing is read from it. */
  head: z.object({ sha, repo: z.object({ id }).nullish() }),
})

const named = z.object({ number: id })

export const pullRequestEvent = z.object({
  ...origin,
  action: z.string(),
  sender: account,
  pull_request: pullRequest,
  changes: z.object({ base: z.unknown() }).partial().optional(),
})

export const reviewEvent = z.object({
  ...origin,
  action: z.string(),
  pull_request: pullRequest,
  review: z.object({ user: account.nullable() }),
})

const comment = z.object({ body: z.string().nullish(), user: account.nullable() })
const before = z
  .object({ body: z.object({ from: z.string().nullish() }).partial().optional() })
  .partial()
  .optional()

/** A comment on the conversation of an issue or of a pull request; only the latter have `pull_request`. */
export const issueCommentEvent = z.object({
  ...origin,
  action: z.string(),
  issue: z.object({ number: id, pull_request: z.unknown().optional() }),
  comment,
  changes: before,
})

export const lineCommentEvent = z.object({ ...origin, action: z.string(), pull_request: pullRequest, comment, changes: before })

export const checkRunEvent = z.object({
  ...origin,
  action: z.string(),
  sender: account,
  check_run: z.object({
    head_sha: sha,
    external_id: z.string().nullish(),
    app: z.object({ id }).nullish(),
    pull_requests: z.array(named).default([]),
  }),
  requested_action: z.object({ identifier: z.string() }).nullish(),
})

export const checkSuiteEvent = z.object({
  ...origin,
  action: z.string(),
  check_suite: z.object({ head_sha: sha, app: z.object({ id }).nullish(), pull_requests: z.array(named).default([]) }),
})

export const mergeGroupEvent = z.object({
  ...origin,
  action: z.string(),
  merge_group: z.object({ head_sha: sha, base_sha: sha, head_ref: z.string() }),
})

/** Absent where GitHub leaves them out: then nothing is known about the files. */
const paths = z.array(z.string()).optional()

export const pushEvent = z.object({
  ...origin,
  repository: origin.repository.extend({ default_branch: z.string().optional() }),
  ref: z.string(),
  deleted: z.boolean().default(false),
  forced: z.boolean().default(false),
  commits: z.array(z.object({ added: paths, removed: paths, modified: paths })).default([]),
})

const listed = z.array(z.object({ id, full_name: z.string() })).default([])

export const installationEvent = z.object({ action: z.string(), installation: z.object({ id }), repositories: listed })

export const installationRepositoriesEvent = z.object({ action: z.string(), installation: z.object({ id }), repositories_added: listed })
