import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../../src/policy/parse-policy.ts'
import { apiIdOf, claimOf } from '../../src/policy/claim.ts'
import { classifyFindings } from '../../src/policy/classify.ts'
import { decide } from '../../src/policy/decide.ts'
import { explainDecision, explainPolicy } from '../../src/policy/explain.ts'
import { factsNeeded } from '../../src/policy/facts-needed.ts'
import { comparePolicies } from '../../src/policy/proposed.ts'
import { policySettings } from '../../src/policy/settings.ts'
import { breakingNeeds, enforcing, finding, input, review, texts } from './build.ts'

describe('settings', () => {
  test('without any file', () => {
    expect(policySettings(texts())).toMatchObject({
      mode: 'advise',
      apis: { roots: [], ids: [], discover: true, ignore: [] },
      sensitive: { add: [], allow: [] },
      rulesets: [],
      review: { comments: 'changed-lines', maxComments: 10, summary: 'on-findings' },
      problems: [],
      notes: [],
      sources: ['built-in'],
    })
  })

  test('organisation and repository together', () => {
    const settings = policySettings(
      texts({
        organisation:
          'version: 1\nrulesets: ["spectral:oas"]\nsensitive: { add: [{ name: "iban*", category: financial }] }\nversioning: { semver: true, sunset_min: { stable: 52w } }\nreview: { max_comments: 3 }',
        repository: `version: 1
mode: advise
rulesets: ["spectral:owasp", "spectral:oas", "bank/.github:spectral/bank.yaml"]
versioning: { breaking_needs: major, sunset_min: { stable: 30d, beta: 30d } }
sensitive: { allow: [{ where: { operation: "POST /token" }, property: access_token, why: that is its purpose }] }
review: { comments: none }
apis:
  - { id: shop, root: openapi.yaml, compare_with: "tag:v*" }
  - { discover: true, ignore: "examples/**", mode: off }`,
      }),
    )
    expect(settings).toMatchObject({
      apis: { roots: [{ id: 'shop', globs: ['openapi.yaml'] }], ids: ['shop'], discover: true, ignore: ['examples/**'] },
      rulesets: ['spectral:oas', 'spectral:owasp', 'bank/.github:spectral/bank.yaml'],
      review: { comments: 'none', maxComments: 3 },
      versioning: { semver: true, breakingNeeds: 'major', sunsetMin: { stable: '52w', beta: '30d' } },
      sources: ['org@bbbbbbb', 'repo@bbbbbbb'],
    })
    expect(settings.sensitive.add).toHaveLength(1)
    expect(settings.sensitive.allow).toHaveLength(1)
    expect(settings.apis.entries.map(({ id, mode }) => [id, mode])).toEqual([
      ['shop', null],
      // Never below what the organisation asks for.
      [null, 'enforce'],
    ])
    expect(settings.notes).toEqual([
      'API `shop` asks for a comparison with a tag; it is compared with the merge base.',
      'The ruleset `bank/.github:spectral/bank.yaml` is in another repository; it is not read.',
    ])
  })

  test('an invalid policy is a problem, and enforces what is left', () => {
    const settings = policySettings(texts({ repository: 'version: 1\nmode: advise\nrulez: []' }))
    expect(settings).toMatchObject({ mode: 'enforce', problems: [{ line: 3, side: 'base' }] })
  })
})

describe('which files are APIs', () => {
  const settings = policySettings(
    texts({
      repository: `version: 1
apis:
  - { id: shop, root: openapi.yaml }
  - { id: partner-hooks, root: "partners/*/webhooks.yaml" }
  - { discover: true, ignore: ["examples/**", "partners/acme/**"] }`,
    }),
  )
  test.each([
    ['openapi.yaml', 'root', 'shop'],
    ['partners/acme/webhooks.yaml', 'root', 'partner-hooks/acme'],
    ['partners/acme/other.yaml', 'ignored', null],
    ['examples/petstore.yaml', 'ignored', null],
    ['other.yaml', null, null],
  ])('%s is %s', (path, claim, id) => {
    expect(claimOf(settings)(path)).toBe(claim)
    expect(apiIdOf(settings.apis, path)).toBe(id)
  })
})

test('with named roots only, nothing else is an API, though it may be a part of one', () => {
  const claim = claimOf(policySettings(texts({ repository: 'version: 1\napis: [{ id: shop, root: openapi.yaml }]' })))
  expect(['openapi.yaml', 'other.yaml'].map(claim)).toEqual(['root', 'ignored'])
  expect(claimOf(policySettings(texts()))('other.yaml')).toBe(null)
})

