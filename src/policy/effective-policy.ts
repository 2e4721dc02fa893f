/**
 * One policy out of two files: the organisation's floor, its rules and the repository's, each rule with everything that applies to it.
 * What a repository writes can add to the organisation's rules and never take away (absent keys are no opinion, not a default).
 */
import type { Mode, ReportPlace } from '../model/decision.ts'
import type { RepositoryFacts } from '../model/snapshot.ts'
import { builtInAdvice } from './built-in-policy.ts'
import { compileGlobs } from './globs.ts'
import { readDuration, readEndOfDay, readInstant } from './instants.ts'
import type { LoadedPolicies } from './load-policies.ts'
import type { When } from './written-conditions.ts'
import type { ApiEntry, ApprovalDefaults, OwnerRule, Policy } from './written-policy.ts'
import type { Evidence, Exclusion, Freeze, Require, Rule } from './written-rules.ts'
import { freshnessRank, modeRank } from './words.ts'

export type Origin = 'organisation' | 'repository' | 'built-in'

export interface EffectiveRule {
  readonly name: string
  readonly origin: Origin
  readonly when: When
  readonly require: Require | null
  readonly isDenied: boolean
  readonly mode: Mode
  /** True when an API's own mode takes the place of the rule's. */
  readonly followsApiMode: boolean
  readonly isWaivable: boolean
  readonly why: string | null
  readonly link: string | null
  readonly report: ReportPlace | null
  readonly settings: ApprovalSettings
  readonly evidence: readonly Evidence[]
  /** Milliseconds since 1970: the rule holds from and until then. */
  readonly window: { readonly from: number; readonly to: number } | null
}

export interface ApprovalSettings {
  readonly fresh: 'api-change' | 'push' | 'never'
  readonly exclude: readonly Exclusion[]
  /** What a single rule cannot let go. */
  readonly alwaysExcluded: readonly Exclusion[]
  readonly isVetoed: boolean
}

export interface EffectivePolicy {
  readonly mode: Mode
  /** What the organisation asks for at least; null without one. */
  readonly floorMode: Mode | null
  readonly rules: readonly EffectiveRule[]
  readonly apis: readonly ApiEntry[]
  /** What the organisation itself says of APIs: for its rules, a repository cannot call a stable API a draft. */
  readonly organisationApis: readonly ApiEntry[]
  readonly owners: {
    readonly use: readonly ('x-owner' | 'backstage' | 'codeowners')[]
    readonly rules: readonly OwnerRule[]
    readonly default: readonly string[]
  }
  /** Each group approves changes of the policy itself. */
  readonly policyOwners: readonly (readonly string[])[]
  /** Who may lift the organisation's rules, and who the repository's. */
  readonly grantors: { readonly organisation: readonly string[]; readonly repository: readonly string[] }
  /** Milliseconds; null: no limit. */
  readonly longestWaiver: number | null
  readonly requestReviewers: 'teams' | 'users' | 'none'
  readonly settings: ApprovalSettings
  readonly isBuiltIn: boolean
}

interface Parts {
  readonly organisation: Policy | null
  readonly repository: Policy | null
  readonly rolledOut: Mode | null
}

/** The policy that applies to a repository at an instant (milliseconds; null when the clock is unreadable: then nothing has ended). */
export function effectivePolicy(
  loaded: LoadedPolicies,
  where: { readonly repository: RepositoryFacts; readonly now: number | null },
): EffectivePolicy {
  const { organisation, repository, isBuiltIn } = filesOf(loaded)
  const parts = { organisation, repository, rolledOut: rolloutMode(organisation, where) }
  const mode = effectiveMode(parts)
  const approvals = { organisation: organisation?.approvals, repository: repository?.approvals }
  return {
    mode,
    floorMode: floorMode(parts),
    rules: [...organisationRules(parts), ...repositoryRules(parts, mode, isBuiltIn)],
    apis: nearestFirst(parts).flatMap(({ apis }) => apis ?? []),
    organisationApis: organisation?.apis ?? [],
    owners: effectiveOwners(parts),
    policyOwners: policyOwners(parts),
    grantors: effectiveGrantors(parts),
    longestWaiver: shortest(nearestFirst(parts).map(({ waivers }) => waivers?.max_age)),
    requestReviewers: firstOpinion(parts, (policy) => policy.approvals?.request_reviewers) ?? 'teams',
    settings: settingsFor(approvals.organisation, approvals.repository),
    isBuiltIn,
  }
}

