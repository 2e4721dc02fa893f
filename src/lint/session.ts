/** What one run of rules over one side shares, and what they find before a ruleset says how severely it counts. */
import type { Severity } from '../model/finding.ts'
import type { ReportingRule } from './compare.ts'
import type { Described } from './described.ts'
import type { Hit } from './rule.ts'
import type { TicketOffice } from './spectral-run.ts'

/** What a rule found, before the ruleset says how severely it counts. */
export interface Found {
  readonly rule: ReportingRule
  readonly hit: Hit
  /** The severity that our rule has by itself; null for rules of teams. */
  readonly ownSeverity: Severity | 'off' | null
  /** The change brings an exception for it, which nobody has granted yet. */
  readonly proposed: boolean
}

/** What rules need while one side is linted. */
export interface Session {
  readonly described: Described
  /** Keys of the exceptions that count; null: all that the description holds. */
  readonly granted: ReadonlySet<string> | null
  readonly office: TicketOffice<Found>
  /** Functions of our rules, which answer by themselves. */
  readonly ownFunctions: Set<unknown>
  readonly notes: string[]
}
