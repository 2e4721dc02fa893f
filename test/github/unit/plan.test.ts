/** What is written depends only on the difference between the report and what stands there. */
import { describe, expect, test } from 'vitest'
import { planComments, planReviewers, planRuns } from '../../../src/github/plan.ts'
import type { RunPlanInput } from '../../../src/github/plan.ts'
import { digestOf, readExternalId, writeExternalId } from '../../../src/github/run-identity.ts'
import type { RunVerdict } from '../../../src/github/run-identity.ts'
import type { StandingRun } from '../../../src/github/standing.ts'
import type { AnnotationDraft, CheckRunDraft, Report } from '../../../src/model/report.ts'

const head = 'a'.repeat(40)
const base = 'b'.repeat(40)
const annotation: AnnotationDraft = {
  path: 'a.yaml',
  startLine: 1,
  endLine: 1,
  startColumn: null,
  endColumn: null,
  level: 'failure',
  title: 't',
  message: 'm',
  rawDetails: null,
}

function draft(change: Partial<CheckRunDraft> = {}): CheckRunDraft {
  return { name: 'API review', conclusion: 'success', title: 'Fine', summary: 's', text: null, annotations: [], actions: [], ...change }
}

function run(about: CheckRunDraft, change: Partial<StandingRun> & { number?: number; verdict?: RunVerdict } = {}): StandingRun {
  const { number = 7, verdict = about.conclusion ?? 'waiting', ...rest } = change
  const identity = { number, head, base, digest: digestOf(about), verdict }
  return {
    id: 1,
    name: about.name,
    finished: about.conclusion !== null,
    conclusion: about.conclusion,
    identity,
    startedAt: null,
    annotations: about.annotations.length,
    ...rest,
  }
}

const plan = (drafts: CheckRunDraft[], runs: StandingRun[], change: Partial<RunPlanInput> = {}) =>
  planRuns({ drafts, subject: { number: 7, head, base }, runs, siblings: [], fresh: false, ...change }).map((write) =>
    'id' in write ? `${write.kind} ${write.id}` : write.kind,
  )

const waiting = draft({ conclusion: null, title: 'Waiting' })
const failing = draft({ conclusion: 'failure', title: 'Bad', annotations: [annotation] })
const announced = run(waiting, { identity: { number: 7, head, base: '0', digest: 'announced', verdict: 'waiting' } })

describe('check runs', () => {
  test.each<[string, CheckRunDraft, StandingRun[], string[]]>([
    ['nothing stands', draft(), [], ['create-run']],
    ['the same stands: a redelivery', draft(), [run(draft())], []],
    ['the same waits', waiting, [run(waiting)], []],
    ['an announced run is finished in place', draft(), [announced], ['update-run 1']],
    ['an announced run takes the annotations', failing, [announced], ['update-run 1']],
    ['a waiting run is finished in place', draft(), [run(waiting)], ['update-run 1']],
    ['a waiting run gets another title', waiting, [run(draft({ conclusion: null, title: 'Other' }))], ['update-run 1']],
    ['a finished run without annotations is corrected in place', draft(), [run(draft({ title: 'Other' }))], ['update-run 1']],
    ['annotations are never taken back: a new run follows', draft(), [run(failing)], ['create-run']],
    ['annotations are never added to a finished run', failing, [run(draft())], ['create-run']],
    ['a finished run does not start again', waiting, [run(draft())], ['create-run']],
    [
      'a run that broke off between its annotations is given up',
      failing,
      [run(failing, { finished: false, conclusion: null, annotations: 1 })],
      ['cancel-run 1', 'create-run'],
    ],
    ['only one unfinished run is left', waiting, [run(waiting, { id: 2 }), run(waiting, { id: 1 })], ['cancel-run 1']],
    ['a run with an unknown id is taken for ours', draft(), [{ ...run(waiting), identity: null }], ['update-run 1']],
    ['a run of another name is left alone', draft(), [run(draft({ name: 'API approval', conclusion: null }))], ['create-run']],
    [
      'another pull request’s newer run hides ours',
      draft(),
      [run(draft({ title: 'x' }), { id: 9, number: 8 }), run(draft({ title: 'y' }), { id: 1 })],
      ['create-run'],
    ],
    ['another pull request’s waiting run is not ours to end', draft(), [run(waiting, { id: 9, number: 8 })], ['create-run']],
  ])('%s', (_what, wanted, runs, kinds) => {
    expect(plan([wanted], runs)).toEqual(kinds)
  })

  test.each<[string, CheckRunDraft, StandingRun[], string[]]>([
    ['a new run follows the same finished one', draft(), [run(draft())], ['create-run']],
    ['a waiting run is replaced, so that its clock starts anew', waiting, [run(waiting)], ['cancel-run 1', 'create-run']],
    ['an announced run is used', draft(), [announced], ['update-run 1']],
  ])('asked for anew: %s', (_what, wanted, runs, kinds) => {
    expect(plan([wanted], runs, { fresh: true })).toEqual(kinds)
  })

  test.each<[CheckRunDraft['conclusion'], RunVerdict, CheckRunDraft['conclusion']]>([
    ['success', 'success', 'success'],
    ['success', 'neutral', 'neutral'],
    ['success', 'waiting', null],
    ['success', 'failure', 'failure'],
    ['neutral', 'failure', 'failure'],
    [null, 'failure', 'failure'],
    [null, 'success', null],
    ['failure', 'success', 'failure'],
    ['failure', 'waiting', 'failure'],
  ])('own %s with a sibling’s %s is shown as %s, and remembered as its own', (own, sibling, shown) => {
    const [write] = planRuns({
      ...{ drafts: [draft({ conclusion: own })], subject: { number: 7, head, base }, runs: [], fresh: false },
      siblings: [{ number: 8, name: 'API review', verdict: sibling }],
    })
    expect(write?.kind).toBe('create-run')
    if (write?.kind !== 'create-run') return
    expect(write.draft.conclusion).toBe(shown)
    expect(readExternalId(write.externalId)?.verdict).toBe(own ?? 'waiting')
    expect(write.draft.title.includes('#8')).toBe(shown !== own)
  })
})

