import { expect, test } from 'vitest'
import type { ApiFacts } from '../../src/model/api-facts.ts'
import { decide } from '../../src/policy/decide.ts'
import { api, breakingNeeds, element, finding, input, type FindingChanges, type PeopleChanges, type Texts } from './build.ts'

interface Case extends Texts {
  readonly owners?: string
  readonly apis?: string
  readonly require?: string
  readonly facts?: readonly ApiFacts[]
  readonly finding?: FindingChanges
  readonly people?: PeopleChanges
}

function groups({
  owners,
  apis,
  require = '{ approvals: { from: owners } }',
  facts = [api()],
  finding: changes,
  people,
  ...texts
}: Case): readonly string[] {
  const more = `${owners === undefined ? '' : `owners: ${owners}\n`}${apis === undefined ? '' : `apis: ${apis}\n`}`
  const repository = breakingNeeds(require).replace('rules:', `${more}rules:`)
  const decision = decide(
    input({ policy: { repository, ...texts }, apis: facts, findings: [finding(changes)], ...(people === undefined ? {} : { people }) }),
  )
  expect(decision.problems).toEqual([])
  return decision.rules[0]?.requirements.map(({ from }) => from) ?? []
}

const catalog = 'kind: API\nspec: { owner: group:backstage-team, definition: { $text: ./openapi.yaml } }'
const codeowners = '* @acme/files'
const usersApi = '[{ id: users, root: openapi.yaml, owners: "@acme/api-entry" }]'

test('the first source that knows an owner wins, in the order of the manual', () => {
  const owned = [api({ operations: { 'GET /users': element({ owners: ['@acme/operation'] }) }, owners: ['@acme/info'] })]
  const rule = '{ default: "@acme/default", rules: [{ where: { path: /users }, owners: "@acme/rule" }] }'
  const rest = { codeowners, catalog, apis: usersApi, facts: owned }
  expect(groups({ ...rest, owners: rule })).toEqual(['owners (@acme/rule)'])
  expect(groups({ ...rest })).toEqual(['owners (@acme/operation)'])
  expect(groups({ ...rest, facts: [api()] })).toEqual(['owners (@acme/backstage-team)'])
  expect(groups({ codeowners, apis: usersApi })).toEqual(['owners (@acme/files)'])
  expect(groups({ apis: usersApi, owners: '{ default: "@acme/default" }' })).toEqual(['owners (@acme/api-entry)'])
  expect(groups({ owners: '{ default: "@acme/default" }' })).toEqual(['owners (@acme/default)'])
  expect(groups({})).toEqual(['owners (role:admin)'])
})

test('x-owner of the operation, then its tags, its component, its API', () => {
  const facts = (own: readonly string[], tags: readonly string[]): readonly ApiFacts[] => [
    api({
      operations: { 'GET /users': element({ owners: own, tags }) },
      components: { 'schemas/User': element({ owners: ['@component'] }) },
      tagOwners: { admin: ['@tag'] },
      owners: ['@info'],
    }),
  ]
  const inUser = { component: 'schemas/User' }
  expect(groups({ facts: facts(['@operation'], ['admin']), finding: inUser })).toEqual(['owners (@operation)'])
  expect(groups({ facts: facts([], ['admin']), finding: inUser })).toEqual(['owners (@tag)'])
  expect(groups({ facts: facts([], []), finding: inUser })).toEqual(['owners (@component)'])
  expect(groups({ facts: facts([], []) })).toEqual(['owners (@info)'])
})

test('the last owner rule wins; `also` adds a group that must agree too', () => {
  const owners = `{ rules: [
    { where: { path: "/**" }, owners: "@first" },
    { where: { path: /users }, owners: ["@second", "@acme/second"] },
    { where: { tag: admin }, also: "@acme/security" },
    { where: { api: users }, also: "@acme/privacy" } ] }`
  const facts = [api({ operations: { 'GET /users': element({ tags: ['admin'] }) } })]
  expect(groups({ owners, facts })).toEqual(['owners (@second, @acme/second)', 'owners (@acme/security)', 'owners (@acme/privacy)'])
})

