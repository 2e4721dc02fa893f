/** Every security rule, in the order in which rule pages are listed. */
import type { LintRule } from './rule.ts'
import { adminUnprotected } from './rules/admin-unprotected.ts'
import { basicOverHttp } from './rules/basic-over-http.ts'
import { credentialInUrl } from './rules/credential-in-url.ts'
import { exampleSecret } from './rules/example-secret.ts'
import { oauthImplicit } from './rules/oauth-implicit.ts'
import { oauthPassword } from './rules/oauth-password.ts'
import { oauthUrlHttps } from './rules/oauth-url-https.ts'
import { operationUnprotected } from './rules/operation-unprotected.ts'
import { ownerMissing } from './rules/owner-missing.ts'
import { responsePii } from './rules/response-pii.ts'
import { responseSecret } from './rules/response-secret.ts'
import { serverHttps } from './rules/server-https.ts'

/** The rules; their metadata are what rule pages, rulesets and SARIF are made of. */
export const lintRules: readonly LintRule[] = [
  responseSecret,
  responsePii,
  operationUnprotected,
  adminUnprotected,
  oauthImplicit,
  oauthPassword,
  oauthUrlHttps,
  credentialInUrl,
  basicOverHttp,
  serverHttps,
  exampleSecret,
  ownerMissing,
]

const rulesById: ReadonlyMap<string, LintRule> = new Map(lintRules.map((rule) => [rule.id, rule]))

/** The rule with this id, or undefined. */
export function lintRule(id: string): LintRule | undefined {
  return rulesById.get(id)
}
