/**
 * Every key of the grammar changes what a pull request gets: for each there are two policies that differ in it, and their reviews differ.
 * A key without such a pair fails the first test, so nothing can be read, validated and ignored.
 */
import { describe, expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { policyJsonSchema } from '../../src/policy/policy-json-schema.ts'
import { policySettings } from '../../src/policy/settings.ts'
import { renderReport } from '../../src/render/check-run.ts'
import { review } from '../../src/run.ts'
import * as whole from '../builders.ts'
import { api, commit, element, finding, input, pullRequest, review as approval, texts, type InputChanges, type Texts } from './build.ts'

/** Keys that no outcome can depend on: they have one possible value. */
const constants = ['.version', '.waivers.file']
/** Commands in comments have their own tests: test/policy/commands*.test.ts. */
const spoken = ['.break_glass', '.break_glass.by', '.approvals.by']
/** What only GitHub shows: test/app/outputs.test.ts. */
const outputs = ['.review.labels', '.review.sarif']

type Schema = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `.apis[].root`, `#rule.when`: each key of the grammar, those of a named part once. */
function keysOfGrammar(): string[] {
  const schema = policyJsonSchema()
  const parts = isObject(schema['$defs']) ? schema['$defs'] : {}
  const keys = new Set<string>()
  const seen = new Set<string>()
  const walk = (node: unknown, path: string): void => {
    if (!isObject(node)) return
    const name = typeof node['$ref'] === 'string' ? (node['$ref'].split('/').at(-1) ?? '') : null
    if (name !== null) {
      if (!seen.has(name)) walk(parts[(seen.add(name), name)], `#${name}`)
      return
    }
    for (const [key, inner] of Object.entries(isObject(node['properties']) ? node['properties'] : {})) {
      keys.add(`${path}.${key}`)
      walk(inner, `${path}.${key}`)
    }
    walk(node['items'], `${path}[]`)
    const options = [node['anyOf'], node['oneOf'], node['allOf']].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    for (const one of options) walk(one, path)
  }
  walk(schema, '')
  return [...keys]
}

/** Two policies that differ in one key only, and the facts that both meet. */
interface Pair {
  readonly key: string
  readonly one: Texts | string
  readonly other: Texts | string
  readonly facts?: InputChanges
}

const json = JSON.stringify
const policy = (content: object) => json({ version: 1, mode: 'enforce', ...content })
const rule = (content: object) => policy({ rules: [{ name: 'the rule', when: { class: 'breaking' }, deny: true, ...content }] })
const requiring = (require: object, more: object = {}) =>
  policy({ rules: [{ name: 'the rule', when: { class: 'breaking' }, require }], ...more })

/** What the conditions below are asked about. */
const facts: InputChanges = {
  findings: [
    finding({
      security: 'exposure',
      severity: 'warning',
      sensitivity: ['personal'],
      component: 'schemas/User',
      place: { file: 'a.yaml', pointer: '' },
    }),
    finding({ fingerprint: 'f00d00000002', new: false, class: 'docs', operation: null }),
  ],
  apis: [
    api({
      operations: { 'GET /users': element({ tags: ['people'], owners: ['@acme/people'], stability: 'beta', visibility: 'partner' }) },
    }),
  ],
  people: { teams: { '@acme/people': ['kim'], '@acme/b': ['tom', 'kim'], '@acme/c': ['tom'] } },
}

/** For each fact a value that holds for the finding and one that does not. */
const places = {
  api: ['users', 'orders'],
  files: ['a.yaml', 'b.yaml'],
  file: ['a.yaml', 'b.yaml'],
  path: ['/us*', '/orders'],
  operation: ['GET /users', 'POST /users'],
  tag: ['people', 'orders'],
  component: ['User', 'Order'],
} as const
const findingFacts = {
  class: ['breaking', 'docs'],
  security: ['exposure', 'weakening'],
  rule: ['response-*', 'operation-*'],
  severity: ['warning', 'error'],
  at_least: ['notice', 'error'],
  sensitivity: ['personal', 'token'],
  stability: ['beta', 'stable'],
  visibility: ['partner', 'public'],
  direction: ['response', 'request'],
  owner: ['@acme/people', '@acme/b'],
  new: [true, false],
  where: [{ path: '/users' }, { path: '/orders' }],
  ...places,
} as const

const pairsOf = (name: string, table: object, write: (condition: object) => string): Pair[] =>
  Object.entries(table).map(([key, [holds, fails]]: [string, readonly unknown[]]) => ({
    key: `${name}.${key}`,
    one: write({ [key]: holds }),
    other: write({ [key]: fails }),
    facts,
  }))

const conditions: Pair[] = [
  ...pairsOf('#condition', findingFacts, (when) => rule({ when })),
  ...pairsOf('#matcher', findingFacts, (any) => rule({ when: { any } })),
  ...pairsOf('#plain-matcher', findingFacts, (not) => rule({ when: { rule: '*', not } })),
  ...pairsOf('#where', { ...places, owner: findingFacts.owner }, (where) => rule({ when: { where } })),
  ...pairsOf('#place', places, (where) =>
    requiring({ approvals: { from: 'owners' } }, { owners: { use: [], rules: [{ where, owners: '@acme/b' }] } }),
  ),
  ...pairsOf(
    '#condition.pr',
    {
      author: ['@author', '@kim'],
      bot: [false, true],
      fork: [false, true],
      base: ['main', 'next'],
      label: ['risky', 'other'],
      draft: [false, true],
    },
    (pr) => rule({ when: { pr } }),
  ).map((pair) => ({ ...pair, facts: { ...facts, pullRequest: pullRequest({ labels: ['risky'] }) } })),
  { key: '#condition.not', one: rule({ when: { rule: '*', not: { class: 'breaking' } } }), other: rule({ when: { rule: '*' } }), facts },
  {
    key: '#matcher.not',
    one: rule({ when: { any: { rule: '*', not: { class: 'breaking' } } } }),
    other: rule({ when: { any: { rule: '*' } } }),
    facts,
  },
  { key: '#condition.any', one: rule({ when: { any: { class: 'docs' } } }), other: rule({ when: { any: { class: 'breaking' } } }), facts },
  { key: '#condition.all', one: rule({ when: { all: { class: 'docs' } } }), other: rule({ when: { all: { class: 'breaking' } } }), facts },
  {
    key: '#condition.none',
    one: rule({ when: { none: { class: 'docs' } } }),
    other: rule({ when: { none: { class: 'breaking' } } }),
    facts,
  },
  {
    key: '#condition.count',
    one: rule({ when: { class: 'breaking', count: '>= 1' } }),
    other: rule({ when: { class: 'breaking', count: '> 1' } }),
    facts,
  },
  { key: '#condition.pr', one: rule({ when: { pr: { base: 'main' } } }), other: rule({ when: { pr: { base: 'next' } } }), facts },
  {
    key: '#condition.policy_changed',
    one: rule({ when: { policy_changed: true } }),
    other: rule({ when: { policy_changed: false } }),
    facts,
  },
]

const asked = { approvals: { from: '@ada' } }
const kimAndTom: InputChanges = { people: { teams: { '@acme/b': ['kim', 'tom'], '@acme/c': ['kim', 'tom'] }, reviews: [approval('kim')] } }
const evidence = (changes: object) =>
  requiring({ evidence: 'tests' }, { evidence: [{ id: 'tests', check: 'tests', app: 'ci', ...changes }] })
const reported: InputChanges = {
  people: { checks: [{ name: 'tests', app: 'ci', conclusion: 'success', completedAt: '2026-11-01T00:00:00Z' }] },
}
const waiver = (changes: object) => ({
  id: 'w1',
  fingerprint: 'f00d00000001',
  reason: 'The field was never filled in production.',
  granted_by: '@mia',
  expires: '2027-01-31',
  ...changes,
})
const waiving = (changes: object, more: object = {}) =>
  rule({}).replace('"version":1', `"version":1,"waivers":${json({ grantors: '@mia', list: [waiver(changes)], ...more })}`)
const matching = (match: object) =>
  waiving({ fingerprint: undefined, match: { api: 'users', rule: 'response-property-removed', operation: 'GET /users', ...match } })
const freeze = (changes: object) => policy({ freeze: [{ name: 'year end', from: '2026-11-01', to: '2026-12-31', ...changes }] })
const approvalForms: readonly (readonly [string, (approvals: object) => object])[] = [
  ['#requirement.approvals', (one) => ({ approvals: one })],
  ['#requirement.approvals[]', (one) => ({ approvals: [one] })],
  ['#requirement.any_of[].approvals', (one) => ({ any_of: [{ approvals: one }, { approvals: { from: '@nobody' } }] })],
  ['#requirement.any_of[].approvals[]', (one) => ({ any_of: [{ approvals: [one] }, { approvals: { from: '@nobody' } }] })],
]

const requirements: Pair[] = [
  ...approvalForms.flatMap(([key, form]): Pair[] => [
    { key: `${key}.from`, one: requiring(form({ from: '@acme/b' })), other: requiring(form({ from: '@eve' })), facts: kimAndTom },
    {
      key: `${key}.count`,
      one: requiring(form({ from: '@acme/b', count: 1 })),
      other: requiring(form({ from: '@acme/b', count: 2 })),
      facts: kimAndTom,
    },
    {
      key: `${key}.each_owner`,
      one: requiring(form({ from: 'owners' }), { owners: { default: ['@kim', '@tom'] } }),
      other: requiring(form({ from: 'owners', each_owner: true }), { owners: { default: ['@kim', '@tom'] } }),
      facts: kimAndTom,
    },
  ]),
  { key: '#requirement.approvals', one: requiring(asked), other: requiring({ approvals: { from: '@bob' } }) },
  {
    key: '#requirement.any_of',
    one: requiring({ any_of: [asked, { approvals: { from: '@kim' } }] }),
    other: requiring({ any_of: [asked, { approvals: { from: '@bob' } }] }),
    facts: kimAndTom,
  },
  {
    key: '#requirement.any_of[].approvals',
    one: requiring({ any_of: [asked, asked] }),
    other: requiring({ any_of: [asked, { approvals: { from: '@kim' } }] }),
    facts: kimAndTom,
  },
  {
    key: '#requirement.distinct',
    one: requiring({ approvals: [{ from: '@acme/b' }, { from: '@acme/c' }], distinct: true }),
    other: requiring({ approvals: [{ from: '@acme/b' }, { from: '@acme/c' }] }),
    facts: kimAndTom,
  },
  {
    key: '#requirement.exclude',
    one: requiring({ approvals: { from: '@kim' }, exclude: ['contributors'] }),
    other: requiring({ approvals: { from: '@kim' }, exclude: [] }),
    facts: { people: { reviews: [approval('kim')], commits: [commit('kim')] } },
  },
  {
    key: '#requirement.evidence',
    one: evidence({}),
    other: evidence({}).replace('"evidence":"tests"', '"approvals":{"from":"@ada"}'),
    facts: reported,
  },
  { key: '#rule.name', one: rule({ name: 'one name' }), other: rule({ name: 'another' }) },
  { key: '#rule.why', one: rule({ why: 'Partners depend on it.' }), other: rule({}) },
  { key: '#rule.link', one: rule({ link: 'https://wiki.example' }), other: rule({}) },
  { key: '#rule.when', one: rule({ when: { class: 'breaking' } }), other: rule({ when: { class: 'docs' } }) },
  { key: '#rule.require', one: requiring(asked), other: requiring({ approvals: { from: '@bob' } }) },
  { key: '#rule.deny', one: rule({}), other: rule({ deny: undefined, require: asked }) },
  { key: '#rule.mode', one: rule({ mode: 'advise' }), other: rule({}) },
  { key: '#rule.waivable', one: waiving({}), other: waiving({}).replace('"deny":true', '"deny":true,"waivable":false') },
  { key: '.waivers', one: waiving({}), other: rule({}) },
  { key: '.waivers.grantors', one: waiving({}), other: waiving({}, { grantors: '@bob' }) },
  { key: '.waivers.max_age', one: waiving({ granted: '2026-11-01' }), other: waiving({ granted: '2026-11-01' }, { max_age: '30d' }) },
  { key: '.waivers.list', one: waiving({}), other: waiving({}, { list: [] }) },
  { key: '#waiver.id', one: waiving({ id: 'w1' }), other: waiving({ id: 'w2' }) },
  { key: '#waiver.fingerprint', one: waiving({}), other: waiving({ fingerprint: 'ffffff' }) },
  { key: '#waiver.digest', one: waiving({}), other: waiving({ digest: 'anotherdigest' }) },
  { key: '#waiver.match', one: matching({}), other: matching({ operation: 'GET /orders' }) },
  { key: '#waiver.match.api', one: matching({}), other: matching({ api: 'orders' }) },
  { key: '#waiver.match.rule', one: matching({}), other: matching({ rule: 'operation-removed' }) },
  { key: '#waiver.match.operation', one: matching({}), other: matching({ operation: 'POST /users' }) },
  { key: '#waiver.match.component', one: matching({}), other: matching({ component: 'schemas/Order' }) },
  { key: '#waiver.kind', one: waiving({}), other: waiving({ kind: 'agreed' }) },
  { key: '#waiver.reason', one: waiving({}), other: waiving({ reason: 'The regulator asked for it last year.' }) },
  { key: '#waiver.ticket', one: waiving({}), other: waiving({ ticket: 'GOV-1' }) },
  { key: '#waiver.granted_by', one: waiving({}), other: waiving({ granted_by: '@eve' }) },
  { key: '#waiver.granted', one: waiving({}), other: waiving({ granted: '2026-12-24' }) },
  { key: '#waiver.expires', one: waiving({}), other: waiving({ expires: '2026-01-31' }) },
  { key: '.freeze', one: freeze({}), other: policy({}) },
  { key: '.freeze[].name', one: freeze({}), other: freeze({ name: 'release' }) },
  { key: '.freeze[].why', one: freeze({}), other: freeze({ why: 'Nobody is here.' }) },
  { key: '.freeze[].from', one: freeze({}), other: freeze({ from: '2026-12-01' }) },
  { key: '.freeze[].to', one: freeze({}), other: freeze({ to: '2026-11-02' }) },
  { key: '.freeze[].where', one: freeze({}), other: freeze({ where: { api: 'orders' } }) },
  { key: '.freeze[].except', one: freeze({}), other: freeze({ except: asked }) },
  { key: '.evidence', one: evidence({}), other: evidence({ app: 'other' }), facts: reported },
  {
    key: '.evidence[].id',
    one: evidence({}),
    other: evidence({})
      .replaceAll('"tests"', '"other"')
      .replace('"check":"other"', '"check":"tests"')
      .replace('"evidence":"other"', '"evidence":"tests"'),
    facts: reported,
  },
  { key: '.evidence[].check', one: evidence({}), other: evidence({ check: 'lint' }), facts: reported },
  { key: '.evidence[].app', one: evidence({}), other: evidence({ app: 'other' }), facts: reported },
  { key: '.evidence[].max_age', one: evidence({}), other: evidence({ max_age: '7d' }), facts: reported },
]

const old: InputChanges = {
  people: { reviews: [approval('kim', { commit: 'e'.repeat(40) })] },
  digestsAt: { ['e'.repeat(40)]: ['digest of f00d00000001'] },
}
const byKim = { approvals: { from: '@kim' } }
const owned = (more: object) => requiring({ approvals: { from: 'owners' } }, more)
const root = 'openapi.yaml'
const catalog = 'kind: API\nmetadata: { name: people }\nspec: { owner: user:kim, definition: { $text: ./dist/openapi.yaml } }'
const floor = (content: object, more: object = {}) =>
  json({ version: 1, org: { floor: { rules: [{ name: 'floor rule', when: { class: 'breaking' }, deny: true }], ...content }, ...more } })
const under = (organisation: string, repository = policy({ mode: 'off' })): Texts => ({ organisation, repository })

const defaults: Pair[] = [
  {
    key: '.extends',
    one: under(json({ version: 1, rules: [{ name: 'recommended', when: { class: 'breaking' }, deny: true }] })),
    other: under(
      json({ version: 1, rules: [{ name: 'recommended', when: { class: 'breaking' }, deny: true }] }),
      policy({ extends: 'none' }),
    ),
  },
  { key: '.mode', one: rule({}), other: rule({}).replace('enforce', 'advise') },
  {
    key: '.policy_owners',
    one: policy({}),
    other: policy({ policy_owners: '@ada' }),
    facts: { changedFiles: [{ path: '.github/specgate.yml', previousPath: null, status: 'modified', headLines: null }] },
  },
  { key: '.rules', one: rule({}), other: policy({}) },
  { key: '.approvals', one: requiring(byKim), other: requiring(byKim, { approvals: { fresh: 'push' } }), facts: old },
  { key: '.approvals.fresh', one: requiring(byKim), other: requiring(byKim, { approvals: { fresh: 'push' } }), facts: old },
  {
    key: '.approvals.exclude',
    one: requiring(byKim),
    other: requiring(byKim, { approvals: { exclude: [] } }),
    facts: { people: { reviews: [approval('kim')], commits: [commit('kim')] } },
  },
  { key: '.approvals.request_reviewers', one: requiring(asked), other: requiring(asked, { approvals: { request_reviewers: 'none' } }) },
  {
    key: '.approvals.changes_requested',
    one: requiring(byKim),
    other: requiring(byKim, { approvals: { changes_requested: 'ignore' } }),
    facts: { people: { reviews: [approval('kim', { state: 'changes-requested' })], permissions: { kim: 'write' } } },
  },
  { key: '.owners', one: owned({ owners: { default: '@kim' } }), other: owned({}) },
  {
    key: '.owners.use',
    one: { repository: owned({ owners: { use: ['codeowners'] } }), codeowners: '* @kim' },
    other: { repository: owned({ owners: { use: [] } }), codeowners: '* @kim' },
  },
  { key: '.owners.default', one: owned({ owners: { default: '@kim' } }), other: owned({ owners: { default: '@tom' } }) },
  { key: '.owners.rules', one: owned({ owners: { rules: [{ where: { api: '*' }, owners: '@kim' }] } }), other: owned({}) },
  {
    key: '.owners.rules[].where',
    one: owned({ owners: { rules: [{ where: { api: 'users' }, owners: '@kim' }] } }),
    other: owned({ owners: { rules: [{ where: { api: 'orders' }, owners: '@kim' }] } }),
  },
  {
    key: '.owners.rules[].owners',
    one: owned({ owners: { rules: [{ where: { api: '*' }, owners: '@kim' }] } }),
    other: owned({ owners: { rules: [{ where: { api: '*' }, owners: '@tom' }] } }),
  },
  {
    key: '.owners.rules[].also',
    one: owned({ owners: { rules: [{ where: { api: '*' }, owners: '@kim' }] } }),
    other: owned({ owners: { rules: [{ where: { api: '*' }, owners: '@kim', also: '@tom' }] } }),
  },
  { key: '.apis[].owners', one: owned({ apis: [{ id: 'users', root }] }), other: owned({ apis: [{ id: 'users', root, owners: '@kim' }] }) },
  {
    key: '.apis[].product_owner',
    one: requiring({ approvals: { from: 'product-owner' } }, { apis: [{ id: 'users', root, product_owner: '@kim' }] }),
    other: requiring({ approvals: { from: 'product-owner' } }, { apis: [{ id: 'users', root, product_owner: '@tom' }] }),
  },
  {
    key: '.apis[].stability',
    one: rule({ when: { stability: 'draft' } }),
    other: rule({ when: { stability: 'draft' } }).replace(
      '"version":1',
      `"version":1,"apis":${json([{ id: 'users', root, stability: 'draft' }])}`,
    ),
  },
  {
    key: '.apis[].visibility',
    one: rule({ when: { visibility: 'internal' } }),
    other: rule({ when: { visibility: 'internal' } }).replace(
      '"version":1',
      `"version":1,"apis":${json([{ id: 'users', root, visibility: 'internal' }])}`,
    ),
  },
  {
    key: '.apis[].backstage',
    one: { repository: owned({ apis: [{ id: 'users', root }] }), catalog },
    other: { repository: owned({ apis: [{ id: 'users', root, backstage: 'api:default/people' }] }), catalog },
  },
  { key: '.org', one: under(floor({})), other: under(json({ version: 1 })) },
  { key: '.org.floor', one: under(floor({})), other: under(json({ version: 1, org: {} })) },
  { key: '.org.floor.mode', one: under(floor({ mode: 'enforce' })), other: under(floor({ mode: 'advise' })) },
  { key: '.org.floor.rules', one: under(floor({})), other: under(floor({ rules: [] })) },
  { key: '.org.rollout', one: under(floor({})), other: under(floor({}, { rollout: [{ repos: 'acme/*', mode: 'advise' }] })) },
  {
    key: '.org.rollout[].repos',
    one: under(floor({}, { rollout: [{ repos: 'acme/*', mode: 'advise' }] })),
    other: under(floor({}, { rollout: [{ repos: 'other/*', mode: 'advise' }] })),
  },
  {
    key: '.org.rollout[].mode',
    one: under(floor({}, { rollout: [{ repos: 'acme/*', mode: 'advise' }] })),
    other: under(floor({}, { rollout: [{ repos: 'acme/*', mode: 'enforce' }] })),
  },
  {
    key: '.org.rollout[].until',
    one: under(floor({}, { rollout: [{ repos: 'acme/*', mode: 'advise' }] })),
    other: under(floor({}, { rollout: [{ repos: 'acme/*', mode: 'advise', until: '2026-01-31' }] })),
  },
  { key: '.org.allow_repo', one: under(floor({ rules: [] }), rule({})), other: under(floor({ rules: [] }, { allow_repo: [] }), rule({})) },
]

const decided = [...conditions, ...requirements, ...defaults]

describe('decisions differ when only this key does', () => {
  const textsOf = (side: Texts | string): Texts => (typeof side === 'string' ? { repository: side } : side)
  test.each(decided.map((pair) => [pair.key, pair] as const))('%s', (_key, { one, other, facts: more = {} }) => {
    const decideWith = (side: Texts | string) =>
      decide(
        input({
          ...more,
          policy: textsOf(side),
          people: { ...more.people, permissions: { author: 'write', ...more.people?.permissions } },
        }),
      )
    const [left, right] = [decideWith(one), decideWith(other)]
    // Both are policies that can be used: a difference between a policy and a mistake says nothing.
    if (_key !== '.org.allow_repo' && _key !== '.evidence[].id') expect([...left.problems, ...right.problems]).toEqual([])
    expect(left).not.toEqual(right)
  })
})

/** Two descriptions, and what a pull request gets for the change from one to the other. */
interface Reviewed {
  readonly key: string
  readonly one: Texts | string
  readonly other: Texts | string
  readonly base?: object
  readonly head?: object
}

const responses = (schema: object) => ({ responses: { 200: { description: 'Done', content: { 'application/json': { schema } } } } })
const description = (paths: object, version = '1.0.0') => ({ openapi: '3.0.3', info: { title: 'Users', version }, paths })
const user = (properties: object) => responses({ type: 'object', properties })
const get = (operation: object, path = '/users') => description({ [path]: { get: operation } })
const text = { type: 'string' }
const base = get(responses({ type: 'object', required: ['name'], properties: { id: text, name: text } }))
const head = get(user({ id: text }))
const apis = (changes: object) => policy({ apis: [{ id: 'users', root, ...changes }] })
const withEnum = (...values: string[]) => get(user({ state: { type: 'string', enum: values } }))
const loyal = get(responses({ type: 'object', required: ['name'], properties: { id: text, name: text, loyaltyNumber: text } }))
const secret = get(user({ id: text, name: text, access_token: text }))
const prefixed = (path: string) => get(user({ id: text }), path)
const stableAs = (level: string, more: object) => get({ ...user({ id: text }), 'x-stability-level': level, ...more })
const sunset = (level: string): Reviewed => ({
  key: `.versioning.sunset_min.${level}`,
  one: policy({ versioning: { sunset_min: { [level]: '1d' } } }),
  other: policy({ versioning: { sunset_min: { [level]: '400d' } } }),
  base: stableAs(level, {}),
  head: stableAs(level, { deprecated: true, 'x-sunset': '2026-06-01' }),
})
const classify = (changes: object) =>
  policy({
    classify: [{ match: { rule: 'response-property-removed' }, severity: 'notice', class: 'docs', why: 'nobody reads it', ...changes }],
  })
const allow = (changes: object) =>
  policy({
    sensitive: { allow: [{ where: { operation: 'GET /users' }, property: 'access_token', why: 'that is its purpose', ...changes }] },
  })
const addName = (changes: object) => policy({ sensitive: { add: [{ name: 'loyalty number', category: 'personal', ...changes }] } })
const told = (report: string) => policy({ rules: [{ name: 'the rule', when: { class: 'docs' }, report }] })
const reword = { base: get({ ...user({ id: text }), description: 'a' }), head: get({ ...user({ id: text }), description: 'b' }) }

const reviewed: Reviewed[] = [
  { key: '.apis', one: policy({}), other: policy({ apis: [{ id: 'other', root: 'other.yaml' }] }) },
  { key: '.apis[].id', one: apis({}), other: apis({ id: 'people' }) },
  { key: '.apis[].root', one: apis({}), other: apis({ root: 'other.yaml' }) },
  {
    key: '.apis[].discover',
    one: policy({ apis: [{ id: 'x', root: 'x.yaml' }] }),
    other: policy({ apis: [{ id: 'x', root: 'x.yaml' }, { discover: true }] }),
  },
  { key: '.apis[].ignore', one: policy({ apis: [{ discover: true }] }), other: policy({ apis: [{ discover: true, ignore: '*.yaml' }] }) },
  { key: '.apis[].mode', one: apis({}), other: apis({ mode: 'advise' }) },
  { key: '.apis[].mode', one: policy({ apis: [{ discover: true }] }), other: policy({ apis: [{ discover: true, mode: 'advise' }] }) },
  { key: '.apis[].compare_with', one: apis({ compare_with: 'base' }), other: apis({ compare_with: 'tag:v*' }) },
  { key: '.apis[].enums', one: apis({ enums: 'open' }), other: apis({ enums: 'closed' }), base: withEnum('a'), head: withEnum('a', 'b') },
  {
    key: '.apis[].generated_clients',
    one: apis({}),
    other: apis({ generated_clients: true }),
    base: get({ operationId: 'a', ...user({}) }),
    head: get({ operationId: 'b', ...user({}) }),
  },
  {
    key: '.apis[].prefixes',
    one: apis({}),
    other: apis({ prefixes: { head: { strip: '/v2' } } }),
    base: prefixed('/users'),
    head: prefixed('/v2/users'),
  },
  {
    key: '.apis[].prefixes.head',
    one: apis({}),
    other: apis({ prefixes: { head: { strip: '/v2' } } }),
    base: prefixed('/users'),
    head: prefixed('/v2/users'),
  },
  {
    key: '.apis[].prefixes.head.strip',
    one: apis({}),
    other: apis({ prefixes: { head: { strip: '/v2' } } }),
    base: prefixed('/users'),
    head: prefixed('/v2/users'),
  },
  {
    key: '.apis[].prefixes.head.add',
    one: apis({}),
    other: apis({ prefixes: { head: { add: '/v2' } } }),
    base: prefixed('/v2/users'),
    head: prefixed('/users'),
  },
  {
    key: '.apis[].prefixes.base',
    one: apis({}),
    other: apis({ prefixes: { base: { strip: '/v1' } } }),
    base: prefixed('/v1/users'),
    head: prefixed('/users'),
  },
  {
    key: '.apis[].prefixes.base.strip',
    one: apis({}),
    other: apis({ prefixes: { base: { strip: '/v1' } } }),
    base: prefixed('/v1/users'),
    head: prefixed('/users'),
  },
  {
    key: '.apis[].prefixes.base.add',
    one: apis({}),
    other: apis({ prefixes: { base: { add: '/v2' } } }),
    base: prefixed('/users'),
    head: prefixed('/v2/users'),
  },
  { key: '.versioning', one: policy({}), other: policy({ versioning: { semver: true } }) },
  { key: '.versioning.semver', one: policy({ versioning: { semver: false } }), other: policy({ versioning: { semver: true } }) },
  { key: '.versioning.breaking_needs', one: policy({ versioning: {} }), other: policy({ versioning: { breaking_needs: 'major' } }) },
  {
    key: '.versioning.breaking_needs',
    one: policy({ versioning: { breaking_needs: 'any-bump' } }),
    other: policy({ versioning: { breaking_needs: 'major' } }),
    head: { ...head, info: { title: 'Users', version: '1.1.0' } },
  },
  {
    key: '.versioning.sunset_min',
    one: policy({ versioning: {} }),
    other: policy({ versioning: { sunset_min: { stable: '400d' } } }),
    head: get({ ...user({ id: text, name: text }), deprecated: true }),
  },
  ...['draft', 'alpha', 'beta', 'stable'].map(sunset),
  { key: '.versioning.sunset_min.deprecated', one: policy({}), other: policy({ versioning: { sunset_min: { deprecated: '1d' } } }) },
  { key: '.sensitive', one: policy({}), other: addName({}), head: loyal },
  { key: '.sensitive.add', one: policy({}), other: addName({}), head: loyal },
  { key: '.sensitive.add[].name', one: addName({}), other: addName({ name: 'shoe size' }), head: loyal },
  { key: '.sensitive.add[].category', one: addName({}), other: addName({ category: 'financial' }), head: loyal },
  { key: '.sensitive.allow', one: policy({}), other: allow({}), head: secret },
  { key: '.sensitive.allow[].where', one: allow({}), other: allow({ where: { operation: 'GET /orders' } }), head: secret },
  { key: '.sensitive.allow[].property', one: allow({}), other: allow({ property: 'id_token' }), head: secret },
  { key: '.sensitive.allow[].why', one: allow({}), other: allow({ why: 'the client asked for it' }), head: secret },
  { key: '.classify', one: policy({}), other: classify({}) },
  { key: '#classification.match', one: classify({}), other: classify({ match: { rule: 'operation-removed' } }) },
  { key: '#classification.severity', one: classify({ class: undefined }), other: classify({ class: undefined, severity: 'warning' }) },
  { key: '#classification.class', one: classify({}), other: classify({ class: 'dangerous' }) },
  { key: '#classification.why', one: classify({}), other: classify({ why: 'another reason' }) },
  { key: '.rulesets', one: policy({}), other: policy({ rulesets: ['spectral:oas'] }) },
  { key: '.rulesets', one: policy({}), other: policy({ rulesets: ['specgate:strict'] }) },
  {
    key: '.org.floor.classify',
    one: under(json({ version: 1 })),
    other: under(
      json({ version: 1, org: { floor: { classify: [{ match: { class: 'breaking' }, class: 'dangerous', why: 'nobody reads it' }] } } }),
    ),
  },
  { key: '#rule.report', one: told('none'), other: told('summary'), ...reword },
  { key: '#rule.report', one: told('summary'), other: told('annotation'), ...reword },
  { key: '#rule.report', one: told('annotation'), other: told('comment'), ...reword },
  { key: '.review', one: policy({}), other: policy({ review: { comments: 'none' } }) },
  { key: '.review.comments', one: policy({}), other: policy({ review: { comments: 'none' } }) },
  {
    key: '.review.comments',
    one: policy({}),
    other: policy({ review: { comments: 'all' } }),
    base: withEnum('a'),
    head: withEnum('a', 'b'),
  },
  { key: '.review.max_comments', one: policy({}), other: policy({ review: { max_comments: 0 } }) },
  { key: '.review.summary', one: policy({}), other: policy({ review: { summary: 'always' } }), ...reword },
]

/** One key a line, so that what changes has a line of its own. */
const written = (value: object) => json(value, null, 2)

async function outcomeOf(side: Texts | string, { base: before = base, head: after = head }: Reviewed): Promise<object> {
  const policyTexts = texts(typeof side === 'string' ? { repository: side } : side)
  const snapshot = whole.snapshotOf(
    { [root]: written(before) },
    { [root]: written(after) },
    { policy: policyTexts, pullRequest: pullRequest() },
  )
  const result = await review(snapshot)
  const { review: settings } = policySettings(snapshot.policy, snapshot)
  const report = renderReport(result, {
    repositoryUrl: '',
    isPublic: false,
    pullRequest: { number: 1, draft: false },
    appSlug: 'specgate',
    comments: { on: settings.comments, most: settings.maxComments },
    summary: settings.summary,
  })
  return { result, report }
}

describe('reviews differ when only this key does', () => {
  test.each(reviewed.map((pair) => [pair.key, pair] as const))('%s', { timeout: 60_000 }, async (_key, pair) => {
    const [one, other] = [await outcomeOf(pair.one, pair), await outcomeOf(pair.other, pair)]
    expect(one).not.toEqual(other)
  })
})

test('every key of the grammar is among them', () => {
  const tested = new Set([...decided, ...reviewed].map(({ key }) => key))
  expect(keysOfGrammar().filter((key) => ![...constants, ...spoken, ...outputs].includes(key) && !tested.has(key))).toEqual([])
  expect([...tested].filter((key) => !keysOfGrammar().includes(key))).toEqual([])
})
