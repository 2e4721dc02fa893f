/** The policy and its decisions as people read them: which rule comes from where, what it asks, and why a decision is what it is. */
import type { Decision, RuleOutcome } from '../model/decision.ts'
import type { PolicyTexts } from '../model/snapshot.ts'
import { counted } from './because.ts'
import { effectivePolicy, type EffectiveRule } from './effective-policy.ts'
import { readInstant } from './instants.ts'
import { loadPolicies } from './load-policies.ts'
import { policySettings, type SettingsContext } from './settings.ts'
import type { Require } from './written-rules.ts'

/** The effective policy, one line for each thing that holds, each with where it was written. Mistakes come first. */
export function explainPolicy(texts: PolicyTexts, context?: SettingsContext): string[] {
  const loaded = loadPolicies(texts)
  const repository = context?.repository ?? { owner: '', name: '', id: 0, visibility: 'private', defaultBranch: '', url: '' }
  const policy = effectivePolicy(loaded, { repository, now: readInstant(context?.now ?? '') })
  const settings = policySettings(texts, context)
  const lines = createLineFinder(texts)
  return [
    ...loaded.problems.map(({ file, line, message }) => `Mistake (${file}:${line}): ${message}`),
    `Mode: ${policy.mode} (${settings.sources.join(' + ')}).`,
    ...(policy.isBuiltIn ? ['No policy file: the built-in advice applies and blocks nothing.'] : []),
    ...policy.rules.map((rule) => `${ruleSentence(rule)} [${lines(rule)}]`),
    ...settings.apis.entries.map((entry) => `${apiSentence(entry)} [apis]`),
    ...settings.classify.organisation.map((entry) => `${classifySentence(entry)} [organisation, classify]`),
    ...settings.classify.repository.map((entry) => `${classifySentence(entry)} [repository, classify]`),
    ...settingSentences(settings),
    ...policy.owners.rules.map(
      ({ owners, also }) =>
        `Owners of some elements: ${[...(owners ?? []), ...(also ?? []).map((name) => `also ${name}`)].join(', ')}. [owners.rules]`,
    ),
    `Owners are looked up in ${policy.owners.use.join(', ')}; otherwise ${policy.owners.default.join(', ') || 'the administrators'}.`,
    `Approvals end with: ${policy.settings.fresh}. Not counted: ${policy.settings.exclude.join(', ') || 'nobody is excluded'}. Changes requested: ${policy.settings.isVetoed ? 'a veto' : 'ignored'}.`,
    ...policy.policyOwners.map((names) => `Changes of the policy need ${names.join(' or ')}. [built-in]`),
    `Waivers are granted by ${policy.grantors.repository.join(' or ')}; for rules of the organisation by ${policy.grantors.organisation.join(' or ')}.`,
    ...settings.notes,
  ]
}

type Settings = ReturnType<typeof policySettings>

function apiSentence({ id, globs, mode, stability, visibility, compareWith }: Settings['apis']['entries'][number]): string {
  const said = [
    mode === null ? [] : `mode ${mode}`,
    stability ?? [],
    visibility ?? [],
    compareWith === null ? [] : `compared with ${compareWith}`,
  ]
  const facts = said.flat().join(', ')
  return `${id === null ? 'Every other description found' : `API \`${id}\` (${globs.join(', ')})`}${facts === '' ? '' : `: ${facts}`}.`
}

function classifySentence({ match, severity, class: changeClass, why }: Settings['classify']['repository'][number]): string {
  const becomes = [severity ?? [], changeClass ?? []].flat().join(' and ')
  return `Findings with ${conditionPhrase(match)} become ${becomes}: ${why}.`
}

function settingSentences({ versioning, sensitive, rulesets }: Settings): string[] {
  const sunsets = Object.entries(versioning.sunsetMin).map(([stability, duration]) => `${stability} ${duration}`)
  return [
    ...(versioning.semver ? ['`info.version` follows Semantic Versioning. [versioning]'] : []),
    ...(versioning.breakingNeeds === null ? [] : [`A breaking change needs ${versioning.breakingNeeds}. [versioning]`]),
    ...(sunsets.length === 0 ? [] : [`Time between deprecation and sunset: ${sunsets.join(', ')}. [versioning]`]),
    ...sensitive.add.map(({ name, category }) => `\`${name}\` is ${category}. [sensitive]`),
    ...sensitive.allow.map(
      ({ where, property, why }) => `\`${property}\` may be returned in ${conditionPhrase(where)}: ${why}. [sensitive]`,
    ),
    ...(rulesets.length === 0 ? [] : [`Rulesets: ${rulesets.join(', ')}. [rulesets]`]),
  ]
}

