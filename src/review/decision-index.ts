/** What the decision says about each finding, looked up by fingerprint: rules may select thousands, and so may pull requests. */
import type { Decision, RuleOutcome, RuleStatus } from '../model/decision.ts'

export interface DecisionIndex {
  readonly isDenied: (fingerprint: string) => boolean
  readonly isWaived: (fingerprint: string) => boolean
  readonly isApproved: (fingerprint: string) => boolean
  /** The rules whose condition selected the finding. */
  readonly rulesOf: (fingerprint: string) => readonly RuleOutcome[]
}

export function indexDecision(decision: Decision): DecisionIndex {
  const denied = new Set(decision.denied)
  const approved = new Set(decision.approved)
  const rules = new Map<string, RuleOutcome[]>()
  for (const rule of decision.rules) {
    for (const fingerprint of rule.selected) {
      const known = rules.get(fingerprint)
      if (known === undefined) rules.set(fingerprint, [rule])
      else known.push(rule)
    }
  }
  return {
    isDenied: (fingerprint) => denied.has(fingerprint),
    isWaived: (fingerprint) => Object.hasOwn(decision.waived, fingerprint),
    isApproved: (fingerprint) => approved.has(fingerprint),
    rulesOf: (fingerprint) => rules.get(fingerprint) ?? [],
  }
}

/** Rules that somebody still has to satisfy, or nobody can. */
export const openStatuses: readonly RuleStatus[] = ['waiting', 'denied', 'vetoed', 'unsatisfiable', 'error']