test('each_owner asks every one of them', () => {
  expect(groups({ codeowners: '* @ada @acme/files', require: '{ approvals: { from: owners, each_owner: true } }' })).toEqual([
    'owners (@ada)',
    'owners (@acme/files)',
  ])
})

test('the policy says which sources count, and in which order', () => {
  expect(groups({ codeowners, catalog, owners: '{ use: [codeowners, backstage] }' })).toEqual(['owners (@acme/files)'])
  expect(groups({ codeowners, catalog, owners: '{ use: [], default: "@ada" }' })).toEqual(['owners (@ada)'])
  const facts = [api({ owners: ['@info'] })]
  expect(groups({ codeowners, facts, owners: '{ use: [codeowners, x-owner] }' })).toContain('owners (@acme/files)')
})

test('a deliberately unowned file falls through to the API', () => {
  expect(groups({ codeowners: '* @acme/files\nopenapi.yaml', apis: usersApi })).toEqual(['owners (@acme/api-entry)'])
})

test('a shared component asks its own owner and those of every operation it reaches', () => {
  const facts = [
    api({
      operations: { 'GET /a': element({ file: 'a.yaml' }), 'GET /b': element({ file: 'b.yaml' }), 'GET /c': element({ file: 'a.yaml' }) },
    }),
  ]
  const shared = {
    operation: null,
    component: 'schemas/S',
    reaches: ['GET /a', 'GET /b', 'GET /c'],
    place: { file: 'shared.yaml', pointer: '' },
  }
  expect(groups({ codeowners: 'a.yaml @a\nb.yaml @b\nshared.yaml @s', facts, finding: shared })).toEqual([
    'owners (@s)',
    'owners (@a)',
    'owners (@b)',
  ])
})

test('a new element cannot choose a smaller owner than its API has', () => {
  const facts = [api({ operations: { 'POST /leak': element({ owners: ['@mallory'], onBase: false }) } })]
  expect(groups({ codeowners, facts, finding: { operation: 'POST /leak' } })).toEqual(['owners (@mallory)', 'owners (@acme/files)'])
})

test('a new API cannot either', () => {
  const facts = [api({ sides: 'head', owners: ['@mallory'] })]
  expect(groups({ codeowners, facts })).toEqual(['owners (@mallory)', 'owners (@acme/files)'])
})

test('an owner that names nobody is reported and never dropped', () => {
  const decision = decide(
    input({ policy: { repository: breakingNeeds('{ approvals: { from: owners } }') }, apis: [api({ owners: ['The users team!'] })] }),
  )
  expect(decision.rules[0]?.status).toBe('unsatisfiable')
  expect(decision.rules[0]?.because.join('\n')).toContain('`The users team!` names no user or team of GitHub.')
})

test('without any owner the administrators decide, and the sentence says so', () => {
  const decision = decide(input({ policy: { repository: breakingNeeds('{ approvals: { from: owners } }') } }))
  expect(decision.rules[0]?.because).toContain('Nobody is named as owner, so role:admin decides; name an owner in `owners.default`.')
})

test('the product owner of the API', () => {
  const require = '{ approvals: { from: product-owner } }'
  expect(groups({ require, apis: '[{ id: users, root: openapi.yaml, product_owner: "@ada" }]' })).toEqual(['product-owner (@ada)'])
  const decision = decide(input({ policy: { repository: breakingNeeds(require) } }))
  expect(decision.rules[0]?.status).toBe('unsatisfiable')
  expect(decision.rules[0]?.because[0]).toContain('product owner of users')
})

test('owners change hands only with both hands', () => {
  const handOver = api({ owners: ['@acme/old'], ownersAtHead: ['@acme/new'] })
  const decision = decide(
    input({ policy: { repository: 'version: 1' }, apis: [handOver], people: { teams: { '@acme/old': ['kim'], '@acme/new': ['tom'] } } }),
  )
  const rule = decision.rules.find(({ rule: name }) => name === 'owners of users change')
  expect(rule?.requirements.map(({ from }) => from)).toEqual(['@acme/old', '@acme/new'])
  expect(decision.status).toBe('waiting')
  expect(decide(input({ policy: { repository: 'version: 1' }, apis: [api({ owners: ['@a'], ownersAtHead: ['@A'] })] })).status).toBe(
    'not-applicable',
  )
})
