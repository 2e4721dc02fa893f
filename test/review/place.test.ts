import { expect, test } from 'vitest'
import type { ApiDescription } from '../../src/openapi/types.ts'
import { readDescription } from '../../src/openapi/read.ts'
import { placeChanges, placeFindings } from '../../src/review/place.ts'
import { location, unplacedChange, unplacedFinding } from '../builders.ts'

const base = `openapi: 3.1.0
info: { title: Users, version: '1' }
servers:
  - url: https://api.acme.example
paths: {}
components:
  schemas:
    User:
      type: object
      properties:
        total: { type: number }
`
const head = `openapi: 3.1.0
info: { title: Users, version: '1' }
servers:
  - url: http://api.acme.example
paths: {}
components:
  schemas:
    User:
      type: object
      properties:
        passwordHash:
          type: string
          description: bcrypt
        inline: { type: string }
        nested: { type: array, items: { type: string } }
        told: { type: string, readOnly: true }
        marked:
          type: string
          writeOnly: true
        referenced:
          $ref: '#/components/schemas/User'
  securitySchemes:
    key:
      type: apiKey
      in: query
      x-tokenUrl: http://login.acme.example/token
`

function api(text: string): ApiDescription {
  const read = readDescription({ text, path: 'specs/users.yaml' })
  if (!('api' in read)) throw new Error('unreadable fixture')
  return read.api
}

const sides = { base: api(base), head: api(head) }
const at = (pointer: string) => location({ file: 'specs/users.yaml', pointer })
const property = (name: string) => at(`/components/schemas/User/properties/${name}`)

test('a finding gets the line of its element on its side', () => {
  const findings = [
    unplacedFinding({ place: property('passwordHash') }),
    unplacedFinding({ place: property('total'), side: 'base' }),
    unplacedFinding({ place: location({ file: 'gone.yaml', pointer: '/x' }) }),
  ]
  const places = placeFindings(findings, sides).map((finding) => [finding.place.file, finding.place.line])
  expect(places).toEqual([
    ['specs/users.yaml', 11],
    ['specs/users.yaml', 11],
    ['gone.yaml', 1],
  ])
})

test('several descriptions are looked through together', () => {
  const placed = placeFindings([unplacedFinding({ place: property('inline') })], [{ sides: { base: null, head: null } }, { sides }])
  expect(placed).toMatchObject([{ place: { line: 14, column: 9 } }])
})

test('a change gets a line on each side, and for what is gone the line of what enclosed it', () => {
  const change = unplacedChange({ base: property('total'), head: null, near: at('/components/schemas/User/properties') })
  expect(placeChanges([change], sides)).toMatchObject([{ base: { line: 11 }, head: null, near: { line: 10 } }])
})

const leak = { rule: 'response-secret', sensitivity: ['credential'], direction: 'response' } as const

test.each([
  ['a property whose block follows', { ...leak, place: property('passwordHash') }, ['        passwordHash:', '          writeOnly: true']],
  ['a property in one line', { ...leak, place: property('inline') }, ['        inline: { type: string, writeOnly: true }']],
  ['a property in one line with braces within', { ...leak, place: property('nested') }, undefined],
  ['a property in one line that says so already', { ...leak, place: property('told') }, undefined],
  [
    'a right that clients may set',
    { rule: 'mass-assignment', place: property('inline') },
    ['        inline: { type: string, readOnly: true }'],
  ],
  [
    'a property that clients may set again',
    { rule: 'request-read-only-lifted', place: property('passwordHash') },
    ['        passwordHash:', '          readOnly: true'],
  ],
  ['a key in the query string', { rule: 'credential-in-url', place: at('/components/securitySchemes/key/in') }, ['      in: header']],
  [
    'a token address without TLS',
    { rule: 'oauth-url-https', place: at('/components/securitySchemes/key/x-tokenUrl') },
    ['      x-tokenUrl: https://login.acme.example/token'],
  ],
  ['a property that says so already', { ...leak, place: property('marked') }, undefined],
  ['a property behind a reference', { ...leak, place: property('referenced') }, undefined],
  ['a property that is no credential', { ...leak, sensitivity: ['personal'], place: property('passwordHash') }, undefined],
  ['an address without TLS', { rule: 'server-https', place: at('/servers/0/url') }, ['  - url: https://api.acme.example']],
] as const)('suggests lines for %s', (_, overrides, suggestion) => {
  expect(placeFindings([unplacedFinding(overrides)], sides)[0]?.suggestion).toEqual(suggestion)
})
