/** Looking only at what a change can have affected finds the same as looking at everything, for every shipped and stock rule. */
import { expect, test } from 'vitest'
import { footprintOf } from '../../src/diff/footprint.ts'
import { lintDescription } from '../../src/lint/lint.ts'
import type { LintOptions } from '../../src/lint/lint.ts'
import { described } from './lint-text.ts'

const base = `openapi: 3.0.3
info: { title: Example, version: 1.0.0 }
servers: [{ url: https://api.example.com }]
security: [{ key: [] }]
tags: [{ name: orders }]
paths:
  /orders:
    parameters: [{ $ref: '#/components/parameters/Page' }]
    get:
      operationId: listOrders
      tags: [orders]
      responses:
        '200': { description: Orders., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Order' } } } } }
        '404': { $ref: '#/components/responses/Gone' }
    post:
      operationId: makeOrder
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/NewOrder' } } } }
      responses: { '201': { description: Made. } }
  /orders/{id}:
    get:
      operationId: getOrder
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { '200': { description: An order., content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } } }
  /users/{name}:
    get:
      operationId: getUser
      parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: A user., content: { application/json: { schema: { $ref: '#/components/schemas/User' } } } } }
  /admin/users:
    get: { operationId: adminUsers, responses: { '200': { description: Users. } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  parameters: { Page: { name: page, in: query, schema: { type: string } } }
  responses: { Gone: { description: Gone., content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } } } }
  schemas:
    Order: { type: object, properties: { id: { type: string }, lines: { type: array, items: { $ref: '#/components/schemas/Line' } } } }
    Line: { type: object, properties: { price: { type: integer } } }
    NewOrder: { type: object, properties: { note: { type: string } } }
    User: { type: object, properties: { passwordHash: { type: string }, email: { type: string } } }
    Problem: { type: object, properties: { stack_trace: { type: string } } }
    Unused: { type: object }
`

const everything: LintOptions = {
  now: '2026-06-01T00:00:00Z',
  rulesets: [
    {
      path: '.spectral.yaml',
      from: 'test',
      text: `extends: [[spectral:oas, all], ["@stoplight/spectral-owasp-ruleset", all], [specgate:strict, all]]
rules:
  own-whole: { given: $.paths, severity: error, then: { function: length, functionOptions: { max: 4 } } }
  own-local: { given: "$..properties[*]~", severity: warn, then: { function: casing, functionOptions: { type: camel } } }
`,
    },
  ],
}

const insert = (after: string, text: string) => (description: string) => description.replace(after, `${after}${text}`)

test.each<[string, (description: string) => string]>([
  ['nothing', (text) => text],
  ['a description of a property', insert('Line: { type: object, ', 'description: A line., ')],
  ['a secret in a shared schema', insert('price: { type: integer }', ', signing_secret: { type: string }')],
  [
    'a reference to an old schema that leaks',
    insert('Order: { type: object, properties: { ', "customer: { $ref: '#/components/schemas/User' }, "),
  ],
  [
    'an operation that reaches old components',
    insert(
      '/admin/users:\n',
      "    post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }, responses: { '404': { $ref: '#/components/responses/Gone' } } }\n",
    ),
  ],
  ['an operation with an old parameter', insert('/admin/users:\n', "    parameters: [{ $ref: '#/components/parameters/Page' }]\n")],
  ['a path', insert('paths:\n', "  /new_path/:\n    get: { responses: { '200': { description: A. } } }\n")],
  ['an operationId that exists', (text) => text.replace('operationId: makeOrder', 'operationId: getUser')],
  ['an equivalent path', insert('paths:\n', "  /users/{id}:\n    get: { responses: { '200': { description: A. } } }\n")],
  ['a removed operation', (text) => text.replace(/ {4}post:\n(?: {6}.*\n)+/, '')],
  ['a removed reference', (text) => text.replace("parameters: [{ $ref: '#/components/parameters/Page' }]", 'parameters: []')],
  ['operation security', insert('operationId: getUser\n', '      security: []\n')],
  ['root security', (text) => text.replace('security: [{ key: [] }]\n', '')],
  ['a server', insert('servers: [', '{ url: http://old.example.org }, ')],
  ['a scheme', insert('securitySchemes: { ', 'basic: { type: http, scheme: basic }, ')],
  ['a tag in use', insert('operationId: getUser\n', '      tags: [people]\n')],
  ['a removed tag', (text) => text.replace('tags: [{ name: orders }]\n', '')],
  ['an unused component', insert('  schemas:\n', '    Another: { type: object, additionalProperties: true }\n')],
  ['a component that becomes used', insert('Line: { type: object, properties: { ', "unused: { $ref: '#/components/schemas/Unused' }, ")],
  ['a renamed component', (text) => text.replaceAll('schemas/User', 'schemas/Person').replace('    User:', '    Person:')],
  ['a key in an example', insert('NewOrder: { type: object, ', `example: { key: ${['AKIA', 'Q7ZTUVN3W5LKPM2R'].join('')} }, `)],
  ['the contact', insert('title: Example, ', 'contact: { email: api@example.com }, ')],
])('%s', async (_, edit) => {
  const [before, after] = [described(base), described(edit(base))]
  const footprint = footprintOf(before, after)
  for (const [head, old] of [
    [after, before],
    [before, after],
  ] as const) {
    const narrow = await lintDescription(head, old, { ...everything, footprint: old === before ? footprint : footprintOf(after, before) })
    const full = await lintDescription(head, old, everything)
    expect(shown(narrow.findings)).toEqual(shown(full.findings))
  }
})

function shown(findings: Awaited<ReturnType<typeof lintDescription>>['findings']): readonly string[] {
  return findings
    .map(({ rule, severity, place, message, fingerprint }) => `${rule} ${severity} ${place.pointer} ${message} ${fingerprint}`)
    .sort()
}
