/** Requirements on OAuth 2.0 and OpenID Connect schemes that ask for no scope. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { objectField } from '../../openapi/values.ts'
import { listed } from '../sentences.ts'
import type { SecurityScheme } from '../../openapi/types.ts'

export const oauthScopesEmpty = defineRule({
  id: 'oauth-scopes-empty',
  title: 'A requirement on an OAuth 2.0 scheme asks for no scope.',
  why: 'Without a scope any token of any application opens the operation, however little its holder agreed to.',
  fix: 'List the scopes that the operation needs.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API5:2023',
  cwe: 'CWE-285',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    const unscoped = operation.security.flatMap((demands) =>
      demands.filter(({ scheme, scopes }) => scheme !== null && scopes.length === 0 && definesScopes(scheme)),
    )
    if (unscoped.length === 0 || operation.securityAt === null) return null
    return {
      at: operation.node,
      message: `${named(operation)} requires ${listed([...new Set(unscoped.map((demand) => demand.name))])} without any scope, although the scheme defines some.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

function definesScopes({ type, node }: SecurityScheme): boolean {
  if (type !== 'oauth2') return false
  const flows = Object.values(objectField(node.value, 'flows') ?? {})
  return [node.value, ...flows].some((flow) => Object.keys(objectField(flow, 'scopes') ?? {}).length > 0)
}
