/** Properties that decide about rights, which clients may set although the server answers for them. */
import { requestProperties, responseProperties } from '../collections.ts'
import type { Described } from '../described.ts'
import { collection } from '../described.ts'
import { defineRule } from '../rule.ts'
import type { Use } from '../rule.ts'
import { isAdministrative } from '../security.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const massAssignment = defineRule({
  id: 'mass-assignment',
  title: 'A client may set a property that decides about rights or money.',
  why: 'Code that binds the whole body lets anybody make themselves an administrator or fill their account.',
  fix: 'Mark the property `readOnly: true`, or leave it out of the request schema; give administrators an operation of their own.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API3:2023',
  cwe: 'CWE-915',
  since: '0.1',
  given: requestProperties,
  reports: (property, described) => {
    if (!isPrivileged(property.name)) return null
    const uses = property
      .uses()
      .filter(
        (use) =>
          isTopLevel(use, property.name) &&
          /^(?:POST|PUT|PATCH)$/.test(use.operation.method) &&
          !isAdministrative(use.operation.path) &&
          isReturned(property.name, use, described),
      )
    if (uses.length === 0) return null
    return {
      at: property.node,
      message: (reached) => `Clients may set \`${property.name}\` with ${namedAll(reached)}.`,
      severity: described.settings.comparing ? 'error' : 'notice',
      direction: 'request',
      uses: () => uses,
      identity: { by: 'uses' },
    }
  },
})

const privileged = new Set(
  'role|is admin|isadmin|admin|is superuser|is staff|superuser|permission|privilege|is verified|verified|email verified|is approved|approved|balance|account balance|credit balance|owner id|tenant id|created at|created by|updated at|password hash|is owner|access level|user type'.split(
    '|',
  ),
)

function isPrivileged(name: string): boolean {
  return privileged.has(wordsOf(name).join(' '))
}

/** Directly in the body, not somewhere below. */
function isTopLevel(use: Use, name: string): boolean {
  return use.trail === `.${name}`
}

/** Collection and item are one resource: the path without its last parameter. */
function resourceOf(path: string): string {
  return path.replace(/\/\{[^{}]*\}\/?$/, '')
}

/** `<resource> <property>` of everything that is returned at the top, or as an item of a list. */
const returned: (described: Described) => readonly ReadonlySet<string>[] = collection((described) => [
  new Set(
    responseProperties(described)
      .filter((property) => isPrivileged(property.name))
      .flatMap((property) => property.uses().map((use) => `${resourceOf(use.operation.path)} ${property.name}`)),
  ),
])

function isReturned(name: string, use: Use, described: Described): boolean {
  return returned(described)[0]?.has(`${resourceOf(use.operation.path)} ${name}`) === true
}
