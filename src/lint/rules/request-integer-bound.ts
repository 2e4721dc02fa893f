/** Integers that clients may make as large as they like. */
import { requestSchemas } from '../collections.ts'
import { isOnlyMember } from '../schema-graph.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { isBoundedInteger, isReference } from '../bounds.ts'

export const requestIntegerBound = defineRule({
  id: 'request-integer-bound',
  title: 'An integer in a request has no bounds.',
  why: 'Numbers beyond what the code expects overflow, or make it allocate and loop without end.',
  fix: 'Add `minimum` and `maximum`, or `format: int32`.',
  severity: 'off',
  confidence: 'certain',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: requestSchemas,
  reports: ({ visit, effective, uses }) =>
    effective.types.includes('integer') && !isReference(visit.node.value) && !isOnlyMember(visit) && !isBoundedInteger(effective.keywords)
      ? {
          at: visit.node,
          message: (reached) => `An integer in requests to ${namedAll(reached)} has no upper bound.`,
          direction: 'request',
          uses,
        }
      : null,
})
