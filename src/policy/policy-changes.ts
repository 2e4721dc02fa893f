/** Whether a pull request touches the files that govern its own review: the policy, waivers, CODEOWNERS, the catalog, rulesets. */
import type { DecisionInput } from '../model/api-facts.ts'
import { policyPaths } from './policy-paths.ts'

/** The governing files among the changed ones, old names included; in the organisation's `.github` repository its policy too. */
export function changedPolicyFiles({
  changedFiles,
  policy,
  repository,
}: Pick<DecisionInput, 'changedFiles' | 'policy' | 'repository'>): string[] {
  const own = [policy.repository, policy.waivers, policy.codeowners, policy.catalog, ...policy.rulesets].flatMap((file) => file?.path ?? [])
  const organisation = repository.name.toLowerCase() === '.github' ? policyPaths.organisation : []
  const governing = new Set<string>([...policyPaths.all, ...policyPaths.rulesets, ...own, ...organisation])
  const touched = changedFiles.flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath]))
  return [...new Set(touched.filter((path) => governing.has(path)))].sort()
}
