/** The references written in a value: `$ref`, discriminator mappings, and a mark for those that only a resolver can follow. */
import { isList, isObject } from '../openapi/values.ts'
import type { JsonObject } from '../openapi/types.ts'

/** As deep as same-json.ts looks. */
const maxDepth = 2000

/** Every reference in `value`, as written. Dynamic references come out as `#?`, which names no pointer. Schema names in a mapping become pointers. */
export function referencesIn(value: unknown): readonly string[] {
  const found: string[] = []
  collect(value, found, 0)
  return found
}

/** The references that one map holds itself, put into `found`. */
export function addReferences(map: JsonObject, found: string[]): void {
  const ref = map['$ref']
  if (typeof ref === 'string') found.push(ref)
  const mapping = map['mapping']
  if (isObject(mapping)) found.push(...mappingTargets(mapping))
  const otherwise = map['defaultMapping']
  if (typeof otherwise === 'string') found.push(mappingReference(otherwise))
  // Where evaluation began decides what these lead to.
  if (map['$dynamicRef'] !== undefined || map['$recursiveRef'] !== undefined) found.push('#?')
}

/** A mapping's value as a reference: it may be the bare name of a schema (OpenAPI 3.1, Discriminator Object). */
export function mappingReference(target: string): string {
  return /^[\w.-]+$/.test(target) && !/\.(?:json|ya?ml)$/i.test(target) ? `#/components/schemas/${target}` : target
}

function collect(value: unknown, found: string[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return
  if (isList(value)) for (const item of value) collect(item, found, depth + 1)
  else if (isObject(value)) {
    addReferences(value, found)
    for (const key in value) collect(value[key], found, depth + 1)
  }
}

function mappingTargets(mapping: JsonObject): readonly string[] {
  return Object.values(mapping)
    .filter((target) => typeof target === 'string')
    .map(mappingReference)
}
