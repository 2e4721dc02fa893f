/** Small schemas made of the keywords that both tools compare. */
import fc from 'fast-check'
import type { Json } from './described.ts'

const small = fc.integer({ min: 0, max: 3 })
const names = fc.constantFrom('a', 'b', 'c')

function optional(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Json> {
  return fc.record(fields, { requiredKeys: [] })
}

const text = optional({ minLength: small, maxLength: small }).map((rest) => ({ type: 'string', ...rest }))
const number = fc
  .tuple(
    fc.constantFrom('integer', 'number'),
    optional({ minimum: small, maximum: small, exclusiveMinimum: small, exclusiveMaximum: small }),
  )
  .map(([type, rest]) => ({ type, ...rest }))
const plain = fc.constantFrom<Json>(
  {},
  { type: 'boolean' },
  { type: 'null' },
  { type: ['string', 'null'] },
  { type: ['integer', 'string'] },
)
const leaf: fc.Arbitrary<Json> = fc.oneof(text, number, plain)

const { schema } = fc.letrec<{ schema: Json; object: Json; list: Json; combined: Json }>((tie) => ({
  schema: fc.oneof({ depthSize: 'small', maxDepth: 2 }, leaf, tie('object'), tie('list'), tie('combined')),
  object: optional({
    properties: fc.dictionary(names, tie('schema'), { maxKeys: 2 }),
    required: fc.uniqueArray(names, { maxLength: 2 }),
    additionalProperties: fc.oneof(fc.boolean(), leaf),
    minProperties: small,
    maxProperties: small,
  }).map((rest) => ({ type: 'object', ...rest })),
  list: optional({ items: tie('schema'), minItems: small, maxItems: small }).map((rest) => ({ type: 'array', ...rest })),
  combined: fc.oneof(
    fc
      .tuple(fc.constantFrom('allOf', 'anyOf', 'oneOf'), fc.array(tie('schema'), { minLength: 1, maxLength: 2 }))
      .map(([key, list]) => ({ [key]: list })),
    tie('schema').map((not) => ({ not })),
  ),
}))

/** A schema and another: edited somewhere, or unrelated. */
export const schemaPairs: fc.Arbitrary<readonly [Json, Json]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(schema, fc.nat(), leaf).map(([base, at, put]) => [base, edited(base, at, put)] as const) },
  { weight: 1, arbitrary: fc.tuple(schema, schema) },
)

/** The schema with one keyword taken away or one inner schema replaced, chosen by `at`. */
function edited(schema: Json, at: number, put: Json): Json {
  const keys = Object.keys(schema)
  const key = keys[at % (keys.length + 1)]
  if (key === undefined) return { ...schema, ...put }
  const value = schema[key]
  if (key === 'items' || key === 'not') return { ...schema, [key]: edited(value as Json, Math.floor(at / 7), put) }
  if (key === 'properties') {
    const properties = Object.entries(value as Record<string, Json>)
    return { ...schema, properties: Object.fromEntries(properties.map(([name, one]) => [name, edited(one, Math.floor(at / 7), put)])) }
  }
  if (Array.isArray(value) && key !== 'required' && key !== 'type')
    return { ...schema, [key]: value.map((one, index) => (index === 0 ? edited(one as Json, Math.floor(at / 7), put) : (one as Json))) }
  if (typeof value === 'number') return { ...schema, [key]: (value + 1) % 4 }
  const { [key]: _taken, ...rest } = schema
  return rest
}

/** Where the two may say different things, and why; pairs of which this is true are not compared. */
const incomparable: readonly { readonly reason: string; readonly applies: (schema: Json) => boolean }[] = [
  {
    reason: 'Limits that contradict each other leave no value. Nobody writes them, and each tool sees through some of them only.',
    applies: (schema) => !limitsAgree(schema),
  },
  {
    reason: 'Lists of nothing are empty lists, so their other limits do not matter; our engine reports them as written.',
    applies: (schema) => JSON.stringify(schema['items']) === '{"not":{}}',
  },
]

/** True when a reason applies to the schema or to one within it. */
export function isIncomparable(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  if (Array.isArray(schema)) return schema.some(isIncomparable)
  return incomparable.some(({ applies }) => applies(schema as Json)) || Object.values(schema).some(isIncomparable)
}

function limitsAgree(schema: Json): boolean {
  const limit = (name: string, otherwise: number): number => (typeof schema[name] === 'number' ? schema[name] : otherwise)
  const names = (name: string): string[] => (Array.isArray(schema[name]) ? (schema[name] as string[]) : Object.keys(schema[name] ?? {}))
  const [known, required] = [names('properties'), names('required')]
  const isClosed = schema['additionalProperties'] === false
  const mostNames = Math.min(limit('maxProperties', Infinity), isClosed ? known.length : Infinity)
  return (
    Math.max(limit('minimum', -Infinity), limit('exclusiveMinimum', -Infinity) + 1) <=
      Math.min(limit('maximum', Infinity), limit('exclusiveMaximum', Infinity) - 1) &&
    limit('minLength', 0) <= limit('maxLength', Infinity) &&
    limit('minItems', 0) <= limit('maxItems', Infinity) &&
    Math.max(limit('minProperties', 0), required.length) <= mostNames &&
    !(isClosed && required.some((name) => !known.includes(name)))
  )
}
