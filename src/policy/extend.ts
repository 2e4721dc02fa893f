/** A policy that extends a file of another repository, pinned to a commit: what it takes from there, and what stays its own. */
import type { PolicyTexts } from '../model/snapshot.ts'
import type { LocatedPolicy, Policy } from './parse-policy.ts'

export interface Pinned {
  /** `owner/repository` */
  readonly repository: string
  readonly path: string
  /** All 40 digits. */
  readonly commit: string
}

/** What `extends` pins; null when it names no file. */
export function pinnedBy(policy: Pick<Policy, 'extends'>): Pinned | null {
  const [, repository, path, commit] = /^([^:]+):([^@]+)@([0-9a-f]{40})$/.exec(policy.extends ?? '') ?? []
  return repository === undefined || path === undefined || commit === undefined ? null : { repository, path, commit }
}

/** Whether the file that was read is the very one that is pinned. */
export function isPinnedText({ repository, path, commit }: Pinned, file: PolicyTexts['extended']): boolean {
  if (file === undefined || file === null || file.path !== path) return false
  return file.from.toLowerCase() === `${repository}@${commit}`.toLowerCase()
}

/** Who may approve and grant, and what an API is, each repository says itself; an organisation's floor comes from its own file only. */
const ownOnly = ['version', 'extends', 'org', 'policy_owners', 'waivers', 'apis'] as const
const lists = ['rules', 'freeze', 'classify', 'rulesets', 'evidence'] as const

/** The repository's policy with what it extends: lists are joined, the extended ones first; of other keys its own word counts. */
export function withExtended(own: LocatedPolicy, extended: Policy): LocatedPolicy {
  const taken = Object.fromEntries(Object.entries(extended).filter(([key]) => !ownOnly.some((one) => one === key)))
  const joined = Object.fromEntries(
    lists.flatMap((key) => {
      const both: readonly unknown[] = [...(extended[key] ?? []), ...(own.policy[key] ?? [])]
      return both.length === 0 ? [] : [[key, both]]
    }),
  )
  return { ...own, policy: { ...taken, ...own.policy, ...joined } }
}
