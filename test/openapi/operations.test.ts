import { expect, test } from 'vitest'
import { effectiveOperation, listOperations, listWebhooks, rawOperations } from '../../src/openapi/operations.ts'
import type { Operation } from '../../src/openapi/types.ts'
import { read, yaml } from './describe.ts'

function keys(operations: readonly { readonly method: string; readonly path: string }[]): string[] {
  return operations.map(({ method, path }) => `${method} ${path}`)
}

function only(text: string, files: Record<string, string> = {}): Operation {
  const [operation, ...others] = listOperations(read(text, files))
  if (operation === undefined || others.length > 0) throw new Error('One operation is expected.')
  return operation
}

/** `GET /a` with this below it, in OpenAPI 3.0. */
function operation(body: string, rest = ''): Operation {
  const indented = body.replaceAll('\n', '\n      ')
  return only(yaml(`paths:\n  /a:\n    get:\n      ${indented}\n${rest}`))
}

test('all methods are listed, in the order of the specification, extensions are not', () => {
  const api = read(
    yaml(
      'paths:\n  x-a: {get: {}}\n  /b: {trace: {}, head: {}, get: {}, x-get: {}, summary: text, query: {}, additionalOperations: {LINK: {}, copy: {}}}\n  /a: {post: {}, put: {}, delete: {}, options: {}, patch: {}}',
      '3.2.0',
    ),
  )
  expect(keys(listOperations(api))).toEqual([
    'GET /b',
    'HEAD /b',
    'TRACE /b',
    'QUERY /b',
    'LINK /b',
    'COPY /b',
    'PUT /a',
    'POST /a',
    'DELETE /a',
    'OPTIONS /a',
    'PATCH /a',
  ])
})

test('path items and operations may be references; the operation stands where it is written', () => {
  const api = read(
    yaml(
      "paths:\n  /a: {$ref: '#/components/pathItems/A'}\n  /b: {$ref: b.yaml, post: {summary: own}}\n  /c: {get: {$ref: 'b.yaml#/get'}}\ncomponents: {pathItems: {A: {get: {}}}}",
      '3.1.0',
    ),
    {
      'api/b.yaml': 'get: {}\npost: {summary: other}\n',
    },
  )
  expect(rawOperations(api).map(({ key, node }) => [`${key.method} ${key.path}`, node.file, node.pointer])).toEqual([
    ['GET /a', 'api/openapi.yaml', '/components/pathItems/A/get'],
    ['POST /b', 'api/openapi.yaml', '/paths/~1b/post'],
    ['GET /b', 'api/b.yaml', '/get'],
    ['GET /c', 'api/b.yaml', '/get'],
  ])
  expect(rawOperations(api).find(({ key }) => key.method === 'POST')?.node.value).toEqual({ summary: 'own' })
})

test('raw and effective operations are remembered', () => {
  const api = read(yaml('paths: {/a: {get: {}}}'))
  const [raw] = rawOperations(api)
  expect(rawOperations(api)[0]).toBe(raw)
  expect(raw !== undefined && effectiveOperation(api, raw)).toBe(listOperations(api)[0])
})

test('webhooks and callbacks are operations of their own kind', () => {
  const api = read(
    yaml(
      `
paths:
  /a:
    post:
      callbacks:
        done: {'{$request.body#/url}': {post: {operationId: called, responses: {200: {description: ok}}}}}
        shared: {$ref: '#/components/callbacks/Shared'}
webhooks:
  shipped: {post: {operationId: hook}}
components:
  callbacks:
    Shared: {'{$url}': {$ref: '#/components/pathItems/P'}, x-note: text}
  pathItems: {P: {put: {}}}`,
      '3.1.0',
    ),
  )
  expect(listWebhooks(api)).toMatchObject([{ kind: 'webhook', method: 'POST', path: 'webhook:shipped', operationId: 'hook' }])
  expect(listOperations(api)[0]?.callbacks).toMatchObject([
    { kind: 'callback', method: 'POST', path: 'callback:done {$request.body#/url}', operationId: 'called' },
    { kind: 'callback', method: 'PUT', path: 'callback:shared {$url}' },
  ])
})

