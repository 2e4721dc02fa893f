import { expect, test } from 'vitest'
import { changes, document, getting } from './describe.ts'

const order = (more: Record<string, unknown>): unknown => ({ type: 'object', properties: { id: { type: 'string' }, ...more } })
const inline = (schema: unknown, path = '/orders/{id}'): unknown => document({ paths: { [path]: getting(schema) } })
const named = (schema: unknown, name: string): unknown =>
  document({ paths: { '/orders/{id}': getting({ $ref: `#/components/schemas/${name}` }) }, components: { schemas: { [name]: schema } } })
const only = (base: unknown, head: unknown): { fingerprint: string; digest: string } => {
  const [change, ...others] = changes(base, head)
  if (change === undefined || others.length > 0) throw new Error('exactly one change was expected')
  return change
}
const plain = order({})
const added = order({ total: { type: 'number' } })
const reference = only(inline(plain), inline(added))

test.each([
  ['taken out of line', only(named(plain, 'Order'), named(added, 'Order'))],
  ['renamed', only(named(plain, 'Purchase'), named(added, 'Purchase'))],
  ['under another parameter name', only(inline(plain, '/orders/{orderId}'), inline(added, '/orders/{orderId}'))],
  ['split over allOf', only(inline(plain), inline({ allOf: [plain, { type: 'object', properties: { total: { type: 'number' } } }] }))],
])('the same issue keeps fingerprint and digest when it is %s', (_, change) => {
  expect(change.fingerprint).toBe(reference.fingerprint)
  expect(change.digest).toBe(reference.digest)
})

test('the same issue with other content keeps its fingerprint and loses its digest', () => {
  const grown = only(inline(plain), inline(order({ total: { type: 'object', properties: { net: { type: 'number' } } } })))
  expect(grown.fingerprint).toBe(reference.fingerprint)
  expect(grown.digest).not.toBe(reference.digest)
})

test('values are content, not identity', () => {
  const list = (...values: string[]): unknown => inline(order({ status: { type: 'string', enum: values } }))
  const [one, two] = [only(list('a'), list('a', 'b')), only(list('a'), list('a', 'b', 'c'))]
  expect(two.fingerprint).toBe(one.fingerprint)
  expect(two.digest).not.toBe(one.digest)
})

test.each([
  ['another property', only(inline(plain), inline(order({ price: { type: 'number' } })))],
  ['another operation', only(inline(plain, '/carts/{id}'), inline(added, '/carts/{id}'))],
  ['another rule', only(inline(added), inline(plain))],
])('%s is another issue', (_, change) => {
  expect(change.fingerprint).not.toBe(reference.fingerprint)
})

test('an operation that is added anew with more in it is another content', () => {
  const of = (schema: unknown): unknown =>
    document({ paths: { '/a': getting({ $ref: '#/components/schemas/A' }) }, components: { schemas: { A: schema } } })
  const [small, large] = [only(document({}), of(plain)), only(document({}), of(added))]
  expect(large.fingerprint).toBe(small.fingerprint)
  expect(large.digest).not.toBe(small.digest)
})

test('both are hexadecimal and long enough to bind an approval', () => {
  expect(reference.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(reference.digest).toMatch(/^[0-9a-f]{64}$/)
})

test('fingerprints are unique within a diff', () => {
  const many = changes(inline(plain), inline({ oneOf: [order({ a: { type: 'string' } }), order({ a: { type: 'number' } })] }))
  const prints = many.map(({ fingerprint }) => fingerprint)
  expect(new Set(prints).size).toBe(prints.length)
})
