/** One rule on the findings it selected: waived, denied, vetoed, impossible, waiting or approved, with its evidence in sentences. */
import type { AppliedWaiver, Mode, RuleOutcome, RuleStatus } from '../model/decision.ts'
import type { CheckFact } from '../model/snapshot.ts'
import { deniedSentence, requirementSentences, selectedSentence, vetoSentences, waivedSentences } from './because.ts'
import type { EffectiveRule } from './effective-policy.ts'
import { missingEvidence } from './evidence.ts'
import type { Exclusions } from './exclusions.ts'
import type { Content, Coverage } from './freshness.ts'
import { judgeRequirement, type JudgedRequirement } from './judge-requirement.ts'
import type { JudgedSpoken } from './judge-spoken.ts'
import type { Ownership } from './owners.ts'
import type { People } from './people.ts'
import { readPrincipal } from './principals.ts'
import type { Subject } from './subjects.ts'
import type { Waivers } from './waivers.ts'
import type { DecisionInput } from '../model/api-facts.ts'
import type { Exclusion, Require } from './written-rules.ts'

export interface RuleContext {
  readonly input: DecisionInput
  readonly people: People
  readonly ownership: Ownership
  readonly waivers: Waivers
  readonly exclusionsFor: (exclude: readonly Exclusion[], subjects: readonly Subject[]) => Exclusions
  readonly coverage: (fresh: 'api-change' | 'push' | 'never') => Coverage
  readonly policyOwners: readonly (readonly string[])[]
  readonly now: number | null
}

export interface JudgedRule {
  readonly outcome: RuleOutcome
  /** What a waiver lifted here. */
  readonly waived: readonly { readonly subject: Subject; readonly waiver: AppliedWaiver }[]
  /** What is still asked about. */
  readonly asked: readonly Subject[]
  /** Approvals by command that its groups were offered. */
  readonly spoken: readonly JudgedSpoken[]
}

/** Judges a rule whose condition selected these findings; none when it is about the pull request or the policy itself. */
export function judgeRule(rule: EffectiveRule, subjects: readonly Subject[], context: RuleContext): JudgedRule {
  const { waived, asked, refused } = applyWaivers(rule, subjects, context)
  const judgement = subjects.length > 0 && asked.length === 0 ? nothingLeft() : judgeAsked(rule, asked, context)
  const outcome: RuleOutcome = {
    rule: rule.name,
    from: rule.origin,
    mode: rule.mode,
    status: judgement.status,
    selected: subjects.map(({ finding }) => finding.fingerprint),
    because: [...judgement.because, ...selectedSentence(asked), ...waivedSentences(waived), ...refused],
    requirements: judgement.requirements,
    why: rule.why,
    link: rule.link,
    ...(rule.report === null ? {} : { report: rule.report }),
  }
  return { outcome, waived, asked, spoken: judgement.spoken }
}

interface Judgement {
  readonly status: RuleStatus
  readonly because: readonly string[]
  readonly requirements: RuleOutcome['requirements']
  readonly spoken: JudgedRule['spoken']
}

function nothingLeft(): Judgement {
  return { status: 'waived', because: [], requirements: [], spoken: [] }
}

interface Sifted {
  readonly waived: JudgedRule['waived']
  readonly asked: readonly Subject[]
  readonly refused: readonly string[]
}

function applyWaivers(rule: EffectiveRule, subjects: readonly Subject[], { waivers }: RuleContext): Sifted {
  if (waivers.isEmpty) return { waived: [], asked: subjects, refused: [] }
  const waived: { subject: Subject; waiver: AppliedWaiver }[] = []
  const asked: Subject[] = []
  const refused = new Set<string>()
  for (const subject of subjects) {
    const found = waivers.find(subject, rule.origin)
    if ('refused' in found) for (const sentence of found.refused) refused.add(sentence)
    if ('waiver' in found && rule.isWaivable) waived.push({ subject, waiver: found.waiver })
    else asked.push(subject)
    if ('waiver' in found && !rule.isWaivable) refused.add(`Waiver \`${found.waiver.id}\` does not apply: the rule cannot be waived.`)
  }
  return { waived, asked, refused: [...refused] }
}

