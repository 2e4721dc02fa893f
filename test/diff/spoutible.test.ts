/** The Spoutible leak: a password hash reaches responses through a shared `$ref` in a file that the root does not change. */
import { expect, test } from 'vitest'
import { diffDescriptions } from '../../src/diff/diff.ts'
import { api } from './describe.ts'

const root = `
openapi: 3.0.3
info: { title: Users, version: 1.0.0 }
paths:
  /users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: User, content: { application/json: { schema: { $ref: './schemas/user.yaml#/User' } } } } }
  /users:
    get:
      responses: { '200': { description: Users, content: { application/json: { schema: { type: array, items: { $ref: './schemas/user.yaml#/User' } } } } } }
  /orders:
    get:
      responses: { '200': { description: Orders } }
`
const user = (more: string): string => `User:\n  type: object\n  properties:\n    name: { type: string }\n${more}`

const { changes } = diffDescriptions(
  api(root, { 'specs/schemas/user.yaml': user('') }, 'specs/api.yaml'),
  api(root, { 'specs/schemas/user.yaml': user('    passwordHash: { type: string }\n') }, 'specs/api.yaml'),
)

test('it is one change, located in the shared file, with every operation it reaches', () => {
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({
    rule: 'response-property-added',
    class: 'nonbreaking',
    security: 'exposure',
    sensitivity: ['credential'],
    direction: 'response',
    operation: null,
    base: null,
    head: { file: 'specs/schemas/user.yaml', pointer: '/User/properties/passwordHash' },
    reaches: [
      { method: 'GET', path: '/users/{id}' },
      { method: 'GET', path: '/users' },
    ],
  })
})

test('the sentence names the property', () => {
  expect(changes[0]?.message).toContain('now returns the property `passwordHash`')
})

test('a property that is only ever sent in exposes nothing', () => {
  const hidden = diffDescriptions(
    api(root, { 'specs/schemas/user.yaml': user('') }, 'specs/api.yaml'),
    api(root, { 'specs/schemas/user.yaml': user('    passwordHash: { type: string, writeOnly: true }\n') }, 'specs/api.yaml'),
  )
  expect(hidden.changes.map(({ security }) => security)).toEqual([null])
})

test('what stands below a new property counts, too', () => {
  const nested = diffDescriptions(
    api(root, { 'specs/schemas/user.yaml': user('') }, 'specs/api.yaml'),
    api(
      root,
      { 'specs/schemas/user.yaml': user('    account: { type: object, properties: { resetToken: { type: string } } }\n') },
      'specs/api.yaml',
    ),
  )
  expect(nested.changes[0]).toMatchObject({ security: 'exposure', sensitivity: ['token'] })
})
