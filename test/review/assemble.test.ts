import { expect, test } from 'vitest'
import type { Decision, Mode } from '../../src/model/decision.ts'
import { assembleReview } from '../../src/review/assemble.ts'
import type { ApiOfFinding } from '../../src/review/judge.ts'
import { changedFile, decision, fingerprint, operations, place, problem, ruleOutcome, waiver } from '../builders.ts'
import { apiInput, assembleInput, changeFinding, ruleFinding } from './inputs.ts'

const id = '7c1e9a'
const waived = { waived: { [fingerprint(id)]: waiver() } }
const approved = { approved: [fingerprint(id)] }
const denied = { denied: [fingerprint(id)] }

test.each<[string, Mode, Partial<ApiOfFinding>, Partial<Decision>, boolean, boolean]>([
  // about                          mode       finding                    decision                  blocks  would block
  ['an error', 'enforce', {}, {}, true, true],
  ['an error', 'advise', {}, {}, false, true],
  ['an error', 'off', {}, {}, false, true],
  ['a warning', 'enforce', { severity: 'warning' }, {}, false, false],
  ['a waived error', 'enforce', {}, waived, false, false],
  ['an error that people approved', 'enforce', {}, approved, false, false],
  ['a denied warning', 'enforce', { severity: 'warning' }, denied, true, true],
  ['a denied error that people approved', 'enforce', {}, { ...denied, ...approved }, true, true],
  [
    'what an advising rule denies',
    'enforce',
    { severity: 'warning' },
    { ...denied, rules: [ruleOutcome({ status: 'denied', mode: 'advise' })] },
    false,
    true,
  ],
  [
    'what an enforcing rule denies',
    'advise',
    { severity: 'warning' },
    { ...denied, rules: [ruleOutcome({ status: 'denied' })] },
    true,
    true,
  ],
])('%s under %s', (_, mode, overrides, decided, blocking, wouldBlock) => {
  const input = assembleInput({ findings: [changeFinding(overrides)], decision: decision(decided), policy: { mode, sources: [] } })
  expect(assembleReview(input).findings).toMatchObject([{ id, blocking, wouldBlock }])
})

test('a mode of its own applies to one API', () => {
  const apis = [apiInput({ mode: 'enforce' }), apiInput({ id: 'users' })]
  const findings = [changeFinding(), changeFinding({ api: 'users', fingerprint: fingerprint('aaaaaa') })]
  const { findings: judged } = assembleReview(assembleInput({ apis, findings, policy: { mode: 'advise', sources: [] } }))
  expect(judged.map((finding) => [finding.api, finding.blocking])).toEqual([
    ['orders', true],
    ['users', false],
  ])
})

test('what the base already has is neither shown nor judged', () => {
  const review = assembleReview(assembleInput({ findings: [ruleFinding({ new: false })], apis: [apiInput({ existing: 1 })] }))
  expect(review.findings).toEqual([])
  expect(review.apis).toMatchObject([{ existing: 1 }])
  expect(review.verdict.review).toBe('success')
})

test('the worst stand first: denied, leaks, breaks, other errors, warnings, and behind them what is settled', () => {
  const of = (id: string, overrides: Partial<ApiOfFinding>) => changeFinding({ fingerprint: fingerprint(id), ...overrides })
  const findings = [
    of('000006', { severity: 'warning', class: 'dangerous' }),
    of('000007', {}),
    of('000005', { severity: 'warning', security: 'weakening' }),
    of('000004', { kind: 'lint', class: null, place: place({ line: 1 }) }),
    of('000003', {}),
    of('000002', { security: 'exposure', class: 'nonbreaking' }),
    of('000001', { severity: 'warning', class: 'dangerous' }),
  ]
  const decided = decision({ denied: [fingerprint('000001')], approved: [fingerprint('000007')] })
  const review = assembleReview(assembleInput({ findings, decision: decided }))
  expect(review.findings.map((finding) => finding.id)).toEqual(['000001', '000002', '000003', '000004', '000005', '000006', '000007'])
})

