/** Checks of other apps that a rule wants to have succeeded. Pinned to an app: a check's name alone can be reported by anybody. */
import type { CheckFact } from '../model/snapshot.ts'
import { readDuration, readInstant } from './instants.ts'
import type { Evidence } from './written-rules.ts'

/** Why the evidence is missing, in one sentence; null when it is there. `now` in milliseconds, null when unknown. */
export function missingEvidence(evidence: Evidence, checks: readonly CheckFact[], now: number | null): string | null {
  const name = `\`${evidence.check}\` by \`${evidence.app}\``
  const reported = checks.filter(({ name: check, app }) => check === evidence.check && app === evidence.app)
  if (reported.length === 0) return `Waiting for the check ${name}, which has not reported on this commit.`
  const unfinished = reported.find(({ conclusion }) => conclusion === null)
  if (unfinished !== undefined) return `Waiting for the check ${name}, which is running.`
  const failed = reported.find(({ conclusion }) => conclusion !== 'success')
  if (failed !== undefined) return `Waiting for the check ${name} to succeed; it ended with \`${failed.conclusion ?? ''}\`.`
  return isFreshEnough(evidence, reported, now)
    ? null
    : `Waiting for a newer run of the check ${name}: it is older than ${evidence.max_age ?? ''}.`
}

function isFreshEnough({ max_age: maxAge }: Evidence, reported: readonly CheckFact[], now: number | null): boolean {
  const longest = maxAge === undefined ? null : readDuration(maxAge)
  if (longest === null) return true
  return now !== null && reported.every(({ completedAt }) => now - (readInstant(completedAt ?? '') ?? Number.NEGATIVE_INFINITY) <= longest)
}
