import { expect, test } from 'vitest'
import type { Decision } from '../../src/model/decision.ts'
import type { Verdict } from '../../src/model/review.ts'
import { assembleReview, type AssembleInput } from '../../src/review/assemble.ts'
import { changedFile, decision, diffSummary, fingerprint, place, problem, requirement, ruleOutcome, waiver } from '../builders.ts'
import { apiInput, assembleInput, changeFinding, ruleFinding } from './inputs.ts'

const leak = ruleFinding({ rule: 'response-secret', fingerprint: fingerprint('b02f11') })
const weak = changeFinding({
  rule: 'operation-security-weakened',
  class: 'nonbreaking',
  security: 'weakening',
  fingerprint: fingerprint('e9d340'),
})
const maybe = changeFinding({ class: 'dangerous', severity: 'warning', fingerprint: fingerprint('dddddd') })
const style = ruleFinding({ rule: 'tag-description', severity: 'warning', category: null, fingerprint: fingerprint('cccccc') })
const policyFile = { file: '.github/specgate.yml', line: 12, kind: 'policy', message: 'No such key.' } as const
const many = Array.from({ length: 300 }, (_, index) =>
  ruleFinding({
    rule: index < 250 ? 'bound' : `rule-${index}`,
    severity: index < 12 ? 'error' : 'warning',
    fingerprint: fingerprint(index.toString(16).padStart(6, '0')),
  }),
)

test.each<[string, Partial<AssembleInput>, Verdict['review'], string]>([
  ['nothing changed', { apis: [] }, 'success', 'No API description changed'],
  ['a clean change', {}, 'success', 'No breaking change · 0 new security findings'],
  ['a break and two leaks', { findings: [changeFinding(), leak, weak] }, 'failure', '1 breaking change · 2 new security findings'],
  ['what cannot be decided', { findings: [maybe] }, 'success', 'No breaking change · 1 dangerous change · 0 new security findings'],
  ['a style finding', { findings: [style] }, 'success', 'No breaking change · 0 new security findings · 1 other new finding'],
  [
    'a break under advice',
    { findings: [changeFinding()], policy: { mode: 'advise', sources: [] } },
    'neutral',
    '1 breaking change · 0 new security findings – would block if the policy enforced',
  ],
  [
    'a break under no policy',
    { findings: [changeFinding()], policy: { mode: 'off', sources: [] } },
    'success',
    '1 breaking change · 0 new security findings – not judged, the policy is off',
  ],
  [
    'a waived break',
    { findings: [changeFinding()], decision: decision({ waived: { [fingerprint('7c1e9a')]: waiver() } }) },
    'success',
    '1 breaking change (waived) · 0 new security findings',
  ],
  [
    'an approved break',
    { findings: [changeFinding()], decision: decision({ approved: [fingerprint('7c1e9a')] }) },
    'success',
    '1 breaking change (approved) · 0 new security findings',
  ],
  [
    'an unreadable description',
    { apis: [apiInput({ state: 'not-evaluated', problems: [problem()] }), apiInput({ id: 'users' })] },
    'failure',
    'specs/orders.yaml cannot be read (line 57)',
  ],
  [
    'an unreadable description beside a break',
    { apis: [apiInput({ id: 'users', state: 'not-evaluated', problems: [problem()] }), apiInput()], findings: [changeFinding()] },
    'failure',
    'specs/orders.yaml cannot be read (line 57) · 1 breaking change · 0 new security findings',
  ],
  [
    'two unreadable descriptions',
    { apis: [apiInput({ state: 'not-evaluated' }), apiInput({ id: 'users', state: 'not-evaluated' }), apiInput({ id: 'c' })] },
    'failure',
    '2 of 3 API descriptions cannot be read',
  ],
  [
    'an unreadable description under advice',
    { apis: [apiInput({ state: 'not-evaluated', problems: [problem()] })], policy: { mode: 'advise', sources: [] } },
    'failure',
    'specs/orders.yaml cannot be read (line 57)',
  ],
  [
    'a policy file that the pull request breaks',
    { apis: [], changedFiles: [changedFile({ path: policyFile.file })], decision: decision({ problems: [problem(policyFile)] }) },
    'failure',
    'Policy file has 1 error (line 12)',
  ],
  [
    'a policy file with several mistakes',
    {
      apis: [],
      changedFiles: [changedFile({ path: policyFile.file })],
      decision: decision({ problems: [problem(policyFile), problem({ ...policyFile, line: 20 })] }),
    },
    'failure',
    'Policy file has 2 errors (first at line 12)',
  ],
  [
    'a policy that is broken on base',
    { decision: decision({ problems: [problem({ ...policyFile, side: 'base' })] }) },
    'failure',
    'Not evaluated: .github/specgate.yml on the base branch is invalid (line 12)',
  ],
  [
    'a gap',
    { gaps: ['The list of changed files is cut at 3,000.', 'Team `@acme/x` could not be read.'] },
    'failure',
    'Not evaluated: The list of changed files is cut at 3,000. (and 1 more)',
  ],
  [
    'a ruleset that is not wholly in force',
    { unloaded: [problem({ file: '.spectral.yaml', line: 3, kind: 'policy', message: 'JavaScript is not run.' })] },
    'neutral',
    'No breaking change · 0 new security findings · 1 part of .spectral.yaml not loaded',
  ],
  [
    'a gap under no policy',
    { gaps: ['Half is missing.'], policy: { mode: 'off', sources: [] } },
    'failure',
    'Not evaluated: Half is missing.',
  ],
  [
    'a removed API',
    {
      apis: [apiInput({ id: 'partner', state: 'removed', summary: diffSummary({ operations: { base: 23, head: 0, compared: 0 } }) })],
      findings: [changeFinding({ api: 'partner', rule: 'api-removed', side: 'base' })],
    },
    'failure',
    'API removed: partner (23 operations)',
  ],
  [
    'a removed API with approval',
    {
      apis: [apiInput({ id: 'partner', state: 'removed', summary: diffSummary({ operations: { base: 1, head: 0, compared: 0 } }) })],
      findings: [changeFinding({ api: 'partner', rule: 'api-removed', side: 'base' })],
      decision: decision({ approved: [fingerprint('7c1e9a')] }),
    },
    'success',
    'API removed: partner (1 operation, settled)',
  ],
  [
    'a moved API',
    { apis: [apiInput({ state: 'moved', previousPath: 'a.yaml', path: 'b.yaml' })] },
    'success',
    'a.yaml moved to b.yaml · no breaking change',
  ],
  ['three hundred findings', { findings: many }, 'failure', '12 blocking, 288 advisory new findings – 1 cause explains 250'],
])('API review for %s', (_, input, conclusion, title) => {
  const { verdict } = assembleReview(assembleInput(input))
  expect([verdict.review, verdict.reviewTitle]).toEqual([conclusion, title])
  expect(verdict.notEvaluated.length > 0).toBe(/read|Not evaluated|Policy file/.test(title))
})

