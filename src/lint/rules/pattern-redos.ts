/** Patterns that can take forever to match. */
import { requestSchemas } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { regexVerdict } from '../regex-safety.ts'
import { textField } from '../../openapi/values.ts'
import { childPointer } from '../../openapi/json-pointer.ts'
import { namedAll } from '../sentences.ts'

export const patternRedos = defineRule({
  id: 'pattern-redos',
  title: 'A pattern can take exponential time.',
  why: 'Validators run the pattern on what clients send; a text of fifty characters keeps a processor busy for years.',
  fix: 'Rewrite the pattern so that no text can be matched in two ways: no repetition directly within another.',
  severity: 'warning',
  confidence: 'certain',
  category: 'API4:2023',
  cwe: 'CWE-1333',
  since: '0.1',
  given: requestSchemas,
  reports: ({ visit, uses }) => {
    const pattern = textField(visit.node.value, 'pattern')
    if (pattern === null || regexVerdict(pattern) !== 'exponential') return null
    const { file, pointer } = visit.node
    return {
      at: { file, pointer: childPointer(pointer, 'pattern'), value: pattern },
      message: (reached) => `The pattern for a value in requests to ${namedAll(reached)} can take exponential time.`,
      direction: 'request',
      uses,
    }
  },
})
