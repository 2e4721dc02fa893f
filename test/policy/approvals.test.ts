import { describe, expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import {
  breakingNeeds,
  commit,
  earlier,
  finding,
  head,
  input,
  person,
  pullRequest,
  review,
  type InputChanges,
  type PeopleChanges,
} from './build.ts'

const team = { '@acme/api': ['kim', 'tom', 'author'] }
const one = breakingNeeds('{ approvals: { from: "@acme/api" } }')

function decideWith(repository: string, people: PeopleChanges = {}, more: InputChanges = {}) {
  return decide(input({ ...more, policy: { repository, ...more.policy }, people: { teams: team, ...people } }))
}

const because = (repository: string, people: PeopleChanges = {}, more: InputChanges = {}) =>
  decideWith(repository, people, more)
    .rules.flatMap((rule) => rule.because)
    .join('\n')

describe('one approval of a team', () => {
  test('nobody has approved: waiting, and the team is asked', () => {
    const decision = decideWith(one)
    expect(decision).toMatchObject({
      status: 'waiting',
      mode: 'enforce',
      askForReview: ['@acme/api'],
      approved: [],
      denied: [],
      problems: [],
    })
    expect(decision.rules[0]?.requirements).toEqual([
      { from: '@acme/api', needed: 1, approvals: [], candidates: ['@acme/api'], satisfied: false },
    ])
    expect(decision.rules[0]?.because[0]).toBe('Waiting for 1 approval of `@acme/api`.')
  })

  test('a member has approved: the decision says who and at which commit', () => {
    const decision = decideWith(one, { reviews: [review('kim')] })
    expect(decision).toMatchObject({ status: 'approved', askForReview: [], approved: ['f00d00000001'] })
    expect(decision.rules[0]?.requirements[0]).toMatchObject({ approvals: [{ login: 'kim', commit: head }], satisfied: true })
    expect(decision.rules[0]?.because[0]).toBe('`@kim` approved at `aaaaaaa`, for `@acme/api`.')
  })

  test.each([
    ['somebody else', review('stranger')],
    ['a comment is no approval', review('kim', { state: 'commented' })],
    ['a dismissed approval is gone', review('kim', { state: 'dismissed' })],
    ['the author, although a member', review('author')],
    ['another account with the login of a member', review('kim', { user: { id: 9999, login: 'kim', bot: false } })],
  ])('does not count: %s', (_name, given) => {
    expect(decideWith(one, { reviews: [given] }).status).toBe('waiting')
  })

  test('nothing new of the class: the rule does not apply', () => {
    expect(decideWith(one, {}, { findings: [finding({ class: 'docs' })] }).status).toBe('not-applicable')
    expect(decideWith(one, {}, { findings: [finding({ new: false })] }).status).toBe('not-applicable')
    expect(decideWith(one, {}, { findings: [] }).status).toBe('not-applicable')
  })

  test('a rule may ask about what base has', () => {
    const policy = one.replace('class: breaking', 'class: breaking, new: false')
    expect(decideWith(policy, {}, { findings: [finding({ new: false })] }).status).toBe('waiting')
    expect(decideWith(policy).status).toBe('not-applicable')
  })
})

describe('the latest review of each person counts', () => {
  const at = (minute: number) => ({ submittedAt: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z` })
  test.each([
    ['approved', [['approved', 1]], 'approved'],
    [
      'approved, then commented',
      [
        ['approved', 1],
        ['commented', 2],
      ],
      'approved',
    ],
    [
      'approved, then changes requested (policy-bot M3)',
      [
        ['approved', 1],
        ['changes-requested', 2],
      ],
      'blocked',
    ],
    [
      'changes requested, then approved',
      [
        ['changes-requested', 1],
        ['approved', 2],
      ],
      'approved',
    ],
    [
      'changes requested, then commented',
      [
        ['changes-requested', 1],
        ['commented', 2],
      ],
      'blocked',
    ],
    ['changes requested, dismissed', [['dismissed', 1]], 'waiting'],
    [
      'approved, approved again and that dismissed',
      [
        ['approved', 1],
        ['dismissed', 2],
      ],
      'waiting',
    ],
    [
      'listed out of order',
      [
        ['approved', 2],
        ['changes-requested', 1],
      ],
      'approved',
    ],
  ] as const)('%s', (_name, states, expected) => {
    const reviews = states.map(([state, minute]) => review('kim', { state, ...at(minute) }))
    expect(decideWith(one, { reviews }).status).toBe(expected)
  })

  test('at the same second, the later id is the later review', () => {
    const reviews = [review('kim', { id: 11, state: 'changes-requested' }), review('kim', { id: 10 })]
    expect(decideWith(one, { reviews }).status).toBe('blocked')
  })

  test('times are compared as instants, not as texts', () => {
    const reviews = [
      review('kim', { submittedAt: '2026-11-22T11:00:00+02:00' }),
      review('kim', { state: 'changes-requested', submittedAt: '2026-11-22T10:00:00Z' }),
    ]
    expect(decideWith(one, { reviews }).status).toBe('blocked')
  })
})

describe('a request for changes', () => {
  test('of a member is a veto, by name, although another member approved', () => {
    const decision = decideWith(one, { reviews: [review('kim'), review('tom', { state: 'changes-requested' })] })
    expect(decision.rules[0]).toMatchObject({ status: 'vetoed' })
    expect(decision.rules[0]?.because[0]).toContain('`@tom` requested changes at `aaaaaaa`')
  })
  test('of somebody outside the group changes nothing', () => {
    expect(decideWith(one, { reviews: [review('kim'), review('stranger', { state: 'changes-requested' })] }).status).toBe('approved')
  })
  test('of a passer-by is no veto even where anyone may approve', () => {
    const anyone = breakingNeeds('{ approvals: { from: anyone } }')
    const reviews = [review('kim'), review('stranger', { state: 'changes-requested' })]
    expect(decideWith(anyone, { reviews }).status).toBe('approved')
    expect(decideWith(anyone, { reviews, permissions: { stranger: 'write' } }).status).toBe('blocked')
  })
  test('may be ignored by policy', () => {
    const policy = one.replace('rules:', 'approvals: { changes_requested: ignore }\nrules:')
    expect(decideWith(policy, { reviews: [review('kim'), review('tom', { state: 'changes-requested' })] }).status).toBe('approved')
  })
})

describe('counts and groups', () => {
  test('two approvals by two people', () => {
    const two = breakingNeeds('{ approvals: { from: "@acme/api", count: 2 } }')
    expect(decideWith(two, { reviews: [review('kim')] }).status).toBe('waiting')
    expect(decideWith(two, { reviews: [review('kim'), review('kim')] }).status).toBe('waiting')
    expect(decideWith(two, { reviews: [review('kim'), review('tom')] }).status).toBe('approved')
    expect(because(two, { reviews: [review('kim')] })).toContain('Waiting for 1 approval of `@acme/api` (1 of 2 given).')
  })

  const both = (more: string) => breakingNeeds(`{ approvals: [{ from: "@acme/api" }, { from: "@acme/security" }]${more} }`)
  const teams = { '@acme/api': ['kim', 'tom'], '@acme/security': ['kim'] }
  test('one person may stand in two groups, unless people must be different', () => {
    expect(decideWith(both(''), { teams, reviews: [review('kim')] }).status).toBe('approved')
    expect(decideWith(both(', distinct: true'), { teams, reviews: [review('kim')] }).status).toBe('waiting')
    expect(decideWith(both(', distinct: true'), { teams, reviews: [review('kim'), review('tom')] }).status).toBe('approved')
  })
  test('with different people the group is asked in which somebody is left', () => {
    expect(decideWith(both(', distinct: true'), { teams, reviews: [review('kim')] }).askForReview).toEqual(['@acme/api'])
  })
  test('one of several is enough with any_of', () => {
    const any = breakingNeeds(
      '{ any_of: [{ approvals: { from: "@acme/privacy" } }, { approvals: [{ from: "@ada" }, { from: "@acme/security" }] }] }',
    )
    const facts = { teams: { '@acme/privacy': ['pat'], '@acme/security': ['kim'] } }
    expect(decideWith(any, facts).status).toBe('waiting')
    expect(because(any, facts)).toContain('Or instead: 1 approval of `@ada` and 1 approval of `@acme/security`.')
    expect(decideWith(any, { ...facts, reviews: [review('pat')] }).status).toBe('approved')
    expect(decideWith(any, { ...facts, reviews: [review('ada')] }).status).toBe('waiting')
    expect(decideWith(any, { ...facts, reviews: [review('ada'), review('kim')] }).status).toBe('approved')
  })
  test('a list of names is one group, in which one is enough', () => {
    const listed = breakingNeeds('{ approvals: { from: ["@ada", "@acme/security"] } }')
    expect(decideWith(listed, { teams, reviews: [review('ada')] }).status).toBe('approved')
    expect(decideWith(listed, { teams, reviews: [review('kim')] }).status).toBe('approved')
  })
  test('all rules must hold', () => {
    const policy = `${one}  - { name: security too, when: { class: breaking }, require: { approvals: { from: "@acme/security" } } }\n`
    expect(decideWith(policy, { teams, reviews: [review('tom')] })).toMatchObject({ status: 'waiting', approved: [] })
    expect(decideWith(policy, { teams, reviews: [review('kim')] })).toMatchObject({ status: 'approved', approved: ['f00d00000001'] })
  })
})

describe('roles', () => {
  test.each([
    ['role:admin', 'admin', 'approved'],
    ['role:admin', 'maintain', 'waiting'],
    ['role:maintain', 'admin', 'approved'],
    ['role:maintain', 'write', 'waiting'],
    ['role:write', 'maintain', 'approved'],
    ['role:write', 'triage', 'waiting'],
    ['role:write', 'none', 'waiting'],
  ] as const)('%s and a reviewer with %s: %s', (from, permission, expected) => {
    const policy = breakingNeeds(`{ approvals: { from: "${from}" } }`)
    expect(decideWith(policy, { reviews: [review('Kim')], permissions: { kim: permission } }).status).toBe(expected)
  })
  test('a reviewer whose permission is not known has no role', () => {
    expect(decideWith(breakingNeeds('{ approvals: { from: "role:write" } }'), { reviews: [review('kim')] }).status).toBe('waiting')
  })
})

describe('who had a hand in the change does not approve it', () => {
  const reviews = [review('kim')]
  test.each([
    ['author of a commit', commit('kim')],
    ['committer of a commit', commit('author', { committer: person('kim') })],
    ['author of a commit on a side branch (policy-bot M1)', commit('kim', { sha: '5'.repeat(40) })],
    ['author of a commit whose files are not known', commit('kim', { files: null })],
  ])('%s', (_name, made) => {
    expect(decideWith(one, { reviews, commits: [commit('author'), made] }).status).toBe('waiting')
    expect(because(one, { reviews, commits: [made] })).toMatch(/approval of `@kim` at `aaaaaaa` does not count: they contributed commit/)
  })
  test('a commit that touches no file of the API does not make a contributor', () => {
    expect(decideWith(one, { reviews, commits: [commit('kim', { files: ['README.md'] })] }).status).toBe('approved')
  })
  test('the last pusher, where the policy says so', () => {
    const policy = one.replace('from: "@acme/api" }', 'from: "@acme/api" }, exclude: [last-pusher]')
    expect(decideWith(policy, { reviews, lastPusher: person('kim') }).status).toBe('waiting')
    expect(decideWith(policy, { reviews, lastPusher: person('tom') }).status).toBe('approved')
    expect(decideWith(policy, { reviews, lastPusher: null }).status).toBe('waiting')
    expect(because(policy, { reviews, lastPusher: null })).toContain('Who pushed last is not known')
  })
  test('nobody is excluded where the policy says so', () => {
    const policy = one.replace('from: "@acme/api" }', 'from: "@acme/api" }, exclude: []')
    expect(decideWith(policy, { reviews, commits: [commit('kim')] }).status).toBe('approved')
  })
})

describe('contributors whom GitHub does not know (policy-bot M2)', () => {
  const commits = [commit('author'), commit(null, { sha: '9'.repeat(40) })]
  test('leave the rule waiting, with the commit named', () => {
    expect(decideWith(one, { reviews: [review('kim')], commits }).status).toBe('waiting')
    expect(because(one, { reviews: [review('kim')], commits })).toContain(
      'Commit `9999999` has an author or committer whom GitHub knows no account for',
    )
  })
  test('are vouched for by an owner of the policy', () => {
    const policy = one.replace('rules:', 'policy_owners: "@ada"\nrules:')
    const facts = { commits, reviews: [review('kim')] }
    expect(because(policy, facts)).toContain('an approval by a policy owner (`@ada`) is needed as well')
    expect(decideWith(policy, { ...facts, reviews: [review('kim'), review('ada')] }).status).toBe('approved')
    expect(decideWith(policy, { ...facts, reviews: [review('kim'), review('ada', { commit: earlier })] }).status).toBe('waiting')
  })
  test('an incomplete list of commits is the same', () => {
    expect(decideWith(one, { reviews: [review('kim')], commitsComplete: false }).status).toBe('waiting')
  })
})

describe('bots', () => {
  const facts = { teams: { '@acme/api': ['kim', 'renovate[bot]'] } }
  test.each(['github-actions[bot]', 'copilot[bot]', 'renovate[bot]', 'specgate[bot]'])('threat 7: %s approves nothing', (login) => {
    for (const from of ['"@acme/api"', 'anyone', '"role:write"']) {
      const policy = breakingNeeds(`{ approvals: { from: ${from} } }`)
      expect(decideWith(policy, { ...facts, reviews: [review(login)], permissions: { [login]: 'write' } }).status).toBe('waiting')
    }
  })
  test('unless its very login is written', () => {
    const policy = breakingNeeds('{ approvals: { from: "@renovate[bot]" } }')
    expect(decideWith(policy, { reviews: [review('renovate[bot]')] }).status).toBe('approved')
  })
})

describe('a group that nobody can satisfy is a failure with a name', () => {
  test.each([
    ['its only member is the author', { '@acme/api': ['author'] }, 1],
    ['it is empty', { '@acme/api': [] }, 1],
    ['it is smaller than the count', { '@acme/api': ['kim', 'author'] }, 2],
    ['its other member is a bot', { '@acme/api': ['kim', 'a[bot]'] }, 2],
  ] as const)('%s', (_name, teams, count) => {
    const decision = decideWith(breakingNeeds(`{ approvals: { from: "@acme/api", count: ${count} } }`), { teams, reviews: [review('kim')] })
    expect(decision.status).toBe('blocked')
    expect(decision.rules[0]?.status).toBe('unsatisfiable')
    expect(decision.rules[0]?.because[0]).toContain('`@acme/api` cannot be satisfied')
    expect(decision.askForReview).toEqual([])
  })
  test('two groups of the same only person, by different people', () => {
    const policy = breakingNeeds('{ approvals: [{ from: "@acme/a" }, { from: "@acme/b" }], distinct: true }')
    expect(decideWith(policy, { teams: { '@acme/a': ['kim'], '@acme/b': ['kim'] } }).rules[0]?.status).toBe('unsatisfiable')
  })
  test('a person who has no access', () => {
    const policy = breakingNeeds('{ approvals: { from: "@ada" } }')
    const decision = decideWith(policy, { reviews: [review('ada')], permissions: { ada: 'none' } })
    expect(decision.rules[0]?.status).toBe('unsatisfiable')
    expect(decision.rules[0]?.because.join(' ')).toContain('`@ada` has no access to this repository.')
  })
  test('one possible choice keeps the rule waiting', () => {
    const policy = breakingNeeds('{ any_of: [{ approvals: { from: "@acme/empty" } }, { approvals: { from: "@acme/api" } }] }')
    expect(decideWith(policy, { teams: { ...team, '@acme/empty': [] } }).status).toBe('waiting')
  })
})

describe('threat 9: missing facts are never success', () => {
  test('a team that could not be read is an error with its reason, also when others approved', () => {
    const decision = decideWith(one, { teams: { '@acme/api': 'GitHub answered 502.' }, reviews: [review('kim')] })
    expect(decision.status).toBe('blocked')
    expect(decision.rules[0]).toMatchObject({ status: 'error' })
    expect(decision.rules[0]?.because[0]).toBe('The members of `@acme/api` are not known: GitHub answered 502.')
  })
  test('a team that was not asked about is an error', () => {
    expect(decideWith(one, { teams: {}, reviews: [review('kim')] }).status).toBe('blocked')
  })
  test('what another member of the group can give does not wait for it', () => {
    const policy = breakingNeeds('{ approvals: { from: ["@acme/api", "@ada"] } }')
    expect(decideWith(policy, { teams: { '@acme/api': '404' }, reviews: [review('ada')] }).status).toBe('approved')
  })
  test('a local review, which knows no people, waits', () => {
    expect(decideWith(one, { teams: {} }, { pullRequest: null }).status).toBe('waiting')
  })
  test('a gap blocks, whatever people say', () => {
    const decision = decideWith(one, { reviews: [review('kim')] }, { gaps: ['The list of files was cut at 3,000.'] })
    expect(decision).toMatchObject({ status: 'blocked', approved: [] })
    expect(decision.rules[0]?.because).toEqual(['The list of files was cut at 3,000.'])
    expect(decide(input({ policy: { repository: 'version: 1' }, findings: [], gaps: ['x'] })).status).toBe('blocked')
  })
})

describe('approvals are bound to content', () => {
  const f = finding({ fingerprint: 'aaaaaa', digest: 'digest-a' })
  const g = finding({ fingerprint: 'bbbbbb', digest: 'digest-b' })
  const old = [review('kim', { commit: earlier })]
  const at = (digests: readonly string[] | null, more: InputChanges = {}, repository = one) =>
    decideWith(repository, { reviews: old }, { findings: [f, g], digestsAt: digests === null ? {} : { [earlier]: digests }, ...more })

  test('an approval of an earlier commit counts when everything was there then', () => {
    expect(at(['digest-a', 'digest-b', 'digest-c']).status).toBe('approved')
  })
  test('it does not when something is new, and the sentence says what', () => {
    const decision = at(['digest-a'])
    expect(decision.status).toBe('waiting')
    expect(decision.rules[0]?.because.join('\n')).toContain(
      'The approval of `@kim` at `eeeeeee` does not count: `response-property-removed` in `GET /users` changed after it.',
    )
  })
  test('it does not when the content at that commit is not known', () => {
    expect(at(null).rules[0]?.because.join('\n')).toContain('what it covered could not be recomputed')
    expect(at(null).status).toBe('waiting')
  })
  test('a removed finding does not matter', () => {
    expect(at(['digest-a', 'digest-b'], { findings: [f] }).status).toBe('approved')
  })
  test('only those are asked again whose finding changed', () => {
    const owners = breakingNeeds('{ approvals: { from: owners } }').replace(
      'rules:',
      'owners: { rules: [{ where: { path: /a }, owners: "@ada" }, { where: { path: /b }, owners: "@bob" }] }\nrules:',
    )
    const findings = [
      finding({ fingerprint: 'aaaaaa', digest: 'a', operation: 'GET /a' }),
      finding({ fingerprint: 'bbbbbb', digest: 'new b', operation: 'GET /b' }),
    ]
    const reviews = [review('ada', { commit: earlier }), review('bob', { commit: earlier })]
    const decision = decideWith(owners, { reviews }, { findings, digestsAt: { [earlier]: ['a', 'old b'] } })
    expect(decision.askForReview).toEqual(['@bob'])
    expect(decision.rules[0]?.requirements.map(({ from, satisfied }) => [from, satisfied])).toEqual([
      ['owners (@ada)', true],
      ['owners (@bob)', false],
    ])
  })
  test('fresh: push asks again after any push, fresh: never not at all', () => {
    const fresh = (word: string) => one.replace('rules:', `approvals: { fresh: ${word} }\nrules:`)
    expect(at(['digest-a', 'digest-b'], {}, fresh('push')).status).toBe('waiting')
    expect(at(null, {}, fresh('never')).status).toBe('approved')
  })
})

describe('conditions about the pull request', () => {
  const policy = (condition: string) => breakingNeeds('{ approvals: { from: "@acme/api" } }').replace('{ class: breaking }', condition)
  test.each([
    ['{ pr: { author: "@author" } }', {}, 'waiting'],
    ['{ pr: { author: "@acme/api" } }', {}, 'waiting'],
    ['{ pr: { author: "@kim" } }', {}, 'not-applicable'],
    ['{ pr: { bot: true } }', {}, 'not-applicable'],
    ['{ pr: { bot: true } }', { author: person('dependabot[bot]') }, 'waiting'],
    ['{ pr: { fork: true } }', { fork: true }, 'waiting'],
    ['{ pr: { fork: true } }', {}, 'not-applicable'],
    ['{ pr: { base: "release/*" } }', { baseBranch: 'release/1' }, 'waiting'],
    ['{ pr: { base: "release/*" } }', {}, 'not-applicable'],
    ['{ pr: { label: [risky, api] } }', { labels: ['API'] }, 'waiting'],
    ['{ pr: { label: api } }', {}, 'not-applicable'],
    ['{ pr: { draft: false } }', {}, 'waiting'],
    ['{ pr: { fork: false, draft: true } }', {}, 'not-applicable'],
    ['{ class: breaking, pr: { fork: false } }', {}, 'waiting'],
    ['{ class: docs, pr: { fork: false } }', {}, 'not-applicable'],
  ] as const)('%s', (condition, changes, expected) => {
    expect(decideWith(policy(condition), {}, { pullRequest: pullRequest(changes) }).status).toBe(expected)
  })
  test('a merge group has no author, so no rule about one applies', () => {
    expect(decideWith(policy('{ pr: { bot: false } }'), {}, { pullRequest: null }).status).toBe('not-applicable')
  })
})

describe('several requirements share the fewest people', () => {
  test('the team that helps most is asked first, and only as many as needed', () => {
    const policy = `${breakingNeeds('{ approvals: { from: ["@acme/a", "@acme/b"] } }')}  - { name: second, when: { class: breaking }, require: { approvals: { from: ["@acme/b", "@acme/c"] } } }\n`
    const teams = { '@acme/a': ['kim'], '@acme/b': ['tom'], '@acme/c': ['pat'] }
    expect(decideWith(policy, { teams }).askForReview).toEqual(['@acme/b'])
  })
  test('people instead of teams where the policy prefers them, nobody where it says so', () => {
    const asked = (word: string) => {
      const policy = breakingNeeds('{ approvals: { from: ["@acme/api", "@ada"] } }').replace(
        'rules:',
        `approvals: { request_reviewers: ${word} }\nrules:`,
      )
      return decideWith(policy).askForReview
    }
    expect([asked('teams'), asked('users'), asked('none')]).toEqual([['@acme/api'], ['@ada'], []])
  })
})
