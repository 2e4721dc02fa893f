/**
 * Every fixed field of every object of Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2, and every keyword of JSON Schema 2020-12, each with two
 * values. Written down from the specifications; `coverage.test.ts` compares it with the published JSON Schemas of the versions.
 */
import type { Direction, Json, ObjectOf, Version } from './objects.ts'

export type Edit = 'add' | 'remove' | 'modify'

export interface Field {
  readonly name: string
  /** Absent: in every version that has the object. */
  readonly versions?: readonly Version[]
  /** `add` puts the first, `remove` takes it away, `modify` turns the first into the second. One value alone: there is nothing to modify. */
  readonly values: readonly [unknown, unknown] | readonly [unknown]
  /** What must stand beside it for it to mean anything; replaces the object's own minimal fields. */
  readonly beside?: Json
  /** Why nothing is reported. For one edit, or for all. A field that is reported must not have one. */
  readonly silent?: string | Partial<Record<Edit, string>>
  /** The same for some versions and directions only. */
  readonly ignored?: (version: Version, direction: Direction) => string | undefined
}

const since31: readonly Version[] = ['3.1', '3.2']
const since32: readonly Version[] = ['3.2']
const until30: readonly Version[] = ['2.0', '3.0']
const openapi3: readonly Version[] = ['3.0', '3.1', '3.2']

const text = ['one', 'two'] as const
const extension: Field = { name: 'x-note', values: text }
const isDefault = 'It is the default, written out.'
const wordsBeside = 'What the reference leads to is compared; words beside it are not.'
const requestsOnly = (version: Version, direction: Direction): string | undefined =>
  direction === 'response' && version !== '3.2' ? 'Up to OpenAPI 3.1 encodings count in request bodies only.' : undefined
const formsOnly = (version: Version, direction: Direction): string | undefined =>
  requestsOnly(version, direction) ??
  (version === '3.0' ? 'In OpenAPI 3.0 it counts in `application/x-www-form-urlencoded` only; this is multipart.' : undefined)
const unknownScheme = 'Without it the scheme is that of the description itself, which is not known here.'
const externalDocs: Field = { name: 'externalDocs', values: [{ url: 'https://docs.test/1' }, { url: 'https://docs.test/2' }] }
const description: Field = { name: 'description', values: text }
const flag = (name: string, rest: Partial<Field> = {}): Field => ({ name, values: [true, false], ...rest })
const number = (name: string, beside: Json, rest: Partial<Field> = {}): Field => ({ name, values: [1, 2], beside, ...rest })

const string = { type: 'string' }
const integer = { type: 'integer' }
const list = { type: 'array', items: { type: 'string' } }
const object = { type: 'object' }

/** Keywords of schemas and of everything that is written like one in Swagger 2.0 (parameters, items, headers). */
const simple: readonly Field[] = [
  { name: 'format', values: ['date', 'uuid'], beside: string },
  { name: 'pattern', values: ['^a', '^b'], beside: string },
  number('minLength', string),
  number('maxLength', string),
  number('minimum', integer),
  number('maximum', integer),
  number('multipleOf', integer, { values: [2, 3] }),
  number('minItems', list),
  number('maxItems', list),
  flag('uniqueItems', { beside: list }),
  { name: 'enum', values: [['a'], ['b']], beside: string },
  { name: 'default', values: text, beside: string },
]

const exclusiveFlags: readonly Field[] = [
  flag('exclusiveMinimum', { beside: { ...integer, minimum: 1 } }),
  flag('exclusiveMaximum', { beside: { ...integer, maximum: 1 } }),
]

