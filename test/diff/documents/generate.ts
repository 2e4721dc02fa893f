/** Whole API descriptions, generated: every operation has parameters, a body and responses whose schemas edits can count on. */
import fc from 'fast-check'

export type Json = Record<string, any>

/** The operations that every generated description has. */
export const operationKeys = ['GET /things', 'POST /things', 'PUT /things/{id}', 'DELETE /things/{id}'] as const

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ type: fc.constant('string'), maxLength: fc.integer({ min: 5, max: 50 }) }),
  fc.record({ type: fc.constant('integer'), minimum: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ type: fc.constant('string'), format: fc.constantFrom('date', 'uuid', 'email') }),
  fc.constant({ type: 'boolean' }),
  fc.constant({ $ref: '#/components/schemas/Money' }),
  fc.constant({ $ref: '#/components/schemas/Tree' }),
)

const schema: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.record({ type: fc.constant('array'), items: scalar, maxItems: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ type: fc.constant('object'), properties: fc.dictionary(fc.constantFrom('one', 'two', 'three'), scalar, { maxKeys: 3 }) }),
  fc.tuple(scalar, scalar).map(([left, right]) => ({ anyOf: [left, right] })),
)

/** An object with a required text, an optional enum, and whatever comes. */
const body: fc.Arbitrary<Json> = fc.record({
  type: fc.constant('object'),
  properties: fc.tuple(schema, schema).map(([more, other]) => ({
    name: { type: 'string', maxLength: 20 },
    kind: { type: 'string', enum: ['plain', 'round'] },
    more,
    other,
  })),
  required: fc.constant(['name']),
})

const operation = fc
  .record({
    request: body,
    response: body,
    isShared: fc.boolean(),
    query: scalar,
    isSecured: fc.boolean(),
    status: fc.constantFrom('200', '201'),
  })
  .map((parts) => parts)

/** A description in OpenAPI 3.0 or 3.1. Bodies stand inline or in components. */
export const documents: fc.Arbitrary<Json> = fc
  .record({
    openapi: fc.constantFrom('3.0.3', '3.1.0'),
    operations: fc.tuple(operation, operation, operation, operation),
    hasSecurity: fc.boolean(),
  })
  .map(({ openapi, operations, hasSecurity }) => {
    const schemas: Json = {
      Money: {
        type: 'object',
        properties: { amount: { type: 'integer' }, currency: { type: 'string', maxLength: 3 } },
        required: ['amount'],
      },
      Tree: {
        type: 'object',
        properties: { label: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
      },
    }
    const paths: Json = {
      '/things': {},
      '/things/{id}': { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] },
    }
    for (const [index, parts] of operations.entries()) {
      const [method = '', path = ''] = (operationKeys[index] ?? '').split(' ')
      const put = (name: string, of: Json): Json => {
        if (!parts.isShared) return of
        schemas[name] = of
        return { $ref: `#/components/schemas/${name}` }
      }
      const hasBody = method === 'POST' || method === 'PUT'
      paths[path][method.toLowerCase()] = {
        operationId: `operation${String(index)}`,
        parameters: [
          { name: 'filter', in: 'query', schema: parts.query },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
        ],
        ...(hasBody ? { requestBody: { content: { 'application/json': { schema: put(`Request${String(index)}`, parts.request) } } } } : {}),
        responses: {
          [parts.status]: {
            description: 'Done.',
            headers: { 'X-Total': { required: true, schema: { type: 'integer' } } },
            content: { 'application/json': { schema: put(`Response${String(index)}`, parts.response) } },
          },
          404: { description: 'Nothing there.' },
        },
        ...(parts.isSecured ? { security: [{ key: [] }] } : {}),
      }
    }
    // Tree refers to itself, which does not count as a use.
    const { Tree, Money, ...own } = schemas
    const used = JSON.stringify([paths, own])
    const shared = Object.entries({ Money, Tree }).filter(([name]) => used.includes(`/schemas/${name}"`))
    return {
      openapi,
      info: { title: 'Things', version: '1' },
      servers: [{ url: 'https://things.test/v1' }],
      ...(hasSecurity ? { security: [{ key: [] }] } : {}),
      paths,
      components: {
        schemas: { ...own, ...Object.fromEntries(shared) },
        securitySchemes: { key: { type: 'apiKey', name: 'X-Key', in: 'header' }, token: { type: 'http', scheme: 'bearer' } },
      },
    }
  })

/** The operation's own object in the document, to be changed. */
export function operationIn(document: Json, key: string): Json {
  const [method = '', path = ''] = key.split(' ')
  return document['paths'][path][method.toLowerCase()]
}

/** The schema of a body, behind its reference. */
export function schemaIn(document: Json, media: Json): Json {
  const { schema } = media['content']['application/json']
  return typeof schema.$ref === 'string' ? document['components'].schemas[schema.$ref.split('/').at(-1)] : schema
}

/** The response that says it went well. */
export function successOf(operation: Json): Json {
  return operation['responses'][200] ?? operation['responses'][201]
}
