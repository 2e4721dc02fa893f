import { describe, expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import {
  api,
  changed,
  earlier,
  element,
  enforcing,
  finding,
  head,
  input,
  review,
  type FindingChanges,
  type InputChanges,
  type PeopleChanges,
} from './build.ts'

const rule = enforcing(
  '- { name: nothing breaks, when: { class: breaking }, deny: true }',
  'waivers: { grantors: "@acme/council", max_age: 90d }\n',
)
const council = { teams: { '@acme/council': ['kim'] } }

function waiver(changes: Record<string, string> = {}): string {
  const fields = {
    id: 'legacy',
    fingerprint: 'f00d00000001',
    reason: 'The regulator needs it until January.',
    granted_by: '"@acme/council"',
    granted: '2026-11-01',
    expires: '2027-01-15',
    ...changes,
  }
  const written = Object.entries(fields).filter(([, value]) => value !== '')
  return `version: 1\nwaivers:\n  - { ${written.map(([key, value]) => `${key}: ${value}`).join(', ')} }\n`
}

interface Case {
  readonly repository?: string
  readonly organisation?: string
  readonly changes?: Record<string, string>
  readonly finding?: FindingChanges
  readonly people?: PeopleChanges
  readonly more?: InputChanges
}

const decideWith = ({ repository = rule, organisation, changes, finding: facts, people = council, more }: Case = {}) =>
  decide(
    input({
      policy: { repository, waivers: waiver(changes), ...(organisation === undefined ? {} : { organisation }) },
      findings: [finding(facts)],
      people,
      ...more,
    }),
  )

const reasons = (facts: Case) =>
  decideWith(facts)
    .rules.flatMap(({ because }) => because)
    .join('\n')

test('a waived finding is settled, and stays visible with its reason', () => {
  const decision = decideWith()
  expect(decision).toMatchObject({ status: 'approved', denied: [], approved: [] })
  expect(decision.waived).toEqual({
    f00d00000001: { id: 'legacy', reason: 'The regulator needs it until January.', grantedBy: '@acme/council', expires: '2027-01-15' },
  })
  expect(decision.rules[0]).toMatchObject({ status: 'waived', selected: ['f00d00000001'] })
  expect(decision.rules[0]?.because[0]).toContain('is waived until 2027-01-15 by `@acme/council` (`legacy`)')
})

describe('a waiver does not apply', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['after its last day', { expires: '2026-11-21' }, /it expired on 2026-11-21/],
    ['before it was granted', { granted: '2026-11-23' }, /it is granted from 2026-11-23 on/],
    ['when it lasts too long', { expires: '2027-03-01' }, /it lasts longer than the policy allows/],
    ['when it lasts too long and hides when it was granted', { expires: '2027-03-01', granted: '' }, /it lasts longer/],
    ['when its grantor may not grant', { granted_by: '"@mallory"' }, /`@mallory` may not grant it; `@acme\/council` may/],
    ['when its grantor is another team', { granted_by: '"@acme/other"' }, /may not grant it/],
    ['when the content has changed', { digest: 'another-digest' }, /what it was granted for has changed/],
  ])('%s', (_name, changes, sentence) => {
    expect(decideWith({ changes })).toMatchObject({ status: 'blocked', denied: ['f00d00000001'], waived: {} })
    expect(reasons({ changes })).toMatch(sentence)
  })
  test('to another finding', () => {
    expect(decideWith({ finding: { fingerprint: 'f00d00000002' } }).status).toBe('blocked')
  })
})

test.each([
  ['on its last day', { expires: '2026-11-22' }, {}],
  ['granted by a member of a grantor team', { granted_by: '"@Kim"' }, {}],
  ['bound to the same content', { digest: 'same-digest' }, { digest: 'same-digest' }],
])('a waiver applies %s', (_name, changes, facts) => {
  expect(decideWith({ changes, finding: facts }).status).toBe('approved')
})

describe('a waiver for one element', () => {
  const match = (text: string) => ({ fingerprint: '', match: text })
  const apis = [api({ operations: { 'GET /users': element(), 'GET /other': element() } })]
  test.each<[string, string, FindingChanges, string]>([
    ['its operation', '{ api: users, rule: response-property-removed, operation: "GET /users" }', {}, 'approved'],
    [
      'its operation, with the producer named',
      '{ api: users, rule: diff/response-property-removed, operation: "get /users" }',
      {},
      'approved',
    ],
    ['another operation', '{ api: users, rule: response-property-removed, operation: "GET /other" }', {}, 'blocked'],
    ['another rule', '{ api: users, rule: response-type-changed, operation: "GET /users" }', {}, 'blocked'],
    ['another API', '{ api: orders, rule: response-property-removed, operation: "GET /users" }', {}, 'blocked'],
    ['its component', '{ api: users, rule: response-property-removed, component: User }', { component: 'schemas/User' }, 'approved'],
    [
      'another component',
      '{ api: users, rule: response-property-removed, component: User }',
      { component: 'schemas/SuperUser' },
      'blocked',
    ],
    [
      'one of several operations that a shared component reaches',
      '{ api: users, rule: response-property-removed, operation: "GET /users" }',
      { operation: null, component: 'schemas/User', reaches: ['GET /users', 'GET /other'] },
      'blocked',
    ],
    [
      'an API of several files',
      '{ api: hooks, rule: response-property-removed, operation: "GET /users" }',
      { api: 'hooks/acme' },
      'approved',
    ],
  ])('%s', (_name, text, facts, expected) => {
    expect(decideWith({ changes: match(text), finding: facts, more: { apis } }).status).toBe(expected)
  })
})

