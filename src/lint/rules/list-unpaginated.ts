/** Lists that come as a whole, however long they grow. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { effectiveSchema } from '../effective-schema.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const listUnpaginated = defineRule({
  id: 'list-unpaginated',
  title: 'A list has no paging.',
  why: 'A list that comes as a whole grows until one request takes the server down.',
  fix: 'Take a `limit` and a cursor or page.',
  severity: 'off',
  confidence: 'likely',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: operations,
  reports: (operation, described) => {
    if (operation.method !== 'GET') return null
    const schemas = operation.responses
      .filter(({ status }) => status.startsWith('2'))
      .flatMap(({ content }) => content.flatMap((media) => media.schema ?? []))
    const isList = schemas.some(
      (schema) =>
        effectiveSchema(described.api, schema).types.includes('array') &&
        effectiveSchema(described.api, schema).keywords['maxItems'] === undefined,
    )
    const pages = operation.parameters.some((parameter) => wordsOf(parameter.name).some((word) => paging.has(word)))
    if (!isList || pages) return null
    return {
      at: operation.node,
      message: `${named(operation)} returns a list without any paging.`,
      direction: 'response',
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

const paging = new Set([
  'limit',
  'page',
  'cursor',
  'offset',
  'size',
  'per',
  'top',
  'count',
  'max',
  'first',
  'last',
  'after',
  'before',
  'since',
  'range',
  'marker',
  'take',
  'skip',
])
