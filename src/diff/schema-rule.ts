/** Which rule a fact of the schema engine falls under. */
import type { Writer } from './effect.ts'
import { isXml } from './media-type.ts'
import { keywordRule } from './rules/schema-keywords.ts'
import type { SchemaAspect, SchemaFact } from './schema/types.ts'

type Choose = (fact: SchemaFact, writer: Writer) => string

/** Without the direction. Aspects that are not listed are keywords: narrowed, widened or changed. */
const choices: Partial<Record<SchemaAspect, Choose>> = {
  'property-added': ({ guards }, writer) => (guards.required.head && writer === 'client' ? 'required-property-added' : 'property-added'),
  'property-removed': () => 'property-removed',
  'property-became-required': () => 'property-became-required',
  'property-became-optional': () => 'property-became-optional',
  nullable: ({ effect }) => (effect === 'widens' ? 'became-nullable' : effect === 'narrows' ? 'became-not-nullable' : 'type-changed'),
  'enum-value-added': () => 'enum-value-added',
  'enum-value-removed': () => 'enum-value-removed',
  'discriminator-added': () => 'discriminator-added',
  'discriminator-removed': () => 'discriminator-removed',
  'discriminator-property': () => 'discriminator-property-changed',
  'discriminator-key-added': () => 'discriminator-key-added',
  'discriminator-key-removed': () => 'discriminator-key-removed',
  'discriminator-key-retargeted': () => 'discriminator-key-retargeted',
  'read-only': ({ headValue }, writer) =>
    writer === 'server' ? 'read-only-changed' : headValue === true ? 'read-only-set' : 'read-only-lifted',
  'write-only': ({ headValue }, writer) =>
    writer === 'client' ? 'write-only-changed' : headValue === true ? 'write-only-set' : 'write-only-lifted',
  default: () => 'default-changed',
  deprecated: ({ headValue }) => (headValue === true ? 'property-deprecated' : 'property-reactivated'),
  xml: () => 'xml-changed',
  title: () => 'schema-documentation-changed',
  description: () => 'schema-documentation-changed',
  example: () => 'schema-documentation-changed',
  'external-docs': () => 'schema-documentation-changed',
  comment: () => 'schema-documentation-changed',
  extension: () => 'schema-extension-changed',
  undecided: () => 'schema-undecided',
}

/** The rule's id. `mediaType` tells whether the XML form counts; null where values are not part of a body. */
export function schemaRule(fact: SchemaFact, writer: Writer, mediaType: string | null): string {
  const direction = writer === 'client' ? 'request' : 'response'
  const isWritten = fact.aspect === 'xml' && mediaType !== null && isXml(mediaType)
  if ((fact.guards.docsOnly || fact.aspect === 'xml') && !isWritten && !ownRules.has(fact.aspect))
    return `${direction}-schema-documentation-changed`
  return `${direction}-${choices[fact.aspect]?.(fact, writer) ?? keywordRuleOf(fact)}`
}

/** Aspects that keep their rule when no value changes. */
const ownRules: ReadonlySet<SchemaAspect> = new Set(['extension', 'deprecated', 'default', 'read-only', 'write-only'])

/** A fact whose effect the engine calls equal changed no value. */
function keywordRuleOf({ aspect, effect }: SchemaFact): string {
  if (effect === 'equal') return 'schema-documentation-changed'
  const action = effect === 'narrows' ? 'narrowed' : effect === 'widens' ? 'widened' : 'changed'
  return keywordRule(aspect, action) ?? 'schema-undecided'
}
