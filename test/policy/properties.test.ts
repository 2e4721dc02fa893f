/** Laws that hold for every policy, not for chosen ones (random policies and facts, shrunk to the smallest counterexample). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DecisionInput } from '../../src/model/api-facts.ts'
import type { Decision } from '../../src/model/decision.ts'
import type { ReviewFact } from '../../src/model/snapshot.ts'
import { assignApprovers } from '../../src/policy/assign-approvers.ts'
import { decide } from '../../src/policy/decide.ts'
import { changed, commit, earlier, finding, head, input, pullRequest, review, type Texts } from './build.ts'

const runs = { numRuns: 150 }
const logins = ['ada', 'bob', 'cem', 'author', 'helper[bot]'] as const
const teams = { '@acme/a': ['ada', 'bob', 'author'], '@acme/b': ['bob'], '@acme/none': [] }
const names = ['@ada', '@bob', '@acme/a', '@acme/b', '@acme/none', 'role:admin', 'owners', 'anyone']

const json = JSON.stringify
const matcher = fc.record(
  {
    class: fc.constantFrom('breaking', 'dangerous', ['breaking', 'docs']),
    rule: fc.constantFrom('response-*', 'operation-removed', '*'),
    severity: fc.constantFrom('error', 'warning'),
    stability: fc.constantFrom('stable', 'draft'),
    path: fc.constantFrom('/users', '/**', '/other'),
  },
  { requiredKeys: [] },
)
const filled = matcher.filter((one) => Object.keys(one).length > 0)
const condition = fc.oneof(
  { weight: 4, arbitrary: filled },
  filled.map((none) => ({ none })),
  filled.map((all) => ({ all })),
  fc.tuple(filled, filled).map(([any, not]) => ({ any: [any, { not }] })),
  fc.constantFrom({ policy_changed: true }, { pr: { label: 'risky' } }, { pr: { fork: false } }, { class: 'breaking', count: '>= 2' }),
)
const approval = fc.record({
  from: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
  count: fc.integer({ min: 1, max: 2 }),
})
const action = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ require: fc.record({ approvals: fc.array(approval, { minLength: 1, maxLength: 2 }), distinct: fc.boolean() }) }),
  },
  fc.constant({ deny: true }),
)
const rules = (prefix: string) =>
  fc
    .array(fc.tuple(condition, action, fc.boolean()), { maxLength: 3 })
    .map((list) => list.map(([when, act, waivable], index) => ({ name: `${prefix} ${index}`, when, ...act, waivable })))

const defaults = fc.record(
  {
    fresh: fc.constantFrom('api-change', 'push', 'never'),
    exclude: fc.constantFrom([], ['author'], ['author', 'contributors'], 'bots'),
    changes_requested: fc.constantFrom('veto', 'ignore'),
  },
  { requiredKeys: [] },
)
const mode = fc.constantFrom('off', 'advise', 'enforce')
const repository = fc
  .record(
    {
      mode,
      approvals: defaults,
      rules: rules('repository rule'),
      policy_owners: fc.constantFrom('@ada', '@acme/b'),
      waivers: fc.constant({ grantors: '@bob' }),
      apis: fc.constant([{ id: 'users', root: 'openapi.yaml', stability: 'draft', mode: 'off' }]),
      extends: fc.constant('none'),
      freeze: fc.constant([{ name: 'now', from: '2026-01-01', to: '2027-01-01' }]),
    },
    { requiredKeys: [] },
  )
  .map((policy) => json({ version: 1, ...policy }))
const organisation = fc
  .record({
    floor: fc.record({ mode, rules: rules('floor rule') }),
    approvals: fc.option(defaults, { nil: undefined }),
    owners: fc.constantFrom('@ada', '@bob'),
  })
  .map(({ floor, approvals, owners }) => json({ version: 1, policy_owners: owners, org: { floor }, approvals, rules: [] }))

const reviewed = fc.record({
  login: fc.constantFrom(...logins),
  state: fc.constantFrom('approved', 'approved', 'changes-requested', 'dismissed', 'commented'),
  isOld: fc.boolean(),
  minute: fc.integer({ min: 0, max: 59 }),
})
const facts = fc.record({
  reviews: fc.array(reviewed, { maxLength: 5 }),
  classes: fc.array(fc.constantFrom('breaking', 'dangerous', 'docs'), { maxLength: 3 }),
  labels: fc.constantFrom([], ['risky']),
  isPolicyTouched: fc.boolean(),
  isBobContributor: fc.boolean(),
  isAdaAdmin: fc.boolean(),
  knowsOldDigests: fc.boolean(),
})
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never

function inputOf(
  texts: Texts,
  { reviews, classes, labels, isPolicyTouched, isBobContributor, isAdaAdmin, knowsOldDigests }: Facts,
): DecisionInput {
  const findings = classes.map((one, index) =>
    finding({ class: one, fingerprint: `f00d0000000${index}`, rule: index === 0 ? 'response-property-removed' : 'operation-removed' }),
  )
  return input({
    policy: { codeowners: '* @acme/a', ...texts },
    findings,
    pullRequest: pullRequest({ labels }),
    changedFiles: [
      changed('openapi.yaml'),
      ...(isPolicyTouched ? [changed('.github/specgate.yml'), changed('.github/specgate-waivers.yml')] : []),
    ],
    digestsAt: knowsOldDigests ? { [earlier]: findings.slice(1).map(({ digest }) => digest) } : {},
    people: {
      teams,
      permissions: isAdaAdmin ? { ada: 'admin' } : {},
      commits: [commit('author'), ...(isBobContributor ? [commit('bob')] : [])],
      reviews: reviews.map(({ login, state, isOld, minute }): ReviewFact =>
        review(login, { state, commit: isOld ? earlier : head, submittedAt: `2026-11-22T10:${String(minute).padStart(2, '0')}:00Z` }),
      ),
    },
  })
}

/** How much the check run stops: nothing (0), until people agree (1), altogether (2). */
function strictness({ mode: effective, status }: Decision): number {
  if (effective !== 'enforce') return 0
  return status === 'blocked' ? 2 : status === 'waiting' ? 1 : 0
}

