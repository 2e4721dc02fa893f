/** Objects into which clients may put anything. */
import { requestSchemas } from '../collections.ts'
import { isOnlyMember } from '../schema-graph.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { isReference } from '../bounds.ts'

export const requestObjectOpen = defineRule({
  id: 'request-object-open',
  title: 'A request object takes any property.',
  why: 'Code that copies what it receives stores whatever clients invent.',
  fix: 'Set `additionalProperties: false`, or give additional properties a schema.',
  severity: 'off',
  confidence: 'likely',
  category: 'API3:2023',
  cwe: 'CWE-915',
  since: '0.1',
  given: requestSchemas,
  reports: ({ visit, effective: { keywords, types }, uses }) => {
    if (!types.includes('object') || isReference(visit.node.value) || isOnlyMember(visit)) return null
    const open = [keywords['additionalProperties'], keywords['unevaluatedProperties']].includes(true)
    const shapeless =
      keywords['properties'] === undefined &&
      keywords['additionalProperties'] === undefined &&
      keywords['oneOf'] === undefined &&
      keywords['anyOf'] === undefined
    return open || shapeless
      ? {
          at: visit.node,
          message: (reached) => `An object in requests to ${namedAll(reached)} takes any property.`,
          direction: 'request',
          uses,
        }
      : null
  },
})
