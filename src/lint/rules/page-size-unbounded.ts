/** Page sizes that clients choose freely. */
import { parameters } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const pageSizeUnbounded = defineRule({
  id: 'page-size-unbounded',
  title: 'A client may ask for a page of any size.',
  why: 'One request for a page of a million entries costs what a million requests cost, and reads the whole list at once.',
  fix: 'Give the parameter a `maximum`.',
  severity: 'off',
  confidence: 'likely',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: parameters,
  reports: ({ parameter, effective: { keywords, types }, uses }) => {
    const number = types.includes('integer') || types.includes('number')
    if (parameter.in !== 'query' || !number || !sizes.has(wordsOf(parameter.name).join(' '))) return null
    if (['maximum', 'exclusiveMaximum', 'enum', 'const'].some((keyword) => keyword in keywords)) return null
    return {
      at: parameter.node,
      message: (reached) => `Query parameter \`${parameter.name}\` of ${namedAll(reached)} has no \`maximum\`.`,
      direction: 'request',
      uses,
      identity: { by: 'uses' },
    }
  },
})

const sizes = new Set(
  'limit|per page|page size|size|page limit|max result|max results|count|top|take|first|batch size|num result|pagesize|perpage'.split('|'),
)
