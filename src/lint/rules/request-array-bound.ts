/** Arrays that clients may make as long as they like. */
import { requestSchemas } from '../collections.ts'
import { isOnlyMember } from '../schema-graph.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { isBoundedArray, isReference } from '../bounds.ts'

export const requestArrayBound = defineRule({
  id: 'request-array-bound',
  title: 'An array in a request has no maximum size.',
  why: 'One request with a million items does a million times the work.',
  fix: 'Add `maxItems`.',
  severity: 'off',
  confidence: 'certain',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: requestSchemas,
  reports: ({ visit, effective, uses }) =>
    effective.types.includes('array') && !isReference(visit.node.value) && !isOnlyMember(visit) && !isBoundedArray(effective.keywords)
      ? {
          at: visit.node,
          message: (reached) => `An array in requests to ${namedAll(reached)} has no upper bound.`,
          direction: 'request',
          uses,
        }
      : null,
})
