/** What one API's pair of descriptions gives: changes and lint findings (without lines yet), facts for the policy, and what could not be read. */
import { diffDescriptions, type DiffOptions } from './diff/diff.ts'
import { summarise } from './diff/summary.ts'
import { lintScope, withScopeNote } from './lint-scope.ts'
import { lintDescription, type LintOptions, type LintOutcome } from './lint/lint.ts'
import type { ApiFacts, ApiFinding } from './model/api-facts.ts'
import type { UnplacedChange } from './model/change.ts'
import type { Problem } from './model/place.ts'
import type { ApiReview } from './model/review.ts'
import { apiFacts } from './openapi/facts.ts'
import type { DescriptionPair } from './openapi/pair-descriptions.ts'
import type { ApiDescription, ReadResult } from './openapi/types.ts'
import type { ApiInput } from './review/assemble.ts'
import { findingOfChange } from './review/finding-of-change.ts'

export interface AnalysedApi {
  readonly input: ApiInput
  readonly facts: ApiFacts
  readonly findings: readonly ApiFinding[]
  /** Every change, as the differ told it. */
  readonly changes: readonly UnplacedChange[]
  /** What was refused in the team's own ruleset. */
  readonly unloaded: readonly Problem[]
  readonly sides: { readonly base: ApiDescription | null; readonly head: ApiDescription | null }
}

export interface AnalyseOptions {
  readonly diff: DiffOptions
  readonly lint: LintOptions
}

/** Diffs and lints one pair. A side that cannot be read is never compared: its problems say so and the state is `not-evaluated`. */
export async function analysePair(id: string, pair: DescriptionPair, options: AnalyseOptions): Promise<AnalysedApi> {
  const base = apiOf(pair.base)
  const head = apiOf(pair.head)
  const compared = canCompare(pair)
    ? diffDescriptions(base, head, options.diff)
    : { changes: [], operations: { base: 0, head: 0, compared: 0 } }
  const linted = await lintPair(base, head, options.lint)
  const facts = apiFacts(base, head, id)
  const findings = [...compared.changes.map(findingOfChange), ...linted.findings].map((finding) => ({ ...finding, api: id }))
  return {
    input: {
      id,
      path: pair.path,
      previousPath: pair.previousPath,
      state: stateOf(pair),
      title: facts.title,
      version: facts.version,
      summary: summarise(compared.changes, compared.operations),
      changes: compared.changes,
      existing: linted.existing,
      problems: problemsOf(pair.head),
      baseProblems: problemsOf(pair.base).map((problem) => ({ ...problem, side: 'base' as const })),
      notes: linted.notes,
    },
    facts,
    findings,
    changes: compared.changes,
    unloaded: linted.problems,
    sides: { base, head },
  }
}

/** Lints what the change can have affected; a description that is gone has nothing to lint. */
async function lintPair(base: ApiDescription | null, head: ApiDescription | null, options: LintOptions): Promise<LintOutcome> {
  if (head === null) return { findings: [], existing: 0, problems: [], notes: [] }
  return withScopeNote(await lintDescription(head, base, { ...options, ...lintScope(base, head) }), base, head)
}

/** What was analysed as the policy classifies it: changes it leaves out are not counted, the others by the class it gives them. */
export function classifiedInput({ input, changes }: AnalysedApi, findings: readonly ApiFinding[]): ApiInput {
  const own = new Map(findings.flatMap((one) => (one.kind === 'change' && one.api === input.id ? [[one.fingerprint, one] as const] : [])))
  const classified = changes.flatMap((change) => {
    const finding = own.get(change.fingerprint)
    return finding === undefined ? [] : [{ ...change, class: finding.class ?? change.class, security: finding.security }]
  })
  return { ...input, changes: classified, summary: summarise(classified, input.summary.operations) }
}

/** Digests of all findings of a pair, for approvals given at an earlier commit. */
export async function digestsOf(id: string, pair: DescriptionPair, options: AnalyseOptions): Promise<readonly string[]> {
  const { findings } = await analysePair(id, pair, options)
  return findings.map((finding) => finding.digest)
}

function apiOf(result: ReadResult | null): ApiDescription | null {
  return result !== null && 'api' in result ? result.api : null
}

/** An unreadable head is never compared; an unreadable base makes everything in head count as added. */
function canCompare({ base, head }: DescriptionPair): boolean {
  return head === null ? apiOf(base) !== null : apiOf(head) !== null
}

function problemsOf(result: ReadResult | null): readonly Problem[] {
  if (result === null) return []
  return 'api' in result ? result.api.problems : result.problems
}

function stateOf(pair: DescriptionPair): ApiReview['state'] {
  if (!canCompare(pair)) return 'not-evaluated'
  if (pair.head === null) return 'removed'
  if (pair.base === null) return 'added'
  return pair.previousPath === null ? 'changed' : 'moved'
}
