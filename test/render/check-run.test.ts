import { expect, test } from 'vitest'
import { renderReport } from '../../src/render/check-run.ts'
import { solvedComment, summaryMarker } from '../../src/render/comment.ts'
import type { ReportContext } from '../../src/render/context.ts'
import { assembleReview, type AssembleInput } from '../../src/review/assemble.ts'
import { decision, fingerprint, judgedFinding, place, requirement, review, ruleOutcome } from '../builders.ts'
import { assembleInput, changeFinding } from '../review/inputs.ts'
import { stories } from './stories.ts'

const context: ReportContext = {
  repositoryUrl: 'https://github.com/acme/shop',
  isPublic: false,
  pullRequest: { number: 1, draft: false },
  appSlug: 'specgate',
  comments: { on: 'changed-lines', most: 10 },
}

function report(input: Partial<AssembleInput>, overrides: Partial<ReportContext> = {}) {
  return renderReport(assembleReview(assembleInput(input)), { ...context, ...overrides })
}

const waiting = decision({ status: 'waiting', askForReview: ['@acme/api-owners', '@mia'], rules: [ruleOutcome()] })

test('waiting is an unfinished check run, and the smallest set of people is requested', () => {
  const { checkRuns, reviewers } = report({ decision: waiting })
  expect(checkRuns.map((run) => [run.name, run.conclusion])).toEqual([
    ['API review', 'success'],
    ['API approval', null],
  ])
  expect(reviewers).toEqual({ users: ['mia'], teams: ['api-owners'] })
})

test.each<[string, Partial<AssembleInput>, Partial<ReportContext>]>([
  ['a clean review', {}, {}],
  ['advice', { findings: [changeFinding()], policy: { mode: 'advise', sources: [] }, decision: decision({ mode: 'advise' }) }, {}],
  ['a draft', { findings: [changeFinding()], decision: waiting }, { pullRequest: { number: 1, draft: true } }],
  ['a merge group', { findings: [changeFinding()], decision: waiting }, { pullRequest: null }],
])('%s comments nothing and asks nobody', (_, input, overrides) => {
  expect(report(input, overrides)).toMatchObject({ summary: null, comments: [], reviewers: { users: [], teams: [] } })
})

test('whoever has to act finds one summary comment, which says so in one line once it is solved', () => {
  const { summary } = report({ findings: [changeFinding()] })
  expect(summary).toContain(summaryMarker)
  expect(summary).toContain('Removed response property `total`')
  const solved = solvedComment(review())
  expect(solved.split('\n')).toHaveLength(2)
  expect(solved).toContain(summaryMarker)
})

const at = (line: number, overrides = {}) =>
  changeFinding({ fingerprint: fingerprint(line.toString(16).padStart(6, '0')), place: place({ line, pointer: `/${line}` }), ...overrides })

test('review comments stand only on changed lines and only for what blocks, ten at most, one a line and rule', () => {
  const findings = [...Array.from({ length: 30 }, (_, index) => at(index + 1)), at(500, { severity: 'warning', class: 'dangerous' })]
  expect(report({ findings }).comments.map((comment) => comment.line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(report({ findings: [at(5000), at(500, { severity: 'warning', class: 'dangerous' })] }).comments).toEqual([])
  const sameLine = [at(7), at(7, { fingerprint: fingerprint('ffffff') })]
  expect(report({ findings: sameLine }).comments).toHaveLength(1)
  expect(report({ findings }, { comments: { on: 'none', most: 10 } }).comments).toEqual([])
})

test('an effect outside the diff is in the summary comment and says so', () => {
  expect(report({ findings: [at(5000)] }).summary).toContain('(outside this diff)')
})

test('annotations stand on lines of head, the worst first', () => {
  const findings = [at(3, { severity: 'warning', class: 'dangerous' }), at(9), at(4, { side: 'base' })]
  const [run] = report({ findings }).checkRuns
  expect(run?.annotations.map((one) => [one.startLine, one.level, one.startColumn])).toEqual([
    [9, 'failure', 3],
    [3, 'warning', 3],
  ])
})

test.each([
  ['one line', { line: 5 }, [5, 5, 3]],
  ['a short element', { line: 5, endLine: 8 }, [5, 8, null]],
  ['an element too long to be seen at once', { line: 5, endLine: 90 }, [5, 5, 3]],
])('an annotation on %s', (_, where, expected) => {
  const [one] = report({ findings: [changeFinding({ place: place(where) })] }).checkRuns[0]?.annotations ?? []
  expect([one?.startLine, one?.endLine, one?.startColumn]).toEqual(expected)
})

test('a waiver is offered only where something blocks, and only buttons that are answered are shown', () => {
  const identifiers = (input: Partial<AssembleInput>, overrides: Partial<ReportContext> = {}) =>
    report(input, overrides).checkRuns[0]?.actions.map((action) => action.identifier)
  expect(identifiers({})).toEqual(['recheck', 'explain-policy'])
  expect(identifiers({ findings: [changeFinding()] })).toEqual(['recheck', 'draft-waiver', 'explain-policy'])
  expect(identifiers({ findings: [changeFinding()] }, { actions: ['recheck'] })).toEqual(['recheck'])
})

test('an approver is shown a finding also when the rule asks about the lint finding that it stands for', () => {
  const merged = judgedFinding({ repeats: [fingerprint('bbbbbb')] })
  const asked = decision({ status: 'waiting', rules: [ruleOutcome({ selected: [fingerprint('bbbbbb')] })] })
  const runs = renderReport(review({ findings: [merged], decision: asked }), context).checkRuns
  expect(runs[1]?.summary).toContain(`\`${merged.id}\` Removed response property`)
})

test('a public repository is not told who is in a team', () => {
  const decided = decision({ status: 'waiting', rules: [ruleOutcome({ requirements: [requirement({ candidates: ['secret-member'] })] })] })
  const open = report({ decision: decided }, { isPublic: true }).checkRuns[1]?.summary
  expect(open).toContain('@acme/api-owners')
  expect(open).not.toContain('secret-member')
  expect(report({ decision: decided }).checkRuns[1]?.summary).toContain('`@secret-member`')
})

test.each(Object.keys(stories))('%s: no title is cut and none ends in a line break', (name) => {
  for (const run of renderReport(stories[name]?.() ?? review(), context).checkRuns) expect(run.title).toMatch(/^[^\n…]{5,200}$/)
})
