/**
 * Every edit of a schema in every position where a schema can stand: the class follows from who writes the value, wherever it stands.
 * The edits are those that other tools have a check of their own for (one for each direction, position and keyword).
 */
import { describe, expect, test } from 'vitest'
import { changes } from './describe.ts'

type Schema = Record<string, unknown>
type Effect = 'narrows' | 'widens' | 'incomparable'

const string = { type: 'string' }
const integer = { type: 'integer' }
const number = { type: 'number' }
const list = { type: 'array', items: string }
const object = { type: 'object', properties: { a: string, b: integer } }

/** In pairs where one edit is the other turned round; `changed` stands alone. */
const edits: readonly (readonly [name: string, base: Schema, head: Schema, effect: Effect])[] = [
  ['type to another', string, integer, 'incomparable'],
  ['integer to number', integer, number, 'widens'],
  ['a type more', string, { type: ['string', 'integer'] }, 'widens'],
  ['type dropped', string, {}, 'widens'],
  ['null', string, { type: ['string', 'null'] }, 'widens'],
  ['null by anyOf', string, { anyOf: [string, { type: 'null' }] }, 'widens'],
  ['enum dropped', { ...string, enum: ['x'] }, string, 'widens'],
  ['const dropped', { ...string, const: 'x' }, string, 'widens'],
  ['const to another', { ...string, const: 'x' }, { ...string, const: 'y' }, 'incomparable'],
  ['maximum', { ...integer, maximum: 5 }, { ...integer, maximum: 6 }, 'widens'],
  ['maximum dropped', { ...integer, maximum: 5 }, integer, 'widens'],
  ['exclusiveMaximum', { ...number, exclusiveMaximum: 5 }, { ...number, exclusiveMaximum: 6 }, 'widens'],
  ['exclusiveMaximum dropped', { ...number, exclusiveMaximum: 5 }, number, 'widens'],
  ['exclusiveMaximum to maximum', { ...number, exclusiveMaximum: 5 }, { ...number, maximum: 5 }, 'widens'],
  ['minimum', { ...integer, minimum: 5 }, { ...integer, minimum: 4 }, 'widens'],
  ['minimum dropped', { ...integer, minimum: 5 }, integer, 'widens'],
  ['exclusiveMinimum', { ...number, exclusiveMinimum: 5 }, { ...number, exclusiveMinimum: 4 }, 'widens'],
  ['exclusiveMinimum dropped', { ...number, exclusiveMinimum: 5 }, number, 'widens'],
  ['multipleOf dropped', { ...integer, multipleOf: 5 }, integer, 'widens'],
  ['multipleOf to a divisor', { ...integer, multipleOf: 6 }, { ...integer, multipleOf: 3 }, 'widens'],
  ['multipleOf to another', { ...integer, multipleOf: 4 }, { ...integer, multipleOf: 6 }, 'incomparable'],
  ['maxLength', { ...string, maxLength: 5 }, { ...string, maxLength: 6 }, 'widens'],
  ['maxLength dropped', { ...string, maxLength: 5 }, string, 'widens'],
  ['minLength', { ...string, minLength: 5 }, { ...string, minLength: 4 }, 'widens'],
  ['minLength dropped', { ...string, minLength: 5 }, string, 'widens'],
  ['pattern dropped', { ...string, pattern: '^a+$' }, string, 'widens'],
  ['pattern, more general', { ...string, pattern: '^a+$' }, { ...string, pattern: '^[ab]+$' }, 'widens'],
  ['pattern to another', { ...string, pattern: '^a+$' }, { ...string, pattern: '^b+$' }, 'incomparable'],
  ['format dropped', { ...string, format: 'uuid' }, string, 'widens'],
  ['format to another', { ...string, format: 'uuid' }, { ...string, format: 'date' }, 'incomparable'],
  ['format int32 to int64', { ...integer, format: 'int32' }, { ...integer, format: 'int64' }, 'widens'],
  ['maxItems', { ...list, maxItems: 5 }, { ...list, maxItems: 6 }, 'widens'],
  ['maxItems dropped', { ...list, maxItems: 5 }, list, 'widens'],
  ['minItems', { ...list, minItems: 5 }, { ...list, minItems: 4 }, 'widens'],
  ['minItems dropped', { ...list, minItems: 5 }, list, 'widens'],
  ['uniqueItems dropped', { ...list, uniqueItems: true }, list, 'widens'],
  ['items to another', list, { type: 'array', items: integer }, 'incomparable'],
  ['items dropped', list, { type: 'array' }, 'widens'],
]