describe('sensitive properties that are meant to be there', () => {
  const allow =
    'version: 1\nsensitive: { allow: [{ where: { operation: "POST /token" }, property: access_token, why: that is its purpose }] }'
  const leak = {
    rule: 'response-secret',
    operation: 'POST /token',
    sensitivity: ['token'],
    security: 'exposure',
    place: { file: 'a.yaml', pointer: '/x/properties/access_token' },
  } as const
  const allowed = (changes: object, repository = allow, organisation: string | null = null) =>
    classifyFindings([finding({ ...leak, ...changes })], policySettings(texts({ repository, organisation }))).findings[0]?.sensitivity
      .length === 0
  test('lose their sensitivity there, and nowhere else', () => {
    expect(allowed({})).toBe(true)
    expect(allowed({ operation: 'GET /users' })).toBe(false)
    expect(allowed({ place: { file: 'a.yaml', pointer: '/x/properties/refresh_token' } })).toBe(false)
    expect(allowed({ operation: null, reaches: ['POST /token', 'GET /users'] })).toBe(false)
  })
  test('but a repository cannot allow what its organisation forbids', () => {
    const floor = 'version: 1\norg: { floor: { rules: [{ name: no tokens, when: { sensitivity: token }, deny: true }] } }'
    expect(allowed({}, allow, floor)).toBe(false)
    expect(allowed({}, 'version: 1', `${floor}\n${allow.split('\n')[1] ?? ''}`)).toBe(true)
  })
})

describe('classification', () => {
  const classify = (repository: string, organisation: string | null = null, changes: Parameters<typeof finding>[0] = {}) =>
    classifyFindings([finding(changes)], policySettings(texts({ repository, organisation })))
  const downgrade =
    'version: 1\nclassify: [{ match: { rule: response-property-removed }, severity: notice, class: nonbreaking, why: nobody reads it }]'

  test('changes class and severity, with its reason', () => {
    const { findings, notes } = classify(downgrade)
    expect(findings).toMatchObject([{ class: 'nonbreaking', severity: 'notice' }])
    expect(notes).toEqual(['`response-property-removed` is classified by the policy: nobody reads it'])
  })
  test('`off` leaves a finding out', () => {
    expect(classify(downgrade.replace('severity: notice, class: nonbreaking', 'severity: off')).findings).toEqual([])
  })
  test('does nothing to others', () => {
    expect(classify(downgrade, null, { rule: 'operation-removed' })).toMatchObject({ findings: [{ class: 'breaking' }], notes: [] })
  })

  const floor = (when: string) => `version: 1\norg: { floor: { rules: [{ name: the floor, when: ${when}, deny: true }] } }`
  test.each([
    '{ class: breaking }',
    '{ severity: error }',
    '{ at_least: warning }',
    '{ any: { rule: "response-*", class: breaking } }',
    '{ rule: operation-removed, none: { class: nonbreaking } }',
  ])('cannot take a finding out of the reach of the organisation: %s', (when) => {
    const { findings, notes } = classify(downgrade, floor(when))
    expect(findings).toMatchObject([{ class: 'breaking', severity: 'error' }])
    expect(notes[0]).toContain('a rule of the organisation would not see it; that has no effect')
  })
  test('nor by leaving it out', () => {
    expect(
      classify(downgrade.replace('severity: notice, class: nonbreaking', 'severity: off'), floor('{ rule: "response-*" }')).findings,
    ).toHaveLength(1)
  })
  test('may change what the organisation does not ask about', () => {
    expect(classify(downgrade, floor('{ rule: "response-*" }')).findings).toMatchObject([{ class: 'nonbreaking' }])
    expect(classify(downgrade, floor('{ sensitivity: credential }')).findings).toMatchObject([{ class: 'nonbreaking' }])
  })
  test("the organisation's own classification comes first", () => {
    const organisation =
      'version: 1\norg: { floor: { classify: [{ match: { rule: operation-added }, class: breaking, why: we are careful }] } }'
    expect(classify('version: 1', organisation, { rule: 'operation-added', class: 'nonbreaking' }).findings).toMatchObject([
      { class: 'breaking' },
    ])
  })
})

describe('facts needed', () => {
  test('everybody whom the files name, once', () => {
    const needed = factsNeeded(
      texts({
        repository: `version: 1
policy_owners: "@Ada"
apis: [{ id: a, root: a.yaml, owners: "@acme/a", product_owner: "@pat" }]
owners: { default: "@acme/default", rules: [{ where: { tag: x }, owners: ["@acme/x", role:admin], also: "@acme/also" }] }
waivers: { grantors: "@acme/council" }
freeze: [{ name: year end, from: 2026-12-18, to: 2027-01-04, except: { approvals: { from: "@acme/incident" } } }]
rules:
  - { name: one, when: { pr: { author: "@acme/authors" } }, require: { any_of: [{ approvals: { from: [owners, "@acme/A"] } }, { approvals: { from: "@bob" } }] } }`,
        organisation:
          'version: 1\norg: { floor: { rules: [{ name: two, when: { class: docs }, require: { approvals: { from: "@acme/floor" } } }] } }',
        codeowners: '* @acme/files docs@example.com\n/x @Carl',
        catalog: 'kind: API\nspec: { owner: group:catalog, definition: { $text: ./a.yaml } }',
        waivers:
          'version: 1\nwaivers: [{ id: w, fingerprint: abcdef, reason: twenty characters long, granted_by: "@dora", expires: 2027-01-01 }]',
      }),
      ['@acme/xowner', 'payments', 'user:eve'],
      { organisation: 'acme' },
    )
    expect(needed.users).toEqual(['ada', 'bob', 'carl', 'dora', 'eve', 'pat'])
    expect(needed.teams).toEqual(
      ['a', 'also', 'authors', 'catalog', 'council', 'default', 'files', 'floor', 'incident', 'payments', 'x', 'xowner'].map(
        (team) => `@acme/${team}`,
      ),
    )
  })
  test('grantors of proposed waivers', () => {
    const proposed = texts({
      waivers:
        'version: 1\nwaivers: [{ id: w, fingerprint: abcdef, reason: twenty characters long, granted_by: "@dora", expires: 2027-01-01 }]',
    })
    expect(factsNeeded(texts(), [], { proposed })).toEqual({ teams: [], users: ['dora'] })
  })
  test('nobody, without files', () => {
    expect(factsNeeded(texts())).toEqual({ teams: [], users: [] })
  })
})