/** Without any file the built-in advice stands in; a file that cannot be used is not without a file. */
function filesOf(loaded: LoadedPolicies): Pick<Parts, 'organisation' | 'repository'> & { readonly isBuiltIn: boolean } {
  const organisation = loaded.organisation?.policy ?? null
  const repository = loaded.repository?.policy ?? null
  const isBuiltIn = organisation === null && repository === null && loaded.unusable.length === 0
  return { organisation, repository: isBuiltIn ? builtInAdvice : repository, isBuiltIn }
}

/** The repository's file before the organisation's. */
function nearestFirst({ organisation, repository }: Parts): Policy[] {
  return [repository, organisation].filter((policy) => policy !== null)
}

/** Absence is no opinion: the first file that says something. */
function firstOpinion<T>(parts: Parts, read: (policy: Policy) => T | undefined): T | undefined {
  return nearestFirst(parts)
    .map(read)
    .find((opinion) => opinion !== undefined)
}

/** The first entry that names the repository and has not ended. */
function rolloutMode(
  organisation: Policy | null,
  where: { readonly repository: RepositoryFacts; readonly now: number | null },
): Mode | null {
  const name = `${where.repository.owner}/${where.repository.name}`
  const entry = (organisation?.org?.rollout ?? []).find(({ repos, until }) => {
    const end = until === undefined ? null : readEndOfDay(until)
    return compileGlobs(repos)(name) && (end === null || where.now === null || where.now <= end)
  })
  return entry?.mode ?? null
}

/** A file without `mode` enforces: whoever writes rules means them. */
function floorMode({ organisation, rolledOut }: Parts): Mode | null {
  if (organisation === null) return null
  return rolledOut ?? organisation.org?.floor?.mode ?? organisation.mode ?? 'enforce'
}

function effectiveMode(parts: Parts): Mode {
  const { organisation, repository } = parts
  const floor = floorMode(parts)
  const own = repository?.mode ?? organisation?.mode ?? floor ?? 'enforce'
  return floor === null ? own : stricterMode(floor, own)
}

export function stricterMode(a: Mode, b: Mode): Mode {
  return modeRank[a] >= modeRank[b] ? a : b
}

function organisationRules(parts: Parts): EffectiveRule[] {
  const { organisation, repository } = parts
  if (organisation === null) return []
  const mode = floorMode(parts) ?? 'enforce'
  const settings = settingsOfOrganisation(organisation.approvals, repository?.approvals)
  const shared = { origin: 'organisation', mode, settings, evidence: organisation.evidence ?? [], followsApiMode: false } as const
  return [
    ...(organisation.org?.floor?.rules ?? []).map((rule) => effectiveRule(rule, shared)),
    ...(organisation.rules ?? []).map((rule) => effectiveRule(rule, shared)),
    ...(organisation.freeze ?? []).map((freeze) => freezeRule(freeze, shared)),
  ]
}

function repositoryRules(parts: Parts, mode: Mode, isBuiltIn: boolean): EffectiveRule[] {
  const { organisation, repository } = parts
  if (repository === null) return []
  const evidence = [...(repository.evidence ?? []), ...(organisation?.evidence ?? [])]
  const settings = settingsFor(organisation?.approvals, repository.approvals)
  const origin: Origin = isBuiltIn ? 'built-in' : 'repository'
  const shared = { origin, mode, settings, evidence, followsApiMode: true } as const
  return [
    ...(repository.rules ?? []).map((rule) => effectiveRule(rule, shared)),
    ...(repository.freeze ?? []).map((freeze) => freezeRule(freeze, shared)),
  ]
}

type Shared = Pick<EffectiveRule, 'origin' | 'mode' | 'settings' | 'evidence' | 'followsApiMode'>