test('a rule may refuse every waiver', () => {
  const repository = rule.replace('deny: true', 'deny: true, waivable: false')
  expect(decideWith({ repository })).toMatchObject({ status: 'blocked', waived: {} })
  expect(reasons({ repository })).toContain('Waiver `legacy` does not apply: the rule cannot be waived.')
})

test('what is waived needs no approval, the rest does', () => {
  const repository = rule.replace('deny: true', 'require: { approvals: { from: "@ada" } }')
  const other = finding({ fingerprint: 'f00d00000002' })
  const decision = decideWith({ repository, more: { findings: [finding(), other] } })
  expect(decision.status).toBe('waiting')
  expect(Object.keys(decision.waived)).toEqual(['f00d00000001'])
  expect(decision.rules[0]?.because.join('\n')).toContain('Asked because of 1 finding')
})

test('a waiver settles a finding that no rule asks about', () => {
  expect(decideWith({ repository: 'version: 1\nwaivers: { grantors: "@acme/council" }' })).toMatchObject({
    status: 'not-applicable',
    waived: { f00d00000001: {} },
  })
})

test('waivers may stand in the policy itself', () => {
  const list = waiver().slice(waiver().indexOf('  - '))
  const repository = rule.replace('max_age: 90d }', `max_age: 90d, list: [${list.trim().slice(2)}] }`)
  expect(decide(input({ policy: { repository }, people: council })).status).toBe('approved')
})

test('without grantors the owners of the policy grant, and without those the administrators', () => {
  const repository = rule.replace('waivers: { grantors: "@acme/council", max_age: 90d }', 'policy_owners: "@ada"')
  expect(decideWith({ repository, changes: { granted_by: '"@ada"' } }).status).toBe('approved')
  const bare = rule.replace('waivers: { grantors: "@acme/council", max_age: 90d }\n', '')
  expect(decideWith({ repository: bare, changes: { granted_by: '"@ada"' } }).status).toBe('blocked')
  expect(decideWith({ repository: bare, changes: { granted_by: '"@ada"' }, people: { permissions: { ada: 'admin' } } }).status).toBe(
    'approved',
  )
})

describe("the organisation's rules", () => {
  const organisation =
    'version: 1\npolicy_owners: "@acme/governance"\norg: { floor: { rules: [{ name: floor rule, when: { class: breaking }, deny: true }] } }'
  test("are lifted by the organisation's grantors only", () => {
    const repository = 'version: 1\nwaivers: { grantors: "@mallory" }'
    expect(decideWith({ organisation, repository, changes: { granted_by: '"@mallory"' } }).status).toBe('blocked')
    expect(decideWith({ organisation, repository, changes: { granted_by: '"@acme/governance"' } }).status).toBe('approved')
  })
  test('of its own file cap the age of every waiver', () => {
    const capped = `${organisation}\nwaivers: { grantors: "@acme/council", max_age: 30d }`
    expect(decideWith({ organisation: capped, repository: 'version: 1\nwaivers: { max_age: 52w }' }).status).toBe('blocked')
    expect(decideWith({ organisation: capped, changes: { expires: '2026-11-30' } }).status).toBe('approved')
  })
})

describe('a waiver that the pull request itself adds', () => {
  const proposed = { waivers: waiver({ granted_by: '"@kim"' }) }
  const add = (people: PeopleChanges, more: InputChanges = {}) =>
    decide(
      input({
        policy: { repository: `${rule}policy_owners: "@ada"\n` },
        proposed,
        changedFiles: [changed('.github/specgate-waivers.yml')],
        people: { ...council, ...people },
        ...more,
      }),
    )
  const statusOf = (decision: ReturnType<typeof decide>, name: string) => decision.rules.find(({ rule: one }) => one === name)?.status

  test('counts once its grantor has approved exactly this commit; the policy owners must agree too', () => {
    expect(add({ reviews: [review('kim')] })).toMatchObject({ waived: { f00d00000001: { grantedBy: '@kim' } }, status: 'waiting' })
    expect(add({ reviews: [review('kim'), review('ada')] }).status).toBe('approved')
  })
  test('is a requirement until then', () => {
    const decision = add({})
    expect(decision).toMatchObject({ status: 'blocked', waived: {}, denied: ['f00d00000001'] })
    expect(statusOf(decision, 'new waiver legacy')).toBe('waiting')
  })
  test.each([
    ['an approval of an earlier commit', [review('kim', { commit: earlier })], {}],
    ['somebody else', [review('tom')], {}],
  ] as const)('does not count by %s', (_name, reviews, more) => {
    expect(add({ reviews: [...reviews] }, { digestsAt: { [earlier]: ['digest of f00d00000001'] }, ...more }).waived).toEqual({})
  })
  test('cannot be granted by its author or a contributor', () => {
    const decision = add({ reviews: [review('kim')], commits: [{ sha: head, author: review('kim').user, committer: null, files: null }] })
    expect(decision.waived).toEqual({})
  })
  test('by somebody who may not grant is impossible, with a sentence', () => {
    const wrong = decide(
      input({
        policy: { repository: rule },
        proposed: { waivers: waiver({ granted_by: '"@mallory"' }) },
        changedFiles: [changed('.github/specgate-waivers.yml')],
        people: { ...council, reviews: [review('mallory')] },
      }),
    )
    expect(statusOf(wrong, 'new waiver legacy')).toBe('unsatisfiable')
    expect(wrong.waived).toEqual({})
  })
  test('a file that the pull request does not touch proposes nothing, even when head is behind base', () => {
    const decision = add({ reviews: [review('kim'), review('ada')] }, { changedFiles: [changed('openapi.yaml')] })
    expect(decision).toMatchObject({ status: 'blocked', waived: {} })
  })
})