test('harmless changes are in the changelog, and among the findings only where a rule asks about them', () => {
  const changes = [
    { class: 'docs' as const, message: 'The description changed.' },
    { class: 'nonbreaking' as const, message: '`GET /orders` was added.' },
    { class: 'breaking' as const, message: 'Gone.' },
  ]
  const harmless = changeFinding({ class: 'nonbreaking', severity: 'notice', fingerprint: fingerprint('aaaaaa') })
  const quiet = assembleReview(assembleInput({ apis: [apiInput({ changes })], findings: [harmless] }))
  expect(quiet.findings).toEqual([])
  expect(quiet.apis[0]?.changelog).toEqual(['`GET /orders` was added.', 'The description changed.'])
  const asked = decision({ status: 'waiting', rules: [ruleOutcome({ selected: [fingerprint('aaaaaa')] })] })
  expect(assembleReview(assembleInput({ findings: [harmless], decision: asked })).findings).toHaveLength(1)
})

const property = place({ pointer: '/components/schemas/User/properties/passwordHash', line: 88 })
const exposure = changeFinding({
  class: 'nonbreaking',
  security: 'exposure',
  severity: 'warning',
  sensitivity: ['credential'],
  place: property,
  category: 'API3:2023',
})
const secret = ruleFinding({
  message: '`passwordHash` looks like a credential.',
  rule: 'response-secret',
  severity: 'error',
  sensitivity: ['credential'],
  place: property,
  category: 'API3:2023',
  fingerprint: fingerprint('bbbbbb'),
})

test('a leak that a change and a lint rule see is one finding, as serious as the worse of both', () => {
  const review = assembleReview(assembleInput({ findings: [secret, exposure] }))
  expect(review.findings).toMatchObject([{ id, kind: 'change', severity: 'error', blocking: true, message: secret.message }])
})

test('a new operation is in the changelog, not among the security findings', () => {
  const added = changeFinding({ rule: 'operation-added', class: 'nonbreaking', security: 'exposure', severity: 'notice' })
  expect(assembleReview(assembleInput({ findings: [added] }))).toMatchObject({
    findings: [],
    verdict: { reviewTitle: 'No breaking change · 0 new security findings' },
  })
})

test('a lint finding about another element, another kind of data or another API stays', () => {
  const elsewhere = { ...secret, place: place({ pointer: '/components/schemas/User/properties/token' }) }
  const otherKind = { ...secret, sensitivity: ['health' as const], category: 'API8:2023' }
  for (const other of [elsewhere, otherKind, { ...secret, api: 'users' }]) {
    expect(assembleReview(assembleInput({ findings: [other, exposure] })).findings).toHaveLength(2)
  }
})

test('who agreed to what the lint rule says has agreed to the change, unless a rule asks about the change itself', () => {
  const agreed = { approved: [fingerprint('bbbbbb')] }
  const settled = (decided: Partial<Decision>) =>
    assembleReview(assembleInput({ findings: [secret, exposure], decision: decision(decided) })).findings[0]?.settled
  expect(settled(agreed)).toBe('approved')
  expect(settled({ waived: { [fingerprint('bbbbbb')]: waiver() } })).toBe('waived')
  expect(settled({ ...agreed, rules: [ruleOutcome({ selected: [fingerprint(id)] })] })).toBeNull()
})

test('a lint finding that a rule denies is never hidden behind a change that is not denied', () => {
  const decided = decision({ denied: [fingerprint('bbbbbb')], approved: [fingerprint(id)] })
  const review = assembleReview(assembleInput({ findings: [secret, exposure], decision: decided }))
  expect(review.findings.map((finding) => [finding.id, finding.blocking])).toEqual([
    ['bbbbbb', true],
    [id, false],
  ])
})

