/** The threats of the threat model that a policy has to withstand, each with the attack as it would be tried. */
import { describe, expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { parsePolicy } from '../../src/policy/parse-policy.ts'
import { policySettings } from '../../src/policy/settings.ts'
import {
  api,
  base,
  breakingNeeds,
  changed,
  commit,
  earlier,
  element,
  enforcing,
  finding,
  head,
  input,
  person,
  review,
  texts,
  type InputChanges,
} from './build.ts'

const teams = { '@acme/api': ['kim', 'tom'] }
const policy = breakingNeeds('{ approvals: { from: "@acme/api" } }')
const decideWith = (more: InputChanges = {}) =>
  decide(input({ ...more, policy: { repository: policy, ...more.policy }, people: { teams, ...more.people } }))

describe('threat 1: the pull request edits what governs it', () => {
  const stable = enforcing('- { name: stable breaks, when: { class: breaking, stability: stable, visibility: public }, deny: true }')
  const owned = breakingNeeds('{ approvals: { from: owners } }')
  test.each<[string, InputChanges]>([
    ['the policy', { proposed: { repository: 'version: 1\nmode: off' }, changedFiles: [changed('.github/specgate.yml')] }],
    [
      'waivers',
      {
        proposed: {
          waivers:
            'version: 1\nwaivers: [{ id: mine, fingerprint: f00d00000001, reason: twenty characters long, granted_by: "@mallory", expires: 2027-01-01 }]',
        },
        changedFiles: [changed('.github/specgate-waivers.yml')],
        people: { teams, reviews: [review('mallory')] },
      },
    ],
    [
      'CODEOWNERS',
      {
        policy: { repository: owned, codeowners: '* @acme/api' },
        proposed: { codeowners: '* @mallory' },
        changedFiles: [changed('.github/CODEOWNERS')],
        people: { teams, reviews: [review('mallory')] },
      },
    ],
    [
      'the catalog',
      {
        policy: { repository: owned, codeowners: '* @acme/api' },
        proposed: { catalog: 'kind: API\nspec: { owner: user:mallory, definition: { $text: ./openapi.yaml } }' },
        people: { teams, reviews: [review('mallory')] },
      },
    ],
    [
      '`x-owner`',
      {
        policy: { repository: owned },
        apis: [api({ owners: ['@acme/api'], ownersAtBase: ['@acme/api'], ownersAtHead: ['@mallory'] })],
        people: { teams, reviews: [review('mallory')] },
      },
    ],
    [
      '`x-owner` of a new element',
      {
        policy: { repository: owned, codeowners: '* @acme/api' },
        apis: [api({ operations: { 'GET /users': element({ owners: ['@mallory'], onBase: false }) } })],
        people: { teams, reviews: [review('mallory')] },
      },
    ],
    [
      '`x-stability-level` of a new element',
      { policy: { repository: stable }, apis: [api({ operations: { 'GET /users': element({ stability: 'draft', onBase: false }) } })] },
    ],
    [
      '`x-internal` of a new element',
      { policy: { repository: stable }, apis: [api({ operations: { 'GET /users': element({ visibility: 'internal', onBase: false }) } })] },
    ],
    [
      '`x-stability-level` and `x-internal` of a new API',
      { policy: { repository: stable }, apis: [api({ sides: 'head', stability: 'draft', visibility: 'internal' })] },
    ],
    ['the ruleset', { changedFiles: [changed('.spectral.yaml')], policy: { repository: 'version: 1' }, findings: [] }],
  ])('%s: the decision stays non-success', (_name, more) => {
    expect(decideWith(more)).toMatchObject({ mode: 'enforce' })
    expect(['waiting', 'blocked']).toContain(decideWith(more).status)
  })
})

describe('threat 4: content slips under an old approval', () => {
  const added = finding({ rule: 'operation-added', fingerprint: 'f00d00000001', digest: 'POST /users without a secret' })
  const filled = { ...added, digest: 'POST /users that returns passwordHash' }
  const more = { people: { reviews: [review('kim', { commit: earlier })] }, digestsAt: { [earlier]: [added.digest] } }
  test('the same issue with other content asks again', () => {
    expect(decideWith({ ...more, findings: [added] }).status).toBe('approved')
    expect(decideWith({ ...more, findings: [filled] }).status).toBe('waiting')
  })
  test('digests of another commit do not help', () => {
    expect(decideWith({ ...more, findings: [filled], digestsAt: { [base]: [filled.digest] } }).status).toBe('waiting')
  })
  test('prototype keys are no commits', () => {
    expect(decideWith({ ...more, findings: [filled], people: { reviews: [review('kim', { commit: '__proto__' })] } }).status).toBe(
      'waiting',
    )
    expect(decideWith({ ...more, findings: [filled], people: { reviews: [review('kim', { commit: 'constructor' })] } }).status).toBe(
      'waiting',
    )
  })
})

test('threat 5: only state and commit of a review count, and a dismissed one is gone', () => {
  expect(decideWith({ people: { reviews: [review('kim')] } }).status).toBe('approved')
  expect(decideWith({ people: { reviews: [review('kim', { state: 'dismissed' })] } }).status).toBe('waiting')
  expect(decideWith({ people: { reviews: [review('kim', { state: 'commented' })] } }).status).toBe('waiting')
})

test.each([
  ['an unattributed commit', [commit('author'), commit(null)]],
  ['a merged side branch', [commit('author'), commit('kim', { sha: '5'.repeat(40) }), commit('author', { sha: '6'.repeat(40) })]],
  ['a commit by the approver under another committer', [commit('author'), commit('kim', { committer: person('author') })]],
])('threat 6: the author approves through %s', (_name, commits) => {
  expect(decideWith({ people: { reviews: [review('kim')], commits } }).status).toBe('waiting')
})

describe('threat 8: membership is spoofed', () => {
  test('another account with the login of a member', () => {
    expect(decideWith({ people: { reviews: [review('kim', { user: { id: 4711, login: 'kim', bot: false } })] } }).status).toBe('waiting')
  })
  test('a member who renamed their account still counts', () => {
    expect(decideWith({ people: { reviews: [review('kim', { user: { ...person('kim'), login: 'kimberly' } })] } }).status).toBe('approved')
  })
  test('a team that does not exist is a failure with its name', () => {
    const decision = decideWith({ people: { teams: { '@acme/api': 'GitHub knows no such team.' }, reviews: [review('kim')] } })
    expect(decision.status).toBe('blocked')
    expect(decision.rules[0]?.because.join('\n')).toContain('`@acme/api`')
  })
  test('a team of another organisation is not the one that was asked', () => {
    expect(decideWith({ people: { teams: { '@other/api': ['kim'], '@acme/api': ['tom'] }, reviews: [review('kim')] } }).status).toBe(
      'waiting',
    )
  })
  test('names that are prototype keys are nobody', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const repository = breakingNeeds(`{ approvals: { from: "@acme/${name}" } }`)
      expect(decideWith({ policy: { repository }, people: { reviews: [review('kim')] } }).status).toBe('blocked')
    }
  })
  test('the author under a login with other capitals', () => {
    const author = { ...person('author'), login: 'AUTHOR' }
    const repository = breakingNeeds('{ approvals: { from: "@Author" } }')
    expect(decideWith({ policy: { repository }, people: { reviews: [review('author', { user: author })] } }).status).toBe('blocked')
  })
})

