/** Operations of administration that anybody may call. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { isAdministrative, isCoveredBy, isOpen } from '../security.ts'
import { named } from '../sentences.ts'

export const adminUnprotected = defineRule({
  id: 'admin-unprotected',
  title: 'An administrative operation requires no authentication.',
  why: 'Administrative functions act on everybody’s data; without authentication the whole system is open.',
  fix: 'Require a security scheme and a scope of its own, or take the operation out of the description. For an API that only a private network reaches, grant an exception with a reason.',
  severity: 'error',
  confidence: 'likely',
  category: 'API5:2023',
  cwe: 'CWE-862',
  since: '0.1',
  given: operations,
  reports: (operation, { settings, protection }) => {
    if (!isAdministrative(operation.path) || !isOpen(operation) || isCoveredBy(settings.publicPaths, operation.path)) return null
    if (protection !== 'some') return null
    return {
      at: operation.node,
      message: `${named(operation)} is an administrative operation and requires no authentication.`,
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