const schema: readonly Field[] = [
  ...simple,
  { name: 'type', values: ['string', 'integer'], beside: {} },
  ...exclusiveFlags.map((field) => ({ ...field, versions: until30 })),
  number('exclusiveMinimum', integer, { versions: since31 }),
  number('exclusiveMaximum', integer, { versions: since31 }),
  number('minProperties', object),
  number('maxProperties', object),
  { name: 'required', values: [['a'], ['b']], beside: { ...object, properties: { a: string, b: string } } },
  { name: 'properties', values: [{ a: string }, { a: integer }], beside: object },
  { name: 'additionalProperties', values: [false, string], beside: object },
  { name: 'items', values: [string, integer], beside: { type: 'array' } },
  { name: 'allOf', values: [[{ minLength: 1 }], [{ minLength: 2 }]], beside: string },
  {
    name: 'anyOf',
    values: [
      [string, integer],
      [string, object],
    ],
    beside: {},
    versions: openapi3,
  },
  {
    name: 'oneOf',
    values: [
      [string, integer],
      [string, object],
    ],
    beside: {},
    versions: openapi3,
  },
  { name: 'not', values: [string, integer], beside: {}, versions: openapi3 },
  flag('nullable', { beside: string, versions: ['3.0'] }),
  { name: 'title', values: text },
  description,
  externalDocs,
  { name: 'example', values: text },
  flag('deprecated', { versions: openapi3 }),
  flag('readOnly', { beside: string }),
  flag('writeOnly', { beside: string, versions: openapi3 }),
  {
    name: 'discriminator',
    values: ['a', 'b'],
    versions: ['2.0'],
    beside: { ...object, properties: { a: string, b: string }, required: ['a', 'b'] },
  },
  {
    name: 'discriminator',
    values: [{ propertyName: 'a' }, { propertyName: 'b' }],
    versions: openapi3,
    beside: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] },
  },
  { name: 'xml', values: [{ name: 'a' }, { name: 'b' }] },
  { name: '$ref', values: ['#/components/schemas/Cat', '#/components/schemas/Dog'], versions: openapi3, beside: {} },
  { name: '$ref', values: ['#/definitions/Cat', '#/definitions/Dog'], versions: ['2.0'], beside: {} },
  { name: 'const', values: text, beside: string, versions: since31 },
  { name: 'examples', values: [['one'], ['two']], versions: since31 },
  { name: 'prefixItems', values: [[string], [integer]], beside: { type: 'array' }, versions: since31 },
  { name: 'contains', values: [string, integer], beside: { type: 'array' }, versions: since31 },
  number('minContains', { type: 'array', contains: string }, { versions: since31, values: [2, 3] }),
  number('maxContains', { type: 'array', contains: string }, { versions: since31, values: [2, 3] }),
  { name: 'unevaluatedItems', values: [false, string], beside: { type: 'array', prefixItems: [integer] }, versions: since31 },
  { name: 'unevaluatedProperties', values: [false, string], beside: { ...object, properties: { a: integer } }, versions: since31 },
  { name: 'patternProperties', values: [{ '^a': string }, { '^a': integer }], beside: object, versions: since31 },
  { name: 'propertyNames', values: [{ maxLength: 1 }, { maxLength: 2 }], beside: object, versions: since31 },
  { name: 'dependentRequired', values: [{ a: ['b'] }, { a: ['c'] }], beside: object, versions: since31 },
  {
    name: 'dependentSchemas',
    values: [{ a: { required: ['b'] } }, { a: { required: ['c'] } }],
    beside: object,
    versions: since31,
  },
  {
    name: 'if',
    values: [{ maxLength: 1 }, { maxLength: 2 }],
    beside: { ...string, then: { pattern: '^a' }, else: { pattern: '^b' } },
    versions: since31,
  },
  { name: 'then', values: [{ pattern: '^a' }, { pattern: '^b' }], beside: { ...string, if: { maxLength: 1 } }, versions: since31 },
  { name: 'else', values: [{ pattern: '^a' }, { pattern: '^b' }], beside: { ...string, if: { maxLength: 1 } }, versions: since31 },
  { name: 'contentEncoding', values: ['base64', 'base16'], beside: string, versions: since31 },
  { name: 'contentMediaType', values: ['image/png', 'image/gif'], beside: string, versions: since31 },
  {
    name: 'contentSchema',
    values: [string, integer],
    beside: { ...string, contentMediaType: 'application/json' },
    versions: since31,
  },
  { name: '$comment', values: text, versions: since31 },
  { name: '$dynamicRef', values: ['#cat', '#dog'], beside: {}, versions: since31 },
  {
    name: '$id',
    values: ['https://a.test/a', 'https://a.test/b'],
    versions: since31,
    silent: 'It is a name for schemas to refer to; what refers to it is compared.',
  },
  {
    name: '$schema',
    values: ['https://json-schema.org/draft/2020-12/schema', 'https://spec.openapis.org/oas/3.1/dialect/base'],
    versions: since31,
    silent: 'It says how the keywords are read, and all dialects that a description may use are read as 2020-12.',
  },
  { name: '$anchor', values: text, versions: since31, silent: 'It is a name for schemas to refer to; what refers to it is compared.' },
  {
    name: '$dynamicAnchor',
    values: text,
    versions: since31,
    silent: 'It is a name for schemas to refer to; what refers to it is compared.',
  },
  {
    name: '$defs',
    values: [{ a: string }, { a: integer }],
    versions: since31,
    silent: 'It holds schemas for others to refer to; what refers to them is compared.',
  },
  {
    name: '$vocabulary',
    values: [{ 'https://a.test/a': true }, { 'https://a.test/a': false }],
    versions: since31,
    silent: 'It belongs to meta-schemas; in a description it has no meaning.',
  },
  extension,
]

