/** Our own rules as Spectral takes them: each rule's function answers from the side described once, and a rule that fails is noted and left out. */
import type { RuleDefinition } from '@stoplight/spectral-core'
import type { Severity } from '../model/finding.ts'
import { lintRules } from './catalogue.ts'
import { excuse } from './exceptions.ts'
import { vocabularies } from '../sensitive/vocabularies.ts'
import { profileSeverities } from './profiles.ts'
import type { ProfileName } from './profiles.ts'
import type { Hit, LintRule } from './rule.ts'
import type { Found, Session } from './session.ts'

const spectralSeverities = { error: 'error', warning: 'warn', notice: 'info' } as const

/** A ruleset of our rules with these severities. Rules that are off are in it too, so that rulesets that extend it may switch them on. */
export function ownRuleset(
  severities: ReadonlyMap<string, Severity | 'off'>,
  session: Session,
): { readonly rules: Readonly<Record<string, RuleDefinition>> } {
  const strict = profileSeverities('strict')
  const rules = lintRules.map((rule): [string, RuleDefinition] => {
    const severity = severities.get(rule.id) ?? 'off'
    const written = severity === 'off' ? (strict.get(rule.id) ?? 'warning') : severity
    return [rule.id, asSpectralRule(rule, { severity: written === 'off' ? 'warning' : written, recommended: severity !== 'off' }, session)]
  })
  return { rules: Object.fromEntries(rules) }
}

/** Our rulesets by the names under which teams extend them; those of laws and standards bring their vocabulary (`vocabulariesOf`). */
export function ownRulesets(session: Session): ReadonlyMap<string, unknown> {
  const profiles: readonly ProfileName[] = ['security', 'strict', 'owasp-2023']
  const plain = profiles.map((name): [string, unknown] => [`specgate:${name}`, ownRuleset(profileSeverities(name), session)])
  const withWords = Object.keys(vocabularies).map((name): [string, unknown] => [
    `specgate:${name}`,
    ownRuleset(profileSeverities('security'), session),
  ])
  return new Map([...plain, ...withWords])
}

function asSpectralRule(
  rule: LintRule,
  { severity, recommended }: { readonly severity: Severity; readonly recommended: boolean },
  session: Session,
): RuleDefinition {
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
  session.ownFunctions.add(answer)
  return {
    description: rule.title,
    given: '$',
    severity: spectralSeverities[severity],
    recommended,
    message: '{{error}}',
    then: { function: answer },
  }
}

function excused(rule: LintRule, hit: Hit, { described, granted }: Session): readonly Found[] {
  const { hit: left, proposed } = excuse(hit, rule.id, { described, granted })
  if (left === null) return []
  return [{ rule, ownSeverity: rule.severity, proposed, hit: proposed ? { ...left, message: withProposal(left) } : left }]
}

function withProposal({ message }: Hit): Hit['message'] {
  const hint = ' The change brings an exception for it, which counts once it is merged.'
  return typeof message === 'string' ? message + hint : (uses) => message(uses) + hint
}
