/** Laws that hold for any text and any value: reading never throws, and every problem stands on a line of its file. */
import fc from 'fast-check'
import { stringify } from 'yaml'
import { expect, test } from 'vitest'
import { apiFacts } from '../../src/openapi/facts.ts'
import { isDescription } from '../../src/openapi/discover.ts'
import { locate } from '../../src/openapi/locate.ts'
import { listOperations, listWebhooks } from '../../src/openapi/operations.ts'
import { readDescription } from '../../src/openapi/read.ts'
import { referencedFiles } from '../../src/openapi/references.ts'

const seed = `openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /a/{id}:
    parameters: [{in: path, name: id, required: true, schema: {type: string}}]
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
      responses:
        200: {description: ok, content: {application/json: {schema: {$ref: ./b.yaml#/B}}}}
      security: [{key: []}]
components:
  schemas:
    A: &a
      type: object
      description: |
        text: with
        - lines
      properties: {b: {type: [string, "null"]}}
    C:
      <<: *a
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
`
const part = '{"B": {"type": "object", "properties": {"c": {"$ref": "#/B"}}}}'

function useEverything(text: string, files: Record<string, string>): void {
  isDescription(text)
  referencedFiles(text, 'api/a.yaml')
  const result = readDescription({ text, path: 'api/a.yaml', files })
  for (const { file, line, column, message } of 'problems' in result ? result.problems : result.api.problems) {
    const lines = (file === 'api/a.yaml' ? text : (files[file] ?? '')).split('\n')
    expect(message).toMatch(/^[A-Z`].*\.$/s)
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
  }
  if ('problems' in result) return
  JSON.stringify([...listOperations(result.api), ...listWebhooks(result.api)])
  JSON.stringify(apiFacts(result.api, result.api, 'a'))
  for (const document of result.api.documents.values())
    locate(document, ['', '/paths/~1a~1{id}/post', '/components/schemas/C/type', '/B/properties/c'])
}

const piece = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  "'",
  '\n',
  '  ',
  '\t',
  '- ',
  '&a ',
  '*a',
  '<<: ',
  '| ',
  '>',
  '#',
  '!t ',
  '? ',
  '$ref: ',
  'null',
  '---\n',
  '\r',
  '\0',
  '\uFEFF',
  '\\',
  '%',
  '200',
)

test('a description with pieces cut out and put in is read or refused, never an exception', () => {
  const edit = fc.tuple(fc.nat(1000), fc.nat(30), fc.oneof(piece, fc.string({ maxLength: 4 })))
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.boolean(), (edits, inPart) => {
      const edited = edits.reduce(
        (text, [at, length, insert]) => {
          const start = at % (text.length + 1)
          return text.slice(0, start) + insert + text.slice(start + length)
        },
        inPart ? part : seed,
      )
      useEverything(inPart ? seed : edited, { 'api/b.yaml': inPart ? edited : part })
    }),
    { numRuns: 500 },
  )
})

const name = fc.constantFrom(
  ...[
    'get',
    'post',
    'parameters',
    'requestBody',
    'responses',
    'content',
    'schema',
    'schemas',
    'properties',
    'items',
    'allOf',
    '$ref',
    'security',
    'servers',
    'callbacks',
    'headers',
    'tags',
    '200',
    'default',
  ],
  ...[
    '/a',
    'in',
    'name',
    'components',
    'securitySchemes',
    'paths',
    'webhooks',
    '__proto__',
    'constructor',
    'x-owner',
    'examples',
    'discriminator',
    '$id',
    '$anchor',
    'basePath',
    'host',
    'schemes',
    'consumes',
    'definitions',
  ],
)
const anyPart = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom(
      null,
      true,
      3,
      '',
      'query',
      'body',
      'formData',
      'a',
      '#/paths/~1a',
      '#/components/schemas/default',
      '#/components',
      '#',
      'b.yaml',
      'b.yaml#/B',
      '#a',
      'http://a.example',
    ),
    tie('map'),
    tie('map'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  map: fc.dictionary(name, tie('value'), { maxKeys: 5 }),
}))

test('any value with the words of OpenAPI in it is read, never an exception', () => {
  const version = fc.constantFrom<Record<string, string>>(
    { swagger: '2.0' },
    { openapi: '3.0.0' },
    { openapi: '3.1.0' },
    { openapi: '3.2.0' },
  )
  const root = fc.record({
    paths: anyPart.value,
    components: anyPart.value,
    definitions: anyPart.value,
    webhooks: anyPart.value,
    security: anyPart.value,
    servers: anyPart.value,
    info: anyPart.value,
    tags: anyPart.value,
  })
  fc.assert(
    fc.property(version, root, fc.boolean(), (head, rest, asJson) => {
      const value = { ...head, ...rest }
      useEverything(asJson ? JSON.stringify(value) : stringify(value, { aliasDuplicateObjects: false }), { 'api/b.yaml': part })
    }),
    { numRuns: 500 },
  )
})