test('parameters of the path item and the operation are merged by place and name', () => {
  const { parameters } = only(
    yaml(`
paths:
  /a/{id}:
    parameters: [{in: path, name: id}, {in: query, name: q, description: general}, {in: header, name: X-Key}]
    get:
      parameters: [{in: query, name: q, description: own}, {$ref: '#/components/parameters/Page'}, {in: header, name: x-key, required: true}, {in: cookie, name: q}]
components: {parameters: {Page: {in: query, name: page, required: true, deprecated: true, schema: {type: integer}}}}
`),
  )
  expect(parameters.map(({ in: place, name, required }) => [place, name, required])).toEqual([
    ['path', 'id', true],
    ['query', 'q', false],
    ['header', 'x-key', true],
    ['query', 'page', true],
    ['cookie', 'q', false],
  ])
  expect(parameters[1]?.node.value).toHaveProperty('description', 'own')
  expect(parameters[3]).toMatchObject({
    deprecated: true,
    schema: { pointer: '/components/parameters/Page/schema', dialect: '3.0' },
    node: { pointer: '/components/parameters/Page' },
  })
})

test.each(['Accept', 'content-type', 'AUTHORIZATION'])('OpenAPI 3 ignores a header parameter called %s', (name) => {
  expect(operation(`parameters: [{in: header, name: ${name}}]`).parameters).toEqual([])
})

test.each([
  // written                                      style            explode
  ['in: query', 'form', true],
  ['in: cookie', 'form', true],
  ['in: path', 'simple', false],
  ['in: header', 'simple', false],
  ['in: query, style: form, explode: false', 'form', false],
  ['in: query, style: deepObject', 'deepObject', false],
  ['in: query, style: pipeDelimited, explode: true', 'pipeDelimited', true],
])('the effective style of a parameter with %s is %s, explode %s', (written, style, explode) => {
  expect(operation(`parameters: [{name: a, ${written}}]`).parameters).toMatchObject([{ style, explode }])
})

test('the request body, media types and responses are followed', () => {
  const found = operation(
    `requestBody: {$ref: '#/components/requestBodies/B'}
responses:
  '200': {description: ok, headers: {X-A: {required: true, schema: {type: string}}, Content-Type: {schema: {}}, X-B: {$ref: '#/components/headers/H'}}, content: {text/plain: {schema: {type: string}}}}
  2xx: {$ref: '#/components/responses/R'}
  default: {description: other, links: {l: {operationId: x}}}
  x-note: {}`,
    `components:
  requestBodies: {B: {required: true, content: {application/json: {schema: {type: object}, encoding: {a: {contentType: text/plain}}}}}}
  headers: {H: {schema: {type: integer}}}
  responses: {R: {description: any}}`,
  )
  expect(found.requestBody).toMatchObject({
    required: true,
    node: { pointer: '/components/requestBodies/B' },
    content: [
      {
        type: 'application/json',
        schema: { pointer: '/components/requestBodies/B/content/application~1json/schema' },
        itemSchema: null,
        encoding: { a: {} },
      },
    ],
  })
  expect(found.responses.map(({ status }) => status)).toEqual(['200', '2XX', 'default'])
  expect(found.responses[0]).toMatchObject({
    headers: [
      { name: 'X-A', required: true, style: 'simple', explode: false },
      { name: 'X-B', schema: { value: { type: 'integer' } } },
    ],
    content: [{ type: 'text/plain' }],
    links: null,
  })
  expect(found.responses[1]?.node.pointer).toBe('/components/responses/R')
  expect(found.responses[2]?.links?.pointer).toBe('/paths/~1a/get/responses/default/links')
})

