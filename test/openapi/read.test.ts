import { expect, test } from 'vitest'
import { readDescription } from '../../src/openapi/read.ts'
import { problemsOf, read, yaml } from './describe.ts'

test.each([
  ['openapi: 3.0.3', '3.0'],
  ['openapi: 3.0', '3.0'],
  ['openapi: 3', '3.0'],
  ['openapi: "3.1.0"', '3.1'],
  ['openapi: 3.1.1', '3.1'],
  ['openapi: 3.2.0-rc1', '3.2'],
  ['swagger: "2.0"', '2.0'],
  ['swagger: 2.0', '2.0'],
  ['swagger: 2', '2.0'],
])('%s is read as %s', (line, version) => {
  expect(read(`${line}\npaths: {}\n`)).toMatchObject({ version, problems: [] })
})

test('a version of OpenAPI 3 that does not exist yet is read as the newest with a note', () => {
  expect(read('openapi: 3.9.0\npaths: {}\n')).toMatchObject({
    version: '3.2',
    problems: [{ kind: 'structure', line: 1, message: expect.stringContaining('3.9.0') }],
  })
})

test.each([
  ['openapi: 4.0.0', '/openapi', '4.0.0'],
  ['info: {}\nopenapi: 1.0', '/openapi', '`openapi: 1`'],
  ['swagger: "1.2"', '/swagger', '1.2'],
  ['asyncapi: 2.6.0', '/asyncapi', 'AsyncAPI'],
  ['swaggerVersion: "1.2"', '/swaggerVersion', 'Swagger 1'],
  ['hello: world', '', 'neither'],
  ['just text', '', 'no map'],
  ['- openapi: 3.0.0', '', 'no map'],
  ['', '', 'empty'],
  ['# only a comment', '', 'empty'],
])('%s is no description', (text, pointer, words) => {
  expect(problemsOf(text)).toMatchObject([{ kind: 'not-a-description', pointer, message: expect.stringContaining(words) }])
})

test('the line of a wrong version is the line of its key', () => {
  expect(problemsOf('info: {}\nopenapi: 5.0.0\n')).toMatchObject([{ line: 2, column: 1 }])
})

test.each([
  ['no paths', ''],
  ['empty paths', 'paths:'],
  ['null paths', 'paths: null'],
  ['empty components', 'paths: {}\ncomponents:'],
  ['an empty path item and operation', 'paths:\n  /a:\n  /b:\n    get:'],
  [
    'empty parts of an operation',
    'paths:\n  /a:\n    get: {parameters: null, responses: null, security: null, tags: null, requestBody: null}',
  ],
  ['boolean schemas', 'components: {schemas: {A: true, B: {properties: {c: false}, additionalProperties: true, items: true}}}'],
  ['lists as items', 'components: {schemas: {A: {items: [{type: string}]}}}'],
])('%s is no problem', (_, body) => {
  expect(problemsOf(yaml(body))).toEqual([])
})

test.each([
  ['paths: []', '/paths', '`paths` should be a map, and is a list.', 3],
  ['paths:\n  /a: text', '/paths/~1a', '`/a` should be a map, and is a text.', 4],
  ['paths:\n  /a:\n    get: []', '/paths/~1a/get', '`get` should be a map, and is a list.', 5],
  [
    'paths:\n  /a:\n    get:\n      parameters: {a: {in: query}}',
    '/paths/~1a/get/parameters',
    '`parameters` should be a list, and is a map.',
    6,
  ],
  ['paths:\n  /a:\n    get:\n      tags: pets', '/paths/~1a/get/tags', '`tags` should be a list, and is a text.', 6],
  ['paths:\n  /a:\n    get:\n      security:\n        - key', '/paths/~1a/get/security/0', '`0` should be a map, and is a text.', 7],
  [
    'components:\n  schemas:\n    A:\n      allOf: {type: object}',
    '/components/schemas/A/allOf',
    '`allOf` should be a list, and is a map.',
    6,
  ],
  [
    'components:\n  schemas:\n    A:\n      properties:\n        b: 3',
    '/components/schemas/A/properties/b',
    '`b` should be a map, and is a number.',
    7,
  ],
  ['info: text\nservers: {}', '/servers', '`servers` should be a list, and is a map.', 4],
])('%s has the wrong shape', (body, pointer, message, line) => {
  const text = body.startsWith('info') ? `openapi: 3.0.3\npaths: {}\n${body}` : yaml(body)
  expect(problemsOf(text)).toContainEqual(expect.objectContaining({ kind: 'structure', pointer, message, line }))
})

