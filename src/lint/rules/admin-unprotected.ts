/** Operations of administration, and those that show the server’s inside, that anybody may call. One finding where a description protects nothing at all. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import type { Described } from '../described.ts'
import type { Use } from '../rule.ts'
import { isCoveredBy, isForAdministrators, isOpen, isOperational } from '../security.ts'
import { namedAll } from '../sentences.ts'
import { rawOperations } from '../../openapi/operations.ts'
import type { Operation } from '../../openapi/types.ts'
import { textsField } from '../../openapi/values.ts'

export const adminUnprotected = defineRule({
  id: 'admin-unprotected',
  title: 'An administrative operation requires no authentication.',
  why: 'Administrative functions act on everybody’s data; without authentication the whole system is open.',
  fix: 'Require a security scheme and a scope of its own, or take the operation out of the description. For an API that only a private network reaches, grant an exception with a reason.',
  severity: 'error',
  confidence: 'likely',
  category: 'API5:2023',
  cwe: 'CWE-862',
  since: '0.1',
  given: (described: Described): readonly (readonly Operation[])[] => {
    const open = operations(described).filter((operation) => isConcerned(operation, described))
    if (described.protection === 'some') return open.map((operation) => [operation])
    const marked = open.filter(isForAdministrators)
    if (marked.length === 0 || isForAdministratorsOnly(described)) return []
    return described.settings.comparing ? marked.map((operation) => [operation]) : [marked]
  },
  reports: ([first, ...others]) =>
    first === undefined
      ? null
      : {
          at: first.node,
          message: (uses) => sentence(uses),
          uses: () => [first, ...others].map(wholeOperation),
          identity: { by: 'uses' },
        },
})

/** An API for administrators alone, behind whatever protects it from outside: that nothing says how callers are known is said once for all of it. */
function isForAdministratorsOnly({ api }: Described): boolean {
  return rawOperations(api).every(({ key, node }) => isForAdministrators({ path: key.path, tags: textsField(node.value, 'tags') }))
}

function isConcerned(operation: Operation, { settings }: Described): boolean {
  return (
    isOpen(operation) &&
    (isForAdministrators(operation) || isOperational(operation.path)) &&
    !isCoveredBy(settings.publicPaths, operation.path)
  )
}

function sentence(uses: readonly Use[]): string {
  const inside = uses.every(({ operation }) => !isForAdministrators(operation))
  const what = inside ? 'shows or changes the server itself' : 'is an administrative operation'
  const many = inside ? 'show or change the server itself' : 'are administrative operations'
  return uses.length === 1
    ? `${namedAll(uses)} ${what} and requires no authentication.`
    : `${namedAll(uses)} ${many} and require no authentication.`
}
