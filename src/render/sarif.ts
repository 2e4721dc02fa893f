/**
 * SARIF 2.1.0 for code scanning. Limits of GitHub's upload: 25,000 results and rules a run, of which the first 5,000 results are
 * kept, 10 tags a rule, 10 MB gzipped; results are cut to the kept number, worst first, and the cut is said in a notification.
 * Sources: OASIS SARIF 2.1.0; GitHub, "SARIF support for code scanning".
 */
import type { DiffResult } from '../model/change.ts'
import type { LintResult } from '../model/finding.ts'
import type { Problem } from '../model/place.ts'
import type { Review } from '../model/review.ts'
import { operationName } from './entries.ts'
import { shown, visible } from './plain-text.ts'
import { linesOfDiff, linesOfLint, linesOfReview, problemsOfReview, type ResultLine } from './results.ts'

/** GitHub keeps the first 5,000 results of a run. */
const mostResults = 5000
const longestMessage = 1000

/** What was run; the version is the package's. */
export interface SarifTool {
  readonly version: string
  /** Where rules are explained: the rule's id is appended. '' for no link. */
  readonly rulesUrl?: string
}

interface SarifContent {
  readonly lines: readonly ResultLine[]
  readonly problems: readonly Problem[]
  readonly notes: readonly string[]
  readonly category: string
}

/** The new findings of a review; what is settled is marked as suppressed. */
export function reviewSarif(review: Review, tool: SarifTool): string {
  const notes = [...review.gaps, ...review.apis.flatMap((api) => api.notes)]
  return sarif({ lines: linesOfReview(review), problems: problemsOfReview(review), notes, category: 'specgate/review' }, tool)
}

/** The changes of any class, each with its class as a tag. */
export function diffSarif(result: DiffResult, tool: SarifTool): string {
  return sarif({ lines: linesOfDiff(result), problems: result.problems, notes: [], category: 'specgate/diff' }, tool)
}

export function lintSarif(result: LintResult, tool: SarifTool): string {
  return sarif({ lines: linesOfLint(result), problems: result.problems, notes: result.notes, category: 'specgate/lint' }, tool)
}

function sarif(content: SarifContent, tool: SarifTool): string {
  const lines = content.lines.slice(0, mostResults)
  const rules = rulesOf(lines, tool)
  const indexes = new Map(rules.map((rule, index) => [rule.id, index]))
  const cut = content.lines.length > lines.length ? [`${content.lines.length - lines.length} more results were left out.`] : []
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Specgate', semanticVersion: tool.version, rules } },
        automationDetails: { id: `${content.category}/` },
        invocations: [invocation(content.problems, [...content.notes, ...cut])],
        columnKind: 'utf16CodeUnits',
        results: lines.map((line) => resultOf(line, indexes.get(line.rule) ?? 0)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** Problems are not findings: the tool says that it could not evaluate something. */
function invocation(problems: readonly Problem[], notes: readonly string[]) {
  return {
    executionSuccessful: problems.length === 0,
    toolExecutionNotifications: [
      ...problems.map((problem) => ({
        level: 'error',
        message: { text: text(problem.message) },
        descriptor: { id: `problem-${problem.kind}` },
        ...(problem.file === '' ? {} : { locations: [locationOf(problem)] }),
      })),
      ...notes.map((note) => ({ level: 'warning', message: { text: text(note) } })),
    ],
  }
}

const levels = { error: 'error', warning: 'warning', notice: 'note' } as const
/** GitHub orders security alerts by a number from 0 to 10 (over 9 critical, 7 high, 4 medium, else low). */
const securitySeverities = { error: '8.0', warning: '5.0', notice: '2.0' } as const

function rulesOf(lines: readonly ResultLine[], tool: SarifTool) {
  const worst = new Map<string, ResultLine>()
  for (const line of lines) if (!worst.has(line.rule)) worst.set(line.rule, line)
  return [...worst.values()].map((line) => ({
    id: line.rule,
    shortDescription: { text: text(line.rule.replaceAll('-', ' ')) },
    fullDescription: { text: text(line.why === '' ? line.message : line.why) },
    help: { text: text(line.fix === '' ? line.why : line.fix) },
    defaultConfiguration: { level: levels[line.severity] },
    ...(tool.rulesUrl === undefined || tool.rulesUrl === ''
      ? {}
      : { helpUri: `${tool.rulesUrl}${encodeURIComponent(line.rule.toWellFormed())}` }),
    properties: { tags: tagsOf(line), ...(isSecurity(line) ? { 'security-severity': securitySeverities[line.severity] } : {}) },
  }))
}

function isSecurity(line: ResultLine): boolean {
  return line.category !== null || line.cwe !== null || line.security === 'exposure' || line.security === 'weakening'
}

function tagsOf(line: ResultLine): string[] {
  return [
    ...(isSecurity(line) ? ['security'] : []),
    ...(line.category === null ? [] : [`external/owasp/${line.category.toLowerCase()}`]),
    ...(line.cwe === null ? [] : [`external/cwe/${line.cwe.toLowerCase()}`]),
    ...(line.class === null ? [] : [line.class]),
    ...(line.security === null ? [] : [line.security]),
  ]
}

function resultOf(line: ResultLine, ruleIndex: number) {
  const { place } = line
  return {
    ruleId: line.rule,
    ruleIndex,
    level: levels[line.severity],
    message: { text: text(messageOf(line)) },
    // A place in base has no line in the commit that is analysed: the first line stands for the file.
    ...(place === null || place.file === ''
      ? {}
      : { locations: [locationOf(line.side === 'base' ? { file: place.file, line: 1, column: 1 } : place)] }),
    partialFingerprints: { 'specgate/v1': line.fingerprint },
    ...suppression(line),
    properties: {
      class: line.class,
      security: line.security,
      ...(line.judged === null ? {} : { blocking: line.judged.blocking }),
      reaches: line.reaches.slice(0, 100).map((key) => visible(operationName(key))),
    },
  }
}

function messageOf({ message, why, fix }: ResultLine): string {
  return [message, why, fix === '' ? '' : `Fix: ${fix}`].filter((part) => part !== '').join(' ')
}

function suppression({ judged }: ResultLine) {
  if (judged === null || judged.settled === null) return {}
  return { suppressions: [{ kind: 'external', status: 'accepted', justification: judged.settled }] }
}

function locationOf(place: { readonly file: string; readonly line: number; readonly column: number; readonly endLine?: number }) {
  const startLine = Math.max(1, place.line)
  const endLine = place.endLine !== undefined && place.endLine > startLine ? { endLine: place.endLine } : {}
  return {
    physicalLocation: {
      ...fileOnly(place.file).physicalLocation,
      region: { startLine, startColumn: Math.max(1, place.column), ...endLine },
    },
  }
}

/** A relative address: encoded, without a leading slash, below the root of the repository. */
function fileOnly(file: string) {
  const uri = file
    .toWellFormed()
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => encodeURIComponent(segment))
    .join('/')
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' } } }
}

/** Square brackets would be read as embedded links (SARIF 2.1.0, 3.11.6). An empty message is not allowed. */
function text(value: string): string {
  const escaped = shown(value, longestMessage).replace(/[[\]\\]/g, '\\$&')
  return escaped === '' ? '–' : escaped
}
