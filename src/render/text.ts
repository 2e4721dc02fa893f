/** Results for a terminal. Colours are functions that the caller passes; without them the text is plain. Nothing a file holds reaches the terminal as a control. */
import type { DiffResult, DiffSummary } from '../model/change.ts'
import type { LintResult } from '../model/finding.ts'
import type { Problem } from '../model/place.ts'
import type { ApiReview, Review, Verdict } from '../model/review.ts'
import { operationName } from './entries.ts'
import { counted, listed, shown } from './plain-text.ts'
import { linesOfDiff, linesOfLint, linesOfReview, problemsOfReview, type ResultLine } from './results.ts'

export interface Colours {
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
}

const same = (text: string) => text
/** Plain text, for files and pipes. */
export const noColours: Colours = { red: same, yellow: same, green: same, dim: same, bold: same }

const longestSentence = 400

/** The changes, worst first as given, then the counts. */
export function diffText(result: DiffResult, colours: Colours = noColours): string {
  const changes = linesOfDiff(result).map((line) => resultText(line, line.class ?? line.severity, colours))
  const ending =
    result.problems.length > 0 && result.changes.length === 0 && hasUnread(result.problems) ? [] : [summaryText(result.summary)]
  return page([...problemTexts(result.problems, colours), ...changes, ...ending])
}

/** The new findings, then how many old ones are not counted. */
export function lintText(result: LintResult, colours: Colours = noColours): string {
  const findings = linesOfLint(result).map((line) => resultText(line, line.severity, colours))
  const old = result.existing > 0 ? `; ${counted(result.existing, 'older finding')} not counted` : ''
  const notes = result.notes.map((note) => `${colours.yellow('note')} ${clean(note)}`)
  const count = result.problems.length > 0 && result.findings.length === 0 ? [] : [`${counted(result.findings.length, 'finding')}${old}`]
  return page([...problemTexts(result.problems, colours), ...findings, ...notes, ...count])
}

/** The verdict first, then what led to it. */
export function reviewText(review: Review, colours: Colours = noColours): string {
  const { verdict } = review
  const head = [
    `${conclusionText(verdict.review, colours)} ${colours.bold('API review')}: ${clean(verdict.reviewTitle)}`,
    `${conclusionText(verdict.approval, colours)} ${colours.bold('API approval')}: ${clean(verdict.approvalTitle)}`,
  ]
  const gaps = review.gaps.map((gap) => `${colours.red('not evaluated')} ${clean(gap)}`)
  const findings = linesOfReview(review).map((line) => resultText(line, stateOf(line), colours))
  const apis = review.apis.map((api) => apiText(api, colours))
  const notes = review.apis.flatMap((api) => api.notes.map((note) => `${colours.yellow('note')} ${clean(note)}`))
  return page([head.join('\n'), ...problemTexts(problemsOfReview(review), colours), ...gaps, ...findings, ...apis, ...notes])
}

function apiText(api: ApiReview, colours: Colours): string {
  const name = colours.bold(clean(api.path))
  if (api.state === 'not-evaluated') return `${name} not evaluated: whether it breaks clients is unknown`
  return `${name} ${api.state}: ${summaryText(api.summary)}${debt(api.existing)}`
}

function debt(existing: number): string {
  return existing === 0 ? '' : `; ${counted(existing, 'older finding')} not counted`
}

function stateOf({ judged, severity }: ResultLine): string {
  if (judged === null) return severity
  return judged.blocking ? 'blocking' : (judged.settled ?? severity)
}

function resultText(line: ResultLine, label: string, colours: Colours): string {
  const id = line.judged === null ? '' : ` ${line.judged.id}`
  const rest = [
    clean(line.why),
    line.reaches.length === 0
      ? ''
      : `reaches ${listed(
          line.reaches.map((key) => clean(operationName(key))),
          5,
        )}`,
    line.fix === '' ? '' : `fix: ${clean(line.fix)}`,
  ].filter((text) => text !== '')
  const security = line.security === null ? '' : ` ${colours.yellow(line.security)}`
  const rule = colours.dim(`[${clean(line.rule)}]`)
  return [
    `${coloured(label, colours)}${id}${security} ${clean(line.message)} ${rule}`,
    ...rest.map((text) => colours.dim(`  ${text}`)),
    ...placeText(line, colours),
  ].join('\n')
}

function placeText({ place, side }: ResultLine, colours: Colours): string[] {
  if (place === null) return []
  return [colours.dim(`  at ${clean(place.file)}:${place.line}:${place.column}${side === 'base' ? ' (base)' : ''}`)]
}

function problemTexts(problems: readonly Problem[], colours: Colours): string[] {
  return problems.map(
    (problem) => `${colours.red('problem')} ${clean(problem.file)}:${problem.line}:${problem.column} ${clean(problem.message)}`,
  )
}

function hasUnread(problems: readonly Problem[]): boolean {
  return problems.some(({ kind }) => kind === 'syntax' || kind === 'not-a-description' || kind === 'too-large' || kind === 'missing')
}

const reds: readonly string[] = ['breaking', 'error', 'blocking']
const yellows: readonly string[] = ['dangerous', 'warning']

function coloured(label: string, colours: Colours): string {
  if (reds.includes(label)) return colours.red(label)
  return yellows.includes(label) ? colours.yellow(label) : colours.green(label)
}

const conclusionColour = { success: 'green', neutral: 'yellow', waiting: 'yellow', failure: 'red' } as const

function conclusionText(conclusion: Verdict['approval'], colours: Colours): string {
  return colours[conclusionColour[conclusion]](conclusion)
}

/** The counts in words, zeros left out. */
function summaryText(summary: DiffSummary): string {
  const kinds = ['breaking', 'dangerous', 'nonbreaking', 'docs', 'weakening', 'strengthening', 'exposure'] as const
  const parts = kinds.filter((kind) => summary[kind] > 0).map((kind) => `${summary[kind]} ${kind}`)
  return `${parts.length === 0 ? 'no change' : parts.join(', ')} (${counted(summary.operations.compared, 'operation')} compared)`
}

function clean(text: string): string {
  return shown(text, longestSentence)
}

function page(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}
