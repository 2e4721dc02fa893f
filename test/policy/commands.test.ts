/** Who may say what in a comment, by the policy of the base branch; and what a comment that was edited, quoted or sent by a machine is worth. */
import { expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import type { CommentFact } from '../../src/model/snapshot.ts'
import { breakingNeeds, earlier, enforcing, finding, head, input, person, review, type FindingChanges, type InputChanges } from './build.ts'

let ids = 900
function comment(login: string, body: string, changes: Partial<CommentFact> = {}): CommentFact {
  ids += 1
  return {
    ...{ id: ids, where: 'conversation', user: person(login), body, createdAt: '2026-11-22T11:00:00Z' },
    ...{ edited: false, viaApp: false, commit: head, finding: null, ...changes },
  }
}

const teams = { '@acme/api-owners': ['mia', 'tom'], '@acme/council': ['kim'], '@acme/on-call': ['ola'] }
const permissions = { ana: 'write', mia: 'write', eve: 'read', author: 'write', ola: 'write' } as const
const policy = `${breakingNeeds('{ approvals: { from: "@acme/api-owners" } }')}waivers: { grantors: "@acme/council", max_age: 120d }\nbreak_glass: { by: "@acme/on-call" }\n`

interface Case {
  readonly said: readonly CommentFact[]
  readonly repository?: string
  readonly organisation?: string
  readonly findings?: readonly FindingChanges[]
  readonly more?: InputChanges
}

const decideWith = ({ said, repository = policy, organisation, findings = [{}], more = {} }: Case) =>
  decide(
    input({
      policy: { repository, ...(organisation === undefined ? {} : { organisation }) },
      findings: findings.map(finding),
      ...more,
      people: { teams, permissions, comments: said, ...more.people },
    }),
  )

const answersOf = (facts: Case) => decideWith(facts).commands?.map(({ status, because }) => `${status}: ${because}`)
const approve = '/specgate approve f00d00'
const waive = '/specgate waive f00d00 until=2027-01-31 Every client was told and has agreed.'

test('an approval by command counts like one by review, for what it names', () => {
  expect(decideWith({ said: [comment('mia', approve)] })).toMatchObject({
    status: 'approved',
    commands: [{ by: 'mia', verb: 'approve', status: 'accepted', findings: ['f00d00000001'] }],
    rules: [{ requirements: [{ approvals: [{ login: 'mia', commit: head }], satisfied: true }] }],
  })
  const two = [{}, { fingerprint: 'beef00000002', operation: 'GET /orders' }]
  expect(decideWith({ said: [comment('mia', approve)], findings: two })).toMatchObject({
    status: 'waiting',
    commands: [{ status: 'accepted', because: expect.stringContaining('does not name') }],
  })
  expect(decideWith({ said: [comment('mia', approve), comment('mia', '/specgate approve beef00')], findings: two })).toMatchObject({
    status: 'approved',
  })
  expect(decideWith({ said: [comment('mia', approve), comment('tom', '/specgate approve beef00')], findings: two })).toMatchObject({
    status: 'waiting',
  })
  expect(decideWith({ said: [comment('mia', '/specgate approve f00d00 beef00')], findings: two })).toMatchObject({ status: 'approved' })
})

test.each<[string, Case, RegExp]>([
  ['by the author', { said: [comment('author', approve)] }, /refused: .*not among those who are asked: `@acme\/api-owners`/],
  ['by somebody who is not asked', { said: [comment('eve', approve)] }, /refused: .*not among those/],
  [
    'by an owner who is the author',
    { said: [comment('author', approve)], more: { people: { teams: { '@acme/api-owners': ['author', 'mia'] } } } },
    /they are the author/,
  ],
  ['that was edited', { said: [comment('mia', approve, { edited: true })] }, /refused: The comment was edited/],
  ['that an app wrote', { said: [comment('mia', approve, { viaApp: true })] }, /refused: It was written by an app/],
  [
    'written before the commit was reviewed',
    { said: [comment('mia', approve, { commit: null })] },
    /refused: The present commit had not been reviewed/,
  ],
  [
    'of what has changed since',
    { said: [comment('mia', approve, { commit: earlier })], more: { digestsAt: { [earlier]: ['other'] } } },
    /changed after it/,
  ],
  [
    'of an unknown id',
    { said: [comment('mia', '/specgate approve abcdef')] },
    /not-understood: No finding of this pull request has the id `abcdef`/,
  ],
  [
    'of an id that two findings share',
    { said: [comment('mia', approve)], findings: [{}, { fingerprint: 'f00d00ffffff', operation: 'GET /orders' }] },
    /not-understood: Several findings/,
  ],
  [
    'where the policy wants reviews',
    { said: [comment('mia', approve)], repository: `${policy}approvals: { by: [review] }\n` },
    /in reviews only/,
  ],
])('an approval %s does not count', (_, facts, answer) => {
  expect(answersOf(facts)).toEqual([expect.stringMatching(answer)])
  expect(decideWith(facts).status).toBe('waiting')
})

test('an approval by command lives as long as what it was given for, and bots are not heard', () => {
  const digestsAt = { [earlier]: ['digest of f00d00000001'] }
  expect(decideWith({ said: [comment('mia', approve, { commit: earlier })], more: { digestsAt } }).status).toBe('approved')
  expect(answersOf({ said: [comment('helper[bot]', approve)] })).toBeUndefined()
})

test('a request for changes by an owner stops it, whoever approves by command', () => {
  const reviews = [review('tom', { state: 'changes-requested' })]
  expect(decideWith({ said: [comment('mia', approve)], more: { people: { reviews } } }).status).toBe('blocked')
})

test('a grantor waives by command, until the day they name', () => {
  const decision = decideWith({ said: [comment('kim', waive)] })
  expect(decision).toMatchObject({
    status: 'approved',
    waived: { f00d00000001: { grantedBy: '@kim', expires: '2027-01-31', reason: 'Every client was told and has agreed.' } },
    commands: [{ status: 'accepted', because: '' }],
  })
})

test.each<[string, Case, RegExp]>([
  ['by the author', { said: [comment('author', waive)] }, /`@author` may not grant it; `@acme\/council` may, with the same words/],
  ['by an owner who is no grantor', { said: [comment('mia', waive)] }, /may not grant it/],
  ['for longer than the policy allows', { said: [comment('kim', waive.replace('2027-01', '2027-10'))] }, /longer than the policy allows/],
  ['that has ended', { said: [comment('kim', waive.replace('2027-01-31', '2026-11-21'))] }, /expired/],
  ['that was edited', { said: [comment('kim', waive, { edited: true })] }, /edited/],
  [
    'of what has changed since',
    { said: [comment('kim', waive, { commit: earlier })], more: { digestsAt: { [earlier]: [] } } },
    /changed after it/,
  ],
  [
    'of a rule that cannot be waived',
    {
      said: [comment('kim', waive)],
      repository: `${enforcing('- { name: no break, when: { class: breaking }, deny: true, waivable: false }')}waivers: { grantors: "@acme/council" }\n`,
    },
    /cannot be waived/,
  ],
  [
    'of an organisation’s rule by a repository’s grantor',
    {
      said: [comment('kim', waive)],
      organisation: 'version: 1\norg:\n  floor:\n    rules:\n      - { name: floor, when: { class: breaking }, deny: true }\n',
    },
    /may not grant it/,
  ],
])('a waiver %s does not count', (_, facts, answer) => {
  expect(answersOf(facts)).toEqual([expect.stringMatching(answer)])
  expect(decideWith(facts).waived).toEqual({})
})

test('what nobody asks about and is no error is settled by whoever works on it; what stops the merge only by a grantor', () => {
  const body = '/specgate not-an-issue f00d00 "public by design"'
  const advice = [{ severity: 'warning', class: null, kind: 'lint', rule: 'response-secret' }] as const
  expect(decideWith({ said: [comment('ana', body)], findings: advice }).waived).toMatchObject({
    f00d00000001: { grantedBy: '@ana', reason: 'public by design' },
  })
  expect(answersOf({ said: [comment('eve', body)], findings: advice })).toEqual([
    expect.stringMatching(/refused: Only the author and people with write access/),
  ])
  expect(answersOf({ said: [comment('ana', body)] })).toEqual([
    expect.stringMatching(/refused: It stops the merge, so `@acme\/council` may say so/),
  ])
  expect(decideWith({ said: [comment('kim', body)] })).toMatchObject({ status: 'approved', commands: [{ status: 'accepted' }] })
  const inThread = comment('kim', '/specgate not-an-issue "public by design"', { where: 'line', finding: 'f00d00000001' })
  expect(decideWith({ said: [inThread] }).status).toBe('approved')
})

test.each([
  ['shown as part of an error', 'beef00', { severity: 'error' }, { severity: 'warning' }],
  ['with an error as part of it', 'f00d00', { severity: 'warning' }, { severity: 'error' }],
] as const)('what is %s is settled by a grantor alone', (_, id, shown, part) => {
  const own = { class: null, kind: 'lint', rule: 'response-secret' } as const
  const findings = [
    { ...own, ...shown },
    { ...own, ...part, fingerprint: 'beef00000002' },
  ]
  const more = { repeats: { f00d00000001: ['beef00000002'] } }
  const body = `/specgate not-an-issue ${id} "public by design"`
  expect(decideWith({ said: [comment('ana', body)], findings, more })).toMatchObject({ waived: {}, commands: [{ status: 'refused' }] })
  expect(decideWith({ said: [comment('kim', body)], findings, more }).commands).toMatchObject([{ status: 'accepted' }])
})

test('breaking the glass sets the rules aside for one commit, and still asks the owners to look', () => {
  const body = '/specgate break-glass "INC-91"'
  expect(decideWith({ said: [comment('ola', body)] })).toMatchObject({
    status: 'approved',
    bypass: { by: 'ola', why: 'INC-91' },
    askForReview: ['@acme/api-owners'],
    waived: { f00d00000001: { grantedBy: '@ola', expires: '2026-11-24' } },
  })
  expect(decideWith({ said: [comment('ola', body, { commit: earlier })] })).toMatchObject({ status: 'waiting' })
  expect(answersOf({ said: [comment('mia', body)] })).toEqual([
    expect.stringMatching(/`@mia` may not break the glass; `@acme\/on-call` may/),
  ])
  expect(answersOf({ said: [comment('ola', body)], repository: breakingNeeds('{ approvals: { from: "@acme/api-owners" } }') })).toEqual([
    expect.stringMatching(/names nobody/),
  ])
})

test('a repository cannot name who breaks the organisation’s glass, and nothing lifts what was not read', () => {
  const organisation = 'version: 1\norg:\n  floor:\n    rules:\n      - { name: floor, when: { class: breaking }, deny: true }\n'
  const said = [comment('ola', '/specgate break-glass "INC-91"')]
  expect(decideWith({ said, organisation }).status).toBe('blocked')
  expect(decideWith({ said, organisation: `${organisation}break_glass: { by: "@acme/on-call" }\n` }).status).toBe('approved')
  expect(decideWith({ said, more: { gaps: ['A file could not be read.'] } }).status).toBe('blocked')
})

test('who names a finding means the lint findings that are shown as part of it', () => {
  const findings = [{}, { fingerprint: 'beef00000002' }]
  expect(decideWith({ said: [comment('mia', approve)], findings, more: { repeats: { f00d00000001: ['beef00000002'] } } }).status).toBe(
    'approved',
  )
})

test('a comment can say several things, and each is answered', () => {
  expect(answersOf({ said: [comment('ana', `/specgate recheck\n/specgate explain f00d00\n/specgate dance\n${approve}`)] })).toEqual([
    'accepted: ',
    'accepted: ',
    expect.stringMatching(/^not-understood: `dance`/),
    expect.stringMatching(/^refused/),
  ])
})
