/** Our own rules as a Spectral ruleset: each rule's function answers from the side described once, and a rule that fails is noted and left out. */
import type { RuleDefinition } from '@stoplight/spectral-core'
import type { Severity } from '../model/finding.ts'
import { lintRules } from './catalogue.ts'
import type { Reported } from './compare.ts'
import type { Described } from './described.ts'
import { excuse } from './exceptions.ts'
import type { LintOptions } from './options.ts'
import { severitiesOf } from './profiles.ts'
import type { Hit, LintRule } from './rule.ts'
import { runThroughSpectral, ticketOffice } from './spectral-run.ts'
import type { TicketOffice } from './spectral-run.ts'

export interface RuleRun {
  readonly reported: readonly Reported[]
  readonly notes: readonly string[]
}

interface Found {
  readonly rule: LintRule
  readonly hit: Hit
  /** The change brings an exception for it, which nobody has granted yet. */
  readonly proposed: boolean
}

const spectralSeverities = { error: 'error', warning: 'warn', notice: 'info' } as const

/** Runs every rule that is on, with the severities of the ruleset in force. */
export async function runOwnRules(described: Described, options: LintOptions, granted: ReadonlySet<string> | null): Promise<RuleRun> {
  const office = ticketOffice<Found>()
  const notes: string[] = []
  const severities = severitiesOf(options)
  const rules: Record<string, RuleDefinition> = {}
  for (const rule of lintRules) {
    const severity = severities.get(rule.id) ?? 'off'
    if (severity !== 'off') rules[rule.id] = asSpectralRule(rule, severity, { described, granted, office, notes })
  }
  const results = await runThroughSpectral({ rules }, described.api, described.api.root)
  const reported = results.flatMap(({ ticket, severity }) => {
    const found = office.redeem(ticket)
    return found === undefined ? [] : [{ rule: found.rule, hit: found.hit, severity: settle(found, severity) }]
  })
  return { reported, notes }
}

interface Session {
  readonly described: Described
  /** Keys of the exceptions that count; null: all that the description holds. */
  readonly granted: ReadonlySet<string> | null
  readonly office: TicketOffice<Found>
  readonly notes: string[]
}

function asSpectralRule(rule: LintRule, severity: Severity, session: Session): RuleDefinition {
  const answer = () => {
    try {
      return rule
        .check(session.described)
        .flatMap((hit) => excused(rule, hit, session))
        .map((found) => session.office.issue(found))
    } catch (error) {
      session.notes.push(
        `Rule \`${rule.id}\` could not be run on ${session.described.api.path}: ${error instanceof Error ? error.message : 'unknown failure'}.`,
      )
      return []
    }
  }
  return { given: '$', severity: spectralSeverities[severity], message: '{{error}}', then: { function: answer } }
}

function excused(rule: LintRule, hit: Hit, { described, granted }: Session): readonly Found[] {
  const { hit: left, proposed } = excuse(hit, rule.id, { described, granted })
  if (left === null) return []
  return [{ rule, proposed, hit: proposed ? { ...left, message: withProposal(left) } : left }]
}

function withProposal({ message }: Hit): Hit['message'] {
  const hint = ' The change brings an exception for it, which counts once it is merged.'
  return typeof message === 'string' ? message + hint : (uses) => message(uses) + hint
}

/** A rule knows milder and worse cases of itself; a ruleset that sets another severity than the rule's own has the last word. */
function settle({ rule, hit, proposed }: Found, severity: Severity): Severity {
  const settled = severity === rule.severity ? (hit.severity ?? severity) : severity
  return proposed && settled === 'error' ? 'warning' : settled
}
