import { expect, test } from 'vitest'
import { referenceTarget } from '../../src/openapi/reference-target.ts'
import { referencedFiles } from '../../src/openapi/references.ts'

test.each([
  ['a: {$ref: ./b.yaml}', ['api/b.yaml']],
  ['$ref: b.yaml#/X', ['api/b.yaml']],
  ['a:\n  $ref: "../b.json#/X/y"\n', ['b.json']],
  ["'$ref': 'c d.yaml'", ['api/c d.yaml']],
  ['{"$ref":"b%20c.json"}', ['api/b c.json']],
  ['{"$ref": "sub\\/b.json#\\/X"}', ['api/sub/b.json']],
  ['- $ref: b.yaml # note', ['api/b.yaml']],
  ['a: {$ref: b.yaml, $ref: c.yaml}', ['api/b.yaml', 'api/c.yaml']],
  ['discriminator: {mapping: {dog: ./dog.yaml, cat: "../cat.json#/Cat"}}', ['api/dog.yaml', 'cat.json']],
  ['mapping:\n  dog: ./dog.yaml\n', ['api/dog.yaml']],
  ['$ref: "#/components/schemas/A"', []],
  ['$ref: openapi.yaml#/A', []],
  ['$ref: http://example.com/a.yaml', []],
  ['$ref: ../../a.yaml', []],
  ['$ref: /a.yaml', []],
  ['$ref: {type: string}', []],
  ['$reference: a.yaml', []],
])('%s refers to %j', (text, files) => {
  expect(referencedFiles(text, 'api/openapi.yaml')).toEqual(files)
})

test.each([
  // from               ref                        file                   fragment
  ['a.yaml', '', 'a.yaml', ''],
  ['a.yaml', '#/x', 'a.yaml', '/x'],
  ['a.yaml', 'b.yaml', 'b.yaml', ''],
  ['x/y/a.yaml', '../b.yaml#c', 'x/b.yaml', 'c'],
  ['x/y/a.yaml', './z/.././b.yaml', 'x/y/b.yaml', ''],
  ['x/a.yaml', 'y//b.yaml', 'x/y/b.yaml', ''],
  ['./x/a.yaml', '../b.yaml', 'b.yaml', ''],
  ['/tmp/x/a.yaml', '../b.yaml', '/tmp/b.yaml', ''],
  ['../x/a.yaml', '../b.yaml', '../b.yaml', ''],
  ['a.yaml', '100%.yaml#/50%', '100%.yaml', '/50%'],
  ['a.yaml', '#/a%2Fb/%7E1', 'a.yaml', '/a/b/~1'],
  ['', 'b.yaml', 'b.yaml', ''],
])('from %j, %j is %j with the fragment %j', (from, ref, file, fragment) => {
  expect(referenceTarget(from, ref)).toEqual({ file, fragment })
})

test.each([
  '../../a.yaml',
  'x/../../../a.yaml',
  '%2e%2e/%2e%2e/a.yaml',
  '..%2F..%2Fa.yaml',
  '/a.yaml',
  '%2Fetc/passwd',
  '//host/a.yaml',
  'http://host/a.yaml',
  'FILE:///a',
  'data:text/plain,x',
  'c:/a.yaml',
  'a%00b.yaml',
])('%s is refused', (ref) => {
  expect(referenceTarget('api/openapi.yaml', ref)).toHaveProperty('refused')
})
