import { expect, test } from 'vitest'
import { compileGlob, compileGlobs, compileGlobsForNames, globProblem } from '../../src/policy/globs.ts'

test.each([
  ['/v1/users', '/v1/users', true],
  ['/v1/users', '/v1/users/x', false],
  ['/v*/users', '/v1/users', true],
  ['/v*/users', '/v/users', true],
  ['/v*/users', '/v1/2/users', false],
  ['/v?/users', '/v1/users', true],
  ['/v?/users', '/v12/users', false],
  ['/v?/users', '/v//users', false],
  ['/v1/**', '/v1/a/b', true],
  ['/v1/**', '/v1', true],
  ['/v1/**', '/v10', false],
  ['**', 'anything/at/all', true],
  ['**', '', true],
  ['**/x.yaml', 'x.yaml', true],
  ['**/x.yaml', 'a/b/x.yaml', true],
  ['**/x.yaml', 'a/yx.yaml', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'axb', false],
  ['a**b', 'a/x/b', true],
  ['*.yaml', 'a.yaml', true],
  ['*.yaml', 'a/b.yaml', false],
  ['*.{yaml,yml}', 'a.yml', true],
  ['*.{yaml,yml}', 'a.json', false],
  ['{a,b}/{c,d}', 'b/c', true],
  ['{a,b}/{c,d}', 'c/b', false],
  ['{,x}y', 'y', true],
  ['/users/{id}', '/users/{id}', true],
  ['/users/{id}', '/users/id', false],
  ['/users/{id}/**', '/users/{id}/cards', true],
  ['response-*', 'response-property-removed', true],
  ['response-*', 'request-property-removed', false],
  ['a.b', 'axb', false],
  ['[a]', 'a', false],
  ['[a]', '[a]', true],
  ['(a|b)', 'a', false],
  ['é*', 'éa', true],
  ['😀?', '😀😀', true],
  ['a{b', 'a{b', true],
])('%s on %s: %s', (pattern, text, expected) => {
  expect(globProblem(pattern)).toBe(null)
  expect(compileGlob(pattern)(text)).toBe(expected)
})

test.each([
  ['', 'cannot be empty'],
  ['!', 'cannot be empty'],
  ['a'.repeat(257), 'at most 256 characters'],
  ['*'.repeat(1) + '/*'.repeat(12), 'at most 12 wildcards'],
  ['a***b', 'not `***`'],
  ['a\\*', 'knows no `\\`'],
  ['{a,{b,c}}', 'without braces inside'],
  ['{a,b}'.repeat(7), 'at most 64 alternatives'],
])('%s is refused: %s', (pattern, reason) => {
  expect(globProblem(pattern)).toContain(reason)
  expect(compileGlob(pattern)(pattern)).toBe(false)
})

test('a list matches when one does and none is excluded', () => {
  const matches = compileGlobs(['apis/**', '!apis/internal/**'])
  expect(['apis/a.yaml', 'apis/internal/b.yaml', 'docs/c.yaml'].map(matches)).toEqual([true, false, false])
  expect(['a', 'b'].map(compileGlobs(['!a']))).toEqual([false, true])
})

test('an exclusion counts for every name of a thing', () => {
  const matches = compileGlobsForNames(['*Card*', '!Card*'])
  expect(matches(['schemas/Card', 'Card'])).toBe(false)
  expect(matches(['schemas/MyCard', 'MyCard'])).toBe(true)
})

test('threat 16: twelve wildcards on a text that almost matches take no noticeable time', () => {
  const matches = compileGlob(`${'*a'.repeat(12)}b`)
  expect(matches('a'.repeat(4000))).toBe(false)
  expect(compileGlob(`${'**/'.repeat(12)}b`)('a/'.repeat(2000))).toBe(false)
})
