import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { breakingNeeds, commit, input, review } from './build.ts'
import { agrees, notMapped, toInput, type Row } from './policybot.ts'

const context = {
  author: 'mona',
  head: '3'.repeat(40),
  reviews: [
    { author: 'disapprover', state: 'changes_requested', t: 70 },
    { author: 'reviewer', state: 'approved', t: 80 },
    { author: 'mona', state: 'approved', t: 90 },
    { author: 'helper', state: 'approved', t: 95 },
  ],
  commits: [
    { sha: '1'.repeat(40), author: 'mona', committer: 'mona' },
    { sha: '2'.repeat(40), author: 'helper', committer: 'mona' },
  ],
  statuses: { build: 'success', deploy: 'pending' },
  org_memberships: { mona: ['everyone'], helper: ['everyone'], reviewer: ['everyone', 'cool-org'] },
  team_memberships: { reviewer: ['cool-org/team'] },
  collaborators: [{ name: 'reviewer', permissions: [{ permission: 'write' }] }],
}
const pushed = { ...context, commits: [{ sha: context.head, author: 'mona' }], pushed_at: { [context.head]: 85 } }

/** The classes of policy-bot's own cases, written by hand. */
const own: readonly Row[] = [
  ['nobody is named', { requires: { count: 1 } }, 'pending'],
  ['a user who approved', { requires: { count: 1, users: ['reviewer'] } }, 'approved'],
  ['a user who did not', { requires: { count: 1, users: ['stranger'] } }, 'pending'],
  ['an organisation with an approver', { requires: { count: 1, organizations: ['everyone'] } }, 'approved'],
  ['the author does not count', { requires: { count: 1, users: ['mona'] } }, 'pending'],
  [
    'the author counts where allowed',
    { requires: { count: 1, users: ['mona'] }, options: { allow_author: true, allow_non_author_contributor: true } },
    'approved',
  ],
  ['a contributor does not count', { requires: { count: 1, users: ['helper'] } }, 'pending'],
  ['a contributor counts where allowed', { requires: { count: 1, users: ['helper'] }, options: { allow_contributor: true } }, 'approved'],
  ['two are asked, one is there', { requires: { count: 2, organizations: ['everyone'] } }, 'pending'],
  ['a team', { requires: { count: 1, teams: ['cool-org/team'] } }, 'approved'],
  ['a role', { requires: { count: 1, write_collaborators: true } }, 'approved'],
  ['a higher role', { requires: { count: 1, admins: true } }, 'pending'],
  ['a status', { requires: { conditions: { has_status: { statuses: ['build'] } } } }, 'approved'],
  ['a pending status', { requires: { conditions: { has_status: { statuses: ['deploy'] } } } }, 'pending'],
  [
    'a status and an approval',
    { requires: { count: 1, users: ['reviewer'], conditions: { has_status: { statuses: ['build'] } } } },
    'approved',
  ],
].map(([id, rule, status]) => ({ id, kind: 'approval-rule', context, rule, expected: { status } }) as Row)

const afterPush: readonly Row[] = [
  ['an approval before a push stands', {}, 'approved'],
  ['unless pushes invalidate it', { invalidate_on_push: true }, 'pending'],
].map(
  ([id, options, status]) =>
    ({
      id,
      kind: 'approval-rule',
      context: pushed,
      rule: { requires: { count: 1, users: ['reviewer'] }, options },
      expected: { status },
    }) as Row,
)

