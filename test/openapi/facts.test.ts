import { expect, test } from 'vitest'
import type { ApiFacts, ElementFacts } from '../../src/model/api-facts.ts'
import { apiFacts } from '../../src/openapi/facts.ts'
import { read, yaml } from './describe.ts'

function facts(body: string): ApiFacts {
  return apiFacts(null, read(yaml(body)), 'shop')
}

function operation(written: string, item = ''): ElementFacts | undefined {
  return facts(`paths: {/a: {${item}get: {${written}}}}`).operations['GET /a']
}

test('what the document says about itself', () => {
  const base = read(
    'openapi: 3.0.0\nx-owner: "@acme/base"\ninfo: {title: Old, version: 1.5, x-audience: external-public, x-stability-level: stable}\npaths: {/a: {get: {}}}\n',
  )
  const head = read(
    'openapi: 3.0.0\nx-owner: "@acme/head"\ninfo: {title: New, version: "2"}\npaths: {/a: {get: {x-owner: "@mallory"}}, /b: {$ref: b.yaml}}\n',
    { 'api/b.yaml': 'post: {}' },
  )
  expect(apiFacts(base, head, 'shop')).toMatchObject({
    id: 'shop',
    path: 'api/openapi.yaml',
    title: 'New',
    files: ['api/openapi.yaml', 'api/b.yaml'],
    version: { base: '1.5', head: '2' },
    sides: 'both',
    owners: ['@acme/base'],
    stability: 'stable',
    visibility: 'public',
    ownersAtHead: ['@acme/head', '@mallory'],
  })
})

test('base wins, so a pull request cannot hand an operation to another owner; what it adds is its own', () => {
  const base = read(yaml('paths: {/a: {get: {x-owner: "@acme/a"}}}'))
  const head = read(yaml('paths: {/a: {get: {x-owner: "@mallory"}}, /b: {get: {x-owner: "@mallory"}}}'))
  expect(apiFacts(base, head, 'shop').operations).toMatchObject({
    'GET /a': { owners: ['@acme/a'], onBase: true },
    'GET /b': { owners: ['@mallory'], onBase: false },
  })
})

test.each([
  ['base', true, false],
  ['head', false, true],
] as const)('a description that exists on %s alone', (sides, onBase, onHead) => {
  const api = read(yaml('paths: {}'))
  expect(apiFacts(onBase ? api : null, onHead ? api : null, 'shop')).toMatchObject({
    sides,
    title: 'Shop',
    version: { base: onBase ? '1' : null, head: onHead ? '1' : null },
  })
})

test.each([
  ['x-owner: "@acme/api"', ['@acme/api']],
  ['x-owner: "@acme/api, @bob"', ['@acme/api', '@bob']],
  ['x-owner: "@acme/api @bob"', ['@acme/api', '@bob']],
  ['x-owner: [a@example.com, Payments Team]', ['a@example.com', 'Payments Team']],
  ['x-api-owner: Payments Team', ['Payments Team']],
  ['x-team: payments', ['payments']],
  ['x-owner: {team: payments}', ['payments']],
  ['x-owner: {name: Ada}', ['Ada']],
  ['x-owner: 3', []],
  ['x-owner: ""', []],
  ['x-owner: [null, [a], ""]', []],
])('%s names %j', (written, owners) => {
  expect(operation(written)?.owners).toEqual(owners)
})

test('an operation says more than its path item', () => {
  expect(operation('x-team: own', 'x-team: item, ')?.owners).toEqual(['own'])
  expect(operation('summary: a', 'x-team: item, ')?.owners).toEqual(['item'])
})

test.each([
  ['x-stability-level: beta', { stability: 'beta' }],
  ['x-stability: Experimental', { stability: 'draft' }],
  ['x-state: GA', { stability: 'stable' }],
  ['x-state: somewhere', { stability: null }],
  ['x-internal: true', { visibility: 'internal' }],
  ['x-internal: false', { visibility: null }],
  ['x-audience: external-partner', { visibility: 'partner' }],
  ['x-audience: company-internal', { visibility: 'internal' }],
  ['x-sunset: 2030-01-31', { sunset: '2030-01-31' }],
  ['x-sunset: "2030-01-31T00:00:00Z"', { sunset: '2030-01-31' }],
  ['x-sunset: soon', { sunset: null }],
  ['deprecated: true, tags: [a, 3, b]', { deprecated: true, tags: ['a', 'b'] }],
])('%s', (written, expected) => {
  expect(operation(written)).toMatchObject(expected)
})

test('components and tags have facts, under the names of OpenAPI 3 also in Swagger 2.0', () => {
  expect(
    facts('tags: [{name: a, x-owner: "@a"}, {name: b}]\ncomponents: {schemas: {User: {x-owner: "@u", deprecated: true}}, x-note: {a: {}}}'),
  ).toMatchObject({
    tagOwners: { a: ['@a'] },
    components: { 'schemas/User': { owners: ['@u'], deprecated: true, file: 'api/openapi.yaml' } },
  })
  expect(
    Object.keys(apiFacts(null, read('swagger: "2.0"\ndefinitions: {User: {}}\nsecurityDefinitions: {k: {}}\n'), 'shop').components),
  ).toEqual(['schemas/User', 'securitySchemes/k'])
})

test('hostile names are ordinary names', () => {
  const found = facts('tags: [{name: __proto__, x-owner: "@a"}]\npaths: {__proto__: {get: {}}, constructor: {get: {}}}')
  expect(Object.keys(found.tagOwners)).toEqual(['__proto__'])
  expect(Object.keys(found.operations)).toEqual(['GET __proto__', 'GET constructor'])
})
