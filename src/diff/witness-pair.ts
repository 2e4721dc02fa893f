/** Where a witness is looked for: the two versions of the schema that a fact is about, not the whole body around it. */
import { schemaDialect } from '../openapi/nodes.ts'
import { resolve } from '../openapi/resolve.ts'
import type { ApiDescription, Node, SchemaNode } from '../openapi/types.ts'
import { isObject } from '../openapi/values.ts'
import type { SchemaFact, SchemaPair } from './schema/types.ts'

/** Aspects whose element is an entry of a map in the schema, so that the schema stands two steps above. */
const entryAspects = /^(?:property-|pattern-properties|dependent-|discriminator-key)/

/** The schemas on both sides; null when one of them cannot be found. */
export function witnessPair(base: ApiDescription, head: ApiDescription, fact: SchemaFact): SchemaPair | null {
  const [before, after] = [schemaAbove(base, fact.base, fact), schemaAbove(head, fact.head, fact)]
  const pair = { base: before ?? samePlace(base, after), head: after ?? samePlace(head, before) ?? schemaAt(head, nearSchema(fact)) }
  return pair.base === null || pair.head === null ? null : pair
}

/** The schema in which something is gone: its element is pointed at in a map or list of the schema. */
function nearSchema({ aspect, near }: SchemaFact): Node | null {
  const isWithin = near !== null && /\/(?:properties|enum)$/.test(near.pointer) && /^(?:property|enum-value)-removed$/.test(aspect)
  return near === null || !isWithin ? near : { ...near, pointer: above(near.pointer) }
}

/** The fact as seen from there: its path leads to the property it speaks of, or nowhere. */
export function factWithin(fact: SchemaFact): SchemaFact {
  return { ...fact, path: fact.aspect.startsWith('property-') ? fact.path.slice(-2) : [] }
}

/** The schema in which the element stands: lists and maps of keywords are stepped over. */
function schemaAbove(api: ApiDescription, element: Node | null, { aspect }: SchemaFact): SchemaNode | null {
  if (element === null) return null
  if (aspect === 'schema') return schemaAt(api, element)
  let pointer = above(element.pointer)
  if (entryAspects.test(aspect)) pointer = above(pointer)
  for (let steps = 0; steps < 2; steps += 1) {
    const found = schemaAt(api, { file: element.file, pointer, value: undefined })
    if (found !== null) return found
    pointer = above(pointer)
  }
  return null
}

function schemaAt(api: ApiDescription, at: Node | null): SchemaNode | null {
  const found = at === null ? undefined : resolve(api, at, `#${at.pointer.replaceAll('%', '%25')}`)
  return found !== undefined && isObject(found.value) ? { ...found, dialect: schemaDialect(api) } : null
}

/** The schema of the other side at the same pointer: where an element is missing there, its schema has most often not moved. */
function samePlace(api: ApiDescription, other: SchemaNode | null): SchemaNode | null {
  return schemaAt(api, other)
}

function above(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')))
}
