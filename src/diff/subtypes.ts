/**
 * Inheritance by discriminator: a schema with a `discriminator` and no list of alternatives stands for every schema that its mapping
 * names and every schema that takes it up in `allOf` (OpenAPI 3.1, Discriminator Object). Nothing refers to those from where they are used.
 */
import { resolve } from '../openapi/resolve.ts'
import { schemaDialect } from '../openapi/nodes.ts'
import { childPointer } from '../openapi/json-pointer.ts'
import type { ApiDescription, JsonObject, SchemaNode } from '../openapi/types.ts'
import { field, isObject, listField, objectField, textField } from '../openapi/values.ts'
import { mappingReference } from './references.ts'
import { targetKey } from './units.ts'
import type { Unit, Units } from './units.ts'

/** By key of the parent's unit: its subtypes by tag, and the units they stand in. */
export type Subtypes = ReadonlyMap<string, ReadonlyMap<string, Subtype>>

export interface Subtype {
  readonly node: SchemaNode
  readonly key: string
}

/** All subtypes in a description. Linear in its components. */
export function subtypesOf(api: ApiDescription, units: Units): Subtypes {
  const found = new Map<string, Map<string, Subtype>>()
  for (const [key, { value }] of units) if (isSchemaKey(key) && isParent(value)) found.set(key, mappedSubtypes(api, key, units))
  if (found.size > 0) for (const key of units.keys()) if (isSchemaKey(key)) addToParents(api, { key, units, found })
  return found
}

/** A parent has a discriminator, in Swagger 2.0 as a plain name, and no alternatives of its own. */
function isParent(value: unknown): value is JsonObject {
  if (!isObject(value) || Object.hasOwn(value, 'oneOf') || Object.hasOwn(value, 'anyOf')) return false
  return isObject(value['discriminator']) || typeof value['discriminator'] === 'string'
}

function isSchemaKey(key: string): boolean {
  return /#(?:components\/schemas|definitions)\//.test(key)
}

function mappedSubtypes(api: ApiDescription, key: string, units: Units): Map<string, Subtype> {
  const unit = units.get(key)
  const mapping = objectField(field(unit?.value, 'discriminator'), 'mapping') ?? {}
  const subtypes = new Map<string, Subtype>()
  for (const [tag, target] of Object.entries(mapping)) {
    const ref = typeof target === 'string' ? mappingReference(target) : ''
    const node = unit === undefined ? undefined : resolve(api, unit, ref)
    if (unit !== undefined && node !== undefined)
      subtypes.set(tag, { node: { ...node, dialect: schemaDialect(api) }, key: targetKey(api, unit.file, ref) })
  }
  return subtypes
}

/** Enters the schema with its own name as tag, unless the mapping names it already. */
function addToParents(
  api: ApiDescription,
  { key, units, found }: { key: string; units: Units; found: ReadonlyMap<string, Map<string, Subtype>> },
): void {
  const unit = units.get(key)
  if (unit === undefined) return
  for (const parent of ancestorsOf(api, key, units)) {
    const subtypes = found.get(parent)
    if (subtypes === undefined || [...subtypes.values()].some((subtype) => subtype.key === key)) continue
    const section = key.slice(key.indexOf('#') + 1)
    const name = section.slice(section.lastIndexOf('/') + 1)
    const prefix = section.startsWith('definitions/') ? '/definitions' : '/components/schemas'
    subtypes.set(name, {
      node: { file: unit.file, pointer: childPointer(prefix, name), value: unit.value, dialect: schemaDialect(api) },
      key,
    })
  }
}

/** Ancestors that are looked at; families of schemas are a few generations deep. */
const mostAncestors = 50

/** Keys of the schemas that one takes up in `allOf`, and of those that they take up. */
function ancestorsOf(api: ApiDescription, key: string, units: Units): ReadonlySet<string> {
  const above = new Set<string>()
  addAbove(api, units.get(key), above)
  for (const one of above) if (above.size < mostAncestors) addAbove(api, units.get(one), above)
  above.delete(key)
  return above
}

function addAbove(api: ApiDescription, unit: Unit | undefined, above: Set<string>): void {
  if (unit === undefined) return
  for (const member of listField(unit.value, 'allOf')) {
    const ref = textField(member, '$ref')
    if (ref !== null) above.add(targetKey(api, unit.file, ref))
  }
}
