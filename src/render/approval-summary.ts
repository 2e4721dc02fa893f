/** The summary of `API approval`: which rule asks for what, who has agreed, who still can. Teams stand in code, so nobody is mentioned. */
import type { RequirementOutcome, RuleOutcome, RuleStatus } from '../model/decision.ts'
import type { Review } from '../model/review.ts'
import { footer } from './api-blocks.ts'
import { foldedList, list, mostRows, paragraph, table, type Block } from './blocks.ts'
import type { ReportContext } from './context.ts'
import { fingerprintsOf } from './entries.ts'
import { code, sentence, words } from './escape.ts'
import { listed } from './plain-text.ts'
import { findingLine } from './review-summary.ts'

/** More names than this are counted. */
const namesShown = 8

const stateWords: Record<RuleStatus, string> = {
  'not-applicable': 'not asked',
  approved: '✅ approved',
  waiting: '⏳ waiting',
  denied: '❌ denied',
  vetoed: '❌ changes requested',
  unsatisfiable: '❌ cannot be satisfied',
  waived: '✅ waived',
  error: '❌ not evaluated',
}

export function approvalSummary(review: Review, context: ReportContext): readonly Block[] {
  const asking = review.decision.rules.filter((rule) => rule.status !== 'not-applicable')
  return [
    paragraph(opening(review, asking, context)),
    ...notEvaluated(review),
    ...(asking.length === 0 ? [] : [rulesTable(asking, context)]),
    ...reasons(asking),
    ...coveredBlocks(asking, review, context),
    paragraph(footer(review, context)),
  ]
}

function opening({ verdict, decision }: Review, asking: readonly RuleOutcome[], context: ReportContext): string {
  if (decision.bypass !== undefined && verdict.approval === 'success')
    return `**⚠ Not approved: ${code(`@${decision.bypass.by}`)} set the rules aside for this commit.** ${words(decision.bypass.why, 300)}`
  if (verdict.approval === 'waiting') {
    if (context.pullRequest?.draft === true)
      return '**A draft: nobody has been asked yet.** When it is ready for review, those named below are.'
    return '**Waiting for people.** An approving review by those named below settles it; later pushes keep an approval while what was approved stays as it was.'
  }
  if (verdict.approval === 'neutral')
    return `**Nothing is asked of anyone, because the policy's mode is ${code(decision.mode)}.** If it enforced, the rules below would apply.`
  if (verdict.approval === 'failure') return '**This cannot be approved as it stands.**'
  return asking.length === 0
    ? '**No approval is required.** No rule of the policy asks for one.'
    : '**Everybody who has to agree has agreed.**'
}

function notEvaluated({ verdict }: Review): Block[] {
  if (verdict.approval !== 'failure' || verdict.notEvaluated.length === 0) return []
  return [
    list(
      'What was not evaluated might need an approval:',
      verdict.notEvaluated.map((one) => sentence(one)),
    ),
  ]
}

function rulesTable(rules: readonly RuleOutcome[], context: ReportContext): Block {
  const rows = rules.flatMap((rule) => {
    const name = `${code(rule.rule, 80)}${rule.from === 'repository' ? '' : ` (${rule.from})`}`
    if (rule.requirements.length === 0) return [[name, '–', stateWords[rule.status], '–']]
    return rule.requirements.map((requirement) => [
      name,
      `${requirement.needed} of ${code(requirement.from)}`,
      requirementState(rule, requirement),
      whoCan(requirement, context),
    ])
  })
  return table(['Rule', 'Needs', 'State', 'Who can'], '|---|---|---|---|', rows)
}

function requirementState(rule: RuleOutcome, requirement: RequirementOutcome): string {
  const approvals = requirement.approvals.map(({ login, commit }) => `${code(`@${login}`)} at ${code(commit.slice(0, 7))}`)
  if (requirement.satisfied) return approvals.length === 0 ? '✅' : `✅ ${listed(approvals, namesShown)}`
  const sofar =
    approvals.length === 0 ? '' : ` (${requirement.approvals.length} of ${requirement.needed}: ${listed(approvals, namesShown)})`
  return `${rule.status === 'approved' ? stateWords.waiting : stateWords[rule.status]}${sofar}`
}

/** In a public repository the members of a team are its own business: only the team is named. */
function whoCan({ satisfied, candidates, from }: RequirementOutcome, { isPublic }: ReportContext): string {
  if (satisfied) return '–'
  if (isPublic) return /@[\w-]+\//.test(from) ? 'its members' : code(from)
  return candidates.length === 0 ? 'nobody' : listed(candidates.map(nameOf), namesShown)
}

function nameOf(candidate: string): string {
  return code(candidate.startsWith('@') ? candidate : `@${candidate}`)
}

/** Why a rule is where it is, and what the policy says about it. Approved rules need no words. */
function reasons(rules: readonly RuleOutcome[]): Block[] {
  const lines = rules
    .filter((rule) => rule.status !== 'approved')
    .flatMap((rule) => {
      const said = [...(rule.why === null ? [] : [words(rule.why, 300)]), ...(rule.link === null ? [] : [code(rule.link, 300)])]
      return [...rule.because.map((one) => sentence(one)), ...said].map((line) => `${code(rule.rule, 80)}: ${line}`)
    })
  return lines.length === 0 ? [] : [list('**Why:**', lines)]
}

/** Nobody should approve what they have not seen: every finding that a rule selected is listed. */
function coveredBlocks(rules: readonly RuleOutcome[], review: Review, context: ReportContext): Block[] {
  const byFingerprint = new Map(review.findings.flatMap((finding) => fingerprintsOf(finding).map((fingerprint) => [fingerprint, finding])))
  return rules
    .filter(({ status }) => status === 'waiting' || status === 'unsatisfiable' || status === 'vetoed' || status === 'denied')
    .flatMap((rule) => {
      const findings = new Set(rule.selected.flatMap((fingerprint) => byFingerprint.get(fingerprint) ?? []))
      if (findings.size === 0) return []
      const rows = [...findings].slice(0, mostRows).map((finding) => () => findingLine(finding, { review, context }))
      const title = `“${rule.rule}” ${rule.status === 'denied' ? 'forbids' : 'asks about'} (${findings.size})`
      return [{ ...foldedList(title, rows), beyond: findings.size - rows.length }]
    })
}