test('threat 12: a merge group is decided on its own findings, by the approvals that cover them', () => {
  const group = { pullRequest: null, commits: { base, mergeBase: base, head: 'd'.repeat(40) } }
  const reviews = [review('kim', { commit: head })]
  const one = finding({ digest: 'seen' })
  const combination = finding({ digest: 'only in combination', fingerprint: 'f00d00000002' })
  expect(decideWith({ ...group, findings: [one], people: { reviews }, digestsAt: { [head]: ['seen'] } }).status).toBe('approved')
  expect(decideWith({ ...group, findings: [one, combination], people: { reviews }, digestsAt: { [head]: ['seen'] } }).status).toBe(
    'waiting',
  )
})

test('threat 16: hostile files, names and numbers end quickly and are no success', () => {
  const wide = Array.from({ length: 1000 }, (_, index) => `  - { name: rule ${index}, when: { class: docs }, deny: true }`).join('\n')
  for (const repository of [
    `version: 1\nrules:\n${wide}`,
    `version: 1\nx: ${'['.repeat(10_000)}`,
    `version: 1\nx: ${'&a [*a,'.repeat(2000)}`,
    '\u0000',
    '%YAML 9.9\n---\nversion: 1',
  ])
    expect(decide(input({ policy: { repository } })).status).toBe('blocked')
  const names = finding({ operation: `GET /${'a'.repeat(5000)}`, place: { file: `${'*a'.repeat(2000)}.yaml`, pointer: '' } })
  const repository = enforcing(
    `- { name: globs, when: { path: "${'/**'.repeat(5)}/${'*b'.repeat(6)}", files: "**/*a*a*a*a*a*a*a*a*a*a.json" }, deny: true }`,
  )
  expect(decide(input({ policy: { repository, codeowners: `${'**/'.repeat(200)}*a*a*a*a*b @acme/api` }, findings: [names] })).status).toBe(
    'not-applicable',
  )
})

