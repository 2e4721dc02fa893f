/** However much changes at once, a message stays a sentence. */
import { expect, test } from 'vitest'
import { changes } from './describe.ts'

const many = Array.from({ length: 3000 }, (_, index) => `name-that-is-quite-long-${String(index)}`)
const operation = (parts: Record<string, unknown>, more: Record<string, unknown> = {}): unknown => ({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: { '/x': { get: { responses: { '200': { description: 'Done' } }, ...parts } } },
  ...more,
})
const parameters = many.map((name) => ({ name, in: 'query', schema: { type: 'string' } }))
const scopes = (names: readonly string[]): unknown => Object.fromEntries(names.map((name) => [name, '']))
const oauth = (names: readonly string[]): Record<string, unknown> => ({
  components: {
    securitySchemes: { s: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.test', scopes: scopes(names) } } } },
  },
})
const server = (names: readonly string[]): unknown =>
  operation({}, { servers: [{ url: 'https://{v}.test', variables: { v: { default: 'a', enum: ['a', ...names] } } }] })
const body = (schema: unknown): unknown => operation({ requestBody: { content: { 'application/json': { schema } } } })

test.each([
  ['parameters in another order', operation({ parameters }), operation({ parameters: [...parameters].reverse() })],
  ['scopes of a requirement', operation({ security: [{ s: many }] }, oauth(many)), operation({ security: [{ s: [] }] }, oauth(many))],
  ['alternatives', operation({ security: many.map((name) => ({ [name]: [] })) }), operation({ security: [] })],
  ['scopes of a scheme', operation({ security: [{ s: [] }] }, oauth(many)), operation({ security: [{ s: [] }] }, oauth([]))],
  ['values of a server variable', server(many), server([])],
  ['values of a list', body({ enum: ['a', ...many] }), body({ enum: ['a'] })],
  ['a constant', body({ const: many }), body({ const: ['a'] })],
  ['types', body({ type: 'string', pattern: 'a'.repeat(5000) }), body({ type: 'string' })],
  ['tags', operation({ tags: many }), operation({ tags: [] })],
])('%s', (_name, base, head) => {
  const found = [...changes(base, head, { sdk: true }), ...changes(head, base, { sdk: true })]
  expect(found.length).toBeGreaterThan(0)
  expect(Math.max(...found.map(({ message }) => message.length))).toBeLessThan(2000)
})
