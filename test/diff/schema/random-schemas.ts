/** Random small schemas of JSON Schema 2020-12, with few names and near limits, so that random pairs often touch; and values to try them on. */
import fc from 'fast-check'
import type { Components, Schema } from './describe.ts'

const names = ['a', 'b', 'c']
const name = fc.constantFrom(...names)
const small = fc.integer({ min: 0, max: 3 })

const scalarSchema: fc.Arbitrary<Schema> = fc.oneof(
  fc.constant({}),
  fc.constant(true),
  fc.record({ type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'null') }),
  fc.record({ type: fc.constant('string'), minLength: small }),
  fc.record({ type: fc.constant('string'), maxLength: small }),
  fc.record({ type: fc.constant('string'), pattern: fc.constantFrom('^a', 'b$', '^[ab]+$', '^a*$', 'a|b', '^.{1,2}$') }),
  fc.record({ type: fc.constant('string'), format: fc.constantFrom('date', 'date-time', 'uuid', 'ipv4') }),
  fc.record({ type: fc.constantFrom('integer', 'number'), minimum: small }),
  fc.record({ type: fc.constantFrom('integer', 'number'), exclusiveMaximum: small }),
  fc.record({ type: fc.constantFrom('integer', 'number'), multipleOf: fc.constantFrom(1, 2, 3, 0.5) }),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom('a', 'b', 'ab', 1, 2, null, true), { minLength: 1, maxLength: 3 }) }),
  fc.record({ const: fc.constantFrom('a', 'b', 1, null) }),
  fc.record({ type: fc.constantFrom(['string', 'null'], ['integer', 'string']) }),
  fc.record({ minimum: small, maxLength: small }),
)

const refs = fc.constantFrom('A', 'B').map((component) => ({ $ref: `#/components/schemas/${component}` }))

function objectSchema(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc.record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(name, inner, { maxKeys: 3 }),
      required: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
      additionalProperties: fc.oneof(fc.constant(false), inner),
      minProperties: small,
      maxProperties: small,
      patternProperties: fc.dictionary(fc.constantFrom('^a', 'b', '.'), inner, { minKeys: 1, maxKeys: 1 }),
      propertyNames: inner,
      dependentRequired: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), { maxKeys: 1 }),
      dependentSchemas: fc.dictionary(name, inner, { maxKeys: 1 }),
      unevaluatedProperties: fc.oneof(fc.constant(false), inner),
    },
    { requiredKeys: [] },
  )
}

/** The same with the keywords that most descriptions use. */
function plainObjectSchema(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc.record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(name, inner, { minKeys: 1, maxKeys: 3 }),
      required: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
      additionalProperties: fc.oneof(fc.constant(false), inner),
    },
    { requiredKeys: ['type', 'properties'] },
  )
}

/** Not with `contains` beside `prefixItems`: ajv 8.20 then takes an empty list for valid. */
function listSchema(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc.oneof(
    listWith({ prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }) }, inner),
    listWith({ contains: inner, minContains: small, maxContains: small }, inner),
  )
}

function listWith(some: Record<string, fc.Arbitrary<unknown>>, inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc.record(
    {
      type: fc.constant('array'),
      items: inner,
      ...some,
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
      unevaluatedItems: fc.oneof(fc.constant(false), inner),
    },
    { requiredKeys: ['type'] },
  )
}

function composedSchema(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  const members = fc.array(inner, { minLength: 1, maxLength: 3 })
  return fc.oneof(
    fc.record({ allOf: members }),
    fc.record({ anyOf: members }),
    fc.record({ oneOf: members }),
    fc.record({ not: inner }),
    fc.record({ if: inner, then: inner, else: inner }, { requiredKeys: ['if'] }),
    fc
      .tuple(inner, fc.constantFrom('anyOf', 'oneOf', 'allOf'), members)
      .map(([around, keyword, list]) => (typeof around === 'boolean' ? { [keyword]: list } : { ...around, [keyword]: list })),
  )
}

export const anySchema: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: scalarSchema, weight: 4 },
    { arbitrary: refs, weight: 1 },
    { arbitrary: plainObjectSchema(tie('schema')), weight: 3 },
    { arbitrary: objectSchema(tie('schema')), weight: 2 },
    { arbitrary: listSchema(tie('schema')), weight: 1 },
    { arbitrary: composedSchema(tie('schema')), weight: 3 },
  ),
})).schema

export const components: fc.Arbitrary<Components> = fc.record({ A: anySchema, B: anySchema }).filter(isGrounded)

/** A schema that is only a reference back to itself has no meaning. */
function isGrounded({ A, B }: Components): boolean {
  return reachesOnlyByValue(A, { A, B }, new Set()) && reachesOnlyByValue(B, { A, B }, new Set())
}

/** In-place references must not come back: validators recurse for ever. */
function reachesOnlyByValue(
  schema: Schema | undefined,
  all: Readonly<Record<string, Schema | undefined>>,
  trail: ReadonlySet<Schema>,
): boolean {
  if (schema === undefined || typeof schema === 'boolean') return true
  if (trail.has(schema)) return false
  const inside = new Set(trail).add(schema)
  const beside: Schema[] = []
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) beside.push(...((schema[keyword] as Schema[] | undefined) ?? []))
  for (const keyword of ['not', 'if', 'then', 'else']) if (schema[keyword] !== undefined) beside.push(schema[keyword] as Schema)
  beside.push(...Object.values((schema['dependentSchemas'] as Record<string, Schema> | undefined) ?? {}))
  const target = typeof schema['$ref'] === 'string' ? all[schema['$ref'].split('/').at(-1) ?? ''] : undefined
  if (target !== undefined) beside.push(target)
  return beside.every((each) => reachesOnlyByValue(each, all, inside))
}

const scalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  2,
  3,
  4,
  6,
  -1,
  0.5,
  1.5,
  2.25,
  '',
  'a',
  'b',
  'ab',
  'ba',
  'aa',
  'aaa',
  'abc',
  'xyz',
  'c',
  '2024-01-31',
  '2024-01-31T12:00:00Z',
  '192.0.2.1',
]

/** Values that the schemas above tell apart. */
export const values: readonly unknown[] = [
  ...scalars,
  {},
  [],
  ...names.flatMap((key) =>
    [null, true, 0, 1, 2, 0.5, '', 'a', 'ab', {}, [], { a: 1 }, { b: 'a' }, ['a']].map((value) => ({ [key]: value })),
  ),
  ...[1, 'a', null].flatMap((one) =>
    [2, 'b', {}].flatMap((two) => [
      { a: one, b: two },
      { b: one, c: two },
      { a: one, c: two },
      { a: one, b: two, c: 'a' },
    ]),
  ),
  { d: 1 },
  { a: 1, d: 'a' },
  { a: { a: 1 } },
  { a: { a: { a: 'a' } } },
  { a: { b: 1 }, b: 'a' },
  ...[1, 'a', null, {}, 0.5].flatMap((item) => [[item], [item, item], [item, 'b'], ['b', item, 2]]),
  [{ a: 1 }],
  [{ a: 1 }, { a: 1 }],
  [[1]],
]
