import { expect, test } from 'vitest'
import { listOperations } from '../../src/openapi/operations.ts'
import type { SecurityAlternative } from '../../src/openapi/types.ts'
import { compareRequirements, isAnonymous, requirementName, strengthChange } from '../../src/diff/security.ts'
import { api, changes, document, verdicts } from './describe.ts'

const schemes = {
  bearer: { type: 'http', scheme: 'bearer' },
  token: { type: 'http', scheme: 'Bearer' },
  basic: { type: 'http', scheme: 'basic' },
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  oauth: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example/token', scopes: { r: '', w: '' } } } },
}

function requirement(security: unknown): readonly SecurityAlternative[] {
  const [operation] = listOperations(
    api(document({ components: { securitySchemes: schemes }, paths: { '/x': { get: { security, responses: {} } } } })),
  )
  return operation?.security ?? []
}

test.each([
  // base                              head                                 head is
  [[{ key: [] }], [{ key: [] }], 'same'],
  [[{ key: [] }], [], 'weakened'],
  [[{ key: [] }], [{ key: [] }, {}], 'weakened'],
  [[], [{}], 'same'],
  [[], [{ key: [] }], 'strengthened'],
  [[{ key: [] }, { bearer: [] }], [{ bearer: [] }, { key: [] }], 'same'],
  [[{ key: [] }, { bearer: [] }], [{ bearer: [] }], 'strengthened'],
  [[{ key: [], bearer: [] }], [{ bearer: [] }], 'weakened'],
  [[{ bearer: [] }], [{ token: [] }], 'same'],
  [[{ bearer: [] }], [{ bearer: [], token: [] }], 'strengthened'],
  [[{ key: [] }], [{ bearer: [] }], 'changed'],
  [[{ oauth: ['r'] }], [{ oauth: ['r', 'w'] }], 'strengthened'],
  [[{ oauth: ['r', 'w'] }], [{ oauth: ['w'] }], 'weakened'],
  [[{ oauth: ['r'] }], [{ oauth: ['w'] }], 'changed'],
])('%j → %j is %s', (base, head, change) => {
  expect(compareRequirements(requirement(base), requirement(head))).toBe(change)
})

test.each([
  [[{ bearer: [] }], [{ basic: [] }], 'weakening'],
  [[{ basic: [] }], [{ oauth: [] }], 'strengthening'],
  [[{ key: [] }], [{ cookie: [] }], 'weakening'],
  [[{ oauth: ['r'] }], [{ oauth: ['w'] }], null],
])('%j → %j is %s by strength', (base, head, effect) => {
  expect(strengthChange(requirement(base), requirement(head))).toBe(effect)
})

test('an empty list and an empty alternative both let everybody in', () => {
  expect([[], [{}], [{ key: [] }, {}], [{ key: [] }]].map((security) => isAnonymous(requirement(security)))).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test('a requirement is spoken of as a choice', () => {
  expect(requirementName(requirement([{ key: [], bearer: [] }, { oauth: ['r'] }]))).toBe('(`key` and `bearer`) or `oauth` with `r`')
  expect(requirementName([])).toBe('nothing')
})

test('one requirement of the document is one change that reaches every operation under it', () => {
  const paths = { '/a': { get: { responses: {} } }, '/b': { get: { responses: {} } }, '/open': { get: { security: [], responses: {} } } }
  const guarded = document({ paths, security: [{ key: [] }], components: { securitySchemes: schemes } })
  const open = document({ paths, security: [], components: { securitySchemes: schemes } })
  expect(verdicts(guarded, open)).toEqual(['nonbreaking operation-security-weakened'])
})

test('a path item that is added without credentials among guarded ones is said to be open', () => {
  const of = (paths: Record<string, unknown>) => document({ paths, security: [{ key: [] }], components: { securitySchemes: schemes } })
  expect(verdicts(of({}), of({ '/open': { get: { security: [], responses: {} } }, '/shut': { get: { responses: {} } } }))).toEqual([
    'nonbreaking operation-added-without-security',
    'nonbreaking operation-added',
  ])
})

const told = (before: unknown, after: unknown): string[] =>
  changes(before, after)
    .filter(({ rule }) => rule.startsWith('operation-security'))
    .map(({ message }) => message)
const pair = (security: unknown) =>
  document({
    security,
    paths: { '/a': { get: { responses: {} } }, '/b': { get: { responses: {} } } },
    components: { securitySchemes: { bearerAuth: { type: 'http', scheme: 'bearer' }, key: { type: 'apiKey', in: 'header', name: 'k' } } },
  })
const one = (security: unknown) => {
  const { paths: _paths, ...rest } = pair([])
  return { ...rest, paths: { '/a': { get: { security, responses: {} } } } }
}

test.each([
  [one([{ bearerAuth: [] }]), one([]), '`GET /a` no longer requires authentication; base required `bearerAuth`.'],
  [
    one([{ bearerAuth: [] }]),
    one([{ bearerAuth: [] }, {}]),
    '`GET /a` can now be called without authentication; base required `bearerAuth`.',
  ],
  [one([]), one([{ bearerAuth: [] }]), '`GET /a` now requires `bearerAuth`; base required no authentication.'],
  [
    one([{ bearerAuth: [] }]),
    one([{ bearerAuth: [] }, { key: [] }]),
    '`GET /a` now requires `bearerAuth` or `key`; base required `bearerAuth`.',
  ],
  [pair([{ bearerAuth: [] }]), pair([]), '2 operations no longer require authentication; base required `bearerAuth`.'],
])('who may call is said in a sentence (%#)', (before, after, message) => {
  expect(told(before, after)).toEqual([message])
})
