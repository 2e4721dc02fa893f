/**
 * Alternatives with a discriminator: the tag decides which one a value is, so that alternatives never overlap although their schemas,
 * taken alone, would (diff-semantics, normal form 5). One more is more, one less is less.
 */
import { resolve } from '../openapi/resolve.ts'
import { schemaDialect } from '../openapi/nodes.ts'
import type { ApiDescription, Node, SchemaNode } from '../openapi/types.ts'
import { objectField } from '../openapi/values.ts'
import { compareOnce } from './compare-once.ts'
import type { Writer } from './effect.ts'
import { mappingReference } from './references.ts'
import type { Effect, SchemaContext, SchemaFact } from './schema/types.ts'

/** The effect of an alternative that came to or went from a union with a discriminator; null for every other fact. */
export function taggedEffect(
  sides: { readonly base: ApiDescription; readonly head: ApiDescription },
  { aspect, base, head }: SchemaFact,
): Effect | null {
  if (aspect !== 'one-of' || (base === null) === (head === null)) return null
  if (base !== null) return hasTag(sides.base, base) ? 'narrows' : null
  return head !== null && hasTag(sides.head, head) ? 'widens' : null
}

/** True for a key that leads to the same schema under another name: comparing the two finds nothing but the key itself. */
export function isRenamedTarget(context: SchemaContext, found: SchemaFact, writer: Writer): boolean {
  if (found.aspect !== 'discriminator-key-retargeted' || found.base === null || found.head === null) return false
  const pair = { base: target(context.base, found.base), head: target(context.head, found.head) }
  if (pair.base === null || pair.head === null) return false
  const isKey = (other: SchemaFact): boolean => other.aspect === found.aspect && other.head?.pointer === found.head?.pointer
  return compareOnce(context, pair, writer).every((other) => other.guards.docsOnly || isKey(other))
}

/** What a mapping's entry leads to, as a reference. */
function target(api: ApiDescription, { file, pointer, value }: Node): SchemaNode | null {
  return typeof value === 'string' ? { file, pointer, value: { $ref: mappingReference(value) }, dialect: schemaDialect(api) } : null
}

/** The member stands in the list of alternatives, the list in the schema that has the discriminator. */
function hasTag(api: ApiDescription, { file, pointer }: Node): boolean {
  const schema = pointer.replace(/\/oneOf\/\d+$/, '')
  if (schema === pointer) return false
  const holder = resolve(api, { file }, `#${schema.replaceAll('%', '%25')}`)
  return objectField(holder?.value, 'discriminator') !== null
}