describe('explanations', () => {
  test('the effective policy names where each rule stands', () => {
    const lines = explainPolicy(
      texts({
        repository: breakingNeeds(
          '{ approvals: [{ from: owners, each_owner: true }, { from: "@acme/council", count: 2 }], distinct: true }',
        ),
        organisation:
          'version: 1\norg: { floor: { rules: [{ name: no secrets, when: { sensitivity: credential }, deny: true, waivable: false }] } }',
      }),
    )
    expect(lines).toContain('Rule “no secrets” (enforce): when sensitivity: credential, deny. Cannot be waived. [specgate.yml:2]')
    expect(lines).toContain(
      'Rule “breaking changes” (enforce): when class: breaking, require 1 approval from each of the owners and 2 approvals from @acme/council, by different people. [.github/specgate.yml:4]',
    )
  })
  test('settings beside the rules are told too', () => {
    const lines = explainPolicy(
      texts({
        repository: `version: 1
apis: [{ id: ledger, root: ledger.yaml, mode: advise, stability: beta }, { discover: true }]
classify: [{ match: { rule: operation-removed }, severity: warning, why: nobody called it }]
versioning: { semver: true, breaking_needs: major, sunset_min: { stable: 180d } }
sensitive: { add: [{ name: loyalty number, category: personal }] }
rulesets: [spectral:oas]`,
      }),
    )
    expect(lines).toEqual(
      expect.arrayContaining([
        'API `ledger` (ledger.yaml): mode advise, beta. [apis]',
        'Every other description found. [apis]',
        'Findings with rule: operation-removed become warning: nobody called it. [repository, classify]',
        '`info.version` follows Semantic Versioning. [versioning]',
        'A breaking change needs major. [versioning]',
        'Time between deprecation and sunset: stable 180d. [versioning]',
        '`loyalty number` is personal. [sensitive]',
        'Rulesets: spectral:oas. [rulesets]',
      ]),
    )
  })
  test('the built-in advice says that it blocks nothing', () => {
    expect(explainPolicy(texts()).join('\n')).toContain('the built-in advice applies and blocks nothing')
  })
  test('mistakes come first', () => {
    expect(explainPolicy(texts({ repository: 'version: 1\nrulez: 1' }))[0]).toBe(
      'Mistake (.github/specgate.yml:2): Unknown key `rulez` at the top of the file; did you mean `rules`?',
    )
  })
  test('a decision in sentences', () => {
    const decision = decide(
      input({ policy: { repository: breakingNeeds('{ approvals: { from: "@ada" } }') }, people: { reviews: [review('kim')] } }),
    )
    expect(explainDecision(decision)).toEqual([
      'Waiting for people.',
      'Rule “breaking changes” (repository, enforce): waiting.',
      '  Waiting for 1 approval of `@ada`.',
      '  Asked because of 1 finding: `response-property-removed` in `GET /users`.',
      'Ask for a review: @ada.',
    ])
  })
})

test('the difference between two policies in words', () => {
  const read = (text: string) => {
    const result = parsePolicy(text)
    if ('problems' in result) throw new Error(result.problems[0]?.message)
    return result.policy
  }
  const base = read(
    enforcing(
      '- { name: weaker security, when: { security: weakening }, deny: true }\n- { name: kept rule, when: { class: breaking }, deny: true }',
    ),
  )
  const head = read(
    `${enforcing('- { name: kept rule, when: { class: docs }, deny: true }\n- { name: new rule, when: { class: docs }, deny: true }')}owners: { default: "@ada" }\n`,
  )
  expect(comparePolicies(base, head)).toEqual([
    'Rule “weaker security” is removed.',
    'Rule “kept rule” changes: `when`.',
    'Rule “new rule” is added.',
    '`owners` is added.',
  ])
  expect(comparePolicies(base, base)).toEqual([])
  expect(comparePolicies(null, read('version: 1\nmode: off'))).toEqual(['`mode` changes from nothing to `off`.'])
})
