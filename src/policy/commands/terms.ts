/** On which terms a waiver is granted here: by whom, and until when at most. */
import type { PolicyTexts, RepositoryFacts } from '../../model/snapshot.ts'
import { effectivePolicy } from '../effective-policy.ts'
import { dateOf, dayMs, readInstant } from '../instants.ts'
import { loadPolicies } from '../load-policies.ts'

export interface WaiverTerms {
  /** The first of those who may grant one. */
  readonly grantedBy: string
  /** ISO date: as long as the policy allows, at most 90 days. */
  readonly expires: string
}

const usualWaiver = 90 * dayMs

/** `now` in ISO 8601. */
export function waiverTerms(
  texts: PolicyTexts,
  { repository, now }: { readonly repository: RepositoryFacts; readonly now: string },
): WaiverTerms {
  const instant = readInstant(now)
  const { grantors, longestWaiver } = effectivePolicy(loadPolicies(texts), { repository, now: instant })
  return {
    grantedBy: grantors.repository[0] ?? 'role:admin',
    expires: dateOf((instant ?? 0) + Math.min(longestWaiver ?? usualWaiver, usualWaiver)),
  }
}