const trees: readonly Row[] = [
  ['all of an AND approve', 'and', ['approved', 'approved'], 'approved'],
  ['one of an AND is missing', 'and', ['approved', 'pending'], 'pending'],
  ['what is skipped asks for nothing', 'and', ['skipped', 'approved'], 'approved'],
  ['nothing but skipped', 'and', ['skipped'], 'skipped'],
  ['one of an OR is enough', 'or', ['pending', 'approved'], 'approved'],
  ['none of an OR', 'or', ['pending', 'pending'], 'pending'],
  ['a skipped choice does not count', 'or', ['skipped', 'pending', 'approved'], 'approved'],
].map(
  ([id, kind, statuses, status]) =>
    ({ id, kind, children: (statuses as string[]).map((one) => ({ status: one })), expected: { status } }) as Row,
)
const predicates: readonly Row[] = [
  [
    'an author in a team',
    { author: 'ada', team_memberships: { ada: ['org/team'] } },
    { has_author_in: { users: ['bob'], teams: ['org/team'] } },
    true,
  ],
  ['an author elsewhere', { author: 'eve' }, { has_author_in: { users: ['bob'], teams: ['org/team'] } }, false],
  ['all labels', { labels: ['a', 'b', 'c'] }, { has_labels: ['a', 'B'] }, true],
  ['one label is missing', { labels: ['a'] }, { has_labels: ['a', 'b'] }, false],
  ['a branch', { base: 'staging' }, { targets_branch: { pattern: '(prod|staging)' } }, true],
  ['another branch', { base: 'not-prod' }, { targets_branch: { pattern: '^prod$' } }, false],
  ['statuses', { statuses: { a: 'success', b: 'success' } }, { has_status: { statuses: ['a', 'b'] } }, true],
  ['a skipped status is none', { statuses: { a: 'success', b: 'skipped' } }, { has_status: { statuses: ['a', 'b'] } }, false],
].map(([id, context, predicate, satisfied]) => ({ id, kind: 'predicate', context, predicate, expected: { satisfied } }) as Row)

test.each([...own, ...afterPush, ...trees, ...predicates].map((row) => [row.id, row] as const))('%s', (_id, row) => {
  expect(notMapped(row)).toBe(null)
  expect(agrees(row, decide(toInput(row)))).toBe(true)
})

describe('where policy-bot approves and we do not', () => {
  const team = { '@acme/api': ['mallory', 'kim'] }
  const policy = { repository: breakingNeeds('{ approvals: { from: "@acme/api" } }') }
  test('M1: a colleague whose branch was merged into the pull request is a contributor', () => {
    const commits = [
      commit('author', { sha: '1'.repeat(40) }),
      commit('mallory', { sha: '2'.repeat(40) }),
      commit('author', { sha: '3'.repeat(40) }),
    ]
    expect(decide(input({ policy, people: { teams: team, commits, reviews: [review('mallory')] } })).status).toBe('waiting')
  })
  test('M2: a commit of an unknown author leaves the approval unproven', () => {
    const commits = [commit('author'), commit(null, { sha: '2'.repeat(40) })]
    expect(decide(input({ policy, people: { teams: team, commits, reviews: [review('mallory')] } })).status).toBe('waiting')
  })
  test('M3: changes requested after an approval take it back', () => {
    const reviews = [
      review('kim', { submittedAt: '2026-11-22T10:00:00Z' }),
      review('kim', { state: 'changes-requested', submittedAt: '2026-11-22T11:00:00Z' }),
    ]
    expect(decide(input({ policy, people: { teams: team, reviews } })).status).not.toBe('approved')
  })
})

const corpus = new URL('../../../shared/corpus/peers/policybot.jsonl', import.meta.url)
const rows: Row[] = existsSync(corpus)
  ? readFileSync(corpus, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row)
  : []
const mapped = rows.filter((row) => notMapped(row) === null)

test(`policy-bot's own cases: ${mapped.length} of ${rows.length} map${rows.length === 0 ? ' (corpus absent: nothing compared)' : ''}`, () => {
  const wrong = mapped.filter((row) => !agrees(row, decide(toInput(row))))
  expect(wrong.map(({ id }) => id)).toEqual([])
  const reasons = Map.groupBy(
    rows.filter((row) => notMapped(row) !== null),
    (row) => notMapped(row),
  )
  console.log([...reasons].map(([reason, list]) => `${list.length} not mapped: ${reason}`).join('\n'))
})
