/** Administration behind the same requirement as everything else. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import type { Described } from '../described.ts'
import { collection } from '../described.ts'
import { effectiveSecurity } from '../../openapi/security.ts'
import { rawOperations } from '../../openapi/operations.ts'
import type { SecurityAlternative } from '../../openapi/types.ts'
import { isForAdministrators, isOpen } from '../security.ts'
import { textsField } from '../../openapi/values.ts'

export const adminSameScope = defineRule({
  id: 'admin-same-scope',
  title: 'An administrative operation requires no more than ordinary ones.',
  why: 'When the same token opens both, only code that nobody sees in the description keeps users away from administration.',
  fix: 'Require a scheme or scope of its own for administrative operations.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API5:2023',
  cwe: 'CWE-285',
  since: '0.1',
  given: (described) =>
    described.protection === 'some'
      ? operations(described).filter((operation) => isForAdministrators(operation) && !isOpen(operation))
      : [],
  reports: (operation, described) => {
    const ordinary = ordinaryRequirements(described)
    if (!operation.security.some((demands) => ordinary.includes(requirement(demands)))) return null
    return {
      at: operation.node,
      message: `${named(operation)} is an administrative operation and requires no more than ordinary ones.`,
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

/** Requirements of all operations that are no administration, in scope or not. */
const ordinaryRequirements: (described: Described) => readonly string[] = collection(({ api }) => [
  ...new Set(
    rawOperations(api)
      .filter(({ key, node }) => !isForAdministrators({ path: key.path, tags: textsField(node.value, 'tags') }))
      .flatMap(({ node }) => effectiveSecurity(api, node).security.map(requirement)),
  ),
])

function requirement(demands: SecurityAlternative): string {
  return demands
    .map(({ name, scopes }) => `${name}(${[...scopes].sort().join(' ')})`)
    .sort()
    .join(' and ')
}
