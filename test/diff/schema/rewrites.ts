/** Random edits of schemas: those that change the meaning, and those that must not be seen at all. */
import fc from 'fast-check'
import type { Components, Schema } from './describe.ts'

export interface Whole {
  readonly schema: Schema
  readonly components: Components
}

type Rewrite = (schema: Record<string, unknown>, pick: number) => Schema

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const single = [
  'items',
  'additionalProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
]
const listed = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const mapped = ['properties', 'patternProperties', 'dependentSchemas']

/** Applies the rewrite at the n-th schema object, counted in reading order. */
function rewriteAt(schema: Schema, state: { left: number }, rewrite: (schema: Record<string, unknown>) => Schema): Schema {
  if (!isMap(schema)) return schema
  if (state.left-- === 0) return rewrite(schema)
  const copy: Record<string, unknown> = { ...schema }
  for (const key of Object.keys(copy)) {
    const value = copy[key]
    if (single.includes(key)) copy[key] = rewriteAt(value as Schema, state, rewrite)
    else if (listed.includes(key)) copy[key] = (value as Schema[]).map((each) => rewriteAt(each, state, rewrite))
    else if (mapped.includes(key))
      copy[key] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([name, each]) => [name, rewriteAt(each, state, rewrite)]),
      )
  }
  return copy
}

function countSchemas(schema: Schema): number {
  let count = 0
  rewriteAt(schema, { left: Infinity }, (each) => each)
  const visit = (each: unknown): void => {
    if (!isMap(each)) return
    count += 1
    for (const key of Object.keys(each)) {
      const value = each[key]
      if (single.includes(key)) visit(value)
      else if (listed.includes(key)) for (const one of value as unknown[]) visit(one)
      else if (mapped.includes(key)) for (const one of Object.values(value as object)) visit(one)
    }
  }
  visit(schema)
  return count
}

const nameOf = (pick: number): string => ['a', 'b', 'c', 'd'][pick % 4] ?? 'a'
const small = [
  {},
  { type: 'string' },
  { type: 'integer' },
  { type: 'integer', minimum: 1 },
  { enum: ['a', 'b'] },
  { type: 'object', required: ['a'] },
  false,
  { type: ['string', 'null'] },
]
const smallSchema = (pick: number): Schema => small[pick % small.length] as Schema
const cut = (list: unknown, pick: number): unknown[] =>
  Array.isArray(list) ? list.filter((_, at) => list.length < 2 || at !== pick % list.length) : []

const edits: readonly Rewrite[] = [
  (schema, pick) => ({ ...schema, properties: { ...(schema['properties'] as object), [nameOf(pick)]: smallSchema(pick >> 2) } }),
  (schema, pick) => ({
    ...schema,
    properties: Object.fromEntries(Object.entries((schema['properties'] as object | undefined) ?? {}).filter((_, at) => at !== pick % 3)),
  }),
  (schema, pick) => ({ ...schema, required: [...new Set([...((schema['required'] as string[] | undefined) ?? []), nameOf(pick)])] }),
  ({ required: _required, ...schema }) => schema,
  (schema, pick) => ({ ...schema, additionalProperties: smallSchema(pick) }),
  ({ additionalProperties: _additional, ...schema }) => schema,
  (schema, pick) => ({ ...schema, type: ['string', 'integer', 'number', 'object', ['string', 'null'], ['object', 'null']][pick % 6] }),
  ({ type: _type, ...schema }) => schema,
  (schema, pick) => ({ ...schema, enum: ['a', 'b', 1, null].slice(pick % 3, 2 + (pick % 3)) }),
  ({ enum: list, ...schema }, pick) => (Array.isArray(list) ? { ...schema, enum: cut(list, pick) } : { ...schema, minimum: pick % 4 }),
  (schema, pick) => ({ ...schema, maximum: pick % 4 }),
  (schema, pick) => ({ ...schema, minLength: pick % 3 }),
  (schema, pick) => ({ ...schema, pattern: ['^a', 'a', '^[ab]*$', '^.?$'][pick % 4] }),
  (schema, pick) => ({ ...schema, items: smallSchema(pick) }),
  (schema, pick) => ({ anyOf: [schema, smallSchema(pick)] }),
  (schema, pick) => ({ oneOf: [schema, smallSchema(pick)] }),
  (schema, pick) => ({ allOf: [schema, smallSchema(pick)] }),
  (schema, pick) => ({ ...schema, not: smallSchema(pick + 1) }),
  (schema, pick) => (Array.isArray(schema['oneOf']) ? { ...schema, oneOf: cut(schema['oneOf'], pick) } : { ...schema, uniqueItems: true }),
  (schema, pick) =>
    Array.isArray(schema['anyOf']) ? { ...schema, anyOf: cut(schema['anyOf'], pick) } : { ...schema, maxProperties: pick % 3 },
  (schema, pick) => ({ ...schema, dependentRequired: { [nameOf(pick)]: [nameOf(pick >> 2)] } }),
  (_schema, pick) => smallSchema(pick),
]

