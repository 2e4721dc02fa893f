/**
 * Annotations on the lines of head, worst first. With few findings one each; with many the blocking ones, then one a cause.
 * Source of limits: GitHub REST, "Create a check run": title 255 characters, message and raw_details 64 KB, columns only on one line.
 */
import type { Problem } from '../model/place.ts'
import type { AnnotationDraft } from '../model/report.ts'
import type { JudgedFinding, Review } from '../model/review.ts'
import { byLine, entriesOf, operationsOf } from './entries.ts'
import { cap, capBytes, counted, shown, visible, visibleLines } from './plain-text.ts'

const longestTitle = 255
/** Below GitHub's 64 KB by a margin. */
const longestMessageBytes = 60_000
/** Up to this many findings are annotated one by one. */
const fewAnnotations = 50
/** Four requests of 50; what is beyond stands in the text field. */
const mostAnnotations = 200
/** An annotation is shown below its last line; a longer element would push it out of sight. */
const mostLines = 10

export function annotationsOf(review: Review): readonly AnnotationDraft[] {
  const problems = problemsOf(review).map(problemAnnotation)
  return [...problems, ...annotated(review).map((group) => findingAnnotation(group, review))].slice(0, mostAnnotations)
}

/** Where a removed element stood in base there is no line in head to annotate. */
function annotated(review: Review): readonly Group[] {
  const shown = review.findings.filter(({ report, wouldBlock }) => report !== 'summary' || wouldBlock === true)
  const open = shown.filter((finding) => finding.side === 'head' && finding.settled === null && finding.place.file !== '')
  const groups = byLine(open)
  if (groups.length <= fewAnnotations) return groups
  const blocking = byLine(open.filter((finding) => finding.wouldBlock === true))
  const rest = entriesOf(
    review,
    open.filter((finding) => finding.wouldBlock !== true),
  )
  return [...blocking, ...rest.map((entry): Group => [entry.first, ...entry.findings.slice(1)])]
}

/** One annotation's findings, the worst first. */
type Group = readonly [JudgedFinding, ...JudgedFinding[]]

function problemsOf(review: Review): readonly Problem[] {
  const unread = review.apis.flatMap((api) => api.problems)
  return [...unread, ...review.problems].filter((problem) => problem.side !== 'base' && problem.file !== '')
}

const problemTitles: Record<Problem['kind'], string> = {
  syntax: 'Cannot be read',
  'not-a-description': 'Not an API description',
  'too-large': 'Too large to evaluate',
  reference: 'A reference leads nowhere',
  structure: 'A part has the wrong shape',
  policy: 'Mistake in the policy',
  missing: 'A file is missing',
}

function problemAnnotation(problem: Problem): AnnotationDraft {
  return {
    ...position(problem.file, problem),
    level: 'failure',
    title: problemTitles[problem.kind],
    message: capBytes(visible(problem.message.replaceAll('`', '')), longestMessageBytes) || problemTitles[problem.kind],
    rawDetails: null,
  }
}

function findingAnnotation(group: Group, review: Review): AnnotationDraft {
  const [finding] = group
  return {
    ...position(finding.place.file, finding.place),
    level: levelOf(finding),
    title: `${cap(visible(finding.message.replaceAll('`', '')) || finding.rule, longestTitle - 20)} [${finding.id}]`,
    message: capBytes(annotationMessage(group, review), longestMessageBytes),
    rawDetails: rawDetails(group),
  }
}

function levelOf(finding: JudgedFinding): AnnotationDraft['level'] {
  if (finding.blocking) return 'failure'
  return finding.severity === 'notice' ? 'notice' : 'warning'
}

function annotationMessage(group: Group, review: Review): string {
  const [finding] = group
  const operations = operationsOf(group)
  const weakness = [finding.category === null ? '' : `OWASP ${finding.category}`, finding.cwe ?? ''].filter((part) => part !== '')
  const lines = [
    group.length > 1 ? `And ${group.length - 1} more of this rule with the same cause.` : '',
    finding.why,
    operations.length === 1
      ? `It reaches ${operations[0] ?? ''}.`
      : operations.length > 1
        ? `It reaches ${counted(operations.length, 'operation')}.`
        : '',
    finding.fix === '' ? '' : `Fix: ${finding.fix}`,
    finding.confidence === 'likely' ? 'This is judged by name or convention and may be wrong.' : '',
    `Rule ${finding.rule}${weakness.length === 0 ? '' : ` (${weakness.join(', ')})`}${finding.blocking || review.policy.mode === 'off' ? '' : '; it does not block'}`,
  ]
  return lines
    .filter((line) => line !== '')
    .map((line) => shown(line, 2000))
    .join('\n')
}

function rawDetails(group: Group): string | null {
  const [finding, ...others] = group
  const operations = operationsOf(group)
  const witness = finding.witness === undefined ? [] : [`A value that is valid on one side only: ${JSON.stringify(finding.witness)}`]
  const more = others.map((other) => `${other.id} ${other.message.replaceAll('`', '')}`)
  const lines = [
    ...witness,
    ...(more.length > 0 ? ['Also:', ...more] : []),
    ...(operations.length > 1 ? ['Reached operations:', ...operations] : []),
  ]
  return lines.length === 0 ? null : capBytes(visibleLines(lines.join('\n')), longestMessageBytes)
}

interface Lines {
  readonly line: number
  readonly column: number
  readonly endLine?: number
}

function position(path: string, at: Lines): Pick<AnnotationDraft, 'path' | 'startLine' | 'endLine' | 'startColumn' | 'endColumn'> {
  const startLine = Math.max(1, at.line)
  const last = at.endLine ?? startLine
  const endLine = last > startLine && last - startLine < mostLines ? last : startLine
  const column = endLine === startLine && at.column > 0 ? at.column : null
  return { path, startLine, endLine, startColumn: column, endColumn: column }
}