describe('threat 18: prototype keys', () => {
  test('in findings, waivers and facts stay keys', () => {
    const strange = finding({
      fingerprint: '__proto__',
      operation: 'GET /constructor',
      component: '__proto__',
      rule: 'toString',
      api: 'constructor',
    })
    const decision = decide(
      input({ policy: { repository: enforcing('- { name: all, when: { rule: "*" }, deny: true }') }, findings: [strange] }),
    )
    expect(decision.denied).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['id']).toBe(undefined)
  })
  test('of a waived finding too', () => {
    const waivers =
      'version: 1\nwaivers: [{ id: mine, fingerprint: __proto__, reason: twenty characters long, granted_by: role:admin, expires: 2027-01-01 }]'
    const decision = decide(input({ policy: { repository: policy, waivers }, findings: [finding({ fingerprint: '__proto__' })] }))
    expect(Object.keys(decision.waived)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['id']).toBe(undefined)
  })
})

test('threat 20: the sentences name teams, never their members who have not acted', () => {
  const decision = decideWith({ people: { reviews: [review('kim', { commit: earlier })] } })
  const said = JSON.stringify(decision)
  expect(said).toContain('@acme/api')
  expect(said).not.toContain('tom')
})

test.each([
  'acme/policies:specgate.yml@main',
  'acme/policies:specgate.yml@v1',
  'acme/policies',
  `acme/policies:specgate.yml@${'c'.repeat(39)}`,
])('threat 22: a policy cannot extend %s, which somebody else can move', (from) => {
  expect(parsePolicy(`version: 1\nextends: ${from}`)).toHaveProperty('problems')
})

test('threat 9: a policy that cannot be used is a problem for everybody who asks', () => {
  const broken = texts({ repository: 'version: 1\nrules: {}' })
  expect(policySettings(broken).problems).toMatchObject([{ kind: 'policy', side: 'base', line: 2 }])
  expect(decide({ ...input(), policy: broken }).status).toBe('blocked')
})

