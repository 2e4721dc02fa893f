/** The text field of `API review`: every new finding in full, worst first. */
import type { JudgedFinding, Review } from '../model/review.ts'
import { paragraph, type Block } from './blocks.ts'
import { changelogToCopy } from './changelog.ts'
import type { ReportContext } from './context.ts'
import { operationsOf } from './entries.ts'
import { code, sentence } from './escape.ts'
import { icon, message } from './finding-lines.ts'
import { counted, listed } from './plain-text.ts'
import { where } from './review-summary.ts'

/** Operations named in a finding's details; the annotation has them all. */
const operationsShown = 10

/** Empty when there is nothing to detail. */
export function reviewDetails(review: Review, context: ReportContext): readonly Block[] {
  const changelog = changelogToCopy(review)
  if (review.findings.length === 0) return changelog.length === 0 ? [] : [...changelog, paragraph('')]
  const lines = review.findings.map((finding) => () => details(finding, { review, context }))
  return [{ head: `### ${counted(review.findings.length, 'new finding')}`, rows: lines, tail: '' }, ...changelog, paragraph('')]
}

function details(finding: JudgedFinding, page: { readonly review: Review; readonly context: ReportContext }): string {
  const operations = operationsOf([finding])
  const lines = [
    finding.why === '' ? '' : sentence(finding.why),
    finding.fix === '' ? '' : `Fix: ${sentence(finding.fix)}`,
    operations.length === 0
      ? ''
      : `Reaches ${listed(
          operations.map((name) => code(name)),
          operationsShown,
        )}.`,
    finding.witness === undefined ? '' : `A value that is valid on one side only: ${code(JSON.stringify(finding.witness), 300)}`,
    ruleLine(finding),
  ].filter((line) => line !== '')
  return `- ${icon(finding)} ${code(finding.id)} **${message(finding)}** ${where(finding, page)}${lines.map((line) => `  \n  ${line}`).join('')}`
}

function ruleLine(finding: JudgedFinding): string {
  const weakness = [finding.category === null ? '' : `OWASP ${code(finding.category)}`, finding.cwe === null ? '' : code(finding.cwe)]
  const guess = finding.confidence === 'likely' ? ['judged by name or convention'] : []
  return [`rule ${code(finding.rule)}`, ...weakness.filter((part) => part !== ''), ...guess].join(' · ')
}
