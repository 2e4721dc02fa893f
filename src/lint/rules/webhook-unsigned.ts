/** Events that receivers cannot tell from forged ones. */
import { outgoingOperations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'

export const webhookUnsigned = defineRule({
  id: 'webhook-unsigned',
  title: 'A webhook or callback carries no signature.',
  why: 'Receivers cannot tell our events from those of anybody who knows their address.',
  fix: 'Send a signature header, and describe it as a header parameter or a security requirement.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API10:2023',
  cwe: 'CWE-345',
  since: '0.1',
  given: outgoingOperations,
  reports: (operation) => {
    const signed = operation.parameters.some(
      (parameter) => parameter.in === 'header' && /sign|hmac|digest|authorization|token|secret/i.test(parameter.name),
    )
    if (signed || operation.security.some((demands) => demands.length > 0)) return null
    return {
      at: operation.node,
      message: `${named(operation)} carries no signature by which receivers could know that it is genuine.`,
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
