/** Which rules each of our rulesets switches on, and how severely. The files in `policies/` say the same for the stock Spectral command; a test compares them. */
import type { Severity } from '../model/finding.ts'
import { lintRules } from './catalogue.ts'
import type { LintOptions } from './options.ts'
import type { RuleMetadata } from './rule.ts'

export type ProfileName = 'security' | 'strict' | 'owasp-2023'

/** Rules that the strict set judges harder than the recommended one; all others that are `off` there become warnings. */
const strictSeverities: ReadonlyMap<string, Severity> = new Map([
  ['request-string-bound', 'error'],
  ['request-array-bound', 'error'],
  ['request-integer-bound', 'error'],
  ['response-429', 'warning'],
  ['mass-assignment', 'error'],
  ['oauth-scopes-empty', 'warning'],
  ['admin-same-scope', 'warning'],
  ['response-401', 'warning'],
])

/** What a profile makes of a rule's own severity. */
const judged: Readonly<Record<ProfileName, (rule: RuleMetadata) => Severity | 'off'>> = {
  security: ({ severity }) => severity,
  strict: ({ id, severity }) => strictSeverities.get(id) ?? (severity === 'off' ? 'warning' : severity),
  'owasp-2023': ({ severity }) => (severity === 'off' ? 'notice' : severity),
}

/** Rule ids with their severity under a profile. */
export function profileSeverities(profile: ProfileName): ReadonlyMap<string, Severity | 'off'> {
  return new Map(lintRules.map((rule) => [rule.id, judged[profile](rule)]))
}

/** Rule ids with the severity in force: the profile's, then what the caller set. */
export function severitiesOf(options: LintOptions): ReadonlyMap<string, Severity | 'off'> {
  const severities = new Map(profileSeverities(options.ruleset ?? 'security'))
  for (const [rule, severity] of Object.entries(options.severities ?? {})) if (severities.has(rule)) severities.set(rule, severity)
  return severities
}
