import { expect, test } from 'vitest'
import { changes, document, getting, posting } from './describe.ts'

const user = { type: 'object', properties: { id: { type: 'string' }, passwordHash: { type: 'string' } } }
const responses = (written: Record<string, unknown>): unknown => document({ paths: { '/a': { get: { responses: written } } } })
const returning = (schema: unknown): unknown => ({ description: 'Done', content: { 'application/json': { schema } } })
const effects = (base: unknown, head: unknown): string[] =>
  changes(base, head).map(({ security, sensitivity }) => [security, ...sensitivity].join(' '))

test.each([
  ['a new status', responses({ 204: { description: 'Done' } }), responses({ 204: { description: 'Done' }, 200: returning(user) })],
  ['a new media type', responses({ 200: { description: 'Done' } }), responses({ 200: returning(user) })],
  [
    'a property that was a text',
    responses({ 200: returning({ properties: { who: { type: 'string' } } }) }),
    responses({ 200: returning({ properties: { who: user } }) }),
  ],
  [
    'an alternative',
    responses({ 200: returning({ oneOf: [{ type: 'string' }] }) }),
    responses({ 200: returning({ oneOf: [{ type: 'string' }, user] }) }),
  ],
  ['the items of a list', responses({ 200: returning({ type: 'array' }) }), responses({ 200: returning({ type: 'array', items: user }) })],
  ['a new operation', document({}), responses({ 200: returning(user) })],
])('%s may return a credential for the first time', (_, base, head) => {
  expect(effects(base, head)).toContain('exposure credential')
})

test('what an operation returned before is not exposed by one status more', () => {
  expect(effects(responses({ 200: returning(user) }), responses({ 200: returning(user), 201: returning(user) }))).toEqual([''])
})

test('a header may give away a token', () => {
  const header = { description: 'Done', headers: { 'X-Api-Token': { schema: { type: 'string' } } } }
  expect(effects(responses({ 200: { description: 'Done' } }), responses({ 200: header }))).toEqual(['exposure token'])
})

test('what clients send in exposes nothing', () => {
  const taking = (schema: unknown): unknown => document({ paths: { '/a': posting(schema) } })
  expect(effects(taking({ type: 'object' }), taking(user))).toEqual(['', ''])
})

test.each([
  ['a length', { type: 'string', maxLength: 20 }, { type: 'string' }],
  ['a pattern', { type: 'string', pattern: '^[a-z]+$' }, { type: 'string' }],
  ['a number of items', { type: 'array', maxItems: 20 }, { type: 'array' }],
  ['the closedness of an object', { type: 'object', additionalProperties: false }, { type: 'object' }],
])('input without %s that was checked is weaker', (_, base, head) => {
  const taking = (schema: unknown): unknown => document({ paths: { '/a': posting(schema) } })
  expect(effects(taking(base), taking(head))).toEqual(['weakening'])
  expect(effects(document({ paths: { '/a': getting(head) } }), document({ paths: { '/a': getting(base) } }))).toEqual([''])
})
