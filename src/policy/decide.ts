/**
 * The decision on a pull request: every rule of the effective policy on the findings it selects, with the evidence in sentences.
 * Pure and synchronous. Policy, waivers and owners are those of base; what head says can only add requirements.
 */
import type { DecisionInput } from '../model/api-facts.ts'
import type { AppliedWaiver, Decision, DecisionPreview, DecisionStatus, Mode, RuleOutcome } from '../model/decision.ts'
import { askForReview } from './ask-for-review.ts'
import { judgeBuiltInRules } from './built-in-rules.ts'
import { answers, dismissals } from './commands/answer.ts'
import { hear } from './commands/hear.ts'
import type { Heard } from './commands/heard.ts'
import { bypassed, lifted } from './commands/lift.ts'
import { compileCondition, type ConditionFacts, type Selection } from './conditions.ts'
import { effectivePolicy, stricterMode, type EffectivePolicy, type EffectiveRule } from './effective-policy.ts'
import { rememberExclusions } from './exclusions.ts'
import { createCoverage } from './freshness.ts'
import { readInstant } from './instants.ts'
import { judgeRule, type JudgedRule, type RuleContext } from './judge-rule.ts'
import { loadPolicies } from './load-policies.ts'
import { createOwnership, ownerNames } from './owners.ts'
import { createPeople, type People } from './people.ts'
import type { MatcherContext } from './matchers.ts'
import { changedPolicyFiles } from './policy-changes.ts'
import { previewProposed } from './preview.ts'
import { policyDifferences } from './proposed.ts'
import { baseWaivers, proposedWaivers } from './proposed-waivers.ts'
import { shareTests } from './shared-tests.ts'
import { indexSubjects, type Subject, type SubjectIndex } from './subjects.ts'
import { createWaivers } from './waivers.ts'
import type { When } from './written-conditions.ts'

/** Decides. Never throws for what people wrote; mistakes in the files are `problems`, and then nothing is approved. */
export function decide(input: DecisionInput): Decision {
  const loaded = loadPolicies(input.policy)
  const now = readInstant(input.now)
  const policy = effectivePolicy(loaded, { repository: input.repository, now })
  const known = createPeople(input.people)
  const index = indexSubjects(input, policy.apis)
  const ownership = createOwnership(input, policy)
  const heard = hear({ input, loaded, policy, people: known, index })
  const people: People = { ...known, spoken: heard.approvals }
  const proposed = proposedWaivers({ input, loaded, policy, people })
  const grants = { people, grantors: policy.grantors, longestWaiver: policy.longestWaiver, now }
  const waivers = createWaivers([...baseWaivers(loaded), ...proposed.granted, ...heard.waivers], grants)
  const exclusionsFor = rememberExclusions(input)
  const rules: RuleContext = {
    input,
    people,
    ownership,
    waivers,
    exclusionsFor,
    coverage: createCoverage(input),
    policyOwners: policy.policyOwners,
    now,
  }
  const ownersOf = (subject: Subject) => ownerNames(ownership.groupsOf(subject))
  const facts = conditionFacts(input, index, { people, ownersOf })
  const hasFloor = policy.rules.some(({ origin }) => origin === 'organisation')
  const floorFacts = hasFloor
    ? conditionFacts(input, indexSubjects(input, policy.apis, policy.organisationApis), { people, ownersOf })
    : facts
  const asking = policy.rules.flatMap((rule) => judgeEverywhere(rule, rule.origin === 'organisation' ? floorFacts : facts, rules))
  const judged = lifted(asking, heard.bypass, now)
  const preview = previewProposed(input, decide)
  const builtIn = judgeBuiltInRules({ policy, loaded, rules, index, proposed, preview })
  const unruled = [
    ...waivedWithoutRule(judged, facts.subjects, rules),
    ...dismissals(heard, judged, policy.longestWaiver),
    ...bypassed(heard.bypass, facts.introduced, now),
  ]
  const problems = [...loaded.problems, ...policyDifferences(input, loaded).problems]
  const isIncomplete = input.gaps.length > 0 || loaded.unusable.length > 0
  return assemble({ policy, judged, asking, builtIn, unruled, problems, heard, preview, isIncomplete })
}

