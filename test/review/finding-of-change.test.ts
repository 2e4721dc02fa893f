import { expect, test } from 'vitest'
import type { UnplacedChange } from '../../src/model/change.ts'
import { findingOfChange } from '../../src/review/finding-of-change.ts'
import { location, operations, unplacedChange } from '../builders.ts'

type Row = readonly [
  about: string,
  overrides: Partial<UnplacedChange>,
  severity: string,
  confidence: string,
  category: string | null,
  cwe: string | null,
]

const rows: readonly Row[] = [
  ['a breaking change', { class: 'breaking' }, 'error', 'certain', null, null],
  ['a change that cannot be decided', { class: 'dangerous' }, 'warning', 'likely', null, null],
  ['a nonbreaking change', { class: 'nonbreaking' }, 'notice', 'certain', null, null],
  ['a docs change', { class: 'docs' }, 'notice', 'certain', null, null],
  [
    'authentication removed',
    { rule: 'operation-security-weakened', class: 'nonbreaking', security: 'weakening' },
    'error',
    'certain',
    'API2:2023',
    'CWE-306',
  ],
  [
    'authentication added',
    { rule: 'operation-security-strengthened', class: 'breaking', security: 'strengthening' },
    'error',
    'certain',
    null,
    null,
  ],
  [
    'a bound removed',
    { rule: 'request-bound-loosened', class: 'nonbreaking', security: 'weakening' },
    'warning',
    'certain',
    'API4:2023',
    'CWE-770',
  ],
  [
    'a credential in a response',
    { class: 'nonbreaking', security: 'exposure', sensitivity: ['credential'], reaches: operations('GET /users') },
    'error',
    'likely',
    'API3:2023',
    'CWE-522',
  ],
  [
    'a token in a response',
    { class: 'nonbreaking', security: 'exposure', sensitivity: ['token'], reaches: operations('GET /users') },
    'error',
    'likely',
    'API3:2023',
    'CWE-522',
  ],
  [
    'a token in the response of signing in',
    { class: 'nonbreaking', security: 'exposure', sensitivity: ['token'], reaches: operations('POST /login', 'POST /oauth/token') },
    'warning',
    'likely',
    'API3:2023',
    'CWE-522',
  ],
  [
    'a token in the response of signing in and elsewhere',
    { class: 'nonbreaking', security: 'exposure', sensitivity: ['token'], reaches: operations('POST /login', 'GET /users') },
    'error',
    'likely',
    'API3:2023',
    'CWE-522',
  ],
  [
    'personal data in a response',
    { class: 'nonbreaking', security: 'exposure', sensitivity: ['personal'] },
    'warning',
    'likely',
    'API3:2023',
    'CWE-359',
  ],
  ['a new operation', { rule: 'operation-added', class: 'nonbreaking', security: 'exposure' }, 'notice', 'certain', 'API9:2023', null],
  [
    'a new operation without authentication',
    { rule: 'operation-added-without-security', class: 'nonbreaking', security: 'exposure' },
    'warning',
    'certain',
    'API2:2023',
    'CWE-306',
  ],
  [
    'a server without TLS',
    { rule: 'server-url-changed', class: 'dangerous', security: 'weakening' },
    'warning',
    'likely',
    'API8:2023',
    'CWE-319',
  ],
]

test.each(rows)('%s', (_, overrides, severity, confidence, category, cwe) => {
  expect(findingOfChange(unplacedChange(overrides))).toMatchObject({ severity, confidence, category, cwe, kind: 'change', new: true })
})

const [base, head, near] = [location({ pointer: '/base' }), location({ pointer: '/head' }), location({ pointer: '/near' })]

test.each([
  ['what stands in head', { base, head, near: null }, head, 'head'],
  ['the enclosing element of what was removed', { base, head: null, near }, near, 'head'],
  ['base when nothing of it stands in head', { base, head: null, near: null }, base, 'base'],
])('points at %s', (_, places, place, side) => {
  expect(findingOfChange(unplacedChange(places))).toMatchObject({ place, side })
})

test('carries the identity of its change, and the witness where there is one', () => {
  const change = unplacedChange({ witness: { kind: 'bird' } })
  expect(findingOfChange(change)).toMatchObject({ fingerprint: change.fingerprint, digest: change.digest, witness: { kind: 'bird' } })
  expect(findingOfChange(unplacedChange())).not.toHaveProperty('witness')
})
