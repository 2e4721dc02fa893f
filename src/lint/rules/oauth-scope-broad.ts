/** Scopes that open everything, on operations that are no administration. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { isAdministrative } from '../security.ts'
import { listed } from '../sentences.ts'

export const oauthScopeBroad = defineRule({
  id: 'oauth-scope-broad',
  title: 'An operation requires a scope that opens everything.',
  why: 'A token made for this operation can do anything; when it leaks, so can its finder.',
  fix: 'Define a scope for what the operation does, such as `orders:read`, and require that.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API5:2023',
  cwe: 'CWE-250',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    if (isAdministrative(operation.path)) return null
    const broad = operation.security.flatMap((demands) => demands.flatMap(({ scopes }) => scopes.filter((scope) => broadScope.test(scope))))
    if (broad.length === 0) return null
    return {
      at: operation.node,
      message: `${named(operation)} requires the scope ${listed([...new Set(broad)])}, which opens more than this operation.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

const broadScope = /^(?:\*|all|full|full[_-]?access|admin|root|superuser|everything|write[_:-]?all|read[_:-]?all)$|:\*$/i