function effectiveRule(rule: Rule, shared: Shared): EffectiveRule {
  const exclude = rule.require?.exclude
  return {
    ...shared,
    name: rule.name,
    when: rule.when,
    require: rule.require ?? null,
    isDenied: rule.deny === true,
    mode: rule.mode ?? shared.mode,
    followsApiMode: shared.followsApiMode && rule.mode === undefined,
    isWaivable: rule.waivable ?? true,
    why: rule.why ?? null,
    link: rule.link ?? null,
    report: rule.report ?? null,
    settings:
      exclude === undefined
        ? shared.settings
        : { ...shared.settings, exclude: [...new Set([...exclude, ...shared.settings.alwaysExcluded])] },
    window: null,
  }
}

function freezeRule(freeze: Freeze, shared: Shared): EffectiveRule {
  const when: When = { any: [freeze.where === undefined ? { rule: ['*'] } : { where: freeze.where }] }
  return {
    ...effectiveRule({ name: `freeze: ${freeze.name}`, when, require: freeze.except }, shared),
    isDenied: freeze.except === undefined,
    why: freeze.why ?? `Changes are frozen from ${freeze.from} to ${freeze.to}.`,
    window: { from: readInstant(freeze.from) ?? 0, to: readInstant(freeze.to) ?? Number.MAX_SAFE_INTEGER },
  }
}

/** Whose approval does not count where nobody says otherwise. */
export const usualExclusions: readonly Exclusion[] = ['author', 'contributors', 'bots']

/** The stricter of what both files say; the usual where neither says anything. */
function settingsFor(organisation: ApprovalDefaults | undefined, repository: ApprovalDefaults | undefined): ApprovalSettings {
  const both = [organisation, repository]
  const fresh = both.flatMap((one) => one?.fresh ?? []).sort((a, b) => freshnessRank[b] - freshnessRank[a])[0]
  const vetoes = both.flatMap((one) => one?.changes_requested ?? [])
  const exclude = both.some((one) => one?.exclude !== undefined) ? [...new Set(both.flatMap((one) => one?.exclude ?? []))] : usualExclusions
  return {
    fresh: fresh ?? 'api-change',
    exclude,
    alwaysExcluded: organisation?.exclude ?? [],
    isVetoed: vetoes.length === 0 || vetoes.includes('veto'),
  }
}

/** For its own rules the organisation's silence means the usual, so that a repository's choice cannot loosen them. */
function settingsOfOrganisation(organisation: ApprovalDefaults | undefined, repository: ApprovalDefaults | undefined): ApprovalSettings {
  const filled: ApprovalDefaults = {
    fresh: organisation?.fresh ?? 'api-change',
    exclude: organisation?.exclude ?? [...usualExclusions],
    changes_requested: organisation?.changes_requested ?? 'veto',
  }
  return { ...settingsFor(filled, repository), alwaysExcluded: repository?.exclude ?? [] }
}

/** The last match wins, so the organisation's rules stand first. */
function effectiveOwners(parts: Parts): EffectivePolicy['owners'] {
  return {
    use: firstOpinion(parts, ({ owners }) => owners?.use) ?? ['x-owner', 'backstage', 'codeowners'],
    rules: nearestFirst(parts)
      .reverse()
      .flatMap(({ owners }) => owners?.rules ?? []),
    default: firstOpinion(parts, ({ owners }) => owners?.default) ?? [],
  }
}

/** Both files' owners must agree; a repository's file without `policy_owners` belongs to the administrators. */
function policyOwners({ organisation, repository }: Parts): (readonly string[])[] {
  const groups = [organisation?.policy_owners, repository?.policy_owners].filter((group) => group !== undefined)
  return groups.length === 0 && (repository !== null || organisation === null) ? [['role:admin']] : groups
}

function effectiveGrantors({ organisation, repository }: Parts): EffectivePolicy['grantors'] {
  const ofOrganisation = grantorsOf(organisation)
  return {
    organisation: ofOrganisation ?? ['role:admin'],
    repository: organisation?.waivers?.grantors ?? grantorsOf(repository) ?? ofOrganisation ?? ['role:admin'],
  }
}

function grantorsOf(policy: Policy | null): readonly string[] | undefined {
  return policy?.waivers?.grantors ?? policy?.policy_owners
}

function shortest(durations: readonly (string | undefined)[]): number | null {
  const known = durations.flatMap((text) => (text === undefined ? [] : (readDuration(text) ?? [])))
  return known.length === 0 ? null : Math.min(...known)
}
