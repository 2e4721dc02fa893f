import { describe, expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { api, breakingNeeds, changed, commit, enforcing, finding, input, review, type InputChanges } from './build.ts'

const floor = (more = '', mode = 'mode: enforce, ') =>
  `version: 1\n${more}org:\n  floor: { ${mode}rules: [{ name: four eyes, when: { class: breaking }, require: { approvals: { from: "@acme/security" } } }] }\n`
const people = { teams: { '@acme/security': ['sam', 'sue', 'author'], '@acme/api': ['kim', 'tom'] } }

const decideWith = (organisation: string | null, repository: string | null, more: InputChanges = {}) =>
  decide(input({ ...more, policy: { organisation, repository, ...more.policy }, people: { ...people, ...more.people } }))

describe('modes', () => {
  test.each([
    ['no file', null, null, 'advise', 'waiting'],
    ['a repository that enforces', null, breakingNeeds('{ approvals: { from: "@acme/api" } }'), 'enforce', 'waiting'],
    [
      'a repository that advises',
      null,
      breakingNeeds('{ approvals: { from: "@acme/api" } }').replace('enforce', 'advise'),
      'advise',
      'waiting',
    ],
    [
      'a repository that says nothing enforces',
      null,
      breakingNeeds('{ approvals: { from: "@acme/api" } }').replace('mode: enforce\n', ''),
      'enforce',
      'waiting',
    ],
    ['the floor enforces although the repository is off', floor(), 'version: 1\nmode: off', 'enforce', 'waiting'],
    ['a floor without mode enforces', floor('', ''), null, 'enforce', 'waiting'],
    ['nothing asked: the mode of the policy', null, 'version: 1\nmode: advise', 'advise', 'not-applicable'],
  ])('%s', (_name, organisation, repository, mode, status) => {
    expect(decideWith(organisation, repository)).toMatchObject({ mode, status })
  })

  test('a rule that only advises does not block one that enforces', () => {
    const policy = `${breakingNeeds('{ approvals: { from: "@acme/api" } }')}  - { name: tried, when: { class: breaking }, deny: true, mode: advise }\n`
    expect(decideWith(null, policy, { people: { ...people, reviews: [review('kim')] } })).toMatchObject({
      mode: 'enforce',
      status: 'approved',
      denied: [],
      approved: ['f00d00000001'],
    })
  })

  test('an API may be less strict than the policy; its findings are judged apart', () => {
    const policy = breakingNeeds('{ approvals: { from: "@acme/api" } }').replace(
      'rules:',
      'apis: [{ id: users, root: openapi.yaml }, { id: lab, root: lab.yaml, mode: advise }]\nrules:',
    )
    const apis = [api(), api({ id: 'lab', path: 'lab.yaml', files: ['lab.yaml'] })]
    const inLab = finding({ api: 'lab', fingerprint: 'f00d00000009' })
    expect(decideWith(null, policy, { apis, findings: [inLab] })).toMatchObject({ mode: 'advise', status: 'waiting' })
    const both = decideWith(null, policy, { apis, findings: [finding(), inLab] })
    expect(both.rules.map(({ rule, mode, selected }) => [rule, mode, selected])).toEqual([
      ['breaking changes', 'enforce', ['f00d00000001']],
      ['breaking changes', 'advise', ['f00d00000009']],
    ])
  })
})

describe('rollout', () => {
  const rollout = (entries: string) => floor().replace('org:\n', `org:\n  rollout: [${entries}]\n`)
  test.each([
    ['the first entry that names the repository', '{ repos: "acme/shop", mode: advise }, { repos: "acme/*", mode: enforce }', 'advise'],
    ['another repository', '{ repos: "acme/other", mode: advise }', 'enforce'],
    ['a pattern', '{ repos: "acme/sh*", mode: off }', 'off'],
    ['until its last day', '{ repos: "acme/*", mode: advise, until: 2026-11-22 }', 'advise'],
    ['not after it', '{ repos: "acme/*", mode: advise, until: 2026-11-21 }', 'enforce'],
  ])('%s', (_name, entries, mode) => {
    expect(decideWith(rollout(entries), null)).toMatchObject({ mode })
  })
})

describe('a repository cannot weaken the floor', () => {
  const approvedBy = (login: string, organisation: string, repository: string, more: InputChanges = {}) =>
    decideWith(organisation, repository, { ...more, people: { ...people, reviews: [review(login)], ...more.people } })

  test('by excluding fewer people', () => {
    const repository = 'version: 1\napprovals: { exclude: [] }'
    expect(approvedBy('sam', floor(), repository, { people: { commits: [commit('sam')] } }).status).toBe('waiting')
  })
  test('by ignoring requests for changes', () => {
    const repository = 'version: 1\napprovals: { changes_requested: ignore }'
    const reviews = [review('sam'), review('sue', { state: 'changes-requested' })]
    expect(decideWith(floor(), repository, { people: { ...people, reviews } }).status).toBe('blocked')
  })
  test('by letting approvals stand for ever', () => {
    const repository = 'version: 1\napprovals: { fresh: never }'
    expect(decideWith(floor(), repository, { people: { ...people, reviews: [review('sam', { commit: 'c'.repeat(40) })] } }).status).toBe(
      'waiting',
    )
  })
  test('but may ask for more', () => {
    const repository = 'version: 1\napprovals: { exclude: [last-pusher] }'
    expect(approvedBy('sam', floor(), repository, { people: { lastPusher: review('sam').user } }).status).toBe('waiting')
  })
  test('by the name of one of its rules', () => {
    const repository = enforcing('- { name: Four Eyes, when: { class: docs }, deny: true }')
    const decision = approvedBy('sam', floor(), repository)
    expect(decision.problems).toMatchObject([{ file: '.github/specgate.yml', line: 4, side: 'base', kind: 'policy' }])
    expect(decision.rules.find(({ rule, from }) => rule === 'four eyes' && from === 'organisation')?.status).toBe('approved')
  })
  test('by keys that it may not set', () => {
    const organisation = floor().replace('org:\n', 'org:\n  allow_repo: [rules]\n')
    const decision = decideWith(organisation, 'version: 1\nmode: off\nwaivers: { grantors: "@mallory" }\nrules: []')
    expect(decision.problems.map(({ message }) => message)).toEqual([
      "The organisation's policy does not let repositories set `mode`; it has no effect here.",
      "The organisation's policy does not let repositories set `waivers`; it has no effect here.",
    ])
    expect(decision).toMatchObject({ mode: 'enforce', status: 'waiting' })
  })
  test('by writing an `org` of its own', () => {
    const decision = decideWith(floor(), 'version: 1\norg: { floor: { mode: off } }')
    expect(decision.problems[0]?.message).toContain("`org` belongs in the organisation's own file")
    expect(decision.mode).toBe('enforce')
  })
  test('by extending nothing', () => {
    expect(decideWith(floor(), 'version: 1\nextends: none\nmode: off').status).toBe('waiting')
  })
})

describe('extends', () => {
  const sha = 'c'.repeat(40)
  const repository = `version: 1\nextends: acme/.github:specgate.yml@${sha}`
  test('a commit that was not read leaves nothing approved', () => {
    const decision = decideWith(floor(), repository)
    expect(decision.status).toBe('blocked')
    expect(decision.problems[0]?.message).toContain('which was not read')
  })
  test('the commit that was read', () => {
    const facts = input({ policy: { repository }, people })
    const organisation = { path: 'specgate.yml', text: floor(), from: `acme/.github@${sha}` }
    expect(decide({ ...facts, policy: { ...facts.policy, organisation } })).toMatchObject({ status: 'waiting', problems: [] })
  })
})

describe('a file that is extended at a commit', () => {
  const sha = 'c'.repeat(40)
  const pin = `extends: acme/policies:shared.yml@${sha}`
  const shared =
    'version: 1\nmode: advise\nrules: [{ name: shared rule, when: { class: breaking }, require: { approvals: { from: "@kim" } } }]\norg: { floor: { mode: off } }\npolicy_owners: "@mallory"'
  const extending = (repository: string, text = shared, organisation: string | null = null, from = `acme/policies@${sha}`) => {
    const facts = input({ policy: { repository, organisation }, people })
    return decide({ ...facts, policy: { ...facts.policy, extended: { path: 'shared.yml', text, from } } })
  }
  const ruled = (decision: ReturnType<typeof decide>) => decision.rules.map(({ rule, from }) => [rule, from])

  test('brings its rules, below those of the repository’s own word', () => {
    const own = 'rules: [{ name: own rule, when: { class: breaking }, deny: true }]'
    const decision = extending(`version: 1\n${pin}\nmode: enforce\n${own}`)
    expect(decision).toMatchObject({ mode: 'enforce', status: 'blocked', problems: [] })
    expect(ruled(decision)).toEqual([
      ['shared rule', 'repository'],
      ['own rule', 'repository'],
    ])
    expect(extending(`version: 1\n${pin}`).mode).toBe('advise')
  })
  test('never takes the place of the organisation’s floor', () => {
    const decision = extending(`version: 1\n${pin}`, shared, floor())
    expect(ruled(decision)).toContainEqual(['four eyes', 'organisation'])
    expect(decision.mode).toBe('enforce')
  })
  test('at another commit, or with mistakes, approves nothing', () => {
    expect(extending(`version: 1\n${pin}`, shared, null, `acme/policies@${'d'.repeat(40)}`).problems[0]?.message).toContain('was not read')
    const broken = extending(`version: 1\n${pin}`, 'version: 1\nrulez: []')
    expect(broken).toMatchObject({ status: 'blocked', problems: [{ file: 'shared.yml', line: 2 }] })
  })
  test('is ignored where nothing pins it', () => {
    expect(ruled(extending('version: 1\nmode: enforce'))).toEqual([])
  })
})

describe('a policy on base that cannot be used', () => {
  test('approves nothing, is a problem at its line, and leaves the floor in force', () => {
    const decision = decideWith(floor(), 'version: 1\nrulez: []', { people: { ...people, reviews: [review('sam')] } })
    expect(decision).toMatchObject({ status: 'blocked', approved: [], mode: 'enforce' })
    expect(decision.problems).toMatchObject([{ line: 2, side: 'base', file: '.github/specgate.yml' }])
    expect(decision.rules.map(({ rule, status }) => [rule, status])).toEqual([
      ['the policy can be read', 'error'],
      ['four eyes', 'approved'],
    ])
  })
  test.each(['waivers', 'organisation'] as const)('the same goes for %s', (key) => {
    const decision = decide(input({ policy: { repository: 'version: 1', [key]: 'version: 9' }, findings: [] }))
    expect(decision.status).toBe('blocked')
  })
})

describe('a pull request that changes the policy', () => {
  const base = `${breakingNeeds('{ approvals: { from: "@acme/api" } }')}policy_owners: "@ada"\n`
  const proposal = (text: string | null, more: InputChanges = {}) =>
    decide(
      input({
        policy: { repository: base },
        proposed: { repository: text },
        changedFiles: [changed('.github/specgate.yml')],
        findings: [],
        people,
        ...more,
      }),
    )
  const rule = (decision: ReturnType<typeof decide>) => decision.rules.find(({ rule: name }) => name === 'changes of the policy')

  test('needs its owners, and says what would change', () => {
    const decision = proposal('version: 1\nmode: advise\npolicy_owners: "@mallory"')
    expect(decision).toMatchObject({ status: 'waiting', askForReview: ['@ada'] })
    const sentences = rule(decision)?.because ?? []
    expect(sentences).toContain('Rule “breaking changes” is removed.')
    expect(sentences).toContain('`mode` changes from `enforce` to `advise`.')
    expect(sentences).toContain('`policy_owners` changes from `["@ada"]` to `["@mallory"]`.')
  })
  test('approved by the owners of base, not by those that it names', () => {
    const text = 'version: 1\npolicy_owners: "@mallory"'
    expect(proposal(text, { people: { reviews: [review('mallory')] } }).status).toBe('waiting')
    expect(proposal(text, { people: { reviews: [review('ada')] } }).status).toBe('approved')
    expect(proposal(text, { people: { reviews: [review('ada', { commit: 'e'.repeat(40) })] } }).status).toBe('waiting')
  })
  test('an invalid policy is not approved by anybody', () => {
    const decision = proposal('version: 1\nrulez: []', { people: { reviews: [review('ada')] } })
    expect(decision.status).toBe('blocked')
    expect(decision.problems).toMatchObject([{ line: 2, file: '.github/specgate.yml' }])
    expect(decision.problems[0]?.side).toBe(undefined)
    expect(rule(decision)?.because[0]).toContain('has a mistake at line 2: Unknown key `rulez`')
  })
  test.each([
    '.github/specgate.yml',
    '.github/specgate-waivers.yml',
    '.github/CODEOWNERS',
    'CODEOWNERS',
    'docs/CODEOWNERS',
    'catalog-info.yaml',
    '.spectral.yaml',
  ])('%s belongs to the policy', (path) => {
    expect(proposal(null, { proposed: {}, changedFiles: [changed(path)] }).status).toBe('waiting')
    expect(
      proposal(null, { proposed: {}, changedFiles: [{ path: 'elsewhere', previousPath: path, status: 'renamed', headLines: null }] })
        .status,
    ).toBe('waiting')
  })
  test('rules of the files may ask more', () => {
    const organisation =
      'version: 1\norg: { floor: { rules: [{ name: the rules themselves, when: { policy_changed: true }, require: { approvals: { from: "@acme/security", count: 2 } }, waivable: false }] } }'
    const decide1 = (reviews: string[]) =>
      proposal('version: 1', {
        policy: { repository: base, organisation },
        people: { ...people, reviews: reviews.map((login) => review(login)) },
      }).status
    expect([decide1(['ada']), decide1(['ada', 'sam']), decide1(['ada', 'sam', 'sue'])]).toEqual(['waiting', 'waiting', 'approved'])
  })
})

describe('freeze', () => {
  const frozen = (more = '') =>
    `version: 1\nmode: enforce\nfreeze:\n  - { name: year end, from: 2026-12-18T18:00:00+01:00, to: 2027-01-04T08:00:00+01:00${more} }\n`
  test.each([
    ['2026-12-18T16:59:59Z', 'not-applicable'],
    ['2026-12-18T17:00:00Z', 'blocked'],
    ['2027-01-04T06:59:59Z', 'blocked'],
    ['2027-01-04T07:00:00Z', 'not-applicable'],
    ['not a time', 'blocked'],
  ])('at %s: %s', (now, status) => {
    expect(decideWith(null, frozen(), { now }).status).toBe(status)
  })
  test('where it says, and with those whom it excepts', () => {
    const now = '2026-12-24T12:00:00Z'
    expect(decideWith(null, frozen(', where: { api: orders }'), { now }).status).toBe('not-applicable')
    const except = frozen(', except: { approvals: { from: "@ada" } }')
    expect(decideWith(null, except, { now }).status).toBe('waiting')
    expect(decideWith(null, except, { now, people: { reviews: [review('ada')] } }).status).toBe('approved')
  })
})

describe('evidence', () => {
  const policy = breakingNeeds('{ approvals: { from: "@ada" }, evidence: tests }').replace(
    'rules:',
    'evidence: [{ id: tests, check: contract-tests, app: github-actions, max_age: 7d }]\nrules:',
  )
  const check = { name: 'contract-tests', app: 'github-actions', conclusion: 'success', completedAt: '2026-11-20T12:00:00Z' }
  test.each([
    ['there', [check], 'approved', null],
    ['missing', [], 'waiting', 'has not reported'],
    ['by another app', [{ ...check, app: 'mallory' }], 'waiting', 'has not reported'],
    ['running', [{ ...check, conclusion: null }], 'waiting', 'is running'],
    ['failed', [{ ...check, conclusion: 'failure' }], 'waiting', 'it ended with `failure`'],
    ['neutral', [{ ...check, conclusion: 'neutral' }], 'waiting', 'it ended with `neutral`'],
    ['skipped', [{ ...check, conclusion: 'skipped' }], 'waiting', 'it ended with `skipped`'],
    ['once succeeded and once failed', [check, { ...check, conclusion: 'failure' }], 'waiting', 'it ended with'],
    ['too old', [{ ...check, completedAt: '2026-11-10T12:00:00Z' }], 'waiting', 'older than 7d'],
    ['of unknown age', [{ ...check, completedAt: null }], 'waiting', 'older than 7d'],
  ])('%s', (_name, checks, status, sentence) => {
    const decision = decideWith(null, policy, { people: { reviews: [review('ada')], checks } })
    expect(decision.status).toBe(status)
    if (sentence !== null) expect(decision.rules[0]?.because.join('\n')).toContain(sentence)
  })
})
