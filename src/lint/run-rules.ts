/** Runs all rules on one side: ours, and a team's own ruleset where there is one. A ruleset that extends ours decides about our rules; otherwise ours apply beside it. */
import { Ruleset } from '@stoplight/spectral-core'
import type { Severity } from '../model/finding.ts'
import type { Problem } from '../model/place.ts'
import { tokensOf } from '../openapi/json-pointer.ts'
import type { Reported } from './compare.ts'
import type { Described } from './described.ts'
import { joinVocabularies, vocabularies } from '../sensitive/vocabularies.ts'
import type { LintOptions } from './options.ts'
import { ownRuleset, ownRulesets } from './own-rules.ts'
import type { Found, Session } from './session.ts'
import { severitiesOf } from './profiles.ts'
import type { Hit } from './rule.ts'
import { runThroughSpectral, severityOf, sourceOf, ticketOffice } from './spectral-run.ts'
import { answerFromWalk } from './team/answer-from-walk.ts'
import { resolvedTree } from './team/resolved-tree.ts'
import { teamRuleset } from './team/team-ruleset.ts'
import type { TeamRuleset } from './team/team-ruleset.ts'

export interface RuleRun {
  readonly reported: readonly Reported[]
  /** What was refused in the team's ruleset. */
  readonly problems: readonly Problem[]
  /** Rules that could not be run, in sentences. */
  readonly notes: readonly string[]
}

/** Runs every rule that is on. `granted`: the exceptions that count, by key; null for all. */
export async function runRules(described: Described, options: LintOptions, granted: ReadonlySet<string> | null): Promise<RuleRun> {
  const session = { described, granted, office: ticketOffice<Found>(), ownFunctions: new Set<unknown>(), notes: noNotes() }
  const team = teamRuleset(options.rulesets ?? [], ownRulesets(session))
  session.described = withVocabularies(described, team.extended)
  const reported: Reported[] = []
  if (team.extended.size === 0) {
    reported.push(
      ...(await run(new Ruleset(ownRuleset(severitiesOf(options), session)), session, new Set(Object.keys(options.severities ?? {})))),
    )
  }
  if (team.definition !== null) reported.push(...(await runTeam(team, session)))
  return { reported, problems: team.problems, notes: session.notes }
}

function noNotes(): string[] {
  return []
}

/** A ruleset such as `specgate:gdpr` brings the words of its law. */
function withVocabularies(described: Described, extended: ReadonlySet<string>): Described {
  const brought = vocabularyNames.filter((name) => extended.has(`specgate:${name}`)).map((name) => vocabularies[name])
  if (brought.length === 0) return described
  const { vocabulary } = described.settings
  return {
    ...described,
    settings: {
      ...described.settings,
      regulated: true,
      vocabulary: joinVocabularies([...(vocabulary === undefined ? [] : [vocabulary]), ...brought]),
    },
  }
}

const vocabularyNames = ['gdpr', 'hipaa', 'pci'] as const

async function runTeam({ definition, source, adjusted }: TeamRuleset, session: Session): Promise<readonly Reported[]> {
  try {
    const ruleset = new Ruleset(definition, { source }).fromSource(sourceOf(session.described.api.path))
    return await run(ruleset, session, adjusted)
  } catch (error) {
    session.notes.push(`The repository’s own ruleset could not be run: ${error instanceof Error ? error.message : 'unknown failure'}.`)
    return []
  }
}

async function run(ruleset: Ruleset, session: Session, adjusted: ReadonlySet<string>): Promise<readonly Reported[]> {
  const { api } = session.described
  const others = Object.values(ruleset.rules).filter(
    (rule) => rule.enabled && !rule.then.every((then) => session.ownFunctions.has(then.function)),
  )
  // Our own rules read the session: for them the engine needs no more than the version.
  const seen =
    others.length === 0 ? { openapi: api.root['openapi'], swagger: api.root['swagger'] } : (session.described.excerpt?.local ?? api.root)
  const resolved = others.length === 0 ? seen : resolvedTree(api, seen).root
  if (others.length > 0) answerFromWalk(others, ruleset, session)
  const overridden = liftOverrides(ruleset)
  const results = await runThroughSpectral(ruleset, api, { written: seen, resolved })
  return results.flatMap(({ rule, ticket, severity }) => {
    const found = session.office.redeem(ticket)
    if (found === undefined) return []
    const settled = overridden.get(rule)?.(found.hit) ?? severity
    return settled === 'off' ? [] : [{ rule: found.rule, hit: found.hit, severity: settle(found, settled, adjusted.has(rule)) }]
  })
}

/**
 * Overrides for parts of a file are decided by us, after the run: the engine does not see where a finding stands. Returns, by rule, the severity
 * at a place, and makes the engine report all of that rule.
 */
function liftOverrides(ruleset: Ruleset): ReadonlyMap<string, (hit: Hit) => Severity | 'off'> {
  const lifted = new Map<string, (hit: Hit) => Severity | 'off'>()
  for (const rule of Object.values(ruleset.rules)) {
    const { overrides, severity } = rule
    if (overrides === undefined) continue
    lifted.set(rule.name, ({ at }) => {
      const { severity: shown } = rule
      rule.overrides = overrides
      rule.severity = severity
      const decided = rule.getSeverityForSource(sourceOf(at.file), [...tokensOf(at.pointer)])
      rule.severity = shown
      delete rule.overrides
      return decided === -1 ? 'off' : severityOf(decided)
    })
    rule.enabled = true
    rule.severity = 'error'
    delete rule.overrides
  }
  return lifted
}

/** A rule of ours knows milder and worse cases of itself; a ruleset that sets another severity than the rule's own has the last word. */
function settle({ hit, ownSeverity, proposed }: Found, severity: Severity, adjusted: boolean): Severity {
  const settled = severity === ownSeverity && !adjusted ? (hit.severity ?? severity) : severity
  return proposed && settled === 'error' ? 'warning' : settled
}
