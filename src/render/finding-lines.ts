/** How one finding reads: its sentence, what it affects, how it is settled. Ready Markdown. */
import type { JudgedFinding, Review } from '../model/review.ts'
import { fingerprintsOf, operationsOf, openRulesOf, type Entry } from './entries.ts'
import { code, sentence, words } from './escape.ts'
import { counted, listed } from './plain-text.ts'

/** Blocks, would block under `enforce`, advice, settled. */
export function icon(finding: JudgedFinding): string {
  if (finding.settled !== null) return '✅'
  if (finding.blocking) return '🔴'
  return finding.severity === 'notice' ? '⚪' : '🟠'
}

/** The finding's sentence in bold and what it reaches. */
export function statement(entry: Entry): string {
  const { first, findings, removed } = entry
  if (removed !== null) return `**API ${code(removed.id)} removed** – ${counted(removed.summary.operations.base, 'operation')} went away`
  const others = findings.length > 1 ? ` – and ${findings.length - 1} more of ${code(first.rule)}` : ''
  return `**${message(first)}**${effect(entry)}${others}`
}

export function message(finding: JudgedFinding, longest = 300): string {
  return finding.message.trim() === '' ? code(finding.rule) : sentence(finding.message, longest)
}

function effect({ first, findings }: Entry): string {
  const operations = operationsOf(findings)
  const isSaid = operations.length < 2 || (first.operation !== null && findings.length === 1 && operations.length === 1)
  return isSaid ? '' : ` – reaches ${counted(operations.length, 'operation')}`
}

/** What to do: the fix, or the approval that is awaited, or the rule that forbids it. */
export function settleBy(entry: Entry, review: Review): string {
  const { first } = entry
  if (entry.removed !== null) return `Restore the file${approvalBy(first, review)}`
  const fix = first.fix === '' ? 'Undo the change' : sentence(first.fix).replace(/\.$/, '')
  return `${fix}${approvalBy(first, review)}`
}

function approvalBy(finding: JudgedFinding, review: Review): string {
  const rules = openRulesOf(review, finding)
  const denying = rules.find((rule) => rule.status === 'denied')
  if (denying !== undefined || review.decision.denied.includes(finding.fingerprint)) {
    return denying === undefined ? '; the policy forbids it' : `; rule ${code(denying.rule)} forbids it`
  }
  const from = rules.flatMap((rule) =>
    rule.requirements.filter((requirement) => !requirement.satisfied).map((requirement) => code(requirement.from)),
  )
  if (from.length > 0) return `, or have it approved by ${listed([...new Set(from)], 3)}`
  return finding.blocking ? ', or add a waiver' : ''
}

/** How a settled finding came to rest. */
export function settlement(finding: JudgedFinding, review: Review): string {
  const waiver = fingerprintsOf(finding)
    .map((fingerprint) => (Object.hasOwn(review.decision.waived, fingerprint) ? review.decision.waived[fingerprint] : undefined))
    .find((one) => one !== undefined)
  if (finding.settled === 'waived' && waiver !== undefined) {
    return `waived by ${code(`@${waiver.grantedBy}`)} until ${code(waiver.expires)}: ${words(waiver.reason, 200)}`
  }
  return finding.settled === 'waived' ? 'waived' : `approved${approversOf(finding, review)}`
}

function approversOf(finding: JudgedFinding, review: Review): string {
  const rules = review.decision.rules.filter((rule) => fingerprintsOf(finding).some((fingerprint) => rule.selected.includes(fingerprint)))
  const logins = rules.flatMap((rule) =>
    rule.requirements.flatMap((requirement) => requirement.approvals.map((approval) => approval.login)),
  )
  const names = [...new Set(logins)].map((login) => code(`@${login}`))
  return names.length === 0 ? '' : ` by ${listed(names, 5)}`
}
