/**
 * What a check run of ours is about, written into its `external_id`: the pull request or merge group, both commits, a digest of what
 * the run says and the verdict. So a later look needs no memory to know whether anything is left to write.
 */
import { createHash } from 'node:crypto'
import type { CheckRunDraft } from '../model/report.ts'

export interface RunSubject {
  /** null for a merge group. */
  readonly number: number | null
  readonly head: string
  readonly base: string
}

export type RunVerdict = 'success' | 'neutral' | 'failure' | 'cancelled' | 'waiting'

export interface RunIdentity extends RunSubject {
  /** Of the whole draft; `announced` for a run that only says that a review is under way. */
  readonly digest: string
  /** Of this subject alone, before other pull requests with the same head are considered. */
  readonly verdict: RunVerdict
}

const form = /^(pr:(\d+)|group):([0-9a-f]+):([0-9a-f]+):(\w+):(success|neutral|failure|cancelled|waiting)$/

export function writeExternalId({ number, head, base, digest, verdict }: RunIdentity): string {
  return `${number === null ? 'group' : `pr:${number}`}:${head}:${base}:${digest}:${verdict}`
}

/** null for anything this app did not write in this form. */
export function readExternalId(externalId: string | null): RunIdentity | null {
  const [, , number, head = '', base = '', digest = '', verdict = ''] = form.exec(externalId ?? '') ?? []
  if (!isVerdict(verdict)) return null
  return { number: number === undefined ? null : Number(number), head, base, digest, verdict }
}

function isVerdict(text: string): text is RunVerdict {
  return ['success', 'neutral', 'failure', 'cancelled', 'waiting'].includes(text)
}

/** Changes whenever anything changes that a reader of the run would see. */
export function digestOf(draft: CheckRunDraft): string {
  return createHash('sha256').update(JSON.stringify(draft)).digest('hex').slice(0, 16)
}

export function verdictOf({ conclusion }: CheckRunDraft): RunVerdict {
  return conclusion ?? 'waiting'
}