test('a lost requirement and the unprotected operations it leaves are one finding', () => {
  const lost = changeFinding({
    rule: 'operation-security-weakened',
    class: 'nonbreaking',
    security: 'weakening',
    reaches: operations('GET /a', 'POST /b'),
  })
  const open = (name: string, id: string) =>
    ruleFinding({
      rule: 'operation-unprotected',
      place: place({ pointer: `/paths/${id}` }),
      reaches: operations(name),
      fingerprint: fingerprint(id),
    })
  const findings = [open('GET /a', 'aaaaaa'), lost, open('POST /b', 'bbbbbb'), open('GET /c', 'cccccc')]
  expect(
    assembleReview(assembleInput({ findings }))
      .findings.map((finding) => finding.id)
      .sort(),
  ).toEqual([id, 'cccccc'])
})

test('causes gather findings of one rule by component, by element, then by file', () => {
  const of = (id: string, overrides: Partial<ApiOfFinding>) =>
    ruleFinding({ fingerprint: fingerprint(id), severity: 'warning', ...overrides })
  const findings = [
    of('a00001', { rule: 'bound', component: 'schemas/Error', place: place({ pointer: '/1' }) }),
    of('a00002', { rule: 'bound', component: 'schemas/Error', place: place({ pointer: '/2' }) }),
    of('a00003', { rule: 'bound', component: 'schemas/Page', place: place({ pointer: '/3' }) }),
    of('b00001', { rule: 'open', place: place({ pointer: '/security' }), severity: 'error' }),
    of('b00002', { rule: 'open', place: place({ pointer: '/security' }), severity: 'error' }),
    of('c00001', { rule: 'http', place: place({ pointer: '/servers/0' }) }),
    of('c00002', { rule: 'http', place: place({ pointer: '/servers/1' }) }),
  ]
  const { causes } = assembleReview(assembleInput({ findings }))
  expect(causes?.map((cause) => [cause.rule, cause.findings.length, cause.blocking])).toEqual([
    ['open', 2, 2],
    ['bound', 2, 0],
    ['http', 2, 0],
    ['bound', 1, 0],
  ])
})

test.each([
  ['a line that the diff shows', { line: 12 }, 'head', changedFile({ headLines: [[10, 14]] }), true],
  ['a line that the diff does not show', { line: 15 }, 'head', changedFile({ headLines: [[10, 14]] }), false],
  ['a file without a patch', { line: 12 }, 'head', changedFile({ headLines: null }), false],
  ['another file', { line: 12, file: 'other.yaml' }, 'head', changedFile(), false],
  ['a deleted file', { line: 12 }, 'base', changedFile({ status: 'removed', headLines: [] }), true],
  ['base of a modified file', { line: 12 }, 'base', changedFile(), false],
] as const)('in the diff: %s', (_, at, side, file, inDiff) => {
  const input = assembleInput({ findings: [changeFinding({ place: place(at), side })], changedFiles: [file] })
  expect(assembleReview(input).findings).toMatchObject([{ inDiff }])
})

test('a problem that the base has too is a note of the API, a new one is something not evaluated', () => {
  const broken = problem({ kind: 'reference', pointer: '/paths/~1a', message: 'It leads nowhere.' })
  const old = assembleReview(
    assembleInput({ apis: [apiInput({ problems: [broken], baseProblems: [{ ...broken, side: 'base', line: 3 }] })] }),
  )
  expect(old.verdict).toMatchObject({ review: 'success', notEvaluated: [] })
  const fresh = assembleReview(assembleInput({ apis: [apiInput({ problems: [broken] })] }))
  expect(fresh.verdict).toMatchObject({
    review: 'failure',
    approval: 'failure',
    notEvaluated: ['`specs/orders.yaml:57`: It leads nowhere.'],
  })
})

test('a base that cannot be read is said, for then nothing was compared', () => {
  const review = assembleReview(assembleInput({ apis: [apiInput({ baseProblems: [problem({ side: 'base' })] })] }))
  expect(review.apis[0]?.notes[0]).toContain('could not be read at the merge base')
  expect(review.verdict).toMatchObject({
    review: 'neutral',
    reviewTitle: expect.stringMatching(/^Not compared: specs\/orders\.yaml cannot be read on the base branch · /),
  })
})
