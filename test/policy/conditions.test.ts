import { expect, test } from 'vitest'
import type { ApiFacts } from '../../src/model/api-facts.ts'
import { decide } from '../../src/policy/decide.ts'
import { api, element, enforcing, finding, input, type FindingChanges } from './build.ts'

const policy = (when: string) => enforcing(`- { name: the rule, when: ${when}, deny: true }`)

/** Which of the findings the condition selects, by fingerprint. */
function selected(when: string, findings: readonly FindingChanges[], apis: readonly ApiFacts[] = [api()]): readonly string[] {
  const named = findings.map((changes, index) => finding({ fingerprint: `f${index}`, ...changes }))
  const decision = decide(input({ policy: { repository: policy(when) }, findings: named, apis }))
  expect(decision.problems).toEqual([])
  return decision.rules.find(({ rule }) => rule === 'the rule')?.selected ?? []
}

const one = (when: string, changes: FindingChanges, apis?: readonly ApiFacts[]) => selected(when, [changes], apis).length === 1

test.each<[string, FindingChanges, FindingChanges]>([
  ['{ class: breaking }', { class: 'breaking' }, { class: 'dangerous' }],
  ['{ class: [nonbreaking, docs] }', { class: 'docs' }, { class: 'breaking' }],
  ['{ class: risky }', { class: 'dangerous' }, { class: 'breaking' }],
  ['{ class: lint }', { kind: 'lint', class: null }, { kind: 'change' }],
  ['{ class: security }', { security: 'weakening' }, { security: 'strengthening' }],
  ['{ class: deprecation }', { rule: 'operation-deprecated' }, { rule: 'operation-removed' }],
  ['{ security: exposure }', { security: 'exposure' }, { security: null }],
  ['{ security: [weakening, strengthening] }', { security: 'strengthening' }, { security: 'exposure' }],
  ['{ rule: response-property-removed }', { rule: 'response-property-removed' }, { rule: 'response-property-removed-too' }],
  ['{ rule: "response-*" }', { rule: 'response-enum-widened' }, { rule: 'request-enum-widened' }],
  ['{ rule: ["response-*", "!response-enum-*"] }', { rule: 'response-type-changed' }, { rule: 'response-enum-widened' }],
  ['{ rule: "lint/*" }', { kind: 'lint', rule: 'response-secret' }, { rule: 'response-secret' }],
  ['{ rule: diff/operation-removed }', { rule: 'operation-removed' }, { kind: 'lint', rule: 'operation-removed' }],
  ['{ severity: warning }', { severity: 'warning' }, { severity: 'error' }],
  ['{ at_least: warning }', { severity: 'error' }, { severity: 'notice' }],
  ['{ sensitivity: credential }', { sensitivity: ['personal', 'credential'] }, { sensitivity: ['personal'] }],
  ['{ direction: response }', { direction: 'both' }, { direction: 'request' }],
  ['{ direction: both }', { direction: 'both' }, { direction: 'response' }],
  ['{ direction: request }', { direction: 'request' }, { direction: null }],
  ['{ api: users }', { api: 'users' }, { api: 'orders' }],
  ['{ api: "part*" }', { api: 'partners' }, { api: 'users' }],
  ['{ api: hooks }', { api: 'hooks/acme' }, { api: 'hooksy' }],
  ['{ files: "apis/**" }', { place: { file: 'apis/a.yaml', pointer: '' } }, { place: { file: 'b.yaml', pointer: '' } }],
  ['{ file: "apis/**" }', { place: { file: 'apis/a.yaml', pointer: '' } }, { place: { file: 'b.yaml', pointer: '' } }],
  ['{ path: "/v1/**" }', { operation: 'GET /v1/users' }, { operation: 'GET /v2/users' }],
  ['{ path: "/v1/**" }', { operation: null, reaches: ['GET /v2/a', 'GET /v1/b'] }, { operation: null }],
  ['{ operation: "GET /users/{id}" }', { operation: 'GET /users/{id}' }, { operation: 'PUT /users/{id}' }],
  ['{ operation: "* /admin/**" }', { operation: 'DELETE /admin/users' }, { operation: 'DELETE /users' }],
  ['{ operation: "get /users" }', { operation: 'GET /users' }, { operation: 'GET /user' }],
  ['{ component: Card }', { component: 'schemas/Card' }, { component: 'schemas/Cards' }],
  ['{ component: "schemas/C*" }', { component: 'schemas/Card' }, { component: null }],
  ['{ where: { path: "/v1/**" } }', { operation: 'GET /v1/users' }, { operation: 'GET /v2/users' }],
  ['{ where: { api: users, component: "C*" } }', { component: 'schemas/Card' }, { component: 'schemas/Card', api: 'orders' }],
  ['{ class: breaking, path: /a }', { operation: 'GET /a' }, { operation: 'GET /a', class: 'docs' }],
  ['{ new: false }', { new: false }, { new: true }],
  ['{ class: breaking }', { new: true }, { new: false }],
  ['{ any: { class: breaking } }', { class: 'breaking' }, { class: 'docs' }],
  ['{ any: [{ class: docs }, { security: weakening }] }', { security: 'weakening' }, { security: 'exposure' }],
  [
    '{ sensitivity: personal, any: { direction: response } }',
    { sensitivity: ['personal'] },
    { sensitivity: ['personal'], direction: 'request' },
  ],
  ['{ any: { not: { class: [nonbreaking, docs] } } }', { class: 'breaking' }, { class: 'docs' }],
  ['{ class: breaking, not: { rule: "response-*" } }', { rule: 'request-x' }, { rule: 'response-x' }],
  ['{ not: { path: "/v1/**" } }', { operation: 'GET /v2/a' }, { operation: 'GET /v1/a' }],
])('%s', (when, matching, other) => {
  expect(one(when, matching)).toBe(true)
  expect(one(when, other)).toBe(false)
})