test('floor: with any repository policy the decision is at least as strict as that of the floor alone', () => {
  fc.assert(
    fc.property(organisation, repository, facts, (org, repo, given) => {
      const alone = strictness(decide(inputOf({ organisation: org }, given)))
      expect(strictness(decide(inputOf({ organisation: org, repository: repo }, given)))).toBeGreaterThanOrEqual(alone)
    }),
    { numRuns: 400 },
  )
})

const ungranted = json({
  version: 1,
  waivers: [0, 1, 2].map((index) => ({
    id: `w${index}`,
    fingerprint: `f00d0000000${index}`,
    reason: 'Because we would like to have it.',
    granted_by: '@mallory',
    granted: '2026-11-01',
    expires: '2026-12-01',
  })),
})

test('monotonicity: a label, an ungranted waiver or anything that head says never makes a decision more lenient', () => {
  fc.assert(
    fc.property(organisation, repository, facts, fc.oneof(repository, fc.string()), (org, repo, given, proposal) => {
      const texts = { organisation: org, repository: repo }
      const plain = inputOf(texts, { ...given, labels: [] })
      const before = strictness(decide(plain))
      const labelled = decide({ ...plain, pullRequest: pullRequest({ labels: ['risky', 'approved', 'lgtm'] }) })
      const waived = decide(inputOf({ ...texts, waivers: ungranted }, { ...given, labels: [] }))
      const headTexts = input({
        proposed: { repository: proposal, organisation: proposal, waivers: ungranted, codeowners: '* @mallory', catalog: proposal },
      }).proposed
      const proposed = decide({ ...plain, ...(headTexts === undefined ? {} : { proposed: headTexts }) })
      for (const after of [labelled, waived, proposed]) expect(strictness(after)).toBeGreaterThanOrEqual(before)
    }),
    runs,
  )
})

