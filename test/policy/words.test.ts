import { expect, test } from 'vitest'
import { assignApprovers, countApprovers } from '../../src/policy/assign-approvers.ts'
import { readCatalog } from '../../src/policy/backstage.ts'
import { dateOf, readDuration, readEndOfDay, readInstant } from '../../src/policy/instants.ts'
import { readPrincipal, readWrittenOwner, writePrincipal } from '../../src/policy/principals.ts'
import { nearestWord } from '../../src/policy/suggest.ts'

test.each([
  '1970-01-01',
  '2000-02-29',
  '2026-11-22T12:34:56Z',
  '2026-12-18T18:00:00+01:00',
  '2027-03-31',
  '1900-02-28',
  '2400-02-29',
  '0001-01-01T00:00:00-12:30',
])('instant %s is what the platform says', (text) => {
  expect(readInstant(text)).toBe(Date.parse(text))
  expect(dateOf(readInstant(text) ?? 0)).toBe(new Date(text).toISOString().slice(0, 10))
})

test.each(['', 'today', '2026-13-01', '2026-02-29', '2026-1-1', '2026-01-01T25:00', '2026-01-01T10:61', '2026-01-01Tx', '1900-02-29'])(
  '%j is no instant',
  (text) => {
    expect(readInstant(text)).toBe(null)
  },
)

test('a waiver holds until the last moment of its day, UTC', () => {
  expect(readEndOfDay('2027-01-31')).toBe(Date.parse('2027-01-31T23:59:59.999Z'))
  expect(readEndOfDay('2027-01-31T00:00:00Z')).toBe(null)
})

test.each([
  ['12h', 12 * 3_600_000],
  ['90d', 90 * 86_400_000],
  ['26w', 26 * 7 * 86_400_000],
  ['0d', null],
  ['1y', null],
  ['-1d', null],
])('duration %s', (text, expected) => {
  expect(readDuration(text)).toBe(expected)
})

test.each([
  ['@ada', 'user'],
  ['@renovate[bot]', 'user'],
  ['@ada_acme', 'user'],
  ['@acme/api', 'team'],
  ['role:admin', 'role'],
  ['owners', 'owners'],
  ['product-owner', 'product-owner'],
  ['anyone', 'anyone'],
  ['ada', 'unknown'],
  ['ada@example.com', 'unknown'],
  ['@', 'unknown'],
  ['@a/b/c', 'unknown'],
  ['role:owner', 'unknown'],
  ['__proto__', 'unknown'],
])('%s is a %s', (text, kind) => {
  expect(readPrincipal(text).kind).toBe(kind)
  expect(writePrincipal(readPrincipal(text))).toBe(text)
})

test.each([
  ['@acme/payments', '@acme/payments'],
  ['acme/payments', '@acme/payments'],
  ['group:payments', '@acme/payments'],
  ['group:default/payments', '@acme/payments'],
  ['team:payments', '@acme/payments'],
  ['user:ada', '@ada'],
  ['user:default/ada', '@ada'],
  ['payments', '@acme/payments'],
  ['@ada', '@ada'],
  ['The payments team', 'The payments team'],
])('the owner %s means %s', (text, expected) => {
  expect(writePrincipal(readWrittenOwner(text, 'acme'))).toBe(expected)
})

test.each([
  ['whn', ['why', 'when', 'name'], 'when'],
  ['breakign', ['breaking', 'dangerous'], 'breaking'],
  ['aproval_rules', ['approval_rules', 'rules'], 'approval_rules'],
  ['x', ['breaking'], null],
  ['x'.repeat(100), ['x'.repeat(99)], null],
])('instead of %s: %s', (word, known, expected) => {
  expect(nearestWord(word, known)).toBe(expected)
})

test('a catalog names the owner of the description it points at', () => {
  const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { owner: group:shop }
---
kind: API
metadata: { name: payments }
spec: { owner: group:payments, definition: { $text: ./apis/../openapi.yaml } }
---
kind: API
metadata: { name: other }
spec: { owner: group:other, definition: { $text: https://example.com/openapi.yaml } }
`
  expect(readCatalog(text, 'services/shop/catalog-info.yaml')).toEqual([
    { name: 'payments', definition: 'services/shop/openapi.yaml', owner: 'group:payments' },
  ])
})

test.each(['a: [', `a: &a [1]\nb: [${'*a,'.repeat(200)}]`, 'x'.repeat(300_000), '[[['.repeat(500)])(
  'a catalog that cannot be read is no catalog',
  (text) => {
    expect(readCatalog(text, 'catalog-info.yaml')).toBe(null)
  },
)

test('a catalog cannot point outside the repository', () => {
  expect(readCatalog('kind: API\nspec: { owner: a, definition: { $text: ../../etc/passwd } }', 'catalog-info.yaml')).toEqual([])
})

test('one person fills one place', () => {
  const groups = [
    { count: 1, given: ['kim', 'tom'], possible: ['kim', 'tom'] },
    { count: 1, given: ['kim'], possible: ['kim'] },
  ]
  expect(assignApprovers(groups)).toEqual([
    { given: ['tom'], unfillable: 0 },
    { given: ['kim'], unfillable: 0 },
  ])
  expect(countApprovers(groups)).toEqual([
    { given: ['kim', 'tom'], unfillable: 0 },
    { given: ['kim'], unfillable: 0 },
  ])
})

test('the group is asked in which somebody is left', () => {
  const groups = [
    { count: 1, given: ['kim'], possible: ['kim', 'tom'] },
    { count: 1, given: ['kim'], possible: ['kim'] },
  ]
  expect(assignApprovers(groups)).toEqual([
    { given: [], unfillable: 0 },
    { given: ['kim'], unfillable: 0 },
  ])
})

test('two groups of the same single person can never both be filled', () => {
  const group = { count: 1, given: [], possible: ['kim'] }
  expect(assignApprovers([group, group]).map(({ unfillable }) => unfillable)).toEqual([0, 1])
  expect(assignApprovers([group, { ...group, possible: null }]).map(({ unfillable }) => unfillable)).toEqual([0, 0])
})