test('an extension, an example or a default may have any shape and hold anything that looks like a reference', () => {
  const body = `
x-paths: {$ref: nowhere.yaml}
paths:
  x-note: text
  /a:
    x-thing: []
    get:
      responses:
        x-more: [1]
        200:
          content:
            application/json: {example: {$ref: '#/nope'}, examples: {a: {value: {$ref: '#/nope'}}}}
components:
  schemas:
    A: {default: {$ref: '#/nope'}, enum: [{$ref: '#/nope'}], const: {$ref: '#/nope'}, example: {properties: 3}, properties: {$ref: {type: string}, example: {type: string}}}
`
  expect(problemsOf(yaml(body))).toEqual([])
})

test.each([
  ["'#/components/schemas/Nope'", 'leads nowhere: `/components/schemas` in this file has no `Nope`'],
  ["'#/nope/x'", 'leads nowhere: `/` in this file has no `nope`'],
  ["'#name'", 'no schema in `api/openapi.yaml` has the `$anchor` `name`'],
  ['./missing.yaml', 'leads to `api/missing.yaml`, which is not among the files of this description'],
  ['../shared.yaml#/A', 'leads to `shared.yaml`, which is not among'],
  ['../../shared.yaml#/A', 'leaves the repository'],
  ['..%2f..%2fetc/passwd', 'leaves the repository'],
  ['/etc/passwd', 'is an absolute path'],
  ['http://169.254.169.254/latest/meta-data', 'leaves the repository, and nothing is fetched'],
  ['https://example.com/a.yaml#/A', 'leaves the repository, and nothing is fetched'],
  ['file:///etc/passwd', 'leaves the repository, and nothing is fetched'],
  ['//example.com/a.yaml', 'leaves the repository, and nothing is fetched'],
  ['C:\\a.yaml', 'leaves the repository, and nothing is fetched'],
  ['hasOwnProperty', 'leads to `api/hasOwnProperty`'],
])('the reference %s is a problem with its line, and the rest is still read', (ref, words) => {
  const api = read(yaml(`components:\n  schemas:\n    A: {type: string}\n    B:\n      $ref: ${ref}\n`))
  expect(api.problems).toMatchObject([
    {
      kind: 'reference',
      file: 'api/openapi.yaml',
      pointer: '/components/schemas/B/$ref',
      line: 7,
      column: 7,
      message: expect.stringContaining(words),
    },
  ])
})

test('references to example files are left alone, whatever their format', () => {
  expect(problemsOf(yaml('components: {examples: {A: {$ref: ./a.xml}}}'), { 'api/a.xml': '<a/>' })).toEqual([])
})

test('the mapping of a discriminator refers to schemas and files', () => {
  const body =
    "components:\n  schemas:\n    A:\n      discriminator:\n        propertyName: t\n        mapping:\n          b: '#/components/schemas/B'\n          c: ./c.yaml\n          d: D\n          e: https://example.com/e\n"
  const api = read(yaml(body), { 'api/c.yaml': 'type: object' })
  expect([...api.documents.keys()]).toContain('api/c.yaml')
  expect(api.problems).toMatchObject([{ kind: 'reference', pointer: '/components/schemas/A/discriminator/mapping/b', line: 9 }])
})

test('references that never reach a value are a problem', () => {
  const problems = problemsOf(
    yaml(
      "components:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n    C: {properties: {c: {$ref: '#/components/schemas/C'}}}",
    ),
  )
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/components/schemas/A/$ref', '/components/schemas/B/$ref'])
})

