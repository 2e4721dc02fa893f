import { expect, test } from 'vitest'
import { readDescription } from '../../src/openapi/read.ts'
import { follow, resolve } from '../../src/openapi/resolve.ts'
import { read, yaml } from './describe.ts'

const api = read(
  yaml(`
paths: {}
components:
  schemas:
    A: {type: string, enum: [a, b]}
    'a/b~c %d': {type: integer}
    Alias: {$ref: '#/components/schemas/A'}
    Loop: {$ref: '#/components/schemas/Pool'}
    Pool: {$ref: '#/components/schemas/Loop'}
    Through: {$ref: 'b.yaml#/B'}
    Anchored: {$anchor: here, type: object, $defs: {x: {$dynamicAnchor: node}}}
    Named: {$id: 'https://example.com/schemas/named', type: object, properties: {p: {type: string}}}
    UsesName: {$ref: 'https://example.com/schemas/named'}
`),
  { 'api/b.yaml': 'B: {properties: {c: {$ref: "#/C"}}}\nC: {$anchor: there, type: number}\n' },
)

test.each([
  ['#/components/schemas/A', '/components/schemas/A'],
  ['#/components/schemas/A/enum/1', '/components/schemas/A/enum/1'],
  ['#/components/schemas/a~1b~0c%20%25d', '/components/schemas/a~1b~0c %d'],
  ['#/components/schemas/a~1b~0c %d', '/components/schemas/a~1b~0c %d'],
  ['', ''],
  ['#', ''],
  ['openapi.yaml#/components/schemas/A', '/components/schemas/A'],
  ['../api/openapi.yaml#/paths', '/paths'],
  ['b.yaml', ''],
  ['b.yaml#/C', '/C'],
  ['b.yaml#there', '/C'],
  ['#here', '/components/schemas/Anchored'],
  ['#node', '/components/schemas/Anchored/$defs/x'],
  ['https://example.com/schemas/named', '/components/schemas/Named'],
  ['https://example.com/schemas/named#', '/components/schemas/Named'],
  ['https://example.com/schemas/named#/properties/p', '/components/schemas/Named/properties/p'],
  ['#/components/schemas/Alias/enum/0', '/components/schemas/A/enum/0'],
  ['#/components/schemas/Through/properties/c/type', '/C/type'],
  ['#//components/schemas/A', '/components/schemas/A'],
])('%j leads to %j', (ref, pointer) => {
  expect(resolve(api, { file: 'api/openapi.yaml' }, ref)?.pointer).toBe(pointer)
})

test.each([
  '#/components/schemas/Z',
  '#/components/schemas/A/enum/2',
  '#/components/schemas/A/enum/01',
  '#/components/schemas/A/enum/-',
  '#/components/schemas/A/type/0',
  '#/components/schemas/__proto__',
  '#/components/schemas/A/enum/length',
  '#/components/schemas/Loop/x',
  '#nope',
  'nope.yaml',
  'https://example.com/other',
  'http:',
  '#/%E0%A4%A',
])('%s leads nowhere', (ref) => {
  expect(resolve(api, { file: 'api/openapi.yaml' }, ref)).toBeUndefined()
})

test('the same reference gives the same node, whose value is the parsed one', () => {
  const first = resolve(api, { file: 'api/openapi.yaml' }, '#/components/schemas/A')
  expect(resolve(api, { file: 'api/openapi.yaml' }, '#/components/schemas/A')).toBe(first)
  expect(api.root).toHaveProperty('components.schemas.A', first?.value)
})

test('a reference is relative to the file that it stands in, and a part may mean the root', () => {
  expect(resolve(api, { file: 'api/b.yaml' }, '#/C')).toMatchObject({ file: 'api/b.yaml', pointer: '/C' })
  expect(resolve(api, { file: 'api/b.yaml' }, '#/components/schemas/A')).toMatchObject({ file: 'api/openapi.yaml' })
})

test('chains are followed to their value; circles and broken ends are undefined', () => {
  const at = (name: string): ReturnType<typeof follow> => {
    const node = resolve(api, { file: 'api/openapi.yaml' }, `#/components/schemas/${name}`)
    return node === undefined ? undefined : follow(api, node)
  }
  expect(at('Alias')?.pointer).toBe('/components/schemas/A')
  expect(at('Through')).toMatchObject({ file: 'api/b.yaml', pointer: '/B' })
  expect(at('UsesName')?.pointer).toBe('/components/schemas/Named')
  expect(at('Loop')).toBeUndefined()
})

test('a document may be referred to by its `$self` (3.2)', () => {
  const named = read(
    'openapi: 3.2.0\n$self: https://example.com/api\ncomponents: {schemas: {A: {type: string}, B: {$ref: "https://example.com/api#/components/schemas/A"}}}\n',
  )
  expect(named.problems).toEqual([])
  expect(resolve(named, { file: named.path }, 'https://example.com/api#/components/schemas/A')?.pointer).toBe('/components/schemas/A')
})

test('names of schemas are found in files that are read later', () => {
  const text = yaml("components:\n  schemas:\n    A: {$ref: 'urn:b'}\n    B: {$ref: b.yaml}\n", '3.1.0')
  expect(readDescription({ text, path: 'a.yaml', files: { 'b.yaml': '$id: urn:b\ntype: string\n' } })).toMatchObject({
    api: { problems: [] },
  })
})
