/** A key written twice in a JSON description is said with both lines, whatever it is written like; and texts that only look so are left alone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDescription } from '../../src/openapi/read.ts'

const around = (operation: string): string => `{
  "openapi": "3.1.0", "info": { "title": "A", "version": "1" },
  "paths": { "/a": { "get": ${operation} } }
}`

function problems(text: string): readonly string[] {
  const result = readDescription({ text, path: 'openapi.json' })
  return ('api' in result ? result.api.problems : result.problems).map(({ message, line }) => `${String(line)} ${message}`)
}

test('a second `security` hides the first one: both lines are named', () => {
  const found = problems(around('{\n"security": [{ "key": [] }],\n"responses": {},\n"security": [] }'))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^6 The key `security` is written twice in one map \(first on line 4\)/)
})

test.each([
  ['blanks and line breaks before the colon', '{ "security"\n\t : [], "responses": {}, "security" : [] }'],
  ['an escaped letter', '{ "security": [], "responses": {}, "\\u0073ecurity": [] }'],
  ['other texts that begin with a colon', '{ "summary": ":a", "security": [], "responses": {}, "security": [] }'],
])('%s', (_name, operation) => {
  expect(problems(around(operation))).toEqual([expect.stringContaining('written twice')])
})

test('a text with millions of line breaks hides none', () => {
  const summary = JSON.stringify('\n'.repeat(6_000_000))
  expect(problems(around(`{ "summary": ${summary}, "security": [], "responses": {}, "security": [] }`))).toEqual([
    expect.stringContaining('written twice'),
  ])
})

test.each([
  ['the same key in two maps', '{ "responses": {}, "x-a": { "responses": {} } }'],
  ['a text with quotes and colons', '{ "responses": {}, "summary": "\\"responses\\": {} : \\\\" }'],
  ['a text that begins with a colon', '{ "responses": {}, "summary": ":responses" }'],
  ['texts in a list', '{ "responses": {}, "tags": ["responses", ":", "responses"] }'],
])('%s is none', (_name, operation) => {
  expect(problems(around(operation))).toEqual([])
})

test('no JSON that a serializer writes has any', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify({ openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: {}, 'x-value': value }, null, indent)
      expect(problems(text).filter((message) => message.includes('twice'))).toEqual([])
    }),
    { numRuns: 200 },
  )
})
