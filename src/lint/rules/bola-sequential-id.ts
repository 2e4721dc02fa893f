/** Identifiers that can be counted through. */
import { parameters } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { isAdministrative } from '../security.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const bolaSequentialId = defineRule({
  id: 'bola-sequential-id',
  title: 'Objects are addressed by consecutive numbers.',
  why: 'Whoever knows one number knows the neighbours; where a single check of ownership is forgotten, everything can be read by counting.',
  fix: 'Use identifiers that cannot be guessed (`format: uuid`), and check ownership in every operation.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API1:2023',
  cwe: 'CWE-639',
  since: '0.1',
  given: parameters,
  reports: ({ parameter, operations, effective, uses }) => {
    if (
      parameter.in !== 'path' ||
      !effective.types.includes('integer') ||
      !/^(?:id|number|no|key)$/.test(wordsOf(parameter.name).at(-1) ?? '')
    )
      return null
    const exposed = operations.filter((operation) => !isAdministrative(operation.path))
    if (exposed.length === 0) return null
    return {
      at: parameter.node,
      message: (reached) => `Path parameter \`${parameter.name}\` of ${namedAll(reached)} is a number that can be counted through.`,
      direction: 'request',
      uses,
      identity: { by: 'uses' },
    }
  },
})