const methods: readonly Field[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'].map((name) => ({
  name,
  values: [{ responses: { 200: { description: 'ok' } } }, { responses: { 200: { description: 'ok' } }, deprecated: true }],
  ...(name === 'trace' ? { versions: openapi3 } : {}),
}))

const styles: readonly Field[] = [
  { name: 'style', values: ['form', 'spaceDelimited'], silent: { add: isDefault, remove: isDefault } },
  flag('explode', { silent: { add: isDefault, remove: isDefault } }),
  flag('allowReserved'),
]

const content = (type: string) => ({ 'application/json': { schema: { type } } })
const examples: readonly Field[] = [
  { name: 'example', values: text },
  { name: 'examples', values: [{ a: { value: 'one' } }, { a: { value: 'two' } }] },
]
const encoding = (type: string) => ({ file: { contentType: type } })

const server = (url: string) => [{ url }]
const parameter = (name: string) => ({ name, in: 'query', schema: string })
const swaggerParameter = (name: string) => ({ name, in: 'query', type: 'string' })
const callback = { '{$request.body#/url}': { post: { responses: { 200: { description: 'ok' } } } } }

export const fields: Readonly<Record<ObjectOf, readonly Field[]>> = {
  'OpenAPI Object': [
    ...openapi3.map((version): Field => ({
      name: 'openapi',
      values: [`${version}.0`, `${version}.1`],
      versions: [version],
      silent: 'The version of the language is not part of the API.',
    })),
    {
      name: 'jsonSchemaDialect',
      values: ['https://json-schema.org/draft/2020-12/schema', 'https://spec.openapis.org/oas/3.1/dialect/base'],
      versions: since31,
      silent: 'It says how the keywords are read, and all dialects that a description may use are read as 2020-12.',
    },
    {
      name: '$self',
      values: ['https://a.test/a', 'https://a.test/b'],
      versions: since32,
      silent: 'It is the address of the document, for references; what refers to it is compared.',
    },
    {
      name: 'info',
      values: [
        { title: 'A', version: '1' },
        { title: 'B', version: '1' },
      ],
      beside: { paths: {} },
    },
    { name: 'servers', values: [server('https://a.test/1'), server('https://b.test/1')] },
    { name: 'paths', values: [{ '/a': { get: { responses: {} } } }, { '/b': { get: { responses: {} } } }], beside: {} },
    { name: 'webhooks', values: [{ a: { post: {} } }, { b: { post: {} } }], versions: since31 },
    { name: 'components', values: [{ schemas: { A: string } }, { schemas: { A: integer } }] },
    { name: 'security', values: [[{ key: [] }], [{ token: [] }]] },
    { name: 'tags', values: [[{ name: 'a' }], [{ name: 'b' }]] },
    externalDocs,
    extension,
  ],
  'Swagger Object': [
    { name: 'swagger', values: ['2.0'], silent: 'Without it the text is no API description.' },
    {
      name: 'info',
      values: [
        { title: 'A', version: '1' },
        { title: 'B', version: '1' },
      ],
      beside: { paths: {} },
    },
    { name: 'host', values: ['a.test', 'b.test'] },
    { name: 'basePath', values: ['/v1', '/v2'] },
    {
      name: 'schemes',
      silent: { add: unknownScheme, remove: unknownScheme },
      values: [['http'], ['https']],
      beside: { host: 'a.test', paths: { '/a': { get: { responses: {} } } } },
    },
    {
      name: 'consumes',
      values: [['application/json'], ['application/xml']],
      silent: { add: 'It is what is assumed without it.', remove: 'It is what is assumed without it.' },
    },
    {
      name: 'produces',
      values: [['application/json'], ['application/xml']],
      silent: { add: 'It is what is assumed without it.', remove: 'It is what is assumed without it.' },
    },
    { name: 'paths', values: [{ '/a': { get: { responses: {} } } }, { '/b': { get: { responses: {} } } }], beside: {} },
    { name: 'definitions', values: [{ A: string }, { A: integer }] },
    { name: 'parameters', values: [{ A: swaggerParameter('a') }, { A: swaggerParameter('b') }] },
    { name: 'responses', values: [{ A: { description: 'a' } }, { A: { description: 'b' } }] },
    { name: 'securityDefinitions', values: [{ a: { type: 'basic' } }, { a: { type: 'apiKey', name: 'k', in: 'header' } }] },
    { name: 'security', values: [[{ key: [] }], [{ token: [] }]] },
    { name: 'tags', values: [[{ name: 'a' }], [{ name: 'b' }]] },
    externalDocs,
    extension,
  ],
  'Info Object': [
    { name: 'title', values: text },
    { name: 'summary', values: text, versions: since31 },
    description,
    { name: 'termsOfService', values: ['https://a.test', 'https://b.test'] },
    { name: 'contact', values: [{ name: 'a' }, { name: 'b' }] },
    { name: 'license', values: [{ name: 'a' }, { name: 'b' }] },
    { name: 'version', values: text },
    extension,
  ],
  'Contact Object': [{ name: 'name', values: text }, { name: 'url', values: text }, { name: 'email', values: text }, extension],
  'License Object': [
    { name: 'name', values: text },
    { name: 'identifier', values: ['MIT', 'ISC'], versions: since31 },
    { name: 'url', values: text },
    extension,
  ],
  'Server Object': [
    { name: 'url', values: ['https://a.test/v1', 'https://b.test/v1'] },
    description,
    { name: 'name', values: text, versions: since32 },
    {
      name: 'variables',
      values: [{ region: { default: 'eu' } }, { region: { default: 'us' } }],
      beside: { url: 'https://{region}.a.test' },
    },
    extension,
  ],
  'Server Variable Object': [
    { name: 'enum', values: [['eu', 'us'], ['eu']] },
    { name: 'default', values: ['eu', 'us'], beside: { enum: ['eu', 'us'] } },
    description,
    extension,
  ],
  'Components Object': [
    { name: 'schemas', values: [{ A: string }, { A: integer }] },
    { name: 'responses', values: [{ A: { description: 'a' } }, { A: { description: 'b' } }] },
    { name: 'parameters', values: [{ A: parameter('a') }, { A: parameter('b') }] },
    { name: 'examples', values: [{ A: { value: 1 } }, { A: { value: 2 } }] },
    { name: 'requestBodies', values: [{ A: { content: content('string') } }, { A: { content: content('integer') } }] },
    { name: 'headers', values: [{ A: { schema: string } }, { A: { schema: integer } }] },
    { name: 'securitySchemes', values: [{ a: { type: 'http', scheme: 'basic' } }, { a: { type: 'http', scheme: 'bearer' } }] },
    { name: 'links', values: [{ A: { operationId: 'a' } }, { A: { operationId: 'b' } }] },
    { name: 'callbacks', values: [{ A: callback }, { A: {} }] },
    { name: 'pathItems', values: [{ A: { get: { responses: {} } } }, { A: { put: { responses: {} } } }], versions: since31 },
    { name: 'mediaTypes', values: [{ A: { schema: string } }, { A: { schema: integer } }], versions: since32 },
    extension,
  ],
  'Paths Object': [
    {
      name: '/{path}',
      values: [{ get: { responses: { 200: { description: 'ok' } } } }, { put: { responses: { 200: { description: 'ok' } } } }],
    },
    extension,
  ],
  'Path Item Object': [
    { name: '$ref', values: ['#/x-items/one', '#/x-items/two'], beside: {} },
    { name: 'summary', values: text, versions: openapi3 },
    { ...description, versions: openapi3 },
    ...methods,
    {
      name: 'query',
      values: [{ responses: { 200: { description: 'ok' } } }, { responses: { 200: { description: 'ok' } }, deprecated: true }],
      versions: since32,
    },
    {
      name: 'additionalOperations',
      values: [{ COPY: { responses: { 200: { description: 'ok' } } } }, { LINK: { responses: { 200: { description: 'ok' } } } }],
      versions: since32,
    },
    { name: 'servers', values: [server('https://a.test/1'), server('https://b.test/1')], versions: openapi3 },
    { name: 'parameters', values: [[parameter('a')], [parameter('b')]], versions: openapi3 },
    { name: 'parameters', values: [[swaggerParameter('a')], [swaggerParameter('b')]], versions: ['2.0'] },
    extension,
  ],
  'Operation Object': [
    { name: 'tags', values: [['a'], ['b']] },
    { name: 'summary', values: text },
    description,
    externalDocs,
    { name: 'operationId', values: text },
    { name: 'parameters', values: [[parameter('a')], [parameter('b')]], versions: openapi3 },
    { name: 'parameters', values: [[swaggerParameter('a')], [swaggerParameter('b')]], versions: ['2.0'] },
    { name: 'requestBody', values: [{ content: content('string') }, { content: content('integer') }], versions: openapi3 },
    { name: 'responses', values: [{ 200: { description: 'ok' } }, { 201: { description: 'ok' } }], beside: {} },
    { name: 'callbacks', values: [{ done: callback }, { failed: callback }], versions: openapi3 },
    flag('deprecated'),
    { name: 'security', values: [[{ key: [] }], [{ token: [] }]] },
    { name: 'servers', values: [server('https://a.test/1'), server('https://b.test/1')], versions: openapi3 },
    {
      name: 'consumes',
      values: [['application/xml'], ['text/plain']],
      versions: ['2.0'],
      beside: { parameters: [{ name: 'body', in: 'body', schema: string }], responses: { 200: { description: 'ok' } } },
    },
    {
      name: 'produces',
      values: [['application/xml'], ['text/plain']],
      versions: ['2.0'],
      beside: { responses: { 200: { description: 'ok', schema: string } } },
    },
    { name: 'schemes', silent: { add: unknownScheme, remove: unknownScheme }, values: [['http'], ['https']], versions: ['2.0'] },
    extension,
  ],
  'External Documentation Object': [description, { name: 'url', values: ['https://a.test', 'https://b.test'] }, extension],
  'Parameter Object': [
    { name: 'name', values: text },
    { name: 'in', values: ['query', 'header'] },
    description,
    flag('required'),
    flag('deprecated'),
    flag('allowEmptyValue'),
    ...styles,
    { name: 'schema', values: [string, integer], beside: { name: 'q', in: 'query' } },
    ...examples,
    { name: 'content', values: [content('string'), content('integer')], beside: { name: 'q', in: 'query' } },
    extension,
  ],
  'Parameter Object (2.0)': [
    { name: 'name', values: text },
    { name: 'in', values: ['query', 'header'] },
    description,
    flag('required'),
    flag('allowEmptyValue'),
    { name: 'type', values: ['string', 'integer'] },
    { name: 'items', values: [string, integer], beside: { name: 'q', in: 'query', type: 'array' } },
    {
      name: 'collectionFormat',
      values: ['csv', 'pipes'],
      beside: { name: 'q', in: 'query', ...list },
      silent: { add: isDefault, remove: isDefault },
    },
    { name: 'schema', values: [string, integer], beside: { name: 'body', in: 'body' } },
    ...[...simple, ...exclusiveFlags].map((field) => ({ ...field, beside: { name: 'q', in: 'query', ...field.beside } })),
    extension,
  ],
  'Items Object (2.0)': [
    { name: 'type', values: ['string', 'integer'] },
    { name: 'items', values: [string, integer], beside: { type: 'array' } },
    {
      name: 'collectionFormat',
      values: ['csv', 'pipes'],
      beside: list,
      silent: { add: isDefault, remove: isDefault },
    },
    ...simple,
    ...exclusiveFlags,
    extension,
  ],
  'Request Body Object': [
    description,
    { name: 'content', values: [content('string'), content('integer')], beside: {} },
    flag('required'),
    extension,
  ],
  'Media Type Object': [
    { name: 'schema', values: [string, integer], beside: {} },
    { name: 'itemSchema', values: [string, integer], versions: since32, beside: {} },
    ...examples,
    { name: 'encoding', ignored: requestsOnly, values: [encoding('image/png'), encoding('image/gif')] },
    {
      name: 'prefixEncoding',
      values: [[{ contentType: 'image/png' }], [{ contentType: 'image/gif' }]],
      versions: since32,
      beside: { schema: list },
    },
    {
      name: 'itemEncoding',
      values: [{ contentType: 'image/png' }, { contentType: 'image/gif' }],
      versions: since32,
      beside: { schema: list },
    },
    extension,
  ],
  'Encoding Object': [
    { name: 'contentType', ignored: requestsOnly, values: ['image/png', 'image/gif'] },
    { name: 'headers', ignored: requestsOnly, values: [{ 'X-A': { schema: string } }, { 'X-B': { schema: string } }] },
    ...styles.map((field) => ({ ...field, ignored: formsOnly })),
    {
      name: 'encoding',
      values: [encoding('image/png'), encoding('image/gif')],
      versions: since32,
      beside: { contentType: 'multipart/form-data' },
    },
    {
      name: 'prefixEncoding',
      values: [[{ contentType: 'image/png' }], [{ contentType: 'image/gif' }]],
      versions: since32,
      beside: { contentType: 'multipart/mixed' },
    },
    {
      name: 'itemEncoding',
      values: [{ contentType: 'image/png' }, { contentType: 'image/gif' }],
      versions: since32,
      beside: { contentType: 'multipart/mixed' },
    },
    { ...extension, ignored: requestsOnly },
  ],
  'Responses Object': [
    { name: 'default', values: [{ description: 'else' }, { description: 'or' }] },
    { name: '{status}', values: [{ description: 'ok' }, { description: 'fine' }] },
    extension,
  ],
  'Response Object': [
    { name: 'summary', values: text, versions: since32 },
    description,
    { name: 'headers', values: [{ 'X-A': { schema: string } }, { 'X-B': { schema: string } }], versions: openapi3 },
    { name: 'headers', values: [{ 'X-A': string }, { 'X-B': string }], versions: ['2.0'] },
    { name: 'content', values: [content('string'), content('integer')], versions: openapi3 },
    { name: 'links', values: [{ next: { operationId: 'a' } }, { next: { operationId: 'b' } }], versions: openapi3 },
    { name: 'schema', values: [string, integer], versions: ['2.0'] },
    { name: 'examples', values: [{ 'application/json': 'one' }, { 'application/json': 'two' }], versions: ['2.0'] },
    extension,
  ],
  'Callback Object': [
    {
      name: '{expression}',
      values: [{ post: { responses: { 200: { description: 'ok' } } } }, { put: { responses: { 200: { description: 'ok' } } } }],
    },
    extension,
  ],
  'Example Object': [
    { name: 'summary', values: text },
    description,
    { name: 'value', values: text },
    { name: 'externalValue', values: text },
    { name: 'dataValue', values: text, versions: since32 },
    { name: 'serializedValue', values: text, versions: since32 },
    extension,
  ],
  'Link Object': [
    { name: 'operationRef', values: ['#/paths/~1a/get', '#/paths/~1b/get'], beside: {} },
    { name: 'operationId', values: text },
    { name: 'parameters', values: [{ id: '$request.path.id' }, { id: '$request.path.other' }] },
    { name: 'requestBody', values: text },
    description,
    { name: 'server', values: [{ url: 'https://a.test' }, { url: 'https://b.test' }] },
    extension,
  ],
  'Header Object': [
    description,
    flag('required'),
    flag('deprecated'),
    { name: 'style', values: ['simple'], silent: 'It is the default, written out, and the only style of headers.' },
    flag('explode', { beside: { schema: object } }),
    { name: 'schema', values: [string, integer], beside: {} },
    ...examples,
    { name: 'content', values: [content('string'), content('integer')], beside: {} },
    extension,
  ],
  'Header Object (2.0)': [
    description,
    { name: 'type', values: ['string', 'integer'] },
    { name: 'items', values: [string, integer], beside: { type: 'array' } },
    { name: 'collectionFormat', values: ['csv', 'pipes'], beside: list, silent: { add: isDefault, remove: isDefault } },
    ...simple,
    ...exclusiveFlags,
    extension,
  ],
  'Tag Object': [
    { name: 'name', values: text },
    { name: 'summary', values: text, versions: since32 },
    description,
    externalDocs,
    { name: 'parent', values: text, versions: since32 },
    { name: 'kind', values: text, versions: since32 },
    extension,
  ],
  'Reference Object': [
    {
      name: '$ref',
      values: ['#/components/parameters/One', '#/components/parameters/Two'],
      beside: { name: 'q', in: 'query', schema: string },
    },
    { name: 'summary', silent: wordsBeside, values: text, versions: since31, beside: { $ref: '#/components/parameters/One' } },
    { ...description, silent: wordsBeside, versions: since31, beside: { $ref: '#/components/parameters/One' } },
  ],
  'Schema Object': schema,
  'Discriminator Object': [
    { name: 'propertyName', values: ['a', 'b'] },
    { name: 'mapping', values: [{ cat: '#/components/schemas/Cat' }, { cat: '#/components/schemas/Dog' }] },
    { name: 'defaultMapping', values: ['Cat', 'Dog'], versions: since32 },
    extension,
  ],
  'XML Object': [
    { name: 'name', values: text },
    { name: 'namespace', values: ['https://a.test', 'https://b.test'] },
    { name: 'prefix', values: text },
    flag('attribute'),
    flag('wrapped', { beside: {} }),
    { name: 'nodeType', values: ['element', 'attribute'], versions: since32 },
    extension,
  ],
  'Security Scheme Object': [
    { name: 'type', values: ['http', 'openIdConnect'], beside: { scheme: 'bearer', openIdConnectUrl: 'https://a.test' } },
    description,
    { name: 'name', values: text, beside: { type: 'apiKey', in: 'header' } },
    { name: 'in', values: ['header', 'query'], beside: { type: 'apiKey', name: 'k' } },
    { name: 'scheme', values: ['basic', 'bearer'], beside: { type: 'http' } },
    { name: 'bearerFormat', values: ['JWT', 'opaque'], beside: { type: 'http', scheme: 'bearer' } },
    {
      name: 'flows',
      values: [
        { clientCredentials: { tokenUrl: 'https://a.test', scopes: {} } },
        { implicit: { authorizationUrl: 'https://a.test', scopes: {} } },
      ],
      beside: { type: 'oauth2' },
    },
    { name: 'openIdConnectUrl', values: ['https://a.test', 'https://b.test'], beside: { type: 'openIdConnect' } },
    {
      name: 'oauth2MetadataUrl',
      values: ['https://a.test', 'https://b.test'],
      beside: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.test', scopes: {} } } },
      versions: since32,
    },
    flag('deprecated', { versions: since32 }),
    extension,
  ],
  'Security Scheme Object (2.0)': [
    { name: 'type', values: ['basic', 'apiKey'], beside: { name: 'k', in: 'header' } },
    description,
    { name: 'name', values: text, beside: { type: 'apiKey', in: 'header' } },
    { name: 'in', values: ['header', 'query'], beside: { type: 'apiKey', name: 'k' } },
    { name: 'flow', values: ['application', 'password'], beside: { type: 'oauth2', tokenUrl: 'https://a.test', scopes: {} } },
    { name: 'authorizationUrl', values: ['https://a.test', 'https://b.test'], beside: { type: 'oauth2', flow: 'implicit', scopes: {} } },
    { name: 'tokenUrl', values: ['https://a.test', 'https://b.test'], beside: { type: 'oauth2', flow: 'application', scopes: {} } },
    { name: 'scopes', values: [{ a: 'A' }, { b: 'B' }], beside: { type: 'oauth2', flow: 'application', tokenUrl: 'https://a.test' } },
    extension,
  ],
  'OAuth Flows Object': [
    ...['implicit', 'password', 'clientCredentials', 'authorizationCode', 'deviceAuthorization'].map((name): Field => ({
      name,
      values: [
        { tokenUrl: 'https://a.test', authorizationUrl: 'https://a.test', deviceAuthorizationUrl: 'https://a.test', scopes: {} },
        { tokenUrl: 'https://b.test', authorizationUrl: 'https://b.test', deviceAuthorizationUrl: 'https://b.test', scopes: {} },
      ],
      ...(name === 'deviceAuthorization' ? { versions: since32 } : {}),
    })),
    extension,
  ],
  'OAuth Flow Object': [
    { name: 'authorizationUrl', values: ['https://a.test', 'https://b.test'] },
    { name: 'deviceAuthorizationUrl', values: ['https://a.test', 'https://b.test'], versions: since32 },
    { name: 'tokenUrl', values: ['https://a.test', 'https://b.test'] },
    { name: 'refreshUrl', values: ['https://a.test', 'https://b.test'] },
    { name: 'scopes', values: [{ a: 'A' }, { b: 'B' }] },
    extension,
  ],
  'Security Requirement Object': [{ name: '{name}', values: [['read'], ['write']] }],
}
