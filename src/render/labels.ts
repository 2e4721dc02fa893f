/** The labels that say what a pull request does to an API, for lists and filters; only where the policy wants them. */
import { isSecurityFinding } from '../model/finding.ts'
import type { Review } from '../model/review.ts'

/** Every label that the app may set. What people set themselves is never taken away. */
export function labelsOf({ findings, decision }: Review): readonly string[] {
  return [
    ...(findings.some((finding) => finding.class === 'breaking') ? ['api: breaking'] : []),
    ...(findings.some((finding) => finding.settled === null && isSecurityFinding(finding)) ? ['api: security'] : []),
    ...(decision.bypass === undefined ? [] : ['api: bypassed']),
  ]
}