const composed: typeof edits = [
  ['required dropped', { ...object, required: ['a'] }, object, 'widens'],
  ['minProperties dropped', { ...object, minProperties: 1 }, object, 'widens'],
  ['maxProperties raised', { ...object, maxProperties: 1 }, { ...object, maxProperties: 2 }, 'widens'],
  ['a value of a map', { type: 'object', additionalProperties: integer }, { type: 'object', additionalProperties: number }, 'widens'],
  ['prefixItems dropped', { ...list, prefixItems: [{ enum: ['x'] }] }, list, 'widens'],
  ['contains dropped', { type: 'array', contains: string }, { type: 'array' }, 'widens'],
  ['minContains', { type: 'array', contains: string, minContains: 2 }, { type: 'array', contains: string }, 'widens'],
  ['maxContains', { type: 'array', contains: string, maxContains: 2 }, { type: 'array', contains: string, maxContains: 3 }, 'widens'],
  ['dependentRequired dropped', { ...object, dependentRequired: { a: ['b'] } }, object, 'widens'],
  [
    'dependentRequired changed',
    { ...object, dependentRequired: { a: ['b', 'c'] } },
    { ...object, dependentRequired: { a: ['b'] } },
    'widens',
  ],
  ['dependentSchemas dropped', { ...object, dependentSchemas: { a: { required: ['b'] } } }, object, 'widens'],
  ['patternProperties dropped', { ...object, patternProperties: { '^x': string } }, object, 'widens'],
  ['propertyNames dropped', { ...object, propertyNames: { maxLength: 3 } }, object, 'widens'],
  [
    'unevaluatedItems dropped',
    { type: 'array', prefixItems: [string], unevaluatedItems: integer },
    { type: 'array', prefixItems: [string] },
    'widens',
  ],
  ['if and then dropped', { ...object, if: { required: ['a'] }, then: { required: ['b'] } }, object, 'widens'],
  ['else dropped', { ...object, if: { required: ['a'] }, else: { required: ['b'] } }, { ...object, if: { required: ['a'] } }, 'widens'],
  ['not dropped', { ...string, not: { const: 'x' } }, string, 'widens'],
  ['oneOf, a member more', { oneOf: [string] }, { oneOf: [string, integer] }, 'widens'],
  ['oneOf, an object more', { oneOf: [tagged('x')] }, { oneOf: [tagged('x'), tagged('y')] }, 'widens'],
  ['anyOf, an object more', { anyOf: [tagged('x')] }, { anyOf: [tagged('x'), tagged('y')] }, 'widens'],
  ['allOf, a member less', { allOf: [object, { required: ['a'] }] }, { allOf: [object] }, 'widens'],
  ['wrapped in oneOf with more', string, { oneOf: [string, integer] }, 'widens'],
  [
    'contentSchema dropped',
    { ...string, contentMediaType: 'application/json', contentSchema: object },
    { ...string, contentMediaType: 'application/json' },
    'widens',
  ],
  ['contentEncoding to another', { ...string, contentEncoding: 'base32' }, { ...string, contentEncoding: 'base16' }, 'incomparable'],
  [
    'contentMediaType to another',
    { ...string, contentMediaType: 'text/csv' },
    { ...string, contentMediaType: 'text/html' },
    'incomparable',
  ],
]

function tagged(value: string): Schema {
  return { type: 'object', properties: { kind: { const: value } }, required: ['kind'] }
}

interface Position {
  readonly writer: 'client' | 'server'
  readonly document: (schema: Schema) => unknown
}