const waiting = decision({ status: 'waiting', rules: [ruleOutcome()] })
const approval = { login: 'kim', commit: 'c' }
const satisfied = ruleOutcome({
  status: 'approved',
  requirements: [requirement({ from: '@acme/appsec', approvals: [approval], satisfied: true })],
})

test.each<[string, Partial<AssembleInput> & { decision?: Decision }, Verdict['approval'], string]>([
  ['nothing changed', { apis: [] }, 'success', 'No API description changed'],
  ['an additive change', { apis: [apiInput({ summary: diffSummary({ nonbreaking: 2 }) })] }, 'success', 'Not required: additive change'],
  ['a docs change', { apis: [apiInput({ summary: diffSummary({ docs: 2 }) })] }, 'success', 'Not required: no change that clients notice'],
  [
    'a break that no rule asks about',
    { apis: [apiInput({ summary: diffSummary({ breaking: 1 }) })] },
    'success',
    'Not required: no rule of the policy asks for it',
  ],
  ['one team awaited', { decision: waiting }, 'waiting', 'Waiting for 1 of 1: @acme/api-owners'],
  [
    'one of two awaited',
    { decision: decision({ status: 'waiting', rules: [ruleOutcome(), satisfied] }) },
    'waiting',
    'Waiting for 1 of 2: @acme/api-owners',
  ],
  [
    'waiting for something else',
    { decision: decision({ status: 'waiting', rules: [ruleOutcome({ requirements: [], because: ['`e2e` has not run.'] })] }) },
    'waiting',
    'Waiting: e2e has not run',
  ],
  ['a draft', { decision: waiting, draft: true }, 'waiting', 'Draft, nobody is asked yet: @acme/api-owners'],
  ['waiting under advice', { decision: { ...waiting, mode: 'advise' } }, 'neutral', 'Would wait if the policy enforced: @acme/api-owners'],
  ['all agreed', { decision: decision({ status: 'approved', rules: [satisfied] }) }, 'success', 'Approved by @kim'],
  [
    'a veto',
    { decision: decision({ status: 'blocked', rules: [ruleOutcome({ status: 'vetoed', because: ['`@tom` requested changes.'] })] }) },
    'failure',
    'Vetoed: @tom requested changes',
  ],
  [
    'owners whom nobody can be',
    {
      decision: decision({
        status: 'blocked',
        rules: [ruleOutcome({ status: 'unsatisfiable', because: ['`@acme/pci` has 1 member, 2 are needed.'] })],
      }),
    },
    'failure',
    'Cannot be satisfied: @acme/pci has 1 member, 2 are needed',
  ],
  [
    'a denied change',
    { decision: decision({ status: 'blocked', rules: [ruleOutcome({ status: 'denied', rule: 'no secrets' })] }) },
    'failure',
    'Denied by rule “no secrets”',
  ],
  ['the policy is off', { decision: decision({ mode: 'off' }) }, 'success', 'Not judged: the policy is off'],
  [
    'an unreadable description',
    { apis: [apiInput({ state: 'not-evaluated' })] },
    'failure',
    'Not evaluated: specs/orders.yaml cannot be read',
  ],
  [
    'a gap under advice',
    { decision: decision({ status: 'blocked', mode: 'advise' }), gaps: ['Reviews could not be read.'] },
    'failure',
    'Not evaluated: Reviews could not be read.',
  ],
  [
    'a gap under approval',
    { decision: decision({ status: 'approved' }), gaps: ['Reviews could not be read.'] },
    'failure',
    'Not evaluated: Reviews could not be read.',
  ],
  [
    'a mistake only in the proposed policy',
    { decision: { ...waiting, problems: [problem(policyFile)] }, changedFiles: [changedFile({ path: policyFile.file })] },
    'waiting',
    'Waiting for 1 of 1: @acme/api-owners',
  ],
  [
    'a policy broken on base',
    { decision: decision({ problems: [problem({ ...policyFile, side: 'base' })] }) },
    'failure',
    'Not evaluated: .github/specgate.yml on the base branch is invalid',
  ],
])('API approval for %s', (_, input, conclusion, title) => {
  const { verdict } = assembleReview(assembleInput(input))
  expect([verdict.approval, verdict.approvalTitle]).toEqual([conclusion, title])
})

test('a draft is judged like any other pull request, so that marking it ready opens no gap', () => {
  const judged = (draft: boolean) => assembleReview(assembleInput({ findings: [changeFinding({ place: place() })], draft })).verdict
  expect(judged(true)).toEqual(judged(false))
})
