/** Operations that send back what they receive. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'

export const traceMethod = defineRule({
  id: 'trace-method',
  title: 'An operation uses the method TRACE.',
  why: 'TRACE sends back the request with all its headers, credentials included.',
  fix: 'Remove the operation and switch the method off.',
  severity: 'warning',
  confidence: 'certain',
  category: 'API8:2023',
  cwe: 'CWE-693',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    if (operation.method !== 'TRACE') return null
    return {
      at: operation.node,
      message: `${named(operation)} sends requests back as they came, with their credentials.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
