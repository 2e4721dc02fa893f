import { expect, test } from 'vitest'
import { diffDescriptions } from '../../src/diff/diff.ts'
import { api, changes, document, getting, posting, verdicts } from './describe.ts'

const order = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, total: { type: 'number' } } }
const smaller = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }
const shared = (schema: unknown): Record<string, unknown> =>
  document({
    paths: {
      '/orders': { ...getting({ $ref: '#/components/schemas/Order' }), ...posting({ $ref: '#/components/schemas/Order' }) },
      '/orders/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        ...getting({ $ref: '#/components/schemas/Order' }),
      },
    },
    components: { schemas: { Order: schema } },
  })

test('a description does not differ from itself', () => {
  expect(diffDescriptions(api(shared(order)), api(shared(order)))).toEqual({ changes: [], operations: { base: 3, head: 3, compared: 3 } })
})

test('a change in a shared schema is one change, with both directions and every operation', () => {
  const [change, ...others] = changes(shared(order), shared({ ...order, required: ['id', 'total'] }))
  expect(others).toEqual([])
  expect(change).toMatchObject({
    rule: 'request-property-became-required',
    class: 'breaking',
    direction: 'both',
    operation: null,
    component: 'schemas/Order',
    message: 'Schema `Order` now requires the property `total`. It stands in responses of 2 operations too, where it is nonbreaking.',
  })
  expect(change?.reaches.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /orders', 'POST /orders', 'GET /orders/{id}'])
})

test('what is gone in head is pointed at near where it was', () => {
  const [change] = changes(shared(order), shared(smaller))
  expect(change).toMatchObject({
    base: { pointer: '/components/schemas/Order/properties/total' },
    head: null,
    near: { pointer: '/components/schemas/Order/properties' },
  })
})

test('an inline change stands in its operation', () => {
  const [change] = changes(document({ paths: { '/orders': getting(order) } }), document({ paths: { '/orders': getting(smaller) } }))
  expect(change).toMatchObject({
    operation: { method: 'GET', path: '/orders' },
    component: null,
    direction: 'response',
    message: 'Response `200` of `GET /orders` no longer returns the property `total`.',
  })
})

test.each([
  [
    'a schema taken out of line',
    document({ paths: { '/orders': getting(order) } }),
    document({ paths: { '/orders': getting({ $ref: '#/components/schemas/O' }) }, components: { schemas: { O: order } } }),
  ],
  ['a schema renamed', shared(order), JSON.parse(JSON.stringify(shared(order)).replaceAll(/\bOrder\b/g, 'Purchase'))],
  [
    'keys in another order',
    shared(order),
    { ...shared(order), paths: Object.fromEntries(Object.entries(shared(order)['paths'] ?? {}).reverse()) },
  ],
  [
    'a parameter moved to the path item',
    document({ paths: { '/a': { get: { parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }], responses: {} } } } }),
    document({ paths: { '/a': { parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }], get: { responses: {} } } } }),
  ],
  [
    'a member split over allOf',
    document({ paths: { '/a': getting(order) } }),
    document({ paths: { '/a': getting({ allOf: [{ type: 'object', required: ['id'] }, { properties: order.properties }] }) } }),
  ],
])('%s is no change', (_, base, head) => {
  expect(verdicts(base, head)).toEqual([])
  expect(verdicts(head, base)).toEqual([])
})

test('Swagger 2.0 and OpenAPI 3 are compared by what they mean', () => {
  const swagger = {
    swagger: '2.0',
    info: { title: 'Orders', version: '1.0.0' },
    host: 'acme.example',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: {
      '/a': {
        post: {
          parameters: [
            { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/O' } },
            { name: 'q', in: 'query', type: 'string' },
          ],
          responses: { 200: { description: 'Done', schema: { $ref: '#/definitions/O' } } },
        },
      },
    },
    definitions: { O: order },
  }
  const openapi = document({
    servers: [{ url: 'https://acme.example' }],
    paths: {
      '/a': {
        post: {
          parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
          requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/O' } } } },
          responses: { 200: { description: 'Done', content: { 'application/json': { schema: { $ref: '#/components/schemas/O' } } } } },
        },
      },
    },
    components: { schemas: { O: order } },
  })
  expect(verdicts(swagger, openapi)).toEqual([])
  expect(verdicts(openapi, swagger)).toEqual([])
})

test('a missing side is a whole API that came or went, as one change', () => {
  const whole = api(shared(order))
  const removed = diffDescriptions(whole, null)
  expect(removed.changes).toHaveLength(1)
  expect(removed.changes[0]).toMatchObject({ rule: 'api-removed', class: 'breaking', head: null })
  expect(removed.changes[0]?.reaches).toHaveLength(3)
  expect(diffDescriptions(null, whole).changes).toMatchObject([
    { rule: 'api-added', class: 'nonbreaking', security: 'exposure', base: null },
  ])
  expect(diffDescriptions(null, null).changes).toEqual([])
})

test('who writes a webhook is turned round', () => {
  const hook = (schema: unknown): unknown => document({ webhooks: { shipped: posting(schema) } })
  expect(verdicts(hook(smaller), hook({ ...order, required: ['id', 'total'] }))).toEqual(['nonbreaking response-property-added'])
  expect(verdicts(hook(order), hook(smaller))).toEqual(['dangerous response-property-removed'])
})

test('who writes a callback is turned round, and its operation is named', () => {
  const call = (schema: unknown): unknown =>
    document({ paths: { '/a': { post: { callbacks: { done: { '{$request.body#/url}': posting(schema) } }, responses: {} } } } })
  const [change] = changes(call(order), call(smaller))
  expect(change).toMatchObject({ rule: 'response-property-removed', class: 'dangerous', reaches: [{ method: 'POST', path: '/a' }] })
  expect(change?.message).toBe('The payload of callback `done` of `POST /a` no longer returns the property `total`.')
})

test('subtypes by discriminator are followed although nothing refers to them', () => {
  const pets = (lives: unknown): unknown =>
    document({
      paths: { '/pets': getting({ $ref: '#/components/schemas/Pet' }) },
      components: {
        schemas: {
          Pet: { type: 'object', required: ['kind'], properties: { kind: { type: 'string' } }, discriminator: { propertyName: 'kind' } },
          Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: 'object', properties: { lives } }] },
        },
      },
    })
  expect(verdicts(pets({ type: 'integer' }), pets({ type: 'string' }))).toEqual(['breaking response-type-changed'])
})

