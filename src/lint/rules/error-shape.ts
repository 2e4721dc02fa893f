/** Error answers of which clients know nothing. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { isObject } from '../../openapi/values.ts'

export const errorShape = defineRule({
  id: 'error-shape',
  title: 'An error answer has no described shape.',
  why: 'Clients that cannot read errors show them raw, and nobody notices when they begin to tell too much.',
  fix: 'Give error responses a schema; RFC 9457 (`application/problem+json`) is a good one.',
  severity: 'off',
  confidence: 'certain',
  category: 'API8:2023',
  cwe: 'CWE-209',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    const shapeless = operation.responses.filter(
      ({ status, content }) => /^[45]/.test(status) && !content.some((media) => isObject(media.schema?.value)),
    )
    if (shapeless.length === 0) return null
    return {
      at: operation.node,
      message: `${named(operation)} does not describe the shape of its answer ${shapeless.map(({ status }) => `\`${status}\``).join(', ')}.`,

      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})
