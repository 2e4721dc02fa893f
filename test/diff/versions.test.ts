/** The same API in Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2: nothing changed, in either direction. */
import { expect, test } from 'vitest'
import { changes } from './describe.ts'

const text = { type: 'string' }
const texts = { type: 'array', items: text }
const done = { '200': { description: 'Done' } }
const info = { title: 'Pets', version: '1.0.0' }
const id = { name: 'id', in: 'path', required: true }

const swagger = {
  swagger: '2.0',
  info,
  host: 'api.example.com',
  basePath: '/v1',
  schemes: ['https'],
  consumes: ['application/json'],
  produces: ['application/json'],
  securityDefinitions: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    basic: { type: 'basic' },
    oauth: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://a.test/auth',
      tokenUrl: 'https://a.test/token',
      scopes: { r: 'Read' },
    },
  },
  security: [{ key: [] }],
  paths: {
    '/pets/{id}': {
      parameters: [{ ...id, type: 'integer', format: 'int64' }],
      get: {
        parameters: [
          { name: 'tags', in: 'query', ...texts, collectionFormat: 'multi' },
          { name: 'ids', in: 'query', type: 'array', items: { type: 'integer' } },
          { name: 'X-Trace', in: 'header', type: 'string', maxLength: 5 },
        ],
        responses: { '200': { description: 'Done', schema: { $ref: '#/definitions/Pet' }, headers: { 'X-Rate': { type: 'integer' } } } },
      },
      post: {
        security: [{ oauth: ['r'] }, { basic: [] }],
        consumes: ['multipart/form-data'],
        parameters: [
          { name: 'photo', in: 'formData', type: 'file', required: true },
          { name: 'note', in: 'formData', type: 'string' },
        ],
        responses: done,
      },
      put: {
        consumes: ['application/x-www-form-urlencoded'],
        parameters: [{ name: 'labels', in: 'formData', ...texts }],
        produces: ['application/pdf'],
        responses: { '200': { description: 'Done', schema: { type: 'file' } } },
      },
      patch: { parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Pet' } }], responses: done },
    },
  },
  definitions: {
    Pet: {
      type: 'object',
      discriminator: 'kind',
      required: ['kind'],
      properties: { kind: text, name: { ...text, 'x-nullable': true }, weight: { type: 'number', minimum: 0, exclusiveMinimum: true } },
    },
  },
}

interface Spelling {
  readonly openapi: string
  readonly name: unknown
  readonly weight: unknown
  readonly photo: unknown
  readonly pdf: unknown
}

const openapi = ({ openapi: version, name, weight, photo, pdf }: Spelling): unknown => {
  const pet = { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } }
  const labels = { schema: { type: 'object', properties: { labels: texts } }, encoding: { labels: { style: 'form', explode: false } } }
  const form = { schema: { type: 'object', required: ['photo'], properties: { photo, note: text } } }
  return {
    openapi: version,
    info,
    servers: [{ url: 'https://api.example.com/v1' }],
    security: [{ key: [] }],
    paths: {
      '/pets/{id}': {
        parameters: [{ ...id, schema: { type: 'integer', format: 'int64' } }],
        get: {
          parameters: [
            { name: 'tags', in: 'query', schema: texts, style: 'form', explode: true },
            { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'integer' } }, explode: false },
            { name: 'X-Trace', in: 'header', schema: { ...text, maxLength: 5 } },
          ],
          responses: { '200': { description: 'Done', content: pet, headers: { 'X-Rate': { schema: { type: 'integer' } } } } },
        },
        post: {
          security: [{ oauth: ['r'] }, { basic: [] }],
          requestBody: { required: true, content: { 'multipart/form-data': form } },
          responses: done,
        },
        put: {
          requestBody: { content: { 'application/x-www-form-urlencoded': labels } },
          responses: { '200': { description: 'Done', content: { 'application/pdf': pdf } } },
        },
        patch: { requestBody: { required: true, content: pet }, responses: done },
      },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        basic: { type: 'http', scheme: 'basic' },
        oauth: {
          type: 'oauth2',
          flows: {
            authorizationCode: { authorizationUrl: 'https://a.test/auth', tokenUrl: 'https://a.test/token', scopes: { r: 'Read' } },
          },
        },
      },
      schemas: {
        Pet: { type: 'object', discriminator: { propertyName: 'kind' }, required: ['kind'], properties: { kind: text, name, weight } },
      },
    },
  }
}

const binary = { type: 'string', format: 'binary' }
const of30: Spelling = {
  openapi: '3.0.3',
  name: { ...text, nullable: true },
  weight: { type: 'number', minimum: 0, exclusiveMinimum: true },
  photo: binary,
  pdf: { schema: binary },
}
const of31: Spelling = {
  openapi: '3.1.0',
  name: { type: ['string', 'null'] },
  weight: { type: 'number', exclusiveMinimum: 0 },
  photo: { type: 'string', contentMediaType: 'application/octet-stream' },
  pdf: {},
}

const versions = { '2.0': swagger, '3.0': openapi(of30), '3.1': openapi(of31), '3.2': openapi({ ...of31, openapi: '3.2.0' }) }
const pairs = Object.entries(versions).flatMap(([from, base]) => Object.entries(versions).map(([to, head]) => ({ from, to, base, head })))

test.each(pairs)('from $from to $to', ({ base, head }) => {
  expect(changes(base, head).map(({ message }) => message)).toEqual([])
})
