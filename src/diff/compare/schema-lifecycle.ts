/** Deprecation, sunset and stability of a property: the engine reports the keywords, lifecycle.ts says what they mean. */
import { resolve } from '../../openapi/resolve.ts'
import type { ApiDescription, JsonObject, Node } from '../../openapi/types.ts'
import { isObject } from '../../openapi/values.ts'
import type { OperationScope } from '../comparison.ts'
import { lifecycleChanges, stabilityLevel } from '../lifecycle.ts'
import type { LifecycleChange } from '../lifecycle.ts'
import type { SchemaFact } from '../schema/types.ts'

const extensions = new Set(['x-sunset', 'x-stability-level'])

/** What happened to the life span, or null when the fact is about something else. The sunset that comes with a deprecation is told with it. */
export function lifecycleOfSchema(scope: OperationScope, fact: SchemaFact): readonly LifecycleChange[] | null {
  const isExtension = fact.aspect === 'extension' && extensions.has(fact.subject)
  if (fact.aspect !== 'deprecated' && !isExtension) return null
  const base = schemaHolding(scope.base, fact.base ?? fact.head)
  const head = schemaHolding(scope.head, fact.head ?? fact.near)
  const level = stabilityLevel(scope.pair.base.node.value)
  const changes = lifecycleChanges(base, head, { settings: scope.settings, level })
  if (fact.aspect === 'deprecated') return changes.filter(({ key }) => key !== 'x-stability-level')
  const isNew = base['deprecated'] !== true
  return changes.filter(({ key }) => key === fact.subject && !(key === 'x-sunset' && isNew))
}

/** The schema object in which the keyword stands. Where base lacks the keyword, its schema is looked for where head has it. */
function schemaHolding(api: ApiDescription, at: Node | null): JsonObject {
  if (at === null) return {}
  const holder = keywords.test(at.pointer) ? resolve(api, at, `#${at.pointer.slice(0, at.pointer.lastIndexOf('/'))}`) : at
  return isObject(holder?.value) ? holder.value : {}
}

const keywords = /\/(?:deprecated|x-sunset|x-stability-level)$/
