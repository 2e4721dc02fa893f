/** What the policy that a pull request proposes would decide about that very pull request. For people to read; it never decides anything. */
import type { DecisionInput } from '../model/api-facts.ts'
import type { Decision, DecisionPreview, RuleOutcome } from '../model/decision.ts'
import type { PolicyTexts } from '../model/snapshot.ts'
import { loadPolicies } from './load-policies.ts'
import { ownerDifferences } from './owner-differences.ts'

const kinds = ['repository', 'waivers', 'codeowners', 'catalog'] as const

/** Null when the pull request proposes no policy, or one that cannot be used. `decide` is handed in: it is the one that asks. */
export function previewProposed(input: DecisionInput, decide: (input: DecisionInput) => Decision): DecisionPreview | null {
  const { proposed, ...current } = input
  const policy = proposed === undefined ? null : proposedTexts(input.policy, proposed, input.changedFiles)
  if (policy === null || loadPolicies(policy).unusable.length > 0) return null
  const assumed: DecisionInput = { ...current, policy, changedFiles: input.changedFiles.filter(({ path }) => !isTouched(path, input)) }
  const { status, mode, rules } = decide(assumed)
  const namesOf = (holds: (rule: RuleOutcome) => boolean) => [...new Set(rules.filter(holds).map(({ rule }) => rule))]
  const asking = namesOf((rule) => rule.status !== 'not-applicable')
  return { status, mode, asking, untold: namesOf((rule) => rule.status === 'error'), owners: ownerDifferences(current, assumed) }
}

/** The governing files as the pull request leaves them; null when it touches none. */
function proposedTexts(base: PolicyTexts, head: PolicyTexts, changedFiles: DecisionInput['changedFiles']): PolicyTexts | null {
  const paths = new Set(changedFiles.flatMap(({ path, previousPath }) => [path, previousPath ?? path]))
  const touched = kinds.filter((kind) => [base[kind], head[kind]].some((file) => file !== null && paths.has(file.path)))
  return touched.length === 0 ? null : touched.reduce((texts, kind) => ({ ...texts, [kind]: head[kind] }), base)
}

/** The policy's own change is not part of the question. */
function isTouched(path: string, { policy, proposed }: DecisionInput): boolean {
  return kinds.some((kind) => policy[kind]?.path === path || proposed?.[kind]?.path === path)
}

const statusWords: Readonly<Record<Decision['status'], string>> = {
  approved: 'approved',
  waiting: 'waiting for people',
  blocked: 'blocked',
  'not-applicable': 'asked for nothing',
}

/** The preview in sentences. */
export function previewSentences({ status, mode, asking, untold, owners }: DecisionPreview): string[] {
  const rules = asking.length === 0 ? '' : ` by ${asking.map((name) => `“${name}”`).join(', ')}`
  return [
    `If the proposed policy were in force, this pull request would be ${statusWords[status]}${rules}${mode === 'enforce' ? '' : ` (mode \`${mode}\`)`}.`,
    ...(untold.length === 0
      ? []
      : [`Teams that only the proposed policy names were not read: ${untold.map((name) => `“${name}”`).join(', ')} would wait for them.`]),
    ...owners,
  ]
}
