import { expect, test } from 'vitest'
import { parse } from '../../src/openapi/parse.ts'

function value(text: string, path = 'a.yaml'): unknown {
  const result = parse(text, path)
  return 'document' in result ? result.document.value : result.mistake.message
}

test.each([
  ['{"a": 1}', 'json', { a: 1 }],
  ['  \n[1, 2]', 'json', [1, 2]],
  ['\uFEFF{"a": 1}', 'json', { a: 1 }],
  ['a: 1', 'yaml', { a: 1 }],
  ['{a: 1, b: [x,]}', 'yaml', { a: 1, b: ['x'] }],
])('%s is %s', (text, format, expected) => {
  expect(parse(text, 'a.txt')).toMatchObject({ document: { format, value: expected } })
})

test.each([
  ['a: no\nb: yes\nc: on', { a: 'no', b: 'yes', c: 'on' }],
  ['a: 2020-01-01', { a: '2020-01-01' }],
  ['200: a\n2XX: b\n0x10: c', { '200': 'a', '2XX': 'b', '16': 'c' }],
  ['a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
  ['---\na: 1\n...\n', { a: 1 }],
])('YAML %j', (text, expected) => {
  expect(value(text)).toEqual(expected)
})

test.each([
  ['a closing bracket at a low indentation', 'a:\n  b: [\n    1\n  ]\nc: {\n  d: 2\n}\n', { a: { b: [1] }, c: { d: 2 } }],
  ['a custom tag', 'a: !ref x', { a: 'x' }],
  ['a closing quote in the first column, as LibYAML writes it', "a:\n  b: 'x\n\n'\nc: 1\n", { a: { b: 'x\n' }, c: 1 }],
  [
    'aliases and merge keys in what only the second parser reads',
    'a: &x {b: 1}\nc: {<<: *x, d: *x}\ne: [\n]\n',
    { a: { b: 1 }, c: { b: 1, d: { b: 1 } }, e: [] },
  ],
])('%s is understood', (_, text, expected) => {
  expect(value(text)).toEqual(expected)
})

test('trailing commas in JSON are understood and keep every offset', () => {
  const text = '{"a": [1, 2, ], "b, ]": ", }",\n}'
  const result = parse(text, 'a.json')
  expect(result).toMatchObject({ document: { format: 'json', value: { a: [1, 2], 'b, ]': ', }' } } })
  expect('document' in result && result.document.text.length).toBe(text.length)
})

test.each([
  // text                                     line column words
  ['{"a": 1,, "b": 2}', 1, 9, 'a key in double quotes'],
  ['{"a": 1 // note\n}', 1, 9, 'a `,` or the closing bracket'],
  ['{"a": tru}', 1, 7, 'a value is expected'],
  ['{"a" 1}', 1, 6, 'a `:` is expected'],
  ["{'a': 1}", 1, 2, 'a key in double quotes or `}`'],
  ['{"a": 01}', 1, 8, 'a `,` or the closing bracket'],
  ['{"a": [1 2]}', 1, 10, 'a `,` or the closing bracket'],
  ['{"a": [1}', 1, 9, 'a `,` or the closing bracket'],
  ['{"a": 1}\n}', 2, 1, 'the document has ended'],
  ['{"a": {"b": 1}', 1, 15, 'ends too early'],
  ['{"a":\n  "x\ny"}', 2, 5, 'a line break'],
  ['{"a": "\\x"}', 1, 8, 'escape'],
  ['{"a": "x', 1, 7, 'no closing'],
  ['{"a": }', 1, 7, 'a value is expected'],
])('JSON %j is refused on line %i, column %i', (text, line, column, words) => {
  expect(parse(text, 'a.json')).toEqual({ mistake: { kind: 'syntax', line, column, message: expect.stringContaining(words) } })
})

test('a JSON file with comments is never read as YAML, which would take them for text', () => {
  expect(parse('{"a": 1 // note\n}', 'a.json')).toHaveProperty('mistake')
})

test.each([
  // text                            line column words
  ['a: 1\nb:\n  c: 1\n  c: 2\n', 4, 3, 'written twice'],
  ['a: [\n]\nb: 1\nb: 2\n', 4, 1, 'written twice'],
  ['a: b: c', 1, 4, 'nested mappings'],
  ['a:\n\tb: 1', 2, 1, 'Indent with spaces'],
  ['a:\n  - b\n  c: 1\n', 3, 1, 'indentation'],
  ['a: @x', 1, 4, 'reserved character'],
  ['a: *x', 1, 5, 'alias'],
  ['a: 1\n---\nb: 2\n', 2, 1, 'several YAML documents'],
  ['# note\n---\na: 1\n---\nb: 2\n', 4, 1, 'several YAML documents'],
  ['a: 1\nb: "x\0y"', 2, 6, 'NUL'],
  ['a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n', 2, 1, 'unfinished merge'],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:0\n', 1, 1, 'Git LFS'],
])('%j is refused on line %i, column %i', (text, line, column, words) => {
  expect(parse(text, 'a.yaml')).toEqual({ mistake: { kind: 'syntax', line, column, message: expect.stringContaining(words) } })
})

test.each([
  '{"a": {"__proto__": {"polluted": 1}}}',
  'a: {__proto__: {polluted: 1}}',
  'a: {__proto__: {polluted: 1}}\nb: [\n]',
  'x: &x {__proto__: {polluted: 1}}\na: {<<: *x}',
])('%s pollutes nothing', (text) => {
  const parsed = parse(text, 'a.yaml')
  expect(JSON.stringify('document' in parsed && parsed.document.value)).toContain('"__proto__":{"polluted":1}')
  expect(Object.prototype).not.toHaveProperty('polluted')
})