const described = (operation: Schema, more: Schema = {}): unknown => ({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: { '/x': { post: { responses: { '204': { description: 'Done' } }, ...operation } } },
  ...more,
})
const json = (schema: Schema): Schema => ({ content: { 'application/json': { schema } } })
const request = (wrap: (schema: Schema) => Schema): Position => ({
  writer: 'client',
  document: (schema) => described({ requestBody: json(wrap(schema)) }),
})
const response = (wrap: (schema: Schema) => Schema): Position => ({
  writer: 'server',
  document: (schema) => described({ responses: { '200': { description: 'Done', ...json(wrap(schema)) } } }),
})
const parameter = (place: string, wrap: (schema: Schema) => Schema): Position => ({
  writer: 'client',
  document: (schema) => described({ parameters: [{ name: 'p', in: place, ...wrap(schema) }] }),
})
const property = (schema: Schema): Schema => ({ type: 'object', properties: { p: schema } })

const positions: Readonly<Record<string, Position>> = {
  'a request body': request((schema) => schema),
  'a property of a request body': request(property),
  'a required property of a request body': request((schema) => ({ ...property(schema), required: ['p'] })),
  'items of a request body': request((items) => ({ type: 'array', items })),
  'a map in a request body': request((additionalProperties) => ({ type: 'object', additionalProperties })),
  'a member of allOf in a request body': request((schema) => ({ allOf: [{ description: 'A thing' }, schema] })),
  'a property in allOf in a request body': request((schema) => ({ allOf: [{ type: 'object' }, property(schema)] })),
  'an alternative in a request body': request((schema) => ({
    oneOf: [tagged('other'), { type: 'object', properties: { kind: { const: 'this' }, p: schema }, required: ['kind'] }],
  })),
  'a query parameter': parameter('query', (schema) => ({ schema })),
  'a header of a request': parameter('header', (schema) => ({ schema })),
  'a cookie': parameter('cookie', (schema) => ({ schema })),
  'a property of a parameter': parameter('query', (schema) => ({ style: 'deepObject', explode: true, schema: property(schema) })),
  'a parameter with content': parameter('query', json),
  'a response body': response((schema) => schema),
  'a property of a response body': response(property),
  'items of a response body': response((items) => ({ type: 'array', items })),
  'deep in a response body': response((schema) => property({ type: 'array', items: property(schema) })),
  'a member of allOf in a response body': response((schema) => ({ allOf: [{ description: 'A thing' }, schema] })),
  'a header of a response': {
    writer: 'server',
    document: (schema) => described({ responses: { '200': { description: 'Done', headers: { 'X-H': { schema } } } } }),
  },
  'a component in a response': {
    writer: 'server',
    document: (schema) =>
      described(
        { responses: { '200': { description: 'Done', ...json({ $ref: '#/components/schemas/S' }) } } },
        { components: { schemas: { S: schema } } },
      ),
  },
  'a component in a request': {
    writer: 'client',
    document: (schema) =>
      described({ requestBody: { $ref: '#/components/requestBodies/B' } }, { components: { requestBodies: { B: json(schema) } } }),
  },
  'the payload of a webhook': {
    writer: 'server',
    document: (schema) =>
      described({}, { webhooks: { w: { post: { requestBody: json(schema), responses: { '204': { description: 'Done' } } } } } }),
  },
  'the answer to a webhook': {
    writer: 'client',
    document: (schema) => described({}, { webhooks: { w: { post: { responses: { '200': { description: 'Done', ...json(schema) } } } } } }),
  },
  'the payload of a callback': {
    writer: 'server',
    document: (schema) =>
      described({
        callbacks: {
          c: { '{$request.body#/url}': { post: { requestBody: json(schema), responses: { '204': { description: 'Done' } } } } },
        },
      }),
  },
}

const classes = {
  client: { narrows: 'breaking', widens: 'nonbreaking', incomparable: 'breaking' },
  server: { narrows: 'nonbreaking', widens: 'breaking', incomparable: 'breaking' },
} as const

const turned = { narrows: 'widens', widens: 'narrows', incomparable: 'incomparable' } as const

describe.each(Object.entries(positions))('%s', (_place, { writer, document }) => {
  test.each([...edits, ...composed])('%s', (_name, base, head, effect) => {
    const judged = (from: Schema, to: Schema): string[] => changes(document(from), document(to)).map((change) => change.class)
    expect(judged(base, head)).toEqual([classes[writer][effect]])
    expect(judged(head, base)).toEqual([classes[writer][turned[effect]]])
    expect(judged(base, base)).toEqual([])
  })
})