function judgeAsked(rule: EffectiveRule, asked: readonly Subject[], context: RuleContext): Judgement {
  if (rule.isDenied) return { status: 'denied', because: [deniedSentence(asked)], requirements: [], spoken: [] }
  if (rule.require === null)
    return { status: 'not-applicable', because: ['Reported only: the rule asks for nothing.'], requirements: [], spoken: [] }
  return judgeRequired(rule, rule.require, { ...context, asked })
}

interface AskedContext extends RuleContext {
  readonly asked: readonly Subject[]
}

function judgeRequired(rule: EffectiveRule, require: Require, context: AskedContext): Judgement {
  const { input, people, ownership, asked } = context
  const exclusions = context.exclusionsFor(rule.settings.exclude, asked)
  const coverage = context.coverage(rule.settings.fresh)
  const isText = rule.when.policy_changed === true
  const isProven = exclusions.unproven.length === 0 || hasVouched({ exclusions, coverage, isText }, context)
  const judged = judgeRequirement(require, {
    people,
    exclusions,
    coverage,
    isText,
    isVetoed: rule.settings.isVetoed,
    ownership,
    subjects: asked,
    isProven,
  })
  const evidence = evidenceSentences(rule, require, context)
  return {
    status: statusOf(judged, evidence, input.pullRequest === null),
    because: [
      ...vetoSentences(judged.vetoes),
      ...requirementSentences(judged, require.distinct ?? false),
      ...evidence,
      ...(isProven ? [] : unprovenSentences(exclusions, context)),
    ],
    requirements: judged.best.outcomes,
    spoken: [judged.best, ...judged.others].flatMap(({ demands }) => demands.flatMap(({ spoken }) => spoken)),
  }
}

/** Somebody who owns the policy has looked at a pull request whose contributors are not all known. */
function hasVouched(
  { exclusions, coverage, isText }: { exclusions: Exclusions; coverage: Coverage; isText: boolean },
  context: AskedContext,
): boolean {
  const owners = context.policyOwners.flat().map(readPrincipal)
  const content: Content = isText ? { kind: 'text' } : { kind: 'findings', subjects: context.asked }
  return context.people.opinions.some(
    ({ state, user, commit }) =>
      state === 'approved' &&
      exclusions.reasonFor(user) === null &&
      coverage(commit, content) === null &&
      owners.some((owner) => context.people.isMember(owner, user)),
  )
}

function unprovenSentences({ unproven }: Exclusions, { policyOwners }: RuleContext): string[] {
  const owners = policyOwners.flat().map((name) => `\`${name}\``)
  return [
    ...unproven,
    ...(owners.length === 0 ? [] : [`Until then an approval by a policy owner (${owners.join(', ')}) is needed as well.`]),
  ]
}

function evidenceSentences(rule: EffectiveRule, require: Require, { input, now }: RuleContext): string[] {
  return (require.evidence ?? []).flatMap((id) => {
    const declared = rule.evidence.find((one) => one.id === id)
    return declared === undefined ? [`The evidence \`${id}\` is not declared.`] : (missing(declared, input.people.checks, now) ?? [])
  })
}

function missing(declared: EffectiveRule['evidence'][number], checks: readonly CheckFact[], now: number | null): string[] | null {
  const sentence = missingEvidence(declared, checks, now)
  return sentence === null ? null : [sentence]
}

/** A local review knows no people: then nobody is missing from GitHub, and the rule simply waits. */
function statusOf(judged: JudgedRequirement, evidence: readonly string[], isLocal: boolean): RuleStatus {
  if (judged.vetoes.length > 0) return 'vetoed'
  if (judged.best.state === 'error') return isLocal ? 'waiting' : 'error'
  if (judged.best.state === 'unsatisfiable') return 'unsatisfiable'
  return judged.best.state === 'satisfied' && evidence.length === 0 ? 'approved' : 'waiting'
}

/** An outcome that no person can change: a gap, a file that cannot be read. */
export function failedOutcome(rule: string, mode: Mode, because: readonly string[]): RuleOutcome {
  return { rule, from: 'built-in', mode, status: 'error', selected: [], because, requirements: [], why: null, link: null }
}
