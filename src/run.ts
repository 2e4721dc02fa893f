/**
 * The whole pipeline on plain data: pair the descriptions, diff and lint each pair, let the policy decide, look up the lines,
 * assemble the review. The place to start reading. Reads no clock, no disk, no network: everything is in the snapshot.
 */
import { analysePair, classifiedInput, digestsOf, type AnalysedApi, type AnalyseOptions } from './analyse-pair.ts'
import type { Mode } from './model/decision.ts'
import type { Review } from './model/review.ts'
import type { PullRequestSnapshot } from './model/snapshot.ts'
import type { DescriptionMemory, RememberedDescription } from './openapi/description-memory.ts'
import { pairDescriptions, type DescriptionPair, type PairInput } from './openapi/pair-descriptions.ts'
import { apiIdOf, claimOf } from './policy/claim.ts'
import { classifyFindings } from './policy/classify.ts'
import { comparisonTerms } from './policy/comparison.ts'
import { decide } from './policy/decide.ts'
import { withNamedRulesets } from './policy/named-rulesets.ts'
import { ownedPaths } from './policy/owned.ts'
import { ownTerms } from './policy/own-names.ts'
import { policySettings, settingsEntry, type PolicySettings } from './policy/settings.ts'
import { assembleReview } from './review/assemble.ts'
import { repeatsOf } from './review/merge-repeats.ts'
import { placeFindings } from './review/place.ts'

/** Reviews one snapshot. Never throws for what a pull request contains; what could not be read is in the review, and then it is not green. */
export async function review(snapshot: PullRequestSnapshot, options: ReviewOptions = {}): Promise<Review> {
  return (await reviewApis(snapshot, options)).review
}

export interface ReviewOptions {
  /** Descriptions that were read before, of this repository only: a second push costs no more than its head. */
  readonly memory?: DescriptionMemory
}

/** The review together with the APIs that it is about. */
export async function reviewApis(
  snapshot: PullRequestSnapshot,
  { memory = new Map<string, RememberedDescription>() }: ReviewOptions = {},
): Promise<{ readonly review: Review; readonly apis: readonly AnalysedApi[] }> {
  const settings = policySettings(snapshot.policy, snapshot)
  const options = optionsOf(snapshot, settings)
  const read = { ...snapshot, memory, claim: claimOf(settings) }
  const pairs = pairDescriptions(read)
  const ids = apiIds(pairs, settings)

  const apis: AnalysedApi[] = []
  for (const [pair, id] of ids) apis.push(await analysePair(id, pair, options(id, pair)))

  const facts = apis.map((api) => api.facts)
  const classified = classifyFindings(
    apis.flatMap((api) => api.findings),
    settings,
    facts,
  )
  const placed = placeFindings(classified.findings, apis)
  const decision = decide({
    ...snapshot,
    apis: facts,
    findings: classified.findings,
    repeats: repeatsOf(placed),
    digestsAt: await digestsAtReviewedCommits(read, settings, options),
    gaps: [...snapshot.gaps, ...unreadSentences(apis)],
  })
  const assembled = assembleReview({
    commits: snapshot.commits,
    apis: apis.map((api) => ({ ...classifiedInput(api, classified.findings), ...modeOf(api.input, settings) })),
    findings: placed,
    decision,
    policy: { mode: settings.mode, sources: settings.sources },
    changedFiles: snapshot.changedFiles,
    gaps: snapshot.gaps,
    unloaded: apis.flatMap((api) => api.unloaded),
    notes: [...settings.notes, ...classified.notes],
    draft: snapshot.pullRequest?.draft ?? false,
  })
  return { review: assembled, apis }
}

type Options = (id: string, pair: DescriptionPair) => AnalyseOptions

function optionsOf(snapshot: PullRequestSnapshot, settings: PolicySettings): Options {
  const { now, policy } = snapshot
  const isOwned = ownedPaths(policy)
  const vocabulary = { name: 'policy', terms: ownTerms(settings.sensitive.add) }
  const rulesets = withNamedRulesets(policy.rulesets, settings.rulesets)
  const { versioning } = settings
  return (id, { path }) => ({
    diff: { now, versioning, ...comparisonTerms(settings.comparison, { id, path }) },
    lint: { now, rulesets, owned: isOwned(path), vocabulary },
  })
}

/** The mode that the policy sets for one API, where it sets one. */
function modeOf(api: { readonly id: string; readonly path: string }, { apis }: PolicySettings): { readonly mode?: Mode } {
  const mode = settingsEntry(apis, api)?.mode ?? null
  return mode === null ? {} : { mode }
}

/** The policy's id for a path, else the file's stem, made unique by its folders. */
function apiIds(pairs: readonly DescriptionPair[], settings: PolicySettings): ReadonlyMap<DescriptionPair, string> {
  const ids = new Map<DescriptionPair, string>()
  const taken = new Set<string>()
  for (const pair of pairs) {
    const named = apiIdOf(settings.apis, pair.path)
    const stem = named ?? stemOf(pair.path)
    const id = taken.has(stem) ? pair.path : stem
    taken.add(id)
    ids.set(pair, id)
  }
  return ids
}

/** `services/payments/openapi.yaml` is `payments`; `specs/orders.yaml` is `orders`. */
function stemOf(path: string): string {
  const parts = path.split('/')
  const stem = (parts.at(-1) ?? path).replace(/\.(ya?ml|json)$/i, '')
  const isGeneric = /^(openapi|swagger|api|index|spec|root|main)([._-]?v?\d+(\.\d+)*)?$/i.test(stem)
  return isGeneric ? (parts.slice(0, -1).findLast((part) => !/^(api|apis|spec|specs|docs?|openapi)$/i.test(part)) ?? stem) : stem
}

/** What each approver saw: the digests of the findings at the commit they approved, computed from git again, never from a clock. */
async function digestsAtReviewedCommits(
  snapshot: PullRequestSnapshot & Pick<PairInput, 'memory' | 'claim'>,
  settings: PolicySettings,
  options: Options,
): Promise<Record<string, readonly string[]>> {
  const digestsAt = new Map<string, readonly string[]>()
  for (const reviewed of snapshot.reviewed) {
    const pairs = pairDescriptions({ ...snapshot, trees: reviewed.trees, unreadable: reviewed.unreadable })
    const ids = apiIds(pairs, settings)
    const digests: string[] = []
    for (const [pair, id] of ids) digests.push(...(await digestsOf(id, pair, options(id, pair))))
    digestsAt.set(reviewed.commit, digests)
  }
  return Object.fromEntries(digestsAt)
}

/** An API that was not read cannot be agreed to either. */
function unreadSentences(apis: readonly AnalysedApi[]): string[] {
  return apis
    .filter((api) => api.input.state === 'not-evaluated')
    .map((api) => `\`${api.input.path}\` could not be read, so nobody can have agreed to it.`)
}
