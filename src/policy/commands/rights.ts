/** What the policy of the base branch says about commands in comments: whether they count as approvals, and who may break the glass. */
import type { LoadedPolicies } from '../load-policies.ts'
import type { Policy } from '../written-policy.ts'

export interface CommandRights {
  /** `/specgate approve` counts as an approval; a file that allows reviews alone switches it off. */
  readonly approves: boolean
  /** Who may let everything pass in an emergency: all rules, or the repository's own. Nobody unless written. */
  readonly breakGlass: { readonly organisation: readonly string[]; readonly repository: readonly string[] }
}

export function commandRights({ organisation, repository, unusable }: LoadedPolicies): CommandRights {
  const policies: readonly (Policy | undefined)[] = [organisation?.policy, repository?.policy]
  return {
    approves: unusable.length === 0 && policies.every((policy) => policy?.approvals?.by?.includes('command') ?? true),
    breakGlass: {
      organisation: organisation?.policy.break_glass?.by ?? [],
      repository: repository?.policy.break_glass?.by ?? [],
    },
  }
}
