/** Rules that no file can remove: changes of the policy and of ownership, new waivers, and files or facts that could not be read. */
import type { DecisionPreview, RuleOutcome } from '../model/decision.ts'
import { usualExclusions, type EffectivePolicy, type EffectiveRule } from './effective-policy.ts'
import { failedOutcome, judgeRule, type RuleContext } from './judge-rule.ts'
import type { LoadedPolicies } from './load-policies.ts'
import { ownershipChanges } from './ownership-changes.ts'
import { changedPolicyFiles } from './policy-changes.ts'
import { previewSentences } from './preview.ts'
import { policyDifferences } from './proposed.ts'
import type { ProposedWaivers } from './proposed-waivers.ts'
import type { SubjectIndex } from './subjects.ts'
import type { Require } from './written-rules.ts'

export interface BuiltInContext {
  readonly policy: EffectivePolicy
  readonly loaded: LoadedPolicies
  readonly rules: RuleContext
  readonly index: SubjectIndex
  readonly proposed: ProposedWaivers
  /** What the proposed policy would decide; null when none is proposed. */
  readonly preview: DecisionPreview | null
}

/** The outcomes of the built-in rules that have something to say. */
export function judgeBuiltInRules(context: BuiltInContext): RuleOutcome[] {
  return [...unusableFiles(context), ...gaps(context), ...policyChange(context), ...handOvers(context), ...newWaivers(context)]
}

function unusableFiles({ loaded, policy }: BuiltInContext): RuleOutcome[] {
  if (loaded.unusable.length === 0) return []
  const files = loaded.unusable.map((file) => `\`${file}\``).join(', ')
  const first = loaded.problems.find(({ file }) => file === loaded.unusable[0])
  const where = first === undefined ? '' : ` Line ${first.line}: ${first.message}`
  return [
    failedOutcome('the policy can be read', policy.mode, [
      `${files} on the base branch cannot be used, so what it asks for is not known.${where}`,
      "The organisation's floor and the built-in rules still apply. Correct the file; until then nothing counts as approved.",
    ]),
  ]
}

function gaps({ rules, policy }: BuiltInContext): RuleOutcome[] {
  const { gaps: sentences } = rules.input
  return sentences.length === 0 ? [] : [failedOutcome('everything was read', policy.mode, sentences)]
}

function policyChange({ policy, rules, loaded, preview }: BuiltInContext): RuleOutcome[] {
  const files = changedPolicyFiles(rules.input)
  if (files.length === 0 || policy.policyOwners.length === 0) return []
  const approvals = policy.policyOwners.map((from) => ({ from }))
  const { outcome } = judgeRule(builtInRule('changes of the policy', { approvals }, policy), [], rules)
  const { invalid, differences } = policyDifferences(rules.input, loaded)
  return [
    {
      ...outcome,
      status: invalid === null ? outcome.status : 'error',
      because: [
        ...(invalid === null ? [] : [invalid]),
        ...outcome.because,
        `The pull request changes ${files.map((file) => `\`${file}\``).join(', ')}; it is decided by the policy on its base branch.`,
        ...differences,
        ...(preview === null ? [] : previewSentences(preview)),
      ],
    },
  ]
}

function handOvers({ policy, rules, index }: BuiltInContext): RuleOutcome[] {
  const { input, ownership } = rules
  return ownershipChanges(input.apis, { organisation: input.repository.owner, index, ownership }).map(({ api, groups, sentence }) => {
    const approvals = groups.map(({ names }) => ({ from: names }))
    const { outcome } = judgeRule(builtInRule(`owners of ${api.id} change`, { approvals }, policy), [], rules)
    return { ...outcome, because: [...outcome.because, sentence] }
  })
}

/** A waiver that the pull request adds must be granted before it can be merged. */
function newWaivers({ policy, rules, proposed }: BuiltInContext): RuleOutcome[] {
  return proposed.waivers.map(({ waiver, isGrantorAllowed }) => {
    const require: Require = { approvals: [{ from: [waiver.granted_by] }] }
    const { outcome } = judgeRule(builtInRule(`new waiver ${waiver.id}`, require, policy), [], rules)
    if (isGrantorAllowed) return outcome
    return { ...outcome, status: 'unsatisfiable', because: [`\`${waiver.granted_by}\` may not grant the waiver \`${waiver.id}\`.`] }
  })
}

/** Bound to the text as it stands at head. What the policy itself says of approvals can tighten this, never loosen it. */
function builtInRule(name: string, require: Require, policy: EffectivePolicy): EffectiveRule {
  return {
    name,
    origin: 'built-in',
    when: { policy_changed: true },
    require,
    isDenied: false,
    mode: policy.mode,
    followsApiMode: false,
    isWaivable: false,
    why: null,
    link: null,
    report: null,
    settings: {
      fresh: 'push',
      exclude: [...new Set([...usualExclusions, ...policy.settings.exclude])],
      alwaysExcluded: [],
      isVetoed: true,
    },
    evidence: [],
    window: null,
  }
}
