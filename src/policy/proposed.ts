/** A pull request that edits the policy: is its version valid, and what would it change, in words. */
import type { DecisionInput } from '../model/api-facts.ts'
import { loadPolicies } from './load-policies.ts'
import { policyDifferences, type PolicyDifferences } from './policy-differences.ts'

export { comparePolicies, type PolicyDifferences } from './policy-differences.ts'

/** Problems of the proposed files and the effective difference. It is decided by the policy of base, whatever this says. */
export function reviewProposedPolicy(input: DecisionInput): PolicyDifferences {
  return policyDifferences(input, loadPolicies(input.policy))
}