interface Asking extends ConditionFacts {
  /** Rules with the same condition are about the very same list. */
  readonly select: (when: When) => Selection
  /** No API has a mode of its own. */
  readonly hasOneMode: boolean
}

function conditionFacts(
  input: DecisionInput,
  index: SubjectIndex,
  { people, ownersOf }: { readonly people: People; readonly ownersOf: MatcherContext['ownersOf'] },
): Asking {
  const subjects = input.findings.map(index.of)
  const matching = { ownersOf, shared: shareTests() }
  const facts: ConditionFacts = {
    subjects,
    introduced: subjects.filter(({ finding }) => finding.new),
    pullRequest: input.pullRequest,
    isPolicyChanged: changedPolicyFiles(input).length > 0,
    people,
  }
  return {
    ...facts,
    hasOneMode: subjects.every(({ entry }) => entry?.mode === undefined),
    select: rememberByContent((when) => compileCondition(when, matching)(facts)),
  }
}

/** Values that are written alike give the same answer. */
function rememberByContent<Asked, Answer>(answer: (asked: Asked) => Answer): (asked: Asked) => Answer {
  const known = new Map<string, Answer>()
  return (asked) => {
    const key = JSON.stringify(asked)
    const found = known.get(key) ?? answer(asked)
    known.set(key, found)
    return found
  }
}

/** A rule is judged once for each mode among the APIs that it concerns. */
function judgeEverywhere(rule: EffectiveRule, facts: Asking, context: RuleContext): JudgedRule[] {
  const { now } = context
  const isOutside = rule.window !== null && now !== null && (now < rule.window.from || now >= rule.window.to)
  const selection = isOutside ? null : facts.select(rule.when)
  if (selection === null) return [{ outcome: notApplicable(rule), waived: [], asked: [], spoken: [] }]
  const isUniform = !rule.followsApiMode || selection.subjects.length === 0 || facts.hasOneMode
  if (isUniform) return [judgeRule(rule, selection.subjects, context)]
  const byMode = Map.groupBy(selection.subjects, ({ entry }) => entry?.mode ?? rule.mode)
  return [...byMode].map(([mode, subjects]) => judgeRule({ ...rule, mode }, subjects, context))
}

function notApplicable(rule: EffectiveRule): RuleOutcome {
  const { name, origin, mode, why, link } = rule
  return { rule: name, from: origin, mode, status: 'not-applicable', selected: [], because: [], requirements: [], why, link }
}

type Waived = readonly { readonly subject: Pick<Subject, 'finding'>; readonly waiver: AppliedWaiver }[]

/** A waiver settles a finding also when no rule asks about it. */
function waivedWithoutRule(judged: readonly JudgedRule[], subjects: readonly Subject[], { waivers }: RuleContext): Waived {
  if (waivers.isEmpty) return []
  const asked = new Set(judged.flatMap(({ outcome }) => outcome.selected))
  return subjects
    .filter(({ finding }) => !asked.has(finding.fingerprint))
    .flatMap((subject) => {
      const found = waivers.find(subject, 'repository')
      return 'waiver' in found ? [{ subject, waiver: found.waiver }] : []
    })
}

interface Parts {
  readonly policy: EffectivePolicy
  readonly judged: readonly JudgedRule[]
  /** The same before anything was set aside in an emergency: whom to ask to look at it all the same. */
  readonly asking: readonly JudgedRule[]
  readonly builtIn: readonly RuleOutcome[]
  readonly unruled: Waived
  readonly problems: Decision['problems']
  readonly heard: Heard
  readonly preview: DecisionPreview | null
  readonly isIncomplete: boolean
}