test('files are followed through files, in any layout, and only those that are reached', () => {
  const api = read(yaml("paths:\n  /a: {$ref: './paths/a.yaml'}"), {
    'api/paths/a.yaml': "get:\n  responses:\n    200: {$ref: '../common.json#/deep/Ok'}\n",
    'api/common.json': '{"deep":{"Ok":{"description":"ok","content":{"application/json":{"schema":{"$ref":"schemas/user%20name.yaml"}}}}}}',
    'api/schemas/user name.yaml': 'type: object',
    'api/unused.yaml': 'broken: [',
  })
  expect([...api.documents.keys()]).toEqual(['api/openapi.yaml', 'api/paths/a.yaml', 'api/common.json', 'api/schemas/user name.yaml'])
  expect(api.problems).toEqual([])
})

test('a chain of files that only refer to each other is followed to its end', () => {
  const files = { 'api/1.yaml': '$ref: 2.yaml', 'api/2.yaml': '$ref: 3.yaml#/X', 'api/3.yaml': 'X: {type: string}' }
  expect(problemsOf(yaml('components: {schemas: {A: {$ref: 1.yaml}}}'), files)).toEqual([])
})

test('a referenced file that cannot be read stops the comparison, with the line in that file', () => {
  expect(
    readDescription({ text: yaml('components: {schemas: {A: {$ref: a.json}}}'), path: 'x.yaml', files: { 'a.json': '{\n"a": }' } }),
  ).toMatchObject({
    problems: [{ kind: 'syntax', file: 'a.json', line: 2, column: 6 }],
  })
})

test('problems in other files carry the line in that file', () => {
  expect(
    problemsOf(yaml('components: {schemas: {A: {$ref: "a.yaml#/defs/A"}}}'), {
      'api/a.yaml': 'defs:\n  A:\n    properties:\n      b: {$ref: "#/defs/B"}\n',
    }),
  ).toMatchObject([{ kind: 'reference', file: 'api/a.yaml', line: 4, pointer: '/defs/A/properties/b/$ref' }])
})

test('whole maps and lists may be kept in other files, as bundlers allow', () => {
  const files = {
    'api/paths.yaml': '/a: {get: {responses: {}}}',
    'api/tags.yaml': '- {name: a}',
    'api/schemas.yaml': 'A: {properties: {$ref: "props.yaml"}}',
    'api/props.yaml': 'b: {type: string}',
  }
  expect(
    problemsOf(yaml('paths: {$ref: paths.yaml}\ntags: {$ref: tags.yaml}\ncomponents: {schemas: {$ref: schemas.yaml}}'), files),
  ).toEqual([])
})

test('a part may mean the root document with a local fragment', () => {
  expect(
    problemsOf(yaml('components: {schemas: {A: {$ref: a.yaml}, B: {type: string}}}'), {
      'api/a.yaml': 'allOf: [{$ref: "#/components/schemas/B"}]',
    }),
  ).toEqual([])
})

test('at most 200 problems are listed, and the rest are counted', () => {
  const schemas = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`S${String(index)}`, { $ref: '#/nope' }]))
  const problems = problemsOf(JSON.stringify({ openapi: '3.0.0', components: { schemas } }))
  expect(problems).toHaveLength(201)
  expect(problems.at(-1)?.message).toContain('50 more')
})

test('without a path, the description stands in a file without a name', () => {
  expect(readDescription({ text: yaml('paths: {}') })).toMatchObject({ api: { path: '', problems: [] } })
})

test('a byte order mark, CRLF line ends and status numbers as keys are read', () => {
  const api = read(`\uFEFF${yaml('paths:\n  /a:\n    get:\n      responses:\n        200: {description: ok}\n')}`.replaceAll('\n', '\r\n'))
  expect(api.root).toMatchObject({ paths: { '/a': { get: { responses: { '200': { description: 'ok' } } } } } })
})
