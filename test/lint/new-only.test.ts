import { expect, test } from 'vitest'
import { brief, described, lineOf, lintText } from './lint-text.ts'
import { lintDescription } from '../../src/lint/lint.ts'

const start = `openapi: 3.1.0
info: { title: Example, version: 1.0.0, contact: { email: api@example.com } }
servers: [{ url: https://api.example.com }]
security: [{ bearer: [] }]
`
const schemes = `  securitySchemes:
    bearer: { type: http, scheme: bearer, bearerFormat: JWT }
`
const getUser = `  /users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
      responses:
        '200': { description: The user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
`
const user = `    User:
      type: object
      properties:
        name: { type: string }
        passwordHash: { type: string }
`
const leaking = `${start}paths:
${getUser}components:
${schemes}  schemas:
${user}`

test('a finding that base has too is counted, not reported', async () => {
  const { findings, existing } = await lintText(leaking, leaking)
  expect(findings).toEqual([])
  expect(existing).toBe(1)
})

test('without a base everything is new', async () => {
  const { findings, existing } = await lintText(leaking)
  expect(brief(findings)).toEqual(['response-secret error'])
  expect(findings[0]).toMatchObject({ new: true, component: 'schemas/User', operation: null, category: 'API3:2023', cwe: 'CWE-522' })
  expect(findings[0]?.reaches).toEqual([{ method: 'GET', path: '/users/{id}' }])
  expect(existing).toBe(0)
})

test('a secret that the change adds is new, at its line', async () => {
  const clean = leaking.replace('        passwordHash: { type: string }\n', '')
  const { findings } = await lintText(leaking, clean)
  expect(findings.map((finding) => [finding.rule, finding.place.pointer])).toEqual([
    ['response-secret', '/components/schemas/User/properties/passwordHash'],
  ])
})

test.each([
  [
    'reformatted',
    (text: string) => text.replace('        passwordHash: { type: string }', '        passwordHash:\n\n          type: string'),
  ],
  ['the component renamed', (text: string) => text.replaceAll('User', 'Account')],
  [
    'the component written inline',
    (text: string) =>
      text.replace(
        "{ $ref: '#/components/schemas/User' }",
        '{ type: object, properties: { name: { type: string }, passwordHash: { type: string } } }',
      ),
  ],
  ['a path parameter renamed', (text: string) => text.replace('/users/{id}', '/users/{userId}').replace('name: id,', 'name: userId,')],
  [
    'other properties added',
    (text: string) => text.replace('name: { type: string }', 'name: { type: string }\n        nickname: { type: string }'),
  ],
  [
    'moved behind allOf',
    (text: string) => text.replace("{ $ref: '#/components/schemas/User' }", "{ allOf: [{ $ref: '#/components/schemas/User' }] }"),
  ],
  ['another successful status', (text: string) => text.replace("'200'", "'203'")],
])('old findings stay old: %s', async (_, edit) => {
  const { findings, existing } = await lintText(edit(leaking), leaking)
  expect(findings).toEqual([])
  expect(existing).toBe(1)
})

test('a path that moves keeps its findings when its operationId stays', async () => {
  const base = leaking.replace('    get:\n', '    get:\n      operationId: getUser\n')
  const { findings } = await lintText(base.replace('/users/{id}', '/v2/users/{id}'), base)
  expect(findings).toEqual([])
})

test('an old secret that another operation newly reaches is new there, and points at the reference', async () => {
  const base = `${start}paths:
${getUser}  /orders:
    get:
      responses:
        '200': { description: The orders., content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
components:
${schemes}  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
${user}`
  const head = base.replace(
    '        id: { type: string }\n',
    "        id: { type: string }\n        customer: { $ref: '#/components/schemas/User' }\n",
  )
  const { findings, existing } = await lintText(head, base)
  expect(findings.map((finding) => [finding.rule, finding.place.pointer, finding.reaches])).toEqual([
    ['response-secret', '/components/schemas/Order/properties/customer', [{ method: 'GET', path: '/orders' }]],
  ])
  expect(findings[0]?.message).toContain('`GET /orders`')
  expect(existing).toBe(0)
})

test('an operation that loses its protection turns old personal data into a new error', async () => {
  const base = leaking.replace('passwordHash', 'socialSecurityNumber')
  const { findings } = await lintText(base.replace('    get:\n', '    get:\n      security: []\n'), base)
  expect(brief(findings)).toEqual(['response-pii error'])
})

