/** Results as Markdown, for job summaries and release notes; the same escaping and blocks as the check runs. */
import type { ChangeClass, DiffResult } from '../model/change.ts'
import type { LintResult } from '../model/finding.ts'
import type { Problem } from '../model/place.ts'
import type { Review } from '../model/review.ts'
import { approvalSummary } from './approval-summary.ts'
import { fit, list, paragraph, table, type Block } from './blocks.ts'
import { localContext, type ReportContext } from './context.ts'
import { operationName } from './entries.ts'
import { code, sentence, words } from './escape.ts'
import { counted, listed } from './plain-text.ts'
import { linesOfDiff, linesOfLint, type ResultLine } from './results.ts'
import { reviewSummary } from './review-summary.ts'

/** GitHub's job summary takes 1 MiB; no reader takes that. */
const pageBytes = 500_000

/** Both check runs one below the other. */
export function reviewMarkdown(review: Review, context: ReportContext = localContext): string {
  const blocks = [
    paragraph(`## API review: ${words(review.verdict.reviewTitle)}`),
    ...reviewSummary(review, context),
    paragraph(`## API approval: ${words(review.verdict.approvalTitle)}`),
    ...approvalSummary(review, context),
  ]
  return `${fit(blocks, pageBytes)}\n`
}

const classHeadings: readonly (readonly [ChangeClass, string])[] = [
  ['breaking', 'Breaking'],
  ['dangerous', 'Dangerous'],
  ['nonbreaking', 'Nonbreaking'],
  ['docs', 'Documentation'],
]

/** The changes by class, as a changelog. */
export function diffMarkdown(result: DiffResult): string {
  const lines = linesOfDiff(result)
  const sections = classHeadings.flatMap(([kind, heading]): Block[] => {
    const rows = lines.filter((line) => line.class === kind).map((line) => changeLine(line))
    return rows.length === 0 ? [] : [list(`### ${heading} (${rows.length})`, rows)]
  })
  const { compared } = result.summary.operations
  const end = paragraph(`<sub>${counted(compared, 'operation')} compared</sub>`)
  const none = result.problems.length === 0 && lines.length === 0 ? [paragraph('**No change.**')] : []
  return `${fit([...problemBlocks(result.problems), ...none, ...sections, end], pageBytes)}\n`
}

function changeLine(line: ResultLine): string {
  const security = line.security === null ? '' : ` (${line.security})`
  const reaches =
    line.reaches.length < 2
      ? ''
      : ` – reaches ${listed(
          line.reaches.map((key) => code(operationName(key))),
          5,
        )}`
  const at = placeOf(line)
  return `${sentence(line.message)}${security}${reaches}${at === '' ? '' : ` · ${at}`}`
}

/** The findings as a table. */
export function lintMarkdown(result: LintResult): string {
  const rows = linesOfLint(result).map((line) => [
    line.severity,
    `**${sentence(line.message)}** ${code(line.rule)}`,
    placeOf(line),
    sentence(line.fix),
  ])
  const found = rows.length === 0 ? [] : [table(['Severity', 'Finding', 'Where', 'Fix'], '|---|---|---|---|', rows)]
  const notes =
    result.notes.length === 0
      ? []
      : [
          list(
            'Not checked:',
            result.notes.map((note) => sentence(note)),
          ),
        ]
  const none = result.problems.length === 0 && rows.length === 0 ? [paragraph('**No finding.**')] : []
  const end = paragraph(`<sub>${counted(rows.length, 'finding')} · ${counted(result.existing, 'older finding')} not counted</sub>`)
  return `${fit([...problemBlocks(result.problems), ...none, ...found, ...notes, end], pageBytes)}\n`
}

function placeOf({ place, side }: ResultLine): string {
  return place === null ? '' : `${code(`${place.file}:${place.line}`)}${side === 'base' ? ' (base)' : ''}`
}

function problemBlocks(problems: readonly Problem[]): Block[] {
  if (problems.length === 0) return []
  return [
    list(
      '**Problems:**',
      problems.map((problem) => `${code(`${problem.file}:${problem.line}`)} ${sentence(problem.message)}`),
    ),
  ]
}
