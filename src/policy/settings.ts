/** What the rest of the pipeline has to know of the policy before findings exist: which files are APIs, what is sensitive, how to speak. */
import type { Stability, Visibility } from '../model/api-facts.ts'
import type { Sensitivity } from '../model/change.ts'
import type { Mode } from '../model/decision.ts'
import type { Problem } from '../model/place.ts'
import type { PolicyTexts, RepositoryFacts, TextFile } from '../model/snapshot.ts'
import type { ComparisonPolicy } from './comparison.ts'
import { compileGlobs } from './globs.ts'
import { effectivePolicy, stricterMode, type EffectivePolicy, type EffectiveRule } from './effective-policy.ts'
import { readDuration, readInstant } from './instants.ts'
import { loadPolicies, type LoadedPolicies } from './load-policies.ts'
import { isKnownRuleset } from './named-rulesets.ts'
import type { Policy } from './parse-policy.ts'
import type { Where } from './written-conditions.ts'
import type { Classification } from './written-rules.ts'

export interface PolicySettings {
  readonly mode: Mode
  readonly apis: ApiSettings
  readonly classify: ClassifySettings
  readonly sensitive: SensitiveSettings
  /** Spectral rulesets by name or place, organisation's first. */
  readonly rulesets: readonly string[]
  readonly versioning: VersioningSettings
  /** What single APIs ask of their comparison; `comparisonTerms` reads it. */
  readonly comparison: ComparisonPolicy
  readonly review: ReviewSettings
  /** Mistakes in the files on base; any of them makes `API review` a failure. */
  readonly problems: readonly Problem[]
  /** Things the policy asks for that this version does not do, in sentences. */
  readonly notes: readonly string[]
  /** Where the policy comes from: `repository@c0ffee1`, `organisation@7f3e21a`, `built-in`. */
  readonly sources: readonly string[]
}

export interface ApiSettings {
  /** Entry documents that the policy names; each pattern may find several. */
  readonly roots: readonly { readonly id: string; readonly globs: readonly string[] }[]
  readonly ids: readonly string[]
  /** True when descriptions that no root names are APIs too. */
  readonly discover: boolean
  readonly ignore: readonly string[]
  /** One entry for each API of the policy; `id` null is the discovering one. */
  readonly entries: readonly {
    readonly id: string | null
    readonly globs: readonly string[]
    /** Never below the organisation's floor. */
    readonly mode: Mode | null
    readonly stability: Stability | null
    readonly visibility: Visibility | null
    readonly compareWith: string | null
  }[]
}

export interface ClassifySettings {
  readonly organisation: readonly Classification[]
  readonly repository: readonly Classification[]
  /** Sensitive properties that are meant to be there. */
  readonly allowed: { readonly organisation: SensitiveSettings['allow']; readonly repository: SensitiveSettings['allow'] }
  /** The organisation's rules: what a repository reclassifies must not escape them. */
  readonly floor: readonly EffectiveRule[]
}

export interface SensitiveSettings {
  readonly add: readonly { readonly name: string; readonly category: Sensitivity }[]
  readonly allow: readonly { readonly where: Where; readonly property: string; readonly why: string }[]
}

export interface VersioningSettings {
  readonly semver: boolean
  readonly breakingNeeds: 'major' | 'new-path-version' | 'any-bump' | null
  /** Durations as written, by stability: `52w`. */
  readonly sunsetMin: Readonly<Partial<Record<Stability, string>>>
}

export interface ReviewSettings {
  readonly comments: 'changed-lines' | 'all' | 'none'
  readonly maxComments: number
  readonly summary: 'always' | 'on-findings'
  readonly labels: boolean
  /** Findings go to code scanning too. */
  readonly sarif: boolean
}

/** Where the settings are wanted: rollout entries go by repository and date. Without it, entries with a date count as running. */
export interface SettingsContext {
  readonly repository: RepositoryFacts
  readonly now: string
}

const anywhere: RepositoryFacts = { owner: '', name: '', id: 0, visibility: 'private', defaultBranch: '', url: '' }

/** The settings of the base branch. A policy that cannot be used leaves the organisation's settings and the problem. */
export function policySettings(texts: PolicyTexts, context?: SettingsContext): PolicySettings {
  const loaded = loadPolicies(texts)
  const policy = effectivePolicy(loaded, { repository: context?.repository ?? anywhere, now: readInstant(context?.now ?? '') })
  const organisation = loaded.organisation?.policy
  const repository = loaded.repository?.policy
  const both = [organisation, repository].flatMap((one) => one ?? [])
  const versioning = versioningSettings(both)
  return {
    mode: policy.mode,
    apis: apiSettings(policy),
    classify: classifySettings(loaded, policy),
    sensitive: {
      add: both.flatMap(({ sensitive }) => sensitive?.add ?? []),
      allow: both.flatMap(({ sensitive }) => sensitive?.allow ?? []),
    },
    rulesets: [...new Set(both.flatMap(({ rulesets }) => rulesets ?? []))],
    versioning,
    comparison: {
      repository: repository?.apis ?? [],
      organisation: loaded.organisation === null ? null : policy.organisationApis,
      sunsetMin: versioning.sunsetMin,
    },
    review: reviewSettings([...both].reverse()),
    problems: loaded.problems,
    notes: notesOf(both),
    sources: sourcesOf(texts, policy),
  }
}