const keyed = new Set([
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'prefixItems',
  'items',
  'unevaluatedItems',
  'if',
  'then',
  'else',
  'contains',
  'minContains',
  'maxContains',
  'discriminator',
  'oneOf',
  'anyOf',
  'allOf',
])

/** Moves what may stand anywhere into a member of `allOf`; what depends on its neighbours stays. */
function splitOff(schema: Record<string, unknown>): Schema {
  const moved = Object.fromEntries(
    Object.entries(schema).filter(([key]) => !keyed.has(key) && key !== '$ref' && key !== 'unevaluatedProperties'),
  )
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => keyed.has(key) || key === '$ref'))
  return { ...kept, allOf: [...((kept['allOf'] as Schema[] | undefined) ?? []), moved] }
}

function splitProperties(schema: Record<string, unknown>): Schema {
  if (
    !isMap(schema['properties']) ||
    ['additionalProperties', 'unevaluatedProperties', '$ref', 'allOf'].some((key) => schema[key] !== undefined)
  )
    return schema
  const [first, ...others] = Object.entries(schema['properties'])
  return first === undefined
    ? schema
    : { ...schema, properties: Object.fromEntries(others), allOf: [{ properties: Object.fromEntries([first]) }] }
}

const refactors: readonly Rewrite[] = [
  (schema) => ({ allOf: [schema] }),
  (schema) => ({ oneOf: [schema] }),
  (schema) => ({ anyOf: [schema] }),
  (schema) => ({ allOf: [schema, schema] }),
  (schema) => ({ anyOf: [schema, schema] }),
  (schema) => ({ allOf: [{}, schema, true] }),
  (schema) => Object.fromEntries(Object.entries(schema).reverse()),
  (schema) => (Array.isArray(schema['enum']) ? { ...schema, enum: [...(schema['enum'] as unknown[])].reverse() } : schema),
  ({ const: only, ...schema }) => (only === undefined ? schema : { ...schema, enum: [only] }),
  (schema) => (schema['additionalProperties'] === undefined && schema['unevaluatedProperties'] === undefined ? schema : schema),
  (schema) => ({ minLength: 0, minItems: 0, minProperties: 0, uniqueItems: false, ...schema }),
  (schema) =>
    Array.isArray(schema['type']) && Object.keys(schema).length === 1
      ? { anyOf: (schema['type'] as string[]).map((type) => ({ type })) }
      : schema,
  splitOff,
  splitProperties,
  (schema) => (Array.isArray(schema['oneOf']) ? { ...schema, oneOf: [...(schema['oneOf'] as unknown[])].reverse() } : schema),
  (schema) => (Array.isArray(schema['anyOf']) ? { ...schema, anyOf: [...(schema['anyOf'] as unknown[])].reverse() } : schema),
  (schema) =>
    schema['type'] === 'integer' && typeof schema['minimum'] === 'number' && schema['exclusiveMinimum'] === undefined
      ? (({ minimum, ...rest }) => ({ ...rest, exclusiveMinimum: (minimum as number) - 1 }))(schema)
      : schema,
]

function rewriteBy(rewrites: readonly Rewrite[]): fc.Arbitrary<(whole: Whole) => Whole> {
  return fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.constantFrom('schema', 'A', 'B')).map(([which, where, pick, target]) => (whole) => {
    const old = target === 'schema' ? whole.schema : whole.components[target]
    const count = old === undefined ? 0 : countSchemas(old)
    const rewrite = rewrites[which % rewrites.length]
    if (old === undefined || count === 0 || rewrite === undefined) return whole
    const now = rewriteAt(old, { left: where % count }, (schema) => rewrite(schema, pick))
    return target === 'schema' ? { ...whole, schema: now } : { ...whole, components: { ...whole.components, [target]: now } }
  })
}

export const edit = rewriteBy(edits)
export const refactor = fc.oneof(
  { arbitrary: rewriteBy(refactors), weight: 5 },
  { arbitrary: fc.constant(extract), weight: 1 },
  { arbitrary: fc.constant(rename), weight: 1 },
)

/** Puts the whole schema behind a reference. */
function extract({ schema, components }: Whole): Whole {
  const name = `Extracted${String(Object.keys(components).length)}`
  return { schema: { $ref: `#/components/schemas/${name}` }, components: { ...components, [name]: schema } }
}

/** Gives component A another name. */
function rename({ schema, components }: Whole): Whole {
  const { A, ...others } = components
  if (A === undefined) return { schema, components }
  const name = `Renamed${String(Object.keys(components).length)}`
  const text = JSON.stringify({ schema, components: { ...others, [name]: A } })
  return JSON.parse(text.replaceAll('#/components/schemas/A"', `#/components/schemas/${name}"`)) as Whole
}
