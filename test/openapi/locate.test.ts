import fc from 'fast-check'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml'
import { expect, test } from 'vitest'
import { childPointer } from '../../src/openapi/json-pointer.ts'
import { locate, placeLocation, placer } from '../../src/openapi/locate.ts'
import { parse } from '../../src/openapi/parse.ts'
import type { SourceDocument } from '../../src/openapi/types.ts'
import { read, yaml } from './describe.ts'

function documentOf(text: string, path = 'a.yaml'): SourceDocument {
  const parsed = parse(text, path)
  if ('mistake' in parsed) throw new Error(parsed.mistake.message)
  return parsed.document
}

/** `line:column` of every node by pointer, from the tree of the `yaml` package: of the key of an entry, of the item of a list. */
function expectedPositions(text: string): Map<string, string> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false })
  const found = new Map<string, string>()
  const mark = (pointer: string, node: unknown): void => {
    const offset = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0
    const { line, col } = lines.linePos(offset)
    found.set(pointer, `${String(line)}:${String(Math.max(col, 1))}`)
  }
  const visit = (node: unknown, pointer: string): void => {
    if (isSeq(node)) {
      node.items.forEach((item, index) => {
        // An empty item has no text of its own: see the test about dashes.
        if (!isScalar(item) || item.source !== '') mark(childPointer(pointer, index), item)
        visit(item, childPointer(pointer, index))
      })
    }
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue
      mark(childPointer(pointer, String(key.value)), key)
      visit(value, childPointer(pointer, String(key.value)))
    }
  }
  visit(document.contents, '')
  return found
}

function positions(text: string, pointers: readonly string[], path = 'a.yaml'): Map<string, string> {
  const ranges = locate(documentOf(text, path), pointers)
  return new Map([...ranges].map(([pointer, { line, column }]) => [pointer, `${String(line)}:${String(column)}`]))
}

test.each([
  ['block style', 'a:\n  b:\n    - c: 1\n      d: 2\n    -   e\n  f: {}\ng: 1\n'],
  ['flow style', 'a: {b: [1, {c: 2}, [3]], "d e": x,\n  f:\n   g}\nh: [a: 1, b]\n'],
  ['quoted keys', '"a b": 1\n\'c\'\'d\': {\n  "e\\u0041": 2}\n'],
  ['explicit keys', '? a\n: b: 1\n? "c"\n: - 1\n'],
  ['compact lists', 'a:\n- b:\n  - - c: 1\n    - d\n- - 1\n'],
  ['block scalars that look like keys', 'a: |\n  b: 1\n  c:\nd: >-\n   e: 1\n\n   f\ng:\n  - |\n    h: 1\n  - >2\n    i: 2\n'],
  ['plain and quoted text over several lines', 'a: x\n  y: z\n\n  w\nb: "x\n  c: 1"\nd: \'e:\n\n  f\'\n'.replace('y: z', 'y z')],
  ['anchors and tags', 'a: &x\n  b: 1\nc: !!map\n  d: &y !!str e\nf: &z [1, !!int "2"]\n- '.slice(0, -2)],
  ['comments and blank lines', '# a: 0\n\na: # b: 1\n  # b: 2\n  b: 3 # c\n\n# d\nd: 1\n'],
  ['a document marker and directives', '%YAML 1.2\n---\n# x\na:\n  b: 1\n...\n'],
  ['an indented document', '  a:\n    b: 1\n  c: 2\n'],
  ['CRLF', 'a:\r\n  b: 1\r\n  c:\r\n    - d\r\n'],
  ['number keys', '200: a\n"404": b\n0x10: c\n~: d\ntrue: e\n1.50: f\n'],
  ['tricky plain keys', 'a-b: 1\n-c: 2\n?d: 3\n:e: 4\na#b: 5\n/p/{q}: 6\nx y: 7\n<: 8\n'],
  ['JSON read as YAML', '{"a": {"b": [1, {"c": null}]},\n "d": "e"}'],
  ['empty values', 'a:\nb:\n  c:\n  d: ""\ne: []\n'],
  ['an escape over a line break', 'a: "b \\\n  c: d"\ne: 1\n'],
  ['tabs behind keys', 'a:\t1\nb:\t\n  c:\t{d:\t1}\n'],
])('%s: every position agrees with the tree of the `yaml` package', (_, text) => {
  const expected = expectedPositions(text)
  expect(positions(text, [...expected.keys()])).toEqual(expected)
})

test.each([
  // text                                      pointer            place
  ['a: &x {b: 1}\nc: *x\n', '/c', '2:1'],
  ['a: &x {b: 1}\nc: *x\n', '/c/b', '1:8'],
  ['a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2\n', '/c/b', '2:3'],
  ['a: &x\n  b: 1\nc:\n  <<: *x\n  b: 2\n', '/c/b', '5:3'],
  ['a: &x {b: 1}\nb: &y {b: 2, c: 3}\nc:\n  <<: [*x, *y]\n', '/c/b', '1:8'],
  ['a: &x {b: 1}\nb: &y {b: 2, c: 3}\nc:\n  <<: [*x, *y]\n', '/c/c', '2:14'],
  ['a: &x {b: 1}\nb: &x {b: 2}\nc: *x\n', '/c/b', '2:8'],
  ['a: &x {b: {c: 1}}\nd: &y {<<: *x}\ne: {<<: *y}\n', '/e/b/c', '1:12'],
  ['"<<": {b: 1}\n', '/b', '1:1'],
  ['- a\n-\n- # note\n- b\n', '/1', '2:1'],
  ['- a\n-\n- # note\n- b\n', '/2', '3:1'],
  ['- a\n-\n- # note\n- b\n', '/3', '4:3'],
])('%j: %s stands at %s', (text, pointer, place) => {
  expect(positions(text, [pointer]).get(pointer)).toBe(place)
})

