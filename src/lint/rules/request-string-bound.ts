/** Strings that clients may make as long as they like. */
import { requestSchemas } from '../collections.ts'
import { isOnlyMember } from '../schema-graph.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { isBoundedString, isReference } from '../bounds.ts'

export const requestStringBound = defineRule({
  id: 'request-string-bound',
  title: 'A string in a request has no maximum length.',
  why: 'Whoever sends megabytes into a field meant for a name fills memory, disks and logs.',
  fix: 'Add `maxLength`, an `enum`, a bounded `pattern` or a `format` of fixed size.',
  severity: 'off',
  confidence: 'certain',
  category: 'API4:2023',
  cwe: 'CWE-770',
  since: '0.1',
  given: requestSchemas,
  reports: ({ visit, effective, uses }) =>
    effective.types.includes('string') && !isReference(visit.node.value) && !isOnlyMember(visit) && !isBoundedString(effective.keywords)
      ? {
          at: visit.node,
          message: (reached) => `A string in requests to ${namedAll(reached)} has no upper bound.`,
          direction: 'request',
          uses,
        }
      : null,
})