test('fingerprints survive refactoring and digests follow content', async () => {
  const [before] = (await lintText(leaking)).findings
  const [renamed] = (await lintText(leaking.replaceAll('User', 'Account'))).findings
  const [inlined] = (
    await lintText(
      leaking.replace("{ $ref: '#/components/schemas/User' }", '{ type: object, properties: { passwordHash: { type: string } } }'),
    )
  ).findings
  const [edited] = (await lintText(leaking.replace('passwordHash: { type: string }', 'passwordHash: { type: string, maxLength: 60 }')))
    .findings
  expect(before?.fingerprint).toMatch(/^[0-9a-f]{32}$/)
  expect([renamed?.fingerprint, inlined?.fingerprint, edited?.fingerprint]).toEqual([
    before?.fingerprint,
    before?.fingerprint,
    before?.fingerprint,
  ])
  expect(renamed?.digest).toBe(before?.digest)
  expect(edited?.digest).not.toBe(before?.digest)
})

test('one finding a cause, with every operation it reaches', async () => {
  const head = `${start}paths:
${getUser}  /users:
    get:
      responses:
        '200': { description: Users., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/User' } } } } }
    post:
      responses:
        '201': { description: The user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } }
components:
${schemes}  schemas:
${user}`
  const { findings } = await lintText(head)
  expect(findings).toHaveLength(1)
  expect(findings[0]?.reaches.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /users/{id}', 'GET /users', 'POST /users'])
  expect(lineOf(described(head), findings[0] ?? never())).toBe(head.split('\n').findIndex((line) => line.includes('passwordHash')) + 1)
})

test('the value of a secret appears nowhere in its finding', async () => {
  const key = ['AKIA', 'Q7ZTUVN3W5LKPM2R'].join('')
  const head = leaking.replace('name: { type: string }', `name: { type: string, example: ${key} }`)
  const { findings } = await lintDescription(described(head), null)
  expect(findings.map((finding) => finding.rule)).toContain('example-secret')
  expect(JSON.stringify(findings)).not.toContain(key)
})

function never(): never {
  throw new Error('No finding.')
}

test('a new operation does not hide behind an old one with an equivalent path', async () => {
  const base = leaking.replace('    get:\n', '    get:\n      security: []\n')
  const other = getUser
    .replace('/users/{id}', '/users/{name}')
    .replace('name: id,', 'name: name,')
    .replace('    get:\n', '    delete:\n      security: []\n')
  const { findings } = await lintText(base.replace('components:', `${other}components:`), base)
  expect(brief(findings)).toContain('operation-unprotected error')
})

test('own words of a policy make names sensitive and leave severities as they are', async () => {
  const head = leaking.replace('passwordHash', 'ssn').replace('name: { type: string }', 'badge_number: { type: string }')
  const vocabulary = { name: 'policy', terms: [{ words: 'badge number', sensitivity: 'personal', returned: 'authorised' }] } as const
  expect(brief((await lintText(head, null, { vocabulary })).findings)).toEqual(['response-pii notice', 'response-pii notice'])
  expect(brief((await lintText(head, null, { vocabularies: ['gdpr'] })).findings)).toEqual(['response-pii warning'])
})

const subtypes = (more: string): string => `${start}paths:
  /pets:
    get:
      responses: { '200': { description: Pets., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } } }
components:
${schemes}  schemas:
    Pet: { type: object, properties: { kind: { type: string } }, discriminator: { propertyName: kind } }
${more}`
const cat = `    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { age: { type: integer } } }] }\n`
const secretive = `    Lion: { allOf: [{ $ref: '#/components/schemas/Cat' }, { properties: { passwordHash: { type: string } } }] }\n`

test('what is returned by discriminator alone is returned', async () => {
  const { findings } = await lintText(subtypes(cat + secretive), subtypes(cat))
  expect(brief(findings)).toEqual(['response-secret error'])
  expect(findings[0]?.reaches).toEqual([{ method: 'GET', path: '/pets' }])
  const again = await lintText(subtypes(cat + secretive), subtypes(cat + secretive))
  expect([brief(again.findings), again.existing]).toEqual([[], 1])
})

test('a subtype is returned without its siblings', async () => {
  const head = subtypes(cat + secretive).replace(
    "schema: { $ref: '#/components/schemas/Pet' }",
    "schema: { $ref: '#/components/schemas/Cat' }",
  )
  expect(brief((await lintText(head)).findings)).toEqual([])
})

test('the first operation that is protected is no reason to blame the others', async () => {
  const open = leaking.replace(/security:.*\n/g, '').replace('passwordHash', 'email')
  const head = open.replace('components:', '  /orders:\n    get: { security: [{ key: [] }], responses: {} }\ncomponents:')
  expect(brief((await lintText(head, open)).findings).filter((line) => /unprotected|pii/.test(line))).toEqual([])
})

test('what a default of the mapping names is returned too', async () => {
  const other = `    Other: { type: object, properties: { passwordHash: { type: string } } }\n`
  const base = subtypes(cat + other).replace('openapi: 3.1.0', 'openapi: 3.2.0')
  const head = base.replace('propertyName: kind }', 'propertyName: kind, defaultMapping: Other }')
  expect(brief((await lintText(head, base)).findings)).toEqual(['response-secret error'])
})
