import { expect, test } from 'vitest'
import { maxDepth, maxFileCharacters, maxFiles } from '../../src/openapi/limits.ts'
import { listOperations } from '../../src/openapi/operations.ts'
import { problemsOf, read, yaml } from './describe.ts'

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

test.each([
  [
    'an alias bomb',
    yaml(
      `x-0: &a0 [1, 1]\n${lines(40, (index) => `x-${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}, *a${String(index)}]`)}`,
    ),
    4,
    'add more than 1,000,000 values',
  ],
  [
    'one long text that many aliases repeat',
    yaml(`x-long: &long "${'x'.repeat(100_000)}"\nx-many: [${Array(300).fill('*long').join(', ')}]`),
    4,
    'more than 20,971,520 characters',
  ],
  ['an alias within its own anchor', yaml('x-a: &a\n  b: *a'), 4, 'stands inside its own anchor'],
  [
    'a bomb of merge keys',
    yaml(
      `x-0: &a0 {k0: 1}\n${lines(2000, (index) => `x-${String(index + 1)}: &a${String(index + 1)} {<<: *a${String(index)}, k${String(index + 1)}: 1}`)}`,
    ),
    null,
    'Merge keys',
  ],
  ['deep YAML in flow style', yaml(`x-a: ${nested(10_000)}`), 3, 'nested more than 500 levels'],
  ['deep YAML in block style', yaml(lines(1000, (index) => `${' '.repeat(index)}a:`)), 502, 'nested more than 500 levels'],
  ['deep JSON', `{"openapi": "3.0.0",\n"x-a": ${nested(10_000)}}`, 2, 'nested more than 500 levels'],
  [
    'depth that aliases add up',
    yaml(`x-0: &a0 []\n${lines(600, (index) => `x-${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}]`)}`),
    4,
    'nested more than 500 levels',
  ],
  ['a file that is too large', yaml(`#${'x'.repeat(maxFileCharacters)}`), 1, 'at most 20 MB'],
])('%s is refused with its line', (_, text, line, words) => {
  expect(problemsOf(text)).toMatchObject([
    { kind: 'too-large', message: expect.stringContaining(words), ...(line === null ? {} : { line }) },
  ])
})

test('nesting within the limit is read, in both formats', () => {
  expect(problemsOf(`{"openapi": "3.0.0", "x-a": ${nested(maxDepth - 1)}}`)).toEqual([])
  expect(problemsOf(yaml(`x-a: ${nested(maxDepth - 2)}`))).toEqual([])
})

test('aliases that repeat a little are welcome', () => {
  expect(problemsOf(yaml(`x-a: &a {b: 1}\n${lines(2000, (index) => `x-${String(index)}: *a`)}`))).toEqual([])
})

test('more files than are read is one problem', () => {
  const files = Object.fromEntries(
    Array.from({ length: maxFiles + 5 }, (_, index) => [`api/f${String(index)}.yaml`, `$ref: ./f${String(index + 1)}.yaml`]),
  )
  expect(problemsOf(yaml('components: {schemas: {A: {$ref: f0.yaml}}}'), files)).toMatchObject([
    { kind: 'too-large', message: expect.stringContaining('3,000 files') },
  ])
})

// Each of these took minutes with the obvious algorithm; the test's own time limit is the assertion.
test.each([
  [
    'a chain of 20,000 references in a circle',
    yaml(
      `components:\n  schemas:\n${lines(20_000, (index) => `    S${String(index)}: {$ref: '#/components/schemas/S${String((index + 1) % 20_000)}'}`)}`,
    ),
  ],
  [
    'a ladder of references through references',
    yaml(
      `components:\n  schemas:\n${lines(500, (index) => `    S${String(index)}: {$ref: '#/components/schemas/S${String(index + 1)}/p/p'}`)}`,
    ),
  ],
  [
    'references through each other',
    yaml("components:\n  schemas:\n    A: {$ref: '#/components/schemas/B/x'}\n    B: {$ref: '#/components/schemas/A/x'}"),
  ],
  ['a duplicate key check over 30,000 keys in the second parser', yaml(`x-a: [\n]\n${lines(30_000, (index) => `k${String(index)}: 1`)}`)],
  [
    '5,000 anchors in the second parser',
    yaml(`x-a: [\n]\nx-b:\n${lines(5000, (index) => `  - &a${String(index)} {b: 1}\n  - *a${String(index)}`)}`),
  ],
])('%s ends in time', { timeout: 20_000 }, (_, text) => {
  expect(problemsOf(text).every(({ kind }) => kind === 'reference')).toBe(true)
})

test('callbacks that lead to themselves end', () => {
  const api = read(
    yaml(`
paths:
  /a:
    post:
      responses: {}
      callbacks: {again: {$ref: '#/components/callbacks/Again'}, more: {$ref: '#/components/callbacks/Again'}}
components:
  callbacks:
    Again:
      '{$request.body#/url}':
        post:
          responses: {}
          callbacks: {again: {$ref: '#/components/callbacks/Again'}, more: {$ref: '#/components/callbacks/Again'}}
`),
  )
  const depth = (operations: ReturnType<typeof listOperations>): number =>
    operations[0] === undefined ? 0 : 1 + depth(operations[0].callbacks)
  expect(depth(listOperations(api))).toBe(4)
})

test('bytes that were not UTF-8 are noted with their line', () => {
  expect(problemsOf(yaml('x-a: caf\uFFFD'))).toMatchObject([{ kind: 'structure', line: 3, message: expect.stringContaining('U+FFFD') }])
})

test.each([
  ['an endless JSON text full of escaped quotes', `{"openapi": "3.0.0", "a": "${'\\"'.repeat(300_000)}`],
  ['commas and blanks', `{"openapi": "3.0.0", "a": [${`,${' '.repeat(1000)}`.repeat(1000)}`],
  ['brackets that never close', `{"openapi": "3.0.0", "a": ${'['.repeat(1_000_000)}`],
  ['blank lines before several documents', `${'\n'.repeat(200_000)}a: 1\n---\nb: 2\n`],
])('%s: a mistake is found in time', { timeout: 20_000 }, (_, text) => {
  expect(problemsOf(text)).toMatchObject([{ kind: 'syntax' }])
})
