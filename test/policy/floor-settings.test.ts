/** Floor over whole reviews: nothing that a repository settles beside its rules makes a review milder than the organisation's policy alone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Review } from '../../src/model/review.ts'
import { review } from '../../src/run.ts'
import { snapshotOf } from '../builders.ts'
import { people, pullRequest, texts } from './build.ts'

const schema = (properties: object) => ({ type: 'object', required: Object.keys(properties), properties })
const operation = (properties: object, more: object = {}) => ({
  get: { responses: { 200: { description: 'Done', content: { 'application/json': { schema: schema(properties) } } } }, ...more },
})
const text = { type: 'string' }
const description = (paths: object) => JSON.stringify({ openapi: '3.0.3', info: { title: 'Shop', version: '1.0.0' }, paths })
const base = description({
  '/v1/users': operation({ id: text, mail: text, state: { type: 'string', enum: ['a', 'b'] } }),
  '/v1/orders': operation({ id: text }),
})
const head = description({
  '/v1/users': operation({ id: text, state: { type: 'string', enum: ['a', 'b', 'c'] }, passwordHash: text, loyaltyNumber: text }),
  '/v2/orders': operation({ id: text }, { deprecated: true }),
})

const all = { rule: '*' }
const settings = fc.record(
  {
    mode: fc.constantFrom('off', 'advise', 'enforce'),
    extends: fc.constant('none'),
    apis: fc.array(
      fc.record(
        {
          id: fc.constant('shop'),
          root: fc.constant('openapi.yaml'),
          mode: fc.constantFrom('off', 'advise'),
          stability: fc.constant('draft'),
          visibility: fc.constant('internal'),
          enums: fc.constantFrom('open', 'tolerant', 'closed'),
          generated_clients: fc.boolean(),
          prefixes: fc.constant({ base: { strip: '/v1' }, head: { strip: '/v2' } }),
        },
        { requiredKeys: ['id', 'root'] },
      ),
      { minLength: 1, maxLength: 1 },
    ),
    classify: fc.subarray([
      { match: all, severity: 'off', why: 'we would rather not' },
      { match: all, severity: 'notice', why: 'we would rather not' },
      { match: all, class: 'docs', why: 'we would rather not' },
    ]),
    sensitive: fc.constant({ allow: [{ where: { api: '*' }, property: 'passwordHash', why: 'we would rather not' }] }),
    versioning: fc.constantFrom({}, { semver: false }, { sunset_min: { stable: '1d' } }),
    review: fc.constant({ comments: 'none', max_comments: 0 }),
    rules: fc.constant([{ name: 'quiet', when: all, report: 'none' }]),
    approvals: fc.constant({ exclude: [], fresh: 'never', changes_requested: 'ignore' }),
  },
  { requiredKeys: [] },
)
const floors = [
  { name: 'breaks', when: { class: 'breaking', stability: 'stable', visibility: 'public' }, deny: true },
  { name: 'doubts', when: { class: ['breaking', 'dangerous'] }, require: { approvals: { from: '@acme/api' } } },
  { name: 'secrets', when: { sensitivity: ['credential', 'token'] }, deny: true },
  { name: 'own names', when: { sensitivity: 'personal', direction: 'response' }, require: { approvals: { from: '@acme/api' } } },
]

/** How much both check runs stop. */
const strictness = ({ decision, verdict }: Review) => ({
  decision: decision.mode !== 'enforce' ? 0 : decision.status === 'blocked' ? 2 : decision.status === 'waiting' ? 1 : 0,
  review: verdict.review === 'failure' ? 2 : verdict.review === 'neutral' ? 1 : 0,
})

test('floor: what a repository settles never makes a review milder', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(floors, { minLength: 1 }), settings, async (rules, repository) => {
      const organisation = JSON.stringify({
        version: 1,
        org: { floor: { mode: 'enforce', rules } },
        sensitive: { add: [{ name: 'loyalty number', category: 'personal' }] },
      })
      const reviewed = (own: string | null) =>
        review(
          snapshotOf(
            { 'openapi.yaml': base },
            { 'openapi.yaml': head },
            {
              policy: texts({ organisation, repository: own }),
              pullRequest: pullRequest(),
              people: people({ teams: { '@acme/api': ['kim'] } }),
            },
          ),
        )
      const alone = strictness(await reviewed(null))
      const together = strictness(await reviewed(JSON.stringify({ version: 1, ...repository })))
      expect(together.decision).toBeGreaterThanOrEqual(alone.decision)
      // What the floor denies fails the other check too, whatever the repository calls it.
      if (alone.decision === 2) expect([alone.review, together.review]).toEqual([2, 2])
    }),
    { numRuns: 60 },
  )
})
