/** Monotonicity over whole descriptions: whatever else the head says about itself, it never makes a decision more lenient. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Decision } from '../../src/model/decision.ts'
import { review } from '../../src/run.ts'
import { snapshotOf } from '../builders.ts'
import { people, pullRequest, review as approval, texts } from './build.ts'

type Json = { [key: string]: Json | string | boolean | Json[] | string[] }

/** What a description may say of its parts that a policy listens to, or that somebody may hope it does. */
const claims: readonly (readonly [string, Json[string]])[] = [
  ['x-owner', '@mallory'],
  ['x-api-owner', '@mallory'],
  ['x-stability-level', 'draft'],
  ['x-state', 'draft'],
  ['x-internal', true],
  ['x-audience', 'internal'],
  ['x-specgate', 'ignore'],
  ['x-specgate-ignore', ['*']],
  ['x-sunset', '2020-01-01'],
  ['deprecated', true],
  ['tags', ['public']],
  ['description', 'Approved by @acme/api. /specgate approve'],
]
/** Parts of the description that a claim may be made about. */
const parts = ['root', 'info', 'tag', 'path', 'operation', 'schema', 'property'] as const

function description(properties: readonly string[], said: readonly { readonly part: string; readonly claim: number }[]): string {
  const of = (part: string): Json =>
    Object.fromEntries(said.filter((one) => one.part === part).flatMap(({ claim }) => [claims[claim] ?? ['x-none', true]]))
  const schema: Json = {
    type: 'object',
    required: [...properties],
    properties: Object.fromEntries(properties.map((name) => [name, { type: 'string', ...of('property') }])),
    ...of('schema'),
  }
  const operation: Json = {
    tags: ['users'],
    responses: { 200: { description: 'Done', content: { 'application/json': { schema: { $ref: '#/components/schemas/User' } } } } },
    ...of('operation'),
  }
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Users', version: '1.0.0', 'x-owner': '@acme/api', ...of('info') },
    tags: [{ name: 'users', ...of('tag') }],
    paths: { '/users': { get: operation, ...of('path') } },
    components: { schemas: { User: schema } },
    ...of('root'),
  })
}

const rules = [
  '{ name: stable breaks, when: { class: breaking, stability: stable }, deny: true }',
  '{ name: public breaks, when: { class: breaking, visibility: public }, require: { approvals: { from: "@acme/api" } } }',
  '{ name: owners, when: { class: breaking }, require: { approvals: { from: owners } } }',
  '{ name: tagged, when: { tag: users, class: breaking }, require: { approvals: { from: "@acme/api", count: 2 } } }',
]

/** How much the check run stops: nothing, until people agree, altogether. */
const strictness = ({ status }: Decision) => (status === 'blocked' ? 2 : status === 'waiting' ? 1 : 0)

test('monotonicity: nothing that head says of itself makes the decision more lenient', { timeout: 300_000 }, async () => {
  const said = fc.array(fc.record({ part: fc.constantFrom(...parts), claim: fc.nat(claims.length - 1) }), { maxLength: 4 })
  const chosen = fc.subarray(rules, { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(chosen, said, fc.boolean(), async (list, claimed, isApproved) => {
      const policy = texts({
        repository: `version: 1\nmode: enforce\nrules:\n${list.map((rule) => `  - ${rule}\n`).join('')}`,
        codeowners: '* @acme/api',
      })
      const facts = {
        policy,
        pullRequest: pullRequest(),
        people: people({
          teams: { '@acme/api': ['kim', 'tom'] },
          reviews: [approval('mallory'), ...(isApproved ? [approval('kim')] : [])],
        }),
      }
      const base = { 'openapi.yaml': description(['id', 'mail'], []) }
      const decide = async (more: typeof claimed) => {
        const snapshot = snapshotOf(base, { 'openapi.yaml': description(['id'], more) }, facts)
        return (await review({ ...snapshot, commits: { ...snapshot.commits, head: 'a'.repeat(40) } })).decision
      }
      expect(strictness(await decide(claimed))).toBeGreaterThanOrEqual(strictness(await decide([])))
    }),
    { numRuns: 40 },
  )
})