test('gaps: whatever was approved, nothing is while something could not be read', () => {
  fc.assert(
    fc.property(organisation, repository, facts, (org, repo, given) => {
      const decision = decide({ ...inputOf({ organisation: org, repository: repo }, given), gaps: ['Something could not be read.'] })
      expect([decision.status, decision.approved]).toEqual(['blocked', []])
    }),
    runs,
  )
})

test('order: reviews, findings and commits may arrive in any order', () => {
  fc.assert(
    fc.property(repository, facts, (repo, given) => {
      const one = inputOf({ repository: repo }, given)
      const people = { ...one.people, reviews: [...one.people.reviews].reverse(), commits: [...one.people.commits].reverse() }
      const other = decide({ ...one, people })
      const decision = decide(one)
      expect([other.status, other.mode, [...other.approved].sort(), [...other.denied].sort()]).toEqual([
        decision.status,
        decision.mode,
        [...decision.approved].sort(),
        [...decision.denied].sort(),
      ])
    }),
    runs,
  )
})

test('a decision is plain data: the same as JSON, and the same from JSON', () => {
  fc.assert(
    fc.property(organisation, repository, facts, (org, repo, given) => {
      const one = inputOf({ organisation: org, repository: repo }, given)
      const decision = decide(one)
      expect(JSON.parse(json(decision))).toEqual(decision)
      expect(decide(JSON.parse(json(one)) as DecisionInput)).toEqual(decision)
    }),
    runs,
  )
})

test('freshness: an old approval counts exactly when every finding was there with the same content', () => {
  const digests = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
  fc.assert(
    fc.property(digests, digests, (now, then) => {
      const findings = now.map((digest, index) => finding({ digest, fingerprint: `f00d0000000${index}` }))
      const policy =
        'version: 1\nmode: enforce\nrules:\n  - { name: the rule, when: { class: breaking }, require: { approvals: { from: "@ada" } } }'
      const decision = decide(
        input({
          policy: { repository: policy },
          findings,
          digestsAt: { [earlier]: then },
          people: { reviews: [review('ada', { commit: earlier })] },
        }),
      )
      const isCovered = now.every((digest) => then.includes(digest))
      expect(decision.status).toBe(now.length === 0 ? 'not-applicable' : isCovered ? 'approved' : 'waiting')
    }),
  )
})

/** Every way of giving each person at most one group. */
function bestByHand(groups: readonly { count: number; given: readonly string[] }[], people: readonly string[]): number {
  const [person, ...others] = people
  if (person === undefined) return 0
  const choices = groups.flatMap(({ count, given }, index) =>
    count > 0 && given.includes(person)
      ? [
          1 +
            bestByHand(
              groups.map((group, at) => (at === index ? { ...group, count: group.count - 1 } : group)),
              others,
            ),
        ]
      : [],
  )
  return Math.max(bestByHand(groups, others), ...choices)
}

test('distinct: the matching counts as many approvals as brute force, over six approvers and four groups', () => {
  const people = ['a', 'b', 'c', 'd', 'e', 'f']
  const group = fc.record({ count: fc.integer({ min: 1, max: 3 }), given: fc.subarray(people), more: fc.subarray(people) })
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), (groups) => {
      const places = groups.map(({ count, given, more }) => ({ count, given, possible: [...new Set([...given, ...more])] }))
      const assigned = assignApprovers(places)
      const everybody = assigned.flatMap(({ given }) => given)
      expect(new Set(everybody).size).toBe(everybody.length)
      assigned.forEach(({ given }, index) => {
        expect(given.length).toBeLessThanOrEqual(groups[index]?.count ?? 0)
        expect(given.every((one) => groups[index]?.given.includes(one))).toBe(true)
      })
      expect(everybody.length).toBe(bestByHand(groups, people))
      const wanted = groups.reduce((sum, { count }) => sum + count, 0)
      const unfillable = assigned.reduce((sum, one) => sum + one.unfillable, 0)
      expect(wanted - unfillable).toBe(
        bestByHand(
          places.map(({ count, possible }) => ({ count, given: possible })),
          people,
        ),
      )
    }),
    { numRuns: 300 },
  )
})