function assemble(parts: Parts): Decision {
  const { policy, judged, builtIn, unruled, problems, isIncomplete, heard } = parts
  const rules = [...builtIn, ...judged.map(({ outcome }) => outcome)]
  const mode = strictestMode(rules, policy.mode)
  const counting = rules.filter((rule) => rule.mode === mode)
  const strict = judged.filter(({ outcome }) => outcome.mode === mode)
  const denied = fingerprintsOf(strict.filter(({ outcome }) => outcome.status === 'denied'))
  const waived = waivedFindings(judged, unruled)
  return {
    schema: 'specgate/decision@1',
    status: isIncomplete ? 'blocked' : statusOf(counting),
    mode,
    rules,
    askForReview: askForReview(
      [...builtIn, ...parts.asking.map(({ outcome }) => outcome)]
        .filter((rule) => rule.mode === mode && rule.status === 'waiting')
        .flatMap(({ requirements }) => requirements),
      policy.requestReviewers,
    ),
    problems,
    waived,
    denied: [...denied],
    approved: isIncomplete ? [] : approvedFindings(strict, { denied, waived }),
    ...(heard.commands.length === 0
      ? {}
      : { commands: answers(heard, { judged: parts.asking, waived, grantors: policy.grantors.repository }) }),
    ...(parts.preview === null ? {} : { preview: parts.preview }),
    ...(heard.bypass === null ? {} : { bypass: { by: heard.bypass.by, why: heard.bypass.why } }),
  }
}

/** Rules that concern nothing say nothing about the mode. */
function strictestMode(rules: readonly RuleOutcome[], mode: Mode): Mode {
  const applicable = rules.filter(({ status }) => status !== 'not-applicable').map((rule) => rule.mode)
  return applicable.length === 0 ? mode : applicable.reduce(stricterMode)
}

const blocking = ['denied', 'vetoed', 'unsatisfiable', 'error']

function statusOf(rules: readonly RuleOutcome[]): DecisionStatus {
  const statuses = rules.map(({ status }) => status)
  if (statuses.some((status) => blocking.includes(status))) return 'blocked'
  if (statuses.includes('waiting')) return 'waiting'
  return statuses.some((status) => status === 'approved' || status === 'waived') ? 'approved' : 'not-applicable'
}

function fingerprintsOf(judged: readonly JudgedRule[]): Set<string> {
  const fingerprints = new Set<string>()
  for (const { asked } of judged) for (const { finding } of asked) fingerprints.add(finding.fingerprint)
  return fingerprints
}

/** Waived is what no rule still asks about. */
function waivedFindings(judged: readonly JudgedRule[], unruled: Waived): Decision['waived'] {
  const all = [...judged.flatMap(({ waived }) => waived), ...unruled]
  if (all.length === 0) return {}
  const asked = fingerprintsOf(judged.filter(({ outcome }) => outcome.status !== 'not-applicable'))
  return Object.fromEntries(
    all
      .filter(({ subject }) => !asked.has(subject.finding.fingerprint))
      .map(({ subject, waiver }): [string, AppliedWaiver] => [subject.finding.fingerprint, waiver]),
  )
}

const asksNobody = ['not-applicable', 'denied', 'waived']

/** Approved by people: some rule asks for approvals of the finding, and every rule that does has them. */
function approvedFindings(
  judged: readonly JudgedRule[],
  { denied, waived }: { denied: ReadonlySet<string>; waived: Decision['waived'] },
): string[] {
  const requiring = judged.filter(({ outcome }) => !asksNobody.includes(outcome.status))
  const approved = fingerprintsOf(requiring.filter(({ outcome }) => outcome.status === 'approved'))
  if (approved.size === 0) return []
  const open = fingerprintsOf(requiring.filter(({ outcome }) => outcome.status !== 'approved'))
  return [...approved].filter((fingerprint) => !open.has(fingerprint) && !denied.has(fingerprint) && !Object.hasOwn(waived, fingerprint))
}