/** Without any entry every description counts. */
function apiSettings({ apis, floorMode }: EffectivePolicy): ApiSettings {
  const roots = apis.flatMap(({ id, root }) => (id === undefined || root === undefined ? [] : [{ id, globs: root }]))
  return {
    roots,
    ids: roots.map(({ id }) => id),
    discover: roots.length === 0 || apis.some(({ discover }) => discover === true),
    ignore: apis.flatMap(({ ignore }) => ignore ?? []),
    entries: apis.map((entry) => ({
      id: entry.id ?? null,
      globs: entry.root ?? [],
      mode: entry.mode === undefined ? null : stricterMode(floorMode ?? 'off', entry.mode),
      stability: entry.stability ?? null,
      visibility: entry.visibility ?? null,
      compareWith: entry.compare_with ?? null,
    })),
  }
}

/** The entry that speaks for an API: the one whose pattern finds it, else the one with its id, else the discovering one. */
export function settingsEntry(
  { entries }: Pick<ApiSettings, 'entries'>,
  { id, path }: { readonly id: string; readonly path: string },
): ApiSettings['entries'][number] | null {
  const byRoot = entries.find(({ globs }) => globs.length > 0 && compileGlobs(globs)(path))
  const byId = entries.find((entry) => entry.id !== null && (entry.id === id || id.startsWith(`${entry.id}/`)))
  return byRoot ?? byId ?? entries.find((entry) => entry.id === null) ?? null
}

function classifySettings({ organisation, repository }: LoadedPolicies, policy: EffectivePolicy): ClassifySettings {
  return {
    organisation: [...(organisation?.policy.classify ?? []), ...(organisation?.policy.org?.floor?.classify ?? [])],
    repository: repository?.policy.classify ?? [],
    allowed: { organisation: allowedBy(organisation), repository: allowedBy(repository) },
    floor: policy.rules.filter(({ origin }) => origin === 'organisation'),
  }
}

function allowedBy(located: LoadedPolicies['organisation']): SensitiveSettings['allow'] {
  return located?.policy.sensitive?.allow ?? []
}

/** The organisation's wishes hold; a repository adds its own where the organisation is silent. Of two durations the longer one counts. */
function versioningSettings(policies: readonly Policy[]): VersioningSettings {
  const written = policies.flatMap(({ versioning }) => Object.entries(versioning?.sunset_min ?? {}))
  const sunsets = written.filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    semver: policies.some(({ versioning }) => versioning?.semver === true),
    breakingNeeds: policies.flatMap(({ versioning }) => versioning?.breaking_needs ?? [])[0] ?? null,
    sunsetMin: Object.fromEntries(sunsets.sort((a, b) => (readDuration(a[1]) ?? 0) - (readDuration(b[1]) ?? 0))),
  }
}

function reviewSettings(nearestFirst: readonly Policy[]): ReviewSettings {
  const opinions = nearestFirst.flatMap(({ review }) => review ?? [])
  return {
    comments: opinions.flatMap(({ comments }) => comments ?? [])[0] ?? 'changed-lines',
    maxComments: opinions.flatMap(({ max_comments: most }) => most ?? [])[0] ?? 10,
    summary: opinions.flatMap(({ summary }) => summary ?? [])[0] ?? 'on-findings',
    labels: opinions.flatMap(({ labels }) => labels ?? [])[0] ?? false,
    sarif: opinions.flatMap(({ sarif }) => sarif ?? [])[0] ?? false,
  }
}

/** What the grammar knows and this version does not do: said, never silently ignored. */
function notesOf(policies: readonly Policy[]): string[] {
  const tagged = policies.flatMap(({ apis }) => apis ?? []).filter(({ compare_with: with_ }) => with_?.startsWith('tag:') === true)
  const rulesets = policies.flatMap(({ rulesets: names }) => names ?? []).filter((name) => !isKnownRuleset(name))
  const isDeprecatedAsked = policies.some(({ versioning }) => versioning?.sunset_min?.deprecated !== undefined)
  return [
    ...tagged.map(({ id }) => `API \`${id ?? ''}\` asks for a comparison with a tag; it is compared with the merge base.`),
    ...[...new Set(rulesets)].map(rulesetNote),
    ...(isDeprecatedAsked ? ['`sunset_min.deprecated` asks for nothing: what is deprecated has the sunset of the stability it had.'] : []),
  ]
}

function rulesetNote(name: string): string {
  const isElsewhere = /^[\w.-]+\/[\w.-]+:/.test(name)
  return isElsewhere
    ? `The ruleset \`${name}\` is in another repository; it is not read.`
    : `The ruleset \`${name}\` is not known: known are \`spectral:oas\`, \`spectral:owasp\` and those of Specgate (\`specgate:strict\`). A repository's own stands in \`.spectral.yaml\`.`
}

function sourcesOf(texts: PolicyTexts, policy: EffectivePolicy): string[] {
  const source = (name: string, file: TextFile | null) =>
    file === null ? [] : [`${name}@${file.from.slice(file.from.lastIndexOf('@') + 1).slice(0, 7)}`]
  const sources = [...source('org', texts.organisation), ...source('extended', texts.extended ?? null), ...source('repo', texts.repository)]
  return policy.isBuiltIn || sources.length === 0 ? ['built-in', ...sources] : sources
}
