/** Security rules on a description, and which of their findings the base does not have. The one thinking function that awaits: Spectral does. */
import type { UnplacedFinding } from '../model/finding.ts'
import type { Problem } from '../model/place.ts'
import type { ApiDescription } from '../openapi/types.ts'
import { compareHits, renamedPaths } from './compare.ts'
import type { Compared, Reported } from './compare.ts'
import { describe, protectionOf } from './describe.ts'
import type { Scope } from './describe.ts'
import type { Described } from './described.ts'
import { exceptionKey, exceptions } from './exceptions.ts'
import { settingsOf } from './options.ts'
import type { LintOptions } from './options.ts'
import { runRules } from './run-rules.ts'
import { scopesOf } from './scope.ts'

export type { LintOptions } from './options.ts'

export interface LintOutcome {
  /** New findings; all of them where there is no base. */
  readonly findings: readonly UnplacedFinding[]
  /** Findings that base has too. */
  readonly existing: number
  /** What was refused in the team’s own ruleset, each with its line. */
  readonly problems: readonly Problem[]
  /** Rules that could not be run and limits that were met, in sentences. */
  readonly notes: readonly string[]
}

/**
 * Lints head, and base where there is one: findings are what head has and base has not. Rejects only for our own mistakes; a rule that fails
 * on a description is named in `notes` and the others go on.
 */
export async function lintDescription(head: ApiDescription, base: ApiDescription | null, options: LintOptions = {}): Promise<LintOutcome> {
  const scopes = scopesOf(head, base, options)
  if (base === null) {
    const only = await lintSide(head, scopes.head, { ...options, comparing: false, granted: null })
    return outcomeOf(only, compareHits(only.reported, null))
  }
  // Where head is the first to protect something, what it leaves open was open before and is no fault of the change.
  const asBefore = { ...options, comparing: true, granted: null, ...(protectionOf(head) === 'some' ? { protection: 'some' as const } : {}) }
  const before = await lintSide(base, scopes.base, asBefore)
  const granted = new Set(exceptions(before.described).map(exceptionKey))
  const after = await lintSide(head, scopes.head, { ...options, comparing: true, granted })
  const against = { hits: before.reported, api: base, renamed: renamedPaths(after.described.operations, before.described.operations) }
  const compared = compareHits(after.reported, against)
  if (compared.doubtful.size === 0 || scopes.widened === null) return outcomeOf(after, compared)
  const wider = await lintSide(base, scopes.widened(compared.doubtful), asBefore)
  return outcomeOf(after, compareHits(after.reported, { ...against, elsewhere: wider.reported }))
}

function outcomeOf({ problems, notes }: LintedSide, { fresh, existing }: Compared): LintOutcome {
  return { findings: fresh, existing, problems, notes: [...new Set(notes)] }
}

interface SideOptions extends LintOptions {
  readonly comparing: boolean
  /** Exceptions that count on this side; null: all of them. */
  readonly granted: ReadonlySet<string> | null
  /** As rules shall see it; what the side itself says unless given. */
  readonly protection?: Described['protection']
}

interface LintedSide {
  readonly described: Described
  readonly reported: readonly Reported[]
  readonly problems: readonly Problem[]
  readonly notes: readonly string[]
}

async function lintSide(api: ApiDescription, scope: Scope, options: SideOptions): Promise<LintedSide> {
  const own = describe(api, scope, settingsOf(options, options.comparing))
  const described = { ...own, protection: options.protection ?? own.protection }
  return { described, ...(await runRules(described, options, options.granted)) }
}