test('threat 2: the base branch moves on, and with it the policy or what stands there', () => {
  const approved = { people: { teams, reviews: [review('kim')] } }
  expect(decideWith(approved).status).toBe('approved')
  const tightened = breakingNeeds('{ approvals: { from: "@acme/api", count: 2 } }')
  expect(decideWith({ ...approved, policy: { repository: tightened } }).status).toBe('waiting')
  const seen = { reviews: [review('kim', { commit: earlier })] }
  const before = finding({ digest: 'before the other merge' })
  const after = finding({ digest: 'after the other merge' })
  expect(decideWith({ findings: [before], people: seen, digestsAt: { [earlier]: [before.digest] } }).status).toBe('approved')
  expect(decideWith({ findings: [after], people: seen, digestsAt: { [earlier]: [before.digest] } }).status).toBe('waiting')
})

test('threat 7: a bot approves, and counts only where its very login is written', () => {
  const bots = ['github-actions[bot]', 'copilot-pull-request-reviewer[bot]', 'specgate[bot]', 'renovate[bot]']
  for (const bot of bots) {
    const more = { people: { teams: { '@acme/api': [bot, 'kim'] }, permissions: { [bot]: 'admin' as const }, reviews: [review(bot)] } }
    for (const from of ['"@acme/api"', 'anyone', 'role:write'])
      expect(decideWith({ ...more, policy: { repository: breakingNeeds(`{ approvals: { from: ${from} }, exclude: [] }`) } }).status).toBe(
        'waiting',
      )
  }
  const named = breakingNeeds('{ approvals: { from: "@renovate[bot]" }, exclude: [author] }')
  expect(decideWith({ policy: { repository: named }, people: { reviews: [review('renovate[bot]')] } }).status).toBe('approved')
})

test('threat 10: evidence of another app under the same name is no evidence', () => {
  const repository = enforcing(
    '- { name: tested, when: { class: breaking }, require: { evidence: tests } }',
    'evidence: [{ id: tests, check: contract-tests, app: ci }]\n',
  )
  const reported = (app: string) => ({ name: 'contract-tests', app, conclusion: 'success', completedAt: '2026-11-22T10:00:00Z' })
  const statusWith = (...apps: string[]) => decideWith({ policy: { repository }, people: { checks: apps.map(reported) } }).status
  expect([statusWith('github-actions'), statusWith('CI'), statusWith('github-actions', 'ci')]).toEqual(['waiting', 'waiting', 'approved'])
})

test('threat 11: one commit in two pull requests is decided for each by its own base', () => {
  const reviews = [review('kim')]
  const next = breakingNeeds('{ approvals: { from: "@acme/api", count: 2 } }')
  const decisions = [policy, next].map((repository) => decideWith({ policy: { repository }, people: { teams, reviews } }).status)
  expect(decisions).toEqual(['approved', 'waiting'])
})

test('threat 17: what a policy and a catalog point at is never fetched, and outside the repository it is nothing', () => {
  const pointing = (definition: string) =>
    decideWith({
      policy: {
        repository: breakingNeeds('{ approvals: { from: owners } }'),
        catalog: `kind: API\nmetadata: { name: users }\nspec: { owner: user:mallory, definition: { $text: "${definition}" } }`,
      },
      people: { reviews: [review('mallory')] },
    }).status
  for (const definition of ['http://169.254.169.254/openapi.yaml', 'file:///openapi.yaml', '../../openapi.yaml', '//evil/openapi.yaml'])
    expect(pointing(definition)).toBe('waiting')
  expect(pointing('./openapi.yaml')).toBe('approved')
  const { notes } = policySettings(texts({ repository: 'version: 1\nrulesets: ["https://evil.example/rules.js", "acme/rules:all.yaml"]' }))
  expect(notes.map((note) => /is not known|is not read/.test(note))).toEqual([true, true])
})

test('threat 23: somebody who is asked about more than anybody reads is told so', () => {
  const many = (count: number) =>
    decideWith({ findings: Array.from({ length: count }, (_, index) => finding({ fingerprint: `f${index}` })) }).rules[0]?.because.join(
      '\n',
    )
  expect(many(300)).not.toContain('split the pull request')
  expect(many(301)).toContain('This asks about 301 findings at once, more than anybody reads: split the pull request')
})
