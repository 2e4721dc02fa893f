/** The words between the schema engine and the law: what changed in a set of JSON values, where it stands, and what the law must know to judge it. */
import type { ApiDescription, Node, SchemaNode } from '../../openapi/types.ts'

/** Who writes the value: the client sends requests, the server sends responses, headers and events. */
export type Writer = 'client' | 'server'

/**
 * How the head's set of values stands to the base's: `narrows` means head lies within base, `widens` that base lies within head,
 * `incomparable` that each has a value the other lacks, `unknown` that none of this could be proved.
 */
export type Effect = 'equal' | 'narrows' | 'widens' | 'incomparable' | 'unknown'

/** `closed`: an enum lists all values, for ever; `tolerant`: clients tolerate new values; `open`: every enum may grow. Only carried to the law. */
export type EnumReading = 'open' | 'tolerant' | 'closed'

export interface SchemaOptions {
  readonly enums: EnumReading
}

/** What one comparison of two descriptions shares: the descriptions, and everything already found out. Made by `createSchemaContext`. */
export interface SchemaContext {
  readonly base: ApiDescription
  readonly head: ApiDescription
  readonly options: SchemaOptions
}

/** What a fact is about, one word a thing: mostly the JSON Schema keyword, in kebab case. */
export type SchemaAspect =
  // objects
  | 'property-added'
  | 'property-removed'
  | 'property-became-required'
  | 'property-became-optional'
  | 'additional-properties'
  | 'pattern-properties'
  | 'property-names'
  | 'min-properties'
  | 'max-properties'
  | 'dependent-required'
  | 'dependent-schemas'
  | 'unevaluated-properties'
  // any value
  | 'schema' // the whole schema appeared, went, or changed in a way that cannot be taken apart
  | 'type'
  | 'nullable' // null alone was gained or lost
  | 'enum' // a list of values appeared or went as a whole
  | 'enum-value-added'
  | 'enum-value-removed'
  | 'const'
  | 'format'
  // strings
  | 'pattern'
  | 'min-length'
  | 'max-length'
  | 'content-encoding'
  | 'content-media-type'
  | 'content-schema'
  // numbers: exclusive bounds are bounds
  | 'minimum'
  | 'maximum'
  | 'multiple-of'
  // arrays
  | 'items'
  | 'prefix-items'
  | 'contains'
  | 'min-contains'
  | 'max-contains'
  | 'min-items'
  | 'max-items'
  | 'unique-items'
  | 'unevaluated-items'
  // composition
  | 'one-of'
  | 'any-of'
  | 'all-of'
  | 'not'
  | 'if-then-else'
  // OpenAPI
  | 'discriminator-added'
  | 'discriminator-removed'
  | 'discriminator-property'
  | 'discriminator-key-added'
  | 'discriminator-key-removed'
  | 'discriminator-key-retargeted'
  | 'read-only'
  | 'write-only'
  | 'default'
  | 'deprecated'
  | 'xml'
  // words for people
  | 'title'
  | 'description'
  | 'example'
  | 'external-docs'
  | 'comment'
  | 'extension'
  // cannot be decided; `reason` says why
  | 'undecided'

/** One value on each side. Where a side does not have the element, its value is `false`. */
export interface OnBoth<T> {
  readonly base: T
  readonly head: T
}

/** What the law needs besides effect and writer. Of a fact within a property, `required`, `readOnly`, `writeOnly` speak of the innermost property. */
export interface SchemaGuards {
  /** The property is required. Meaningless (false) at the root and in list items. */
  readonly required: OnBoth<boolean>
  /** The property is listed in `properties`; false for one that only `required` names. */
  readonly declared: OnBoth<boolean>
  /** The object that holds the property admits no undeclared ones. */
  readonly closed: OnBoth<boolean>
  readonly readOnly: OnBoth<boolean>
  readonly writeOnly: OnBoth<boolean>
  /** The element, or something it stands in, is deprecated. */
  readonly deprecated: OnBoth<boolean>
  /** False when it stands in a property that this writer never sends (readOnly in requests, writeOnly in responses): nothing there breaks anybody. */
  readonly bound: boolean
  /** The enum is declared extensible (`x-extensible-enum`, or `x-extensible-enum: true` beside `enum`). */
  readonly openEnum: boolean
  /** No value changes: words for people, and annotations such as unknown formats. */
  readonly docsOnly: boolean
  /** Neither an array item, map value nor property: the fact is about the value that was passed itself. */
  readonly atRoot: boolean
}

export interface SchemaFact {
  readonly aspect: SchemaAspect
  /** Already turned round below `not`. */
  readonly effect: Effect
  readonly guards: SchemaGuards
  /** For messages: property name, enum value, member, keyword. */
  readonly subject: string
  /** Where the schema stands in the value, without `$ref` and `allOf`: `['items', 'properties', 'total']`. The keyword itself is not part of it, the property is. */
  readonly path: readonly string[]
  /** The same from the root of `component`; equal to `path` when `component` is null. */
  readonly componentPath: readonly string[]
  /** The element (property, keyword, enum value); null where it does not exist on that side. */
  readonly base: Node | null
  readonly head: Node | null
  /** The nearest enclosing schema in head, when the element is gone there. */
  readonly near: Node | null
  /** Old and new value of the keyword, or the schemas themselves; absent where the side has none. */
  readonly baseValue?: unknown
  readonly headValue?: unknown
  /** The innermost named component it stands in, by head, else by base: `schemas/User`; null when inline. */
  readonly component: string | null
  /** Why it is `unknown`, as a sentence; '' otherwise. */
  readonly reason: string
}

/** The schemas of one comparison; either may be missing. */
export interface SchemaPair {
  readonly base: SchemaNode | null
  readonly head: SchemaNode | null
}
