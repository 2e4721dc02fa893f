import { expect, test } from 'vitest'
import { brief, lintText } from './lint-text.ts'

const now = '2026-06-01T12:00:00Z'
const start = `openapi: 3.1.0
info: { title: Example, version: 1.0.0, contact: { email: api@example.com } }
servers: [{ url: https://api.example.com }]
security: [{ bearer: [] }]
paths:
  /users/{id}:
    get:
      responses:
        '200': { description: The user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
  /staff/{id}:
    get:
      responses:
        '200': { description: The user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer, bearerFormat: JWT } }
  schemas:
    User:
      type: object
      properties:
        passwordHash: { type: string }
`
const exception = '{ rule: response-secret, reason: Migration of the old system., until: 2026-12-31 }'
const onProperty = start.replace('{ type: string }', `{ type: string, x-security-exception: ${exception} }`)
const onSchema = start.replace('    User:\n', `    User:\n      x-security-exception: [${exception}]\n`)
const onOperation = start.replace('  /users/{id}:\n    get:\n', `  /users/{id}:\n    get:\n      x-security-exception: ${exception}\n`)
const onPathItem = start.replace('  /users/{id}:\n', `  /users/{id}:\n    x-security-exception: ${exception}\n`)
const onAll = start.replace('info: {', `info: { x-security-exception: ${exception},`)

test.each([
  ['the property', onProperty],
  ['the schema', onSchema],
  ['the description', onAll],
])('an exception on %s counts', async (_, text) => {
  expect((await lintText(text, null, { now })).findings).toEqual([])
})

test.each([
  ['an operation', onOperation],
  ['a path item', onPathItem],
])('an exception on %s counts for it alone', async (_, text) => {
  const { findings } = await lintText(text, null, { now })
  expect(findings.map((finding) => finding.reaches)).toEqual([[{ method: 'GET', path: '/staff/{id}' }]])
})

test.each([
  ['another rule', exception.replace('response-secret', 'response-pii')],
  ['no reason', exception.replace('reason: Migration of the old system., ', '')],
  ['an empty reason', exception.replace('Migration of the old system.', '" "')],
  ['no end', exception.replace(', until: 2026-12-31', '')],
  ['an end that is over', exception.replace('2026-12-31', '2026-05-31')],
  ['every rule', exception.replace('response-secret', '"*"')],
])('an exception with %s does not count', async (_, text) => {
  const { findings } = await lintText(onProperty.replace(exception, text), null, { now })
  expect(findings.map((finding) => finding.rule)).toContain('response-secret')
})

test('an exception that the change itself brings is not yet granted: the finding stays, as a warning that says so', async () => {
  const clean = start.replace('passwordHash: { type: string }', 'name: { type: string }')
  const { findings } = await lintText(onProperty, clean, { now })
  expect(brief(findings)).toEqual(['exception-added warning', 'response-secret warning'])
  expect(findings.find(({ rule }) => rule === 'response-secret')?.message).toContain('exception')
  expect(
    (await lintText(onProperty, onProperty.replace('type: object', 'type: object\n      description: A user.'), { now })).findings,
  ).toEqual([])
})

test('a finding comes back when its exception ends, on both sides alike', async () => {
  const later = { now: '2027-01-01T00:00:00Z' }
  expect(brief((await lintText(onProperty, null, later)).findings)).toEqual(['exception-expired warning', 'response-secret error'])
  expect(await lintText(onProperty, onProperty, later)).toMatchObject({ findings: [], existing: 2 })
})
