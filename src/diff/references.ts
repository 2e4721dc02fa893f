/** The references written in a value: `$ref`, discriminator mappings, and a mark for those that only a resolver can follow. */
import { isList, isObject } from '../openapi/values.ts'
import type { JsonObject } from '../openapi/types.ts'

/** As deep as same-json.ts looks. */
const maxDepth = 2000

/** Keywords whose target depends on where evaluation began. */
const dynamicKeywords = ['$dynamicRef', '$recursiveRef']

/** Every reference in `value`, as written. Dynamic references come out as `#?`, which names no pointer. Schema names in a mapping become pointers. */
export function referencesIn(value: unknown): readonly string[] {
  const found: string[] = []
  collect(value, found, 0)
  return found
}

function collect(value: unknown, found: string[], depth: number): void {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return
  if (isList(value)) for (const item of value) collect(item, found, depth + 1)
  else if (isObject(value)) collectFromMap(value, found, depth)
}

function collectFromMap(value: JsonObject, found: string[], depth: number): void {
  for (const key of Object.keys(value)) {
    const child = value[key]
    if (typeof child === 'object') {
      collect(child, found, depth + 1)
      if (key === 'mapping' && isObject(child)) found.push(...mappingTargets(child))
    } else if (key === '$ref' && typeof child === 'string') found.push(child)
    else if (key.startsWith('$') && dynamicKeywords.includes(key)) found.push('#?')
  }
}

/** A mapping's value as a reference: it may be the bare name of a schema (OpenAPI 3.1, Discriminator Object). */
export function mappingReference(target: string): string {
  return /^[\w.-]+$/.test(target) && !/\.(?:json|ya?ml)$/i.test(target) ? `#/components/schemas/${target}` : target
}

function mappingTargets(mapping: JsonObject): readonly string[] {
  return Object.values(mapping)
    .filter((target) => typeof target === 'string')
    .map(mappingReference)
}