test('an external id is read back; anything else is nobody’s', () => {
  const identity = { number: 12, head, base, digest: '0123456789abcdef', verdict: 'waiting' } as const
  expect(readExternalId(writeExternalId(identity))).toEqual(identity)
  expect(readExternalId(writeExternalId({ ...identity, number: null }))).toEqual({ ...identity, number: null })
  for (const foreign of [null, '', 'pr:1', `pr:x:${head}:${base}:aa:success`, `pr:1:${head}:${base}:aa:maybe`])
    expect(readExternalId(foreign)).toBeNull()
})

describe('comments', () => {
  const summaryMarker = '<!-- specgate:summary -->'
  const findingMarker = (fingerprint: string): string => `<!-- specgate:finding:${fingerprint} -->`
  const report = (change: Partial<Report> = {}): Report => ({
    checkRuns: [],
    summary: null,
    comments: [],
    reviewers: { users: [], teams: [] },
    ...change,
  })
  const line = (fingerprint: string, body = 'Text') => ({
    fingerprint,
    path: 'a.yaml',
    line: 1,
    side: 'RIGHT' as const,
    body: `${body}\n${findingMarker(fingerprint)}`,
  })
  const comments = (wanted: Report, conversation: string[] = [], lines: string[] = []) =>
    planComments({
      ...{
        report: wanted,
        summaryMarker,
        findingMarker,
        settledSummary: `Settled at \`${head.slice(0, 7)}\`.\n${summaryMarker}`,
        settledFinding: 'Gone.',
      },
      standing: { conversation: conversation.map((body, id) => ({ id, body })), lines: lines.map((body, id) => ({ id, body })) },
    })
  const summary = `Bad\n${summaryMarker}`

  test.each<[string, Report, string[], string[], string[]]>([
    ['nothing to say, nothing said', report(), [], [], []],
    ['a first summary', report({ summary }), [], [], ['create-comment']],
    ['the same summary', report({ summary }), [summary], [], []],
    ['the same with other line ends', report({ summary }), [summary.replace('\n', '\r\n')], [], []],
    ['another summary', report({ summary }), [`Worse\n${summaryMarker}`], [], ['update-comment']],
    ['a settled summary', report(), [summary], [], ['update-comment']],
    ['still settled, at another commit', report(), [`Settled at \`ccccccc\`.\n${summaryMarker}`], [], []],
    ['a comment of ours without the marker is not the summary', report({ summary }), ['Hello'], [], ['create-comment']],
    ['two new findings are one review', report({ comments: [line('f1'), line('f2')] }), [], [], ['create-review']],
    ['a finding whose text changed', report({ comments: [line('f1', 'New')] }), [], [line('f1').body], ['update-review-comment']],
    ['a finding that stays', report({ comments: [line('f1')] }), [], [line('f1').body], []],
    ['a finding that is gone', report(), [], [line('f1').body], ['update-review-comment']],
    ['a finding that was gone already', report(), [], [`Gone.\n${findingMarker('f1')}`], []],
    ['a finding that came back', report({ comments: [line('f1')] }), [], [`Gone.\n${findingMarker('f1')}`], ['update-review-comment']],
    ['a remark of ours without a marker is left alone', report(), [], ['Thanks'], []],
  ])('%s', (_what, wanted, conversation, lines, kinds) => {
    expect(comments(wanted, conversation, lines).map(({ kind }) => kind)).toEqual(kinds)
  })

  test('reviewers are asked once: not who was asked, has reviewed or wrote it', () => {
    const wanted = { users: ['Mia', 'tom', 'ana', 'kim'], teams: ['owners', 'sec'] }
    expect(planReviewers({ wanted, requested: { users: ['mia'], teams: ['Owners'] }, author: 'Ana', reviewed: ['KIM'] })).toEqual([
      { kind: 'request-reviewers', users: ['tom'], teams: ['sec'] },
    ])
    expect(planReviewers({ wanted, requested: { users: wanted.users, teams: wanted.teams }, author: 'ana', reviewed: [] })).toEqual([])
  })
})