test.each([
  ['a:\n  b: [\n    1,\n    {c: 2}\n  ]\nd: {\n  e: 1\n}\n', '/a/b/1/c', '4:6'],
  ['a: &x {b: !t 1}\nc:\n  <<: *x\n', '/c/b', '1:8'],
  ["a:\n  b: 'x\n\n'\nc: 1\n", '/c', '5:1'],
])('%j, which js-yaml refuses: %s stands at %s', (text, pointer, place) => {
  expect(positions(text, [pointer]).get(pointer)).toBe(place)
})

test.each([
  // pointer        place   last line
  ['', '1:1', 9],
  ['/a', '1:1', 7],
  ['/a/list', '2:3', 5],
  ['/a/list/0', '3:7', 4],
  ['/a/flow', '6:3', 7],
  ['/b', '8:1', 9],
])('%s stands at %s and ends on line %i', (pointer, place, endLine) => {
  const text = 'a:\n  list:\n    - x: 1\n      y: 2\n    - z\n  flow: {a: [1,\n    2], } # }\nb: |\n  text\n\n# end\n'
  expect(positions(text, [pointer]).get(pointer)).toBe(place)
  expect(locate(documentOf(text), [pointer]).get(pointer)?.endLine).toBe(endLine)
})

test.each([
  // pointer        place  last line
  ['', '1:1', 7],
  ['/a', '2:3', 5],
  ['/a/b', '3:5', 3],
  ['/a/c~1d', '3:13', 4],
  ['/a/c~1d/1', '4:6', 4],
  ['/e"f', '6:3', 6],
  ['/dup', '6:28', 6],
])('in JSON %s stands at %s and ends on line %i', (pointer, place, endLine) => {
  const text = '{\n  "a": {\n    "b": 1, "c/d": [{"x": "]}"},\n     2]\n  },\n  "e\\"f": "g", "dup": [1], "dup": {"x": 1}\n}'
  expect(positions(text, [pointer], 'a.json').get(pointer)).toBe(place)
  expect(locate(documentOf(text, 'a.json'), [pointer]).get(pointer)?.endLine).toBe(endLine)
})

test('of equal keys in JSON the last counts, and the places below the others do not', () => {
  expect(positions('{"a": {"x": 1,\n "y": 2},\n"a": {"x": 3}}', ['/a/x', '/a/y'], 'a.json')).toEqual(
    new Map([
      ['/a/x', '3:7'],
      ['/a/y', '3:1'],
    ]),
  )
})

test.each([
  ['a.yaml', 'a:\n  b:\n    - c\n'],
  ['a.json', '{"a":\n  {"b":\n    ["c"]}}'],
])('a pointer that leads nowhere in %s stands where its nearest ancestor is', (path, text) => {
  const ranges = locate(documentOf(text, path), ['/a/b/7/x', '/a/x/y', '/x', '/a/b/0/x', '/a/b/-'])
  expect([...ranges.values()].map(({ line }) => line)).toEqual([2, 1, 1, 3, 2])
})

test('locations of several descriptions are placed in one go; unknown files are on line 1', () => {
  const api = read(yaml('components: {schemas: {A: {$ref: b.yaml}}}'), { 'api/b.yaml': 'type: object\nproperties:\n  c: {}\n' })
  const locations = [
    { file: 'api/b.yaml', pointer: '/properties/c' },
    { file: 'nowhere.yaml', pointer: '/x' },
  ] as const
  const place = placer([api], locations)
  expect(place(locations[0])).toEqual({ file: 'api/b.yaml', pointer: '/properties/c', line: 3, column: 3, endLine: 3 })
  expect(place(locations[1])).toEqual({ file: 'nowhere.yaml', pointer: '/x', line: 1, column: 1 })
  expect(placeLocation(api, locations[0])).toEqual(place(locations[0]))
})

const key = fc.oneof(
  fc.stringMatching(/^[a-z/{}$-]{1,8}$/),
  fc.string({ maxLength: 6 }),
  fc.constantFrom('200', 'true', '<', '-', '? a', 'a: b', 'a #b', '"', "'", '|', '1e3'),
)
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ maxLength: 20 }),
    fc.constantFrom('a\nb: c\n', '  x\n\n y', 'a: b', '- a', '#', '"', '{', '%a', 'x\n'),
    fc.integer(),
    fc.boolean(),
    tie('map'),
    tie('list'),
  ),
  map: fc.dictionary(
    key.filter((name) => name !== '<<' && name !== '__proto__'),
    tie('value'),
    { maxKeys: 5 },
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
}))

test('for any value written as YAML in any of several ways, every position agrees with the tree of the `yaml` package', () => {
  const options = fc.record({
    indent: fc.constantFrom(2, 4, 7),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
    defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
  })
  fc.assert(
    fc.property(json.map, options, (value, style) => {
      const text = stringify(value, style)
      const parsed = parse(text, 'a.yaml')
      fc.pre('document' in parsed && parsed.document.format === 'yaml')
      const expected = expectedPositions(text)
      expect(positions(text, [...expected.keys()])).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('for any value written as JSON, every position agrees with the tree of the `yaml` package', () => {
  fc.assert(
    fc.property(json.map, fc.constantFrom(0, 1, 2, '\t'), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const expected = expectedPositions(text)
      expect(positions(text, [...expected.keys()], 'a.json')).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})