test('options settle classes, leave known changes out, and read lists of values', () => {
  const removal = [document({ paths: { '/a': getting(order) } }), document({ paths: { '/a': getting(smaller) } })] as const
  expect(verdicts(...removal)).toEqual(['dangerous response-property-removed'])
  expect(verdicts(...removal, { classify: { 'response-property-removed': 'docs' } })).toEqual(['docs response-property-removed'])
  expect(verdicts(...removal, { classify: { 'response-property-removed': 'off' } })).toEqual([])
  const reason = 'Agreed with every client.'
  expect(verdicts(...removal, { ignore: [{ rule: 'response-property-removed', at: 'GET /a', reason }] })).toEqual([])
  expect(verdicts(...removal, { ignore: [{ rule: '*', at: 'openapi.yaml#/paths/~1a', reason }] })).toEqual([])
  expect(verdicts(...removal, { ignore: [{ rule: 'operation-removed', at: 'GET /a', reason }] })).toEqual([
    'dangerous response-property-removed',
  ])
  const grown = [
    document({ paths: { '/a': getting({ enum: ['a'] }) } }),
    document({ paths: { '/a': getting({ enum: ['a', 'b'] }) } }),
  ] as const
  expect((['open', 'tolerant', 'closed'] as const).map((enums) => verdicts(...grown, { enums })[0]?.split(' ')[0])).toEqual([
    'nonbreaking',
    'dangerous',
    'breaking',
  ])
})

test('prefixes make /v1 comparable with /v2', () => {
  const of = (version: string): unknown => document({ paths: { [`/${version}/a`]: getting(order) } })
  expect(verdicts(of('v1'), of('v2'), { prefixes: { base: { strip: '/v1' }, head: { strip: '/v2' } } })).toEqual([])
})

test('names from a description cannot reach inherited properties', () => {
  const hostile = JSON.parse(
    '{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"operationId":"__proto__","tags":["constructor"],"responses":{"__proto__":{"description":"x"},"200":{"description":"d","content":{"__proto__":{"schema":{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}}}}}}}},"components":{"schemas":{"__proto__":{"type":"string"}}}}',
  )
  expect(() => changes(hostile, document({}))).not.toThrow()
  expect(changes(hostile, hostile)).toEqual([])
})

test('references in circles come to an end', () => {
  const node = (value: unknown): unknown =>
    document({
      paths: { '/a': getting({ $ref: '#/components/schemas/Node' }) },
      components: { schemas: { Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' }, value } } } },
    })
  expect(verdicts(node({ type: 'string' }), node({ type: 'integer' }))).toEqual(['breaking response-type-changed'])
})

test('alternatives that a tag tells apart do not overlap, and come with their key as one change', () => {
  const kind = (name: string): unknown => ({
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string' }, [name]: { type: 'string' } },
  })
  const pets = (...names: string[]): Record<string, unknown> => ({
    oneOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })),
    discriminator: { propertyName: 'kind', mapping: Object.fromEntries(names.map((name) => [name, `#/components/schemas/${name}`])) },
  })
  const components = { schemas: Object.fromEntries(['Cat', 'Dog', 'Cow'].map((name) => [name, kind(name)])) }
  const of = (body: unknown): unknown => document({ paths: { '/pets': { ...getting(body), ...posting(body) } }, components })
  expect(verdicts(of(pets('Cat', 'Dog')), of(pets('Cat', 'Dog', 'Cow')))).toEqual(
    ['nonbreaking request-one-of-widened', 'breaking response-one-of-widened'].sort(),
  )
})
