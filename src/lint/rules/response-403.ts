/** Operations that do not say what happens when somebody may not do it. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { documents } from '../statuses.ts'
import { isOpen } from '../security.ts'

export const response403 = defineRule({
  id: 'response-403',
  title: 'An operation does not document the status 403.',
  why: 'An operation that documents no refusal often makes none: whoever is signed in may do everything.',
  fix: 'Document `403`, `4XX` or `default`.',
  severity: 'off',
  confidence: 'certain',
  category: 'API8:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    if (isOpen(operation)) return null
    if (documents(operation, '403')) return null
    return {
      at: operation.node,
      message: `${named(operation)} requires authentication and does not document the answer to somebody who may not call it.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