/** Where a rule's name is written: `file:line`. */
function createLineFinder(texts: PolicyTexts): (rule: EffectiveRule) => string {
  return ({ origin, name, window }) => {
    const file = origin === 'organisation' ? texts.organisation : origin === 'repository' ? texts.repository : null
    if (file === null) return 'built-in'
    const written = window === null ? name : name.replace(/^freeze: /, '')
    const index = file.text.split('\n').findIndex((line) => line.includes(written))
    return index < 0 ? file.path : `${file.path}:${index + 1}`
  }
}

function ruleSentence(rule: EffectiveRule): string {
  return `Rule “${rule.name}” (${rule.mode}): when ${conditionPhrase(rule.when)}, ${actionPhrase(rule)}.${rule.isWaivable ? '' : ' Cannot be waived.'}`
}

function actionPhrase({ isDenied, require }: EffectiveRule): string {
  if (isDenied) return 'deny'
  return require === null ? 'report' : `require ${requirePhrase(require)}`
}

function requirePhrase(require: Require): string {
  const approvals = (list: Require['approvals']) =>
    (list ?? []).map(
      ({ from, count, each_owner: each }) =>
        `${counted(count ?? 1, 'approval')} from ${each === true ? 'each of the ' : ''}${from.join(' or ')}`,
    )
  const choices = (require.any_of ?? []).map((choice) => approvals(choice.approvals).join(' and '))
  const parts = [
    ...approvals(require.approvals),
    ...(choices.length > 0 ? [`(${choices.join(', or ')})`] : []),
    ...(require.evidence ?? []).map((id) => `evidence ${id}`),
  ]
  return `${parts.join(' and ')}${require.distinct === true ? ', by different people' : ''}`
}

function conditionPhrase(when: object): string {
  return Object.entries(when)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${valuePhrase(value)}`)
    .join(' and ')
}

function valuePhrase(value: unknown): string {
  if (Array.isArray(value)) return value.map(valuePhrase).join(' or ')
  if (typeof value !== 'object' || value === null) return String(value)
  const parts = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return `{${parts.map(([key, inner]) => `${key}: ${valuePhrase(inner)}`).join(', ')}}`
}

const statusWords: Readonly<Record<Decision['status'], string>> = {
  approved: 'Approved.',
  waiting: 'Waiting for people.',
  blocked: 'Blocked.',
  'not-applicable': 'No rule asked for anything.',
}

/** The decision in sentences: the status first, then each rule that has something to say, most urgent first. */
export function explainDecision(decision: Decision): string[] {
  const spoken = decision.rules.filter(({ status }) => status !== 'not-applicable').sort((a, b) => urgency(a) - urgency(b))
  const mode = decision.mode === 'enforce' ? '' : ` The policy is in mode ${decision.mode}: this blocks nothing.`
  return [
    `${statusWords[decision.status]}${mode}`,
    ...spoken.flatMap((rule) => [
      `Rule “${rule.rule}” (${rule.from}, ${rule.mode}): ${rule.status}.`,
      ...rule.because.map((sentence) => `  ${sentence}`),
    ]),
    ...(decision.askForReview.length > 0 ? [`Ask for a review: ${decision.askForReview.join(', ')}.`] : []),
  ]
}

const order: Readonly<Record<RuleOutcome['status'], number>> = {
  error: 0,
  denied: 1,
  vetoed: 2,
  unsatisfiable: 3,
  waiting: 4,
  waived: 5,
  approved: 6,
  'not-applicable': 7,
}

function urgency({ status }: RuleOutcome): number {
  return order[status]
}