test('`all` wants every new finding, `none` wants not one; what base has does not count', () => {
  const breaking = { class: 'breaking' } as const
  const docs = { class: 'docs' } as const
  expect(selected('{ all: { class: docs } }', [docs, docs, { ...breaking, new: false }])).toEqual(['f0', 'f1'])
  expect(selected('{ all: { class: docs } }', [docs, breaking])).toEqual([])
  expect(selected('{ all: { class: docs } }', [])).toEqual([])
  expect(selected('{ none: { class: breaking } }', [docs, docs])).toEqual(['f0', 'f1'])
  expect(selected('{ none: { class: breaking } }', [docs, breaking])).toEqual([])
  expect(selected('{ class: docs, none: { class: breaking } }', [docs, { class: 'dangerous' }])).toEqual(['f0'])
})

test.each([
  ['">= 2"', 2, true],
  ['">= 3"', 2, false],
  ['"> 2"', 2, false],
  ['"> 1"', 2, true],
])('count %s of %i', (count, findings, holds) => {
  expect(
    selected(
      `{ class: breaking, count: ${count} }`,
      Array.from({ length: findings }, () => ({})),
    ).length > 0,
  ).toBe(holds)
})

test('tags, stability and visibility are those of the affected operation', () => {
  const apis = [
    api({
      operations: {
        'GET /users': element({ tags: ['admin'], stability: 'beta', visibility: 'internal' }),
        'GET /open': element(),
        'GET /old': element({ deprecated: true }),
      },
    }),
  ]
  const users = { operation: 'GET /users' }
  const open = { operation: 'GET /open' }
  expect([one('{ tag: admin }', users, apis), one('{ tag: "ad*" }', open, apis)]).toEqual([true, false])
  expect([
    one('{ stability: beta }', users, apis),
    one('{ stability: stable }', users, apis),
    one('{ stability: stable }', open, apis),
  ]).toEqual([true, false, true])
  expect([
    one('{ visibility: internal }', users, apis),
    one('{ visibility: public }', users, apis),
    one('{ visibility: public }', open, apis),
  ]).toEqual([true, false, true])
  expect([
    one('{ stability: deprecated }', { operation: 'GET /old' }, apis),
    one('{ stability: stable }', { operation: 'GET /old' }, apis),
  ]).toEqual([true, true])
})

test('facts of one matcher hold for one and the same operation', () => {
  const apis = [api({ operations: { 'GET /v1/a': element({ stability: 'draft' }), 'GET /v2/b': element({ stability: 'stable' }) } })]
  const shared = { operation: null, component: 'schemas/A', reaches: ['GET /v1/a', 'GET /v2/b'] }
  expect(one('{ path: "/v2/**", stability: stable }', shared, apis)).toBe(true)
  expect(one('{ path: "/v1/**", stability: stable }', shared, apis)).toBe(false)
})

test('stability and visibility of the API hold where an operation says nothing', () => {
  const repository = `version: 1\nmode: enforce\napis:\n  - { id: users, root: openapi.yaml, stability: beta, visibility: partner }\nrules:\n  - { name: the rule, when: { stability: beta, visibility: partner }, deny: true }\n`
  expect(decide(input({ policy: { repository } })).status).toBe('blocked')
})

test('the owner of a finding', () => {
  const decision = (owner: string) =>
    decide(input({ policy: { repository: policy(`{ owner: "${owner}" }`), codeowners: '* @acme/Api' } })).status
  expect([decision('@ACME/api'), decision('@acme/other')]).toEqual(['blocked', 'not-applicable'])
})

test('a rule that denies lists what it denies; one that reports asks nothing', () => {
  expect(decide(input({ policy: { repository: policy('{ class: breaking }') } }))).toMatchObject({
    status: 'blocked',
    denied: ['f00d00000001'],
    approved: [],
  })
  const reporting = enforcing('- { name: the rule, when: { class: breaking }, report: comment }')
  expect(decide(input({ policy: { repository: reporting } }))).toMatchObject({ status: 'not-applicable', denied: [] })
})
