/** The first line of a summary: can this merge, and if not, how much there is to do. */
import type { ApiReview, JudgedFinding, Review } from '../model/review.ts'
import { code, words } from './escape.ts'
import { counted } from './plain-text.ts'

export function headline(review: Review): string {
  const { verdict, findings, apis } = review
  const blocking = findings.filter((finding) => finding.blocking)
  const { bypass } = review.decision
  if (bypass !== undefined && verdict.notEvaluated.length === 0)
    return `### ⚠ The rules were set aside for this commit\n\n${code(`@${bypass.by}`)} broke the glass: ${words(bypass.why, 300)}. What was found is listed below as settled by that; nobody has agreed to it.`
  if (verdict.notEvaluated.length > 0) return notEvaluatedHeadline(review, blocking)
  if (blocking.length > 0) return `### ❌ Cannot merge yet: ${thingsToSettle(blocking, apis)}${approvalToo(review)}`
  const wouldBlock = findings.filter((finding) => finding.wouldBlock === true)
  if (wouldBlock.length > 0)
    return `### 🟠 Nothing is blocked, because the policy's mode is ${code(review.policy.mode)}\n\nIf it enforced, there would be ${thingsToSettle(wouldBlock, apis)}.`
  return `${clearWords(review)} ${comparedWords(review)}`
}

function thingsToSettle(findings: readonly JudgedFinding[], apis: readonly ApiReview[]): string {
  const removed = new Set(apis.filter((api) => api.state === 'removed').map((api) => api.id))
  const gone = new Set(findings.filter((finding) => removed.has(finding.api)).map((finding) => finding.api)).size
  const others = findings.filter((finding) => !removed.has(finding.api)).length
  const parts = [...(gone > 0 ? [`${counted(gone, 'removed API')}`] : []), ...(others > 0 ? [counted(others, 'finding')] : [])]
  return `${parts.join(' and ')} to settle`
}

function approvalToo({ verdict, decision }: Review): string {
  const isAwaited =
    verdict.approval === 'waiting' || (verdict.approval === 'failure' && decision.rules.some((rule) => rule.status === 'waiting'))
  return isAwaited ? ', and people to agree (see `API approval`)' : ', nothing else'
}

function notEvaluatedHeadline(review: Review, blocking: readonly JudgedFinding[]): string {
  const { apis, gaps, problems, verdict } = review
  const unread = apis.filter((api) => api.state === 'not-evaluated').length
  const proposed = problems.filter((problem) => problem.side !== 'base')
  const isProposal = unread === 0 && gaps.length === 0 && proposed.length > 0 && proposed.length === verdict.notEvaluated.length
  if (isProposal) {
    const files = [...new Set(proposed.map((problem) => code(problem.file)))].slice(0, 3)
    return `### ❌ ${files.join(', ')} has ${counted(proposed.length, 'error')}\n\nThe rest of this pull request was reviewed under the policy of the base branch: **${counted(blocking.length, 'blocking finding')}**.`
  }
  const what = unread > 0 ? `${unread} of ${counted(apis.length, 'API description')}` : counted(verdict.notEvaluated.length, 'part')
  const rest = apis.length > unread ? `\n\nThe rest was evaluated: **${counted(blocking.length, 'blocking finding')}**.` : ''
  return `### ❌ Not evaluated: ${what}${rest}`
}

function clearWords({ apis, findings, verdict }: Review): string {
  if (apis.length === 0 || apis.every((api) => api.state === 'unchanged')) return '**Nothing to review.**'
  if (verdict.review === 'neutral') return '**Nothing was found, but not everything was checked: read on.**'
  if (verdict.approval === 'waiting' || verdict.approval === 'failure')
    return '**No finding blocks this; approval is still missing** (see `API approval`).'
  const open = findings.some((finding) => finding.settled === null && finding.severity !== 'notice')
  return open ? '**Nothing blocks this; read the findings below.**' : '**Safe to merge.**'
}

function comparedWords({ apis, commits }: Review): string {
  const changed = apis.filter((api) => api.state !== 'unchanged').length
  const mergeBase = code(commits.mergeBase.slice(0, 7))
  if (changed === 0) return `No API description differs between merge base ${mergeBase} and ${code(commits.head.slice(0, 7))}.`
  return `${counted(changed, 'API description')} changed, compared with merge base ${mergeBase}.`
}
