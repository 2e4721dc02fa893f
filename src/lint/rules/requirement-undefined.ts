/** Security requirements that name a scheme or scope that is not declared. */
import { objectField } from '../../openapi/values.ts'
import { operations, wholeOperation } from '../collections.ts'
import type { Described } from '../described.ts'
import { oauthFlows } from '../oauth-flows.ts'
import { defineRule } from '../rule.ts'
import { listed, named } from '../sentences.ts'
import type { Operation, SecurityDemand } from '../../openapi/types.ts'

export const requirementUndefined = defineRule({
  id: 'requirement-undefined',
  title: 'An operation requires a scheme or scope that is not declared.',
  why: 'A requirement that nothing defines cannot be enforced: generated servers skip it or refuse everybody, and readers believe in a protection that is not there.',
  fix: 'Declare the security scheme or scope, or correct its name in the requirement.',
  severity: 'warning',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-306',
  since: '0.1',
  given: operations,
  reports: (operation, described) => {
    const missing = [...new Set(demandsOf(operation).flatMap((demand) => undefinedIn(demand, described)))]
    if (missing.length === 0 || operation.securityAt === null) return null
    return {
      at: operation.node,
      message: `${named(operation)} requires ${listed(missing)}, which ${missing.length === 1 ? 'is' : 'are'} not declared.`,
      uses: () => [{ ...wholeOperation(operation), trail: missing.join(' ') }],
      identity: { by: 'uses' },
    }
  },
})

function demandsOf(operation: Operation): readonly SecurityDemand[] {
  return operation.security.flat()
}

/** The scheme’s name, or those of its scopes that no flow declares. Scopes of OpenID Connect are declared by the provider. */
function undefinedIn({ name, scheme, scopes }: SecurityDemand, described: Described): readonly string[] {
  if (scheme === null) return [name]
  if (scheme.type !== 'oauth2') return []
  const flows = oauthFlows(described).filter((flow) => flow.scheme.scheme.node.value === scheme.node.value)
  const declared = new Set(flows.flatMap(({ node }) => Object.keys(objectField(node.value, 'scopes') ?? {})))
  return flows.length === 0 || declared.size === 0 ? [] : scopes.filter((scope) => !declared.has(scope))
}
