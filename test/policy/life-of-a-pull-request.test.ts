/** Random lives of pull requests: after every event the decision is what the events demand, and what a fresh evaluation says. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PullRequestSnapshot } from '../../src/model/snapshot.ts'
import { review } from '../../src/run.ts'
import {
  apis,
  born,
  expected,
  introduced,
  mergeElsewhere,
  policies,
  properties,
  push,
  rebase,
  reviewers,
  say,
  snapshotAt,
  styles,
  type Life,
} from './life.ts'

const edit = fc.tuple(fc.constantFrom(...apis), fc.constantFrom(...properties)).map((parts) => parts.join('.'))
const login = fc.constantFrom(...reviewers)

/** Each event as a change of the model, with its name for the counterexample. */
const event = fc.oneof(
  { weight: 4, arbitrary: login.map((who) => ({ name: `approve ${who}`, to: (life: Life) => say(life, who, 'approved') })) },
  {
    weight: 2,
    arbitrary: edit.map((one) => ({ name: `remove ${one}`, to: (life: Life) => push(life, new Set([...life.head.edits, one])) })),
  },
  {
    weight: 2,
    arbitrary: edit.map((one) => ({
      name: `keep ${one}`,
      to: (life: Life) => push(life, new Set([...life.head.edits].filter((other) => other !== one || life.mergeBase.edits.has(one)))),
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .nat(styles - 1)
      .map((style) => ({ name: `rewrite as ${style}`, to: (life: Life) => push(life, life.head.edits, { style }) })),
  },
  { weight: 2, arbitrary: fc.constant({ name: 'rebase', to: rebase }) },
  { weight: 2, arbitrary: edit.map((one) => ({ name: `merge elsewhere ${one}`, to: (life: Life) => mergeElsewhere(life, one) })) },
  {
    weight: 1,
    arbitrary: login.map((who) => ({ name: `request changes ${who}`, to: (life: Life) => say(life, who, 'changes-requested') })),
  },
  { weight: 1, arbitrary: login.map((who) => ({ name: `dismiss ${who}`, to: (life: Life) => say(life, who, 'dismissed') })) },
  { weight: 1, arbitrary: login.map((who) => ({ name: `comment ${who}`, to: (life: Life) => say(life, who, 'commented') })) },
  {
    weight: 1,
    arbitrary: fc.nat(policies.length - 1).map((policy) => ({ name: `policy ${policy}`, to: (life: Life) => ({ ...life, policy }) })),
  },
  { weight: 1, arbitrary: edit.map((one) => ({ name: `waive ${one}`, to: (life: Life) => ({ ...life, waived: [...life.waived, one] }) })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('2026-11-30T00:00:00Z', '2026-12-24T00:00:00Z')
      .map((now) => ({ name: `it is ${now}`, to: (life: Life) => ({ ...life, now }) })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('kim', 'eve').map((who) => ({
      name: `commit by ${who}`,
      to: (life: Life) => ({ ...push(life, life.head.edits), contributors: [...life.contributors, who] }),
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('lgtm', 'risky')
      .map((label) => ({ name: `label ${label}`, to: (life: Life) => ({ ...life, labels: [...life.labels, label] }) })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((proposesPolicy) => ({
      name: `propose a policy: ${proposesPolicy}`,
      to: (life: Life) => ({ ...push(life, life.head.edits), proposesPolicy }),
    })),
  },
)

test('life of a pull request: every decision is what happened demands, and equals a fresh evaluation', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 4, maxLength: 10 }), async (events) => {
      let life = born()
      const names: string[] = []
      for (const { name, to } of events) {
        life = to(life)
        names.push(name)
        const snapshot = snapshotAt(life)
        const { decision, findings } = await review(snapshot)
        expect({ names, status: decision.status, mode: decision.mode }).toEqual({ names, ...expected(life) })
        expect(findings.filter((finding) => finding.class === 'breaking')).toHaveLength(introduced(life).length)
      }
      // Nothing of what was computed before may have been remembered wrongly: a new process would say the same.
      const snapshot = snapshotAt(life)
      const fresh = JSON.parse(JSON.stringify(snapshot)) as PullRequestSnapshot
      expect(await review(fresh)).toEqual(await review(snapshot))
    }),
    { numRuns: 25 },
  )
})