test('OpenAPI 3.2: media types may be references and stream items', () => {
  const found = only(
    yaml(
      "paths: {/a: {get: {responses: {200: {description: ok, content: {application/jsonl: {$ref: '#/components/mediaTypes/M'}}}}}}}\ncomponents: {mediaTypes: {M: {itemSchema: {type: object}}}}",
      '3.2.0',
    ),
  )
  expect(found.responses[0]?.content).toMatchObject([
    { type: 'application/jsonl', schema: null, itemSchema: { dialect: '3.1', pointer: '/components/mediaTypes/M/itemSchema' } },
  ])
})

const security =
  'components: {securitySchemes: {key: {type: apiKey, in: header, name: K}, oauth: {$ref: "#/components/securitySchemes/real"}, real: {type: oauth2, flows: {}}}}'

test.each([
  // operation                                document                  alternatives                                     where
  ['summary: a', '', [], null],
  ['summary: a', 'security: []', [], '/security'],
  ['summary: a', 'security: [{key: []}]', [[['key', [], 'apiKey']]], '/security'],
  ['security: []', 'security: [{key: []}]', [], '/paths/~1a/get/security'],
  ['security: [{}]', 'security: [{key: []}]', [[]], '/paths/~1a/get/security'],
  ['security: null', 'security: [{key: []}]', [[['key', [], 'apiKey']]], '/security'],
  ['security: wrong', 'security: [{key: []}]', [[['key', [], 'apiKey']]], '/security'],
  [
    'security: [{key: [], oauth: [read, 3]}, {nope: []}]',
    '',
    [
      [
        ['key', [], 'apiKey'],
        ['oauth', ['read'], 'oauth2'],
      ],
      [['nope', [], undefined]],
    ],
    '/paths/~1a/get/security',
  ],
])("security: %s with the document's %s", (written, document, alternatives, where) => {
  const found = operation(written, `${security}\n${document}`)
  expect(found.security.map((alternative) => alternative.map(({ name, scopes, scheme }) => [name, scopes, scheme?.type]))).toEqual(
    alternatives,
  )
  expect(found.securityAt?.pointer ?? null).toBe(where)
})

test.each([
  ['summary: a', '', [['/', '']]],
  ['summary: a', 'servers: []', [['/', '']]],
  [
    'summary: a',
    'servers: [{url: https://a.example}, {url: /v2}]',
    [
      ['https://a.example', '/servers/0'],
      ['/v2', '/servers/1'],
    ],
  ],
  ['servers: [{url: https://own.example}]', 'servers: [{url: https://a.example}]', [['https://own.example', '/paths/~1a/get/servers/0']]],
])("servers: %s with the document's %s", (written, document, servers) => {
  expect(operation(written, document).servers.map(({ url, node }) => [url, node.pointer])).toEqual(servers)
})

test('servers of the path item stand between those of the operation and the document', () => {
  expect(
    only(yaml('servers: [{url: /d}]\npaths: {/a: {servers: [{url: /p, variables: {v: {default: x}}}], get: {}}}')).servers,
  ).toMatchObject([{ url: '/p', variables: { v: { default: 'x' } } }])
})

test.each([
  ['3.0.3', '3.0'],
  ['3.1.0', '3.1'],
  ['3.2.0', '3.1'],
])('schemas of OpenAPI %s are in the dialect %s', (version, dialect) => {
  const found = only(yaml('paths: {/a: {get: {parameters: [{in: query, name: a, schema: {}}]}}}', version))
  expect(found.parameters[0]?.schema?.dialect).toBe(dialect)
})

test('parts of the wrong shape are left out, never an exception', () => {
  const found = only(
    yaml(
      'paths: {/a: {parameters: text, get: {parameters: [3, {in: 4, name: [x]}, null], requestBody: [], responses: {200: text, 201: null}, tags: [a, 3], callbacks: [1], security: [[], 3], servers: [text], operationId: 3}}}',
    ),
  )
  expect(found).toMatchObject({
    parameters: [{ name: '', in: '' }],
    requestBody: null,
    responses: [],
    tags: ['a'],
    callbacks: [],
    security: [],
    servers: [{ url: '/' }],
    operationId: null,
  })
})
