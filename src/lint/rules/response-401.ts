/** Operations that do not say what happens when credentials are missing. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { documents } from '../statuses.ts'
import { isOpen } from '../security.ts'

export const response401 = defineRule({
  id: 'response-401',
  title: 'An operation does not document the status 401.',
  why: 'Clients that do not know the answer to missing or expired credentials retry blindly or log people out.',
  fix: 'Document `401`, `4XX` or `default`.',
  severity: 'off',
  confidence: 'certain',
  category: 'API8:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    if (isOpen(operation)) return null
    if (documents(operation, '401')) return null
    return {
      at: operation.node,
      message: `${named(operation)} requires authentication and does not document the answer to missing credentials.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
