/**
 * Workflow commands (`::error file=…::`), by which a GitHub Actions step without `checks: write` annotates lines.
 * Source: GitHub Actions, "Workflow commands": `%`, CR and LF are escaped in messages, `:` and `,` in properties as well;
 * a step shows 10 errors, 10 warnings and 10 notices, so the worst come first.
 */
import type { AnnotationDraft } from '../model/report.ts'
import type { Review } from '../model/review.ts'
import { annotationsOf } from './annotations.ts'
import { visible } from './plain-text.ts'

const commands: Record<AnnotationDraft['level'], string> = { failure: 'error', warning: 'warning', notice: 'notice' }

/** One line an annotation, then the verdicts as plain lines. */
export function workflowCommands(review: Review): string {
  const annotations = annotationsOf(review).map(commandOf)
  const gaps = review.verdict.notEvaluated.map((one) => `::error title=Not evaluated::${escapeMessage(visible(one.replaceAll('`', '')))}`)
  const { verdict } = review
  const verdicts = [
    `API review: ${verdict.review}: ${visible(verdict.reviewTitle)}`,
    `API approval: ${verdict.approval}: ${visible(verdict.approvalTitle)}`,
  ]
  return `${[...annotations, ...gaps, ...verdicts].join('\n')}\n`
}

function commandOf(annotation: AnnotationDraft): string {
  const { startColumn, endColumn } = annotation
  const properties = [
    ['file', annotation.path],
    ['line', String(annotation.startLine)],
    ['endLine', String(annotation.endLine)],
    ...(startColumn === null ? [] : [['col', String(startColumn)]]),
    ...(endColumn === null ? [] : [['endColumn', String(endColumn)]]),
    ['title', annotation.title],
  ].map(([key = '', value = '']) => `${key}=${escapeProperty(value)}`)
  return `::${commands[annotation.level]} ${properties.join(',')}::${escapeMessage(annotation.message)}`
}

function escapeMessage(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
