import { expect, test } from 'vitest'
import { listOperations } from '../../src/openapi/operations.ts'
import { resolve } from '../../src/openapi/resolve.ts'
import type { Operation } from '../../src/openapi/types.ts'
import { read } from './describe.ts'

/** `POST /a` with this below it, in Swagger 2.0. */
function operation(body: string, rest = '', files: Record<string, string> = {}): Operation {
  const [found] = listOperations(
    read(
      `swagger: "2.0"\ninfo: {title: Shop, version: "1"}\npaths:\n  /a:\n    post:\n      ${body.replaceAll('\n', '\n      ')}\n${rest}`,
      files,
    ),
  )
  if (found === undefined) throw new Error('One operation is expected.')
  return found
}

test('the body parameter is the request body, in each type that is consumed', () => {
  const { requestBody, parameters } = operation(
    'consumes: [application/json, application/xml]\nparameters: [{in: body, name: b, required: true, schema: {$ref: "#/definitions/B"}}, {in: query, name: q}]',
    'consumes: [text/plain]\ndefinitions: {B: {type: object}}',
  )
  expect(requestBody).toMatchObject({ required: true, node: { pointer: '/paths/~1a/post/parameters/0' } })
  expect(requestBody?.content.map(({ type, schema, node }) => [type, schema?.pointer, schema?.dialect, node.pointer])).toEqual([
    ['application/json', '/paths/~1a/post/parameters/0/schema', '2.0', '/paths/~1a/post/consumes/0'],
    ['application/xml', '/paths/~1a/post/parameters/0/schema', '2.0', '/paths/~1a/post/consumes/1'],
  ])
  expect(parameters.map(({ name }) => name)).toEqual(['q'])
})

test.each([
  ['', 'application/json'],
  ['consumes: [text/plain]', 'text/plain'],
])('without consumes of its own and %j in the document, the body is %s', (rest, type) => {
  expect(operation('parameters: [{in: body, name: b, schema: {}}]', rest).requestBody?.content.map((media) => media.type)).toEqual([type])
})

test('form fields are one object, whose properties keep their place', () => {
  const api = read(
    'swagger: "2.0"\npaths:\n  /a:\n    parameters: [{$ref: "common.yaml#/parameters/Token"}]\n    post:\n      parameters: [{in: formData, name: f, type: file, required: true}, {in: formData, name: __proto__, type: string}]\n',
    { 'api/common.yaml': 'parameters: {Token: {in: formData, name: t, type: string}}' },
  )
  const body = listOperations(api)[0]?.requestBody
  expect(body).toMatchObject({
    required: true,
    content: [{ type: 'multipart/form-data', schema: { dialect: '2.0-parameter', value: { type: 'object', required: ['f'] } } }],
  })
  const schema = body?.content[0]?.schema
  const properties = Object.entries(JSON.parse(JSON.stringify(schema?.value)).properties)
  expect(
    properties.map(([name, property]) => [
      name,
      resolve(api, { file: schema?.file ?? '' }, JSON.parse(JSON.stringify(property)).$ref)?.pointer,
    ]),
  ).toEqual([
    ['t', '/parameters/Token'],
    ['f', '/paths/~1a/post/parameters/0'],
    ['__proto__', '/paths/~1a/post/parameters/1'],
  ])
})

test('a form without files is sent as a form by default', () => {
  expect(operation('parameters: [{in: formData, name: f, type: string}]').requestBody?.content.map(({ type }) => type)).toEqual([
    'application/x-www-form-urlencoded',
  ])
})

test.each([
  // written                                                   style            explode
  ['in: query, type: string', 'form', true],
  ['in: query, type: array', 'form', false],
  ['in: query, type: array, collectionFormat: multi', 'form', true],
  ['in: query, type: array, collectionFormat: ssv', 'spaceDelimited', false],
  ['in: query, type: array, collectionFormat: pipes', 'pipeDelimited', false],
  ['in: query, type: array, collectionFormat: tsv', 'tabDelimited', false],
  ['in: path, type: array', 'simple', false],
  ['in: header, type: string', 'simple', false],
])('a parameter with %s has the style %s, explode %s', (written, style, explode) => {
  expect(operation(`parameters: [{name: a, ${written}}]`).parameters).toMatchObject([
    { style, explode, schema: { dialect: '2.0-parameter', pointer: '/paths/~1a/post/parameters/0' } },
  ])
})

test('responses have their schema in each type that is produced; without a schema they have no content', () => {
  const { responses } = operation(
    'responses: {200: {description: ok, schema: {type: string}, headers: {X-A: {type: array, collectionFormat: pipes}}}, 204: {$ref: "#/responses/Empty"}}',
    'produces: [application/json, text/plain]\nresponses: {Empty: {description: none}}',
  )
  expect(responses).toMatchObject([
    {
      status: '200',
      content: [
        { type: 'application/json', schema: { dialect: '2.0', value: { type: 'string' } }, node: { pointer: '/produces/0' } },
        { type: 'text/plain' },
      ],
      headers: [{ name: 'X-A', style: 'pipeDelimited', schema: { dialect: '2.0-parameter' } }],
    },
    { status: '204', content: [], node: { pointer: '/responses/Empty' } },
  ])
})

test.each([
  ['', '', [['/', '']]],
  ['', 'basePath: /v1', [['/v1', '/basePath']]],
  ['', 'host: a.example\nbasePath: /v1', [['//a.example/v1', '/host']]],
  [
    '',
    'host: a.example\nschemes: [https, http]',
    [
      ['https://a.example', '/schemes/0'],
      ['http://a.example', '/schemes/1'],
    ],
  ],
  ['schemes: [wss]', 'host: a.example\nschemes: [https]', [['wss://a.example', '/paths/~1a/post/schemes/0']]],
])('servers of an operation with %j and %j', (body, rest, servers) => {
  expect(operation(body === '' ? 'summary: a' : body, rest).servers.map(({ url, node }) => [url, node.pointer])).toEqual(servers)
})

test('security is defined in securityDefinitions', () => {
  expect(operation('security: [{k: [], o: [read]}]', 'securityDefinitions: {k: {type: basic}, o: {type: oauth2}}').security).toMatchObject([
    [
      { name: 'k', scopes: [], scheme: { type: 'basic', node: { pointer: '/securityDefinitions/k' } } },
      { name: 'o', scopes: ['read'] },
    ],
  ])
})
