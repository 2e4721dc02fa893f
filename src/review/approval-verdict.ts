/**
 * The conclusion and title of `API approval`: who is awaited, by name, or why nobody is. Waiting is an unfinished check run
 * (yellow), also on a draft, where the title says that nobody has been asked yet.
 */
import type { RuleOutcome, RuleStatus } from '../model/decision.ts'
import type { Verdict } from '../model/review.ts'
import { counted, type VerdictInput } from './review-title.ts'

interface ApprovalVerdict {
  readonly conclusion: Verdict['approval']
  readonly title: string
}

/** Never `success` while something that might need approval was not evaluated. */
export function approvalVerdict(input: VerdictInput): ApprovalVerdict {
  const { decision } = input
  const missing = notEvaluated(input)
  if (missing !== null) return { conclusion: 'failure', title: `Not evaluated: ${missing}` }
  const { bypass } = decision
  if (bypass !== undefined && (decision.status === 'approved' || decision.status === 'not-applicable'))
    return { conclusion: 'success', title: `⚠ Bypassed by @${bypass.by}: ${bypass.why.slice(0, 120)}` }
  if (decision.mode === 'off') return { conclusion: 'success', title: 'Not judged: the policy is off' }
  if (decision.mode === 'advise') return advised(input)
  return enforced(input)
}

/** A mistake in a policy file that the pull request proposes is `API review`'s to report: the decision is made under the policy on base. */
function notEvaluated({ apis, problems, gaps, newProblems, changedFiles }: VerdictInput): string | null {
  const unread = apis.find((api) => api.state === 'not-evaluated')
  if (unread !== undefined) return `${unread.path} cannot be read`
  const part = [...newProblems.values()].flat()[0]
  if (part !== undefined) return `${part.file} has a problem at line ${part.line}`
  const onBase = problems.find((problem) => problem.side === 'base' || !changedFiles.some((file) => file.path === problem.file))
  if (onBase !== undefined) return `${onBase.file} on the base branch is invalid`
  return gaps[0]?.replaceAll('`', '') ?? null
}

function enforced(input: VerdictInput): ApprovalVerdict {
  switch (input.decision.status) {
    case 'blocked':
      return { conclusion: 'failure', title: blockedTitle(input) }
    case 'waiting':
      return { conclusion: 'waiting', title: input.draft ? `Draft, nobody is asked yet: ${awaited(input).names}` : waitingTitle(input) }
    case 'approved':
      return { conclusion: 'success', title: approvedTitle(input) }
    case 'not-applicable':
      return { conclusion: 'success', title: notRequiredTitle(input) }
  }
}

function advised(input: VerdictInput): ApprovalVerdict {
  switch (input.decision.status) {
    case 'blocked':
      return { conclusion: 'neutral', title: `Would block if the policy enforced – ${blockedTitle(input)}` }
    case 'waiting':
      return { conclusion: 'neutral', title: `Would wait if the policy enforced: ${awaited(input).names}` }
    case 'approved':
    case 'not-applicable':
      return enforced(input)
  }
}

/** The rules that count: those as strict as the decision. */
function rulesWith(input: VerdictInput, statuses: readonly RuleStatus[]): readonly RuleOutcome[] {
  const rules = input.decision.rules.filter((rule) => statuses.includes(rule.status))
  const strict = rules.filter((rule) => rule.mode === input.decision.mode)
  return strict.length > 0 ? strict : rules
}

function waitingTitle(input: VerdictInput): string {
  const { names, open, all } = awaited(input)
  return open === 0 ? `Waiting: ${names}` : `Waiting for ${open} of ${all}: ${names}`
}

/** How many names a title holds before it says how many more there are. */
const namesInTitle = 3

function awaited(input: VerdictInput): { readonly names: string; readonly open: number; readonly all: number } {
  const waiting = rulesWith(input, ['waiting'])
  const all = rulesWith(input, ['waiting', 'approved']).flatMap((rule) => rule.requirements)
  const open = waiting.flatMap((rule) => rule.requirements).filter((requirement) => !requirement.satisfied)
  const names = [...new Set(open.map((requirement) => requirement.from))]
  if (names.length === 0) return { names: sentenceOf(waiting[0]), open: 0, all: all.length }
  return { names: listed(names), open: open.length, all: Math.max(all.length, open.length) }
}

const blockedWords = [
  ['error', 'Not evaluated'],
  ['denied', 'Denied'],
  ['vetoed', 'Vetoed'],
  ['unsatisfiable', 'Cannot be satisfied'],
] as const

function blockedTitle(input: VerdictInput): string {
  for (const [status, word] of blockedWords) {
    const rules = rulesWith(input, [status])
    const first = rules[0]
    if (first === undefined) continue
    const more = rules.length > 1 ? ` (and ${counted(rules.length - 1, 'more rule')})` : ''
    return status === 'denied' ? `Denied by rule “${first.rule}”${more}` : `${word}: ${sentenceOf(first)}${more}`
  }
  return 'Blocked by the policy'
}

function approvedTitle(input: VerdictInput): string {
  const approvals = rulesWith(input, ['approved']).flatMap((rule) => rule.requirements.flatMap((requirement) => requirement.approvals))
  const logins = [...new Set(approvals.map((approval) => `@${approval.login}`))]
  return logins.length === 0 ? 'Nothing left to approve' : `Approved by ${listed(logins)}`
}

function notRequiredTitle({ apis, decision }: VerdictInput): string {
  if (apis.every((api) => api.state === 'unchanged')) return 'No API description changed'
  if (decision.rules.some((rule) => rule.status === 'waived')) return 'Not required: waived'
  const risky = apis.some(
    ({ state, summary }) => state === 'removed' || summary.breaking + summary.dangerous + summary.weakening + summary.exposure > 0,
  )
  if (risky) return 'Not required: no rule of the policy asks for it'
  return `Not required: ${apis.some(({ summary }) => summary.nonbreaking > 0) ? 'additive change' : 'no change that clients notice'}`
}

function sentenceOf(rule: RuleOutcome | undefined): string {
  const text = rule?.because[0] ?? rule?.rule ?? 'the policy asks for an approval'
  return text.replaceAll('`', '').replace(/\.$/, '')
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesInTitle).join(', ')
  return names.length > namesInTitle ? `${shown} and ${names.length - namesInTitle} more` : shown
}
