import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import type { JudgedFinding, Review } from '../../src/model/review.ts'
import { renderReport } from '../../src/render/check-run.ts'
import type { ReportContext } from '../../src/render/context.ts'
import { byteLength } from '../../src/render/plain-text.ts'
import { assembleReview } from '../../src/review/assemble.ts'
import {
  apiReview,
  decision,
  fingerprint,
  judgedFinding,
  operation,
  place,
  problem,
  requirement,
  review,
  ruleOutcome,
} from '../builders.ts'
import { assembleInput, ruleFinding } from '../review/inputs.ts'
import { hostileTexts } from './hostile-texts.ts'

const context: ReportContext = {
  repositoryUrl: 'https://github.com/acme/shop',
  isPublic: false,
  pullRequest: { number: 1, draft: false },
  appSlug: 'specgate',
  comments: { on: 'changed-lines', most: 10 },
  commands: true,
}

/** Source: GitHub REST, "Create a check run"; GitHub, "Create a review" (comment bodies of 65,536 characters). */
function expectWithinLimits(report: Report): void {
  for (const run of report.checkRuns) {
    expect(run.title.length).toBeLessThanOrEqual(255)
    for (const field of [run.summary, run.text ?? '']) {
      expect(byteLength(field)).toBeLessThanOrEqual(65_535)
      expect(field).toBe(field.toWellFormed())
    }
    expect(run.actions.length).toBeLessThanOrEqual(3)
    for (const action of run.actions) {
      expect(action.label.length).toBeLessThanOrEqual(20)
      expect(action.description.length).toBeLessThanOrEqual(40)
      expect(action.identifier.length).toBeLessThanOrEqual(20)
    }
    for (const one of run.annotations) {
      expect(one.title.length).toBeLessThanOrEqual(255)
      expect(byteLength(one.message)).toBeLessThanOrEqual(65_536)
      expect(byteLength(one.rawDetails ?? '')).toBeLessThanOrEqual(65_536)
      expect(one.startLine).toBeGreaterThanOrEqual(1)
      expect(one.endLine).toBeGreaterThanOrEqual(one.startLine)
      if (one.startLine !== one.endLine) expect([one.startColumn, one.endColumn]).toEqual([null, null])
      expect(one.message).not.toBe('')
    }
  }
  expect(byteLength(report.summary ?? '')).toBeLessThanOrEqual(65_536)
  expect(report.comments.length).toBeLessThanOrEqual(10)
  for (const comment of report.comments) expect(byteLength(comment.body)).toBeLessThanOrEqual(65_536)
  expect(report.reviewers.users.length + report.reviewers.teams.length).toBeLessThanOrEqual(15)
}

const anyText = fc.oneof(
  fc.constantFrom(...hostileTexts.filter((text) => text.length < 10_000)),
  fc.string({ unit: 'binary', maxLength: 200 }),
)
const anyOperation = anyText.map((text) => operation(`GET /${text}`))

const anyFinding: fc.Arbitrary<JudgedFinding> = fc
  .record({
    rule: anyText,
    message: anyText,
    why: anyText,
    fix: anyText,
    severity: fc.constantFrom('error' as const, 'warning' as const, 'notice' as const),
    blocking: fc.boolean(),
    inDiff: fc.boolean(),
    settled: fc.constantFrom(null, 'waived' as const, 'approved' as const),
    component: fc.option(anyText),
    reaches: fc.array(anyOperation, { maxLength: 30 }),
    side: fc.constantFrom('head' as const, 'base' as const),
    place: fc
      .record({
        file: anyText,
        line: fc.integer({ min: 0, max: 1e6 }),
        endLine: fc.integer({ min: 0, max: 1e6 }),
        column: fc.integer({ min: 0, max: 1e4 }),
      })
      .map((at) => place(at)),
    fingerprint: fc.integer({ min: 0, max: 0xffffff }).map((id) => fingerprint(id.toString(16).padStart(6, '0'))),
    witness: fc.jsonValue(),
  })
  .map((facts) => judgedFinding({ ...facts, wouldBlock: facts.blocking }))

const anyReview: fc.Arbitrary<Review> = fc
  .record({
    findings: fc.array(anyFinding, { maxLength: 120 }),
    texts: fc.array(anyText, { minLength: 1, maxLength: 30 }),
    rules: fc.integer({ min: 0, max: 40 }),
    state: fc.constantFrom('changed' as const, 'removed' as const, 'not-evaluated' as const),
    approval: fc.constantFrom('waiting' as const, 'failure' as const, 'neutral' as const, 'success' as const),
  })
  .map(({ findings, texts, rules, state, approval }) => {
    const first = texts[0] ?? ''
    const selected = findings.map((finding) => finding.fingerprint)
    return review({
      findings,
      apis: texts.map((text, index) =>
        apiReview({
          id: index === 0 ? 'orders' : text,
          path: text,
          state,
          changelog: texts,
          notes: texts,
          problems: [problem({ message: text })],
        }),
      ),
      gaps: texts,
      problems: texts.map((text) => problem({ file: text, message: text })),
      decision: decision({
        askForReview: texts.map((text) => `@${text}`),
        rules: Array.from({ length: rules }, () =>
          ruleOutcome({
            rule: first,
            because: texts,
            selected,
            requirements: texts.map((text) => requirement({ from: text, candidates: texts })),
          }),
        ),
      }),
      verdict: { review: 'failure', approval, reviewTitle: first, approvalTitle: first, notEvaluated: texts },
    })
  })

test('no review outgrows what GitHub takes', () => {
  fc.assert(
    fc.property(anyReview, (one) => {
      expectWithinLimits(renderReport(one, context))
    }),
    { numRuns: 60 },
  )
})

test('ten thousand findings are still a report, and it says how many it leaves out', () => {
  const findings = Array.from({ length: 10_000 }, (_, index) =>
    ruleFinding({
      rule: `rule-${index % 700}`,
      fingerprint: fingerprint(index.toString(16).padStart(6, '0')),
      place: place({ line: index + 1, pointer: `/${index}` }),
    }),
  )
  const report = renderReport(assembleReview(assembleInput({ findings })), context)
  expectWithinLimits(report)
  const [run] = report.checkRuns
  expect(run?.title).toBe('10000 blocking, 0 advisory new findings – 4 causes explain 60')
  expect(run?.summary).toMatch(/… and \d+ more/)
  expect(run?.text).toMatch(/… and \d+ more/)
  expect(run?.annotations.length).toBe(200)
})

test('an approver is shown every one of 301 findings, in the summary or its folded lists', () => {
  const findings = Array.from({ length: 301 }, (_, index) =>
    ruleFinding({ fingerprint: fingerprint(index.toString(16).padStart(6, '0')), place: place({ line: index + 1 }) }),
  )
  const decided = decision({ status: 'waiting', rules: [ruleOutcome({ selected: findings.map((finding) => finding.fingerprint) })] })
  const report = renderReport(assembleReview(assembleInput({ findings, decision: decided })), context)
  const shown = report.checkRuns.find((run) => run.name === 'API approval')
  const all = `${shown?.summary ?? ''}${shown?.text ?? ''}`
  expect(findings.filter((finding) => !all.includes(`\`${finding.fingerprint.slice(0, 6)}\``))).toEqual([])
})
