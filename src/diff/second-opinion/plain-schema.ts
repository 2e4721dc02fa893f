/**
 * The part of JSON Schema that `openapi-diff` compares (json-schema-diff 0.18, set-factories; it ignores `enum`, `pattern`, `format` and
 * the rest without a word), in the dialect of 2020-12, with names replaced by numbers. Nothing that people wrote remains but numbers, so
 * nothing in it can be a reference, wherever a tool may look for one.
 */

/** `{}` admits every value, `{ not: {} }` none. */
export interface PlainSchema extends PlainBounds {
  readonly type?: readonly string[]
  readonly properties?: Readonly<Record<string, PlainSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: PlainSchema
  readonly items?: PlainSchema
  readonly allOf?: readonly PlainSchema[]
  readonly anyOf?: readonly PlainSchema[]
  readonly oneOf?: readonly PlainSchema[]
  readonly not?: PlainSchema
}

export interface PlainBounds {
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minProperties?: number
  readonly maxProperties?: number
}

/** Bounds that read the same in every dialect. */
export const plainBounds = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const

export const every: PlainSchema = {}
export const none: PlainSchema = { not: every }
