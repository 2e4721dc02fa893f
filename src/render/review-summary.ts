/** The summary of `API review`: what to settle first, then what it reaches, then the counts, and the rest folded. */
import type { JudgedFinding, Review } from '../model/review.ts'
import { askedBlocks } from './asked.ts'
import { apisBlock, changelogBlocks, footer } from './api-blocks.ts'
import { foldedList, list, paragraph, table, type Block } from './blocks.ts'
import type { ReportContext } from './context.ts'
import { entriesOf, fewFindings, operationName, operationsOf, type Entry } from './entries.ts'
import { code, sentence, words } from './escape.ts'
import { icon, message, settleBy, settlement, statement } from './finding-lines.ts'
import { headline } from './headline.ts'
import { linkToPlace } from './link.ts'
import { counted } from './plain-text.ts'
import { renderSecondOpinion } from './second-opinion.ts'

/** More causes than this are not read one by one. */
const causesInTable = 10
/** Findings of one rule that are listed before the text field takes over. */
const perRule = 20

export function reviewSummary(review: Review, context: ReportContext): readonly Block[] {
  const open = review.findings.filter((finding) => finding.settled === null)
  const urgent = open.filter((finding) => finding.blocking || finding.severity !== 'notice')
  const entries = entriesOf(review, urgent)
  const page = { review, context }
  return [
    paragraph(headline(review)),
    ...askedBlocks(review, context),
    ...notEvaluatedBlocks(review),
    ...unloadedBlocks(review),
    ...findingBlocks(entries, page),
    ...policyNotes(review),
    ...reachBlocks(entries),
    ...settledBlock(review),
    ...noticeBlock(open, urgent, page),
    ...apisBlock(review, context),
    ...changelogBlocks(review),
    ...notesBlock(review),
    ...secondOpinionBlock(review),
    paragraph(footer(review, context)),
  ]
}

export interface Page {
  readonly review: Review
  readonly context: ReportContext
}

function notEvaluatedBlocks({ verdict, apis, problems, gaps }: Review): Block[] {
  if (verdict.notEvaluated.length === 0) return []
  return [
    list(
      '**What is wrong:**',
      verdict.notEvaluated.map((one) => sentence(one)),
    ),
    paragraph(whatToDo({ apis, problems, gaps })),
  ]
}

/** A rule that is not loaded finds nothing, which must not look like a clean result. */
function unloadedBlocks({ unloaded = [] }: Review): Block[] {
  if (unloaded.length === 0) return []
  return [
    list(
      '**Not loaded from the ruleset of the base branch**, so not checked:',
      unloaded.map((one) => sentence(`\`${one.file}:${one.line}\`: ${one.message}`)),
    ),
  ]
}

/** The next step of whoever has to take one. */
function whatToDo({ apis, problems, gaps }: Pick<Review, 'apis' | 'problems' | 'gaps'>): string {
  if (apis.some((api) => api.state === 'not-evaluated'))
    return 'Correct the file and push: whether it breaks clients is unknown until it can be read.'
  if (problems.some((problem) => problem.side === 'base'))
    return 'Correct the file on the base branch in a pull request of its own, then re-run this check.'
  if (gaps.length > 0) return 'Once this can be read, re-run the check.'
  return 'Correct it and push.'
}

function findingBlocks(entries: readonly Entry[], page: Page): Block[] {
  if (entries.length === 0) return []
  const findings = entries.flatMap((entry) => entry.findings)
  if (entries.every((entry) => entry.findings.length === 1 || entry.removed !== null) && entries.length <= fewFindings + 1) {
    const rows = entries.map((entry) => findingRow(entry, page))
    const gone = entries.some((entry) => entry.removed !== null) ? [paragraph(aboutRemoval)] : []
    return [table(['', 'Finding', 'Where', 'Settle it by'], '|---|---|---|---|', rows), ...gone, ...together(findings)]
  }
  return [...causeBlocks(entries, page), ...together(findings), ...fullLists(findings, page)]
}

function findingRow(entry: Entry, page: Page): string[] {
  return [`${icon(entry.first)} ${code(entry.first.id)}`, statement(entry), where(entry.first, page), settleBy(entry, page.review)]
}

export function where(finding: JudgedFinding, { review, context }: Page): string {
  return linkToPlace(finding.place, finding.side, { review, repositoryUrl: context.repositoryUrl })
}

/** What was looked for before a deletion was called one (src/openapi/pair-descriptions.ts). */
const aboutRemoval = 'No other description of this pull request has at least half of its operations, so it was not moved or renamed.'

function causeBlocks(entries: readonly Entry[], page: Page): Block[] {
  const telling = entries.filter((entry) => entry.findings.length > 1 || entry.first.wouldBlock === true)
  const rows = telling.slice(0, causesInTable).map((entry) => {
    const blocking = entry.findings.filter((finding) => finding.wouldBlock === true).length
    return [statement(entry), String(entry.findings.length), blocking === 0 ? '–' : `**${blocking}**`, where(entry.first, page)]
  })
  if (rows.length === 0) return []
  const causes = table(['Cause', 'Findings', 'Blocking', 'Where'], '|---|--:|--:|---|', rows)
  const rest = entries.length - rows.length
  const tail = rest > 0 ? `\n\nBesides ${counted(rest, 'cause')} listed below.` : ''
  return [{ ...causes, head: `**Settle these causes first:**\n\n${causes.head}`, tail }]
}

/** Every finding that blocks; of the others the first of each rule. */
function fullLists(findings: readonly JudgedFinding[], page: Page): Block[] {
  const blocking = findings.filter((finding) => finding.wouldBlock === true)
  const rules = new Map<string, JudgedFinding[]>()
  for (const finding of findings) {
    if (finding.wouldBlock === true) continue
    const group = rules.get(finding.rule)
    if (group === undefined) rules.set(finding.rule, [finding])
    else group.push(finding)
  }
  const groups = [...rules]
  const single = groups.flatMap(([, group]) => (group.length < ownList ? group : []))
  return [
    ...listOf('Blocking', blocking, { ...page, most: blocking.length }),
    ...groups.flatMap(([rule, group]) => (group.length < ownList ? [] : listOf(rule, group, { ...page, most: perRule }))),
    ...listOf('Other advice', single, { ...page, most: perRule }),
    paragraph('<sub>On the lines: each blocking finding, then one a cause. All of them: `specgate review --format json`.</sub>'),
  ]
}

/** From this many findings on a rule has a list of its own. */
const ownList = 3

function listOf(title: string, findings: readonly JudgedFinding[], page: Page & { readonly most: number }): Block[] {
  if (findings.length === 0) return []
  const shown = findings.slice(0, page.most).map((finding) => () => findingLine(finding, page))
  const left = findings.length - shown.length
  return [foldedList(`${title} (${findings.length})`, [...shown, ...(left > 0 ? [`… and ${left} more`] : [])])]
}

export function findingLine(finding: JudgedFinding, page: Page): string {
  return `${icon(finding)} ${code(finding.id)} ${message(finding, 160)} ${where(finding, page)}`
}

const secrets = ['credential', 'token']

/** A secret that comes out of an operation which has lost its protection is worse than either alone. */
function together(findings: readonly JudgedFinding[]): Block[] {
  const exposed = findings.filter(
    (finding) => finding.security === 'exposure' && finding.sensitivity.some((kind) => secrets.includes(kind)),
  )
  const opened = findings.filter((finding) => finding.security === 'weakening' && finding.category === 'API2:2023')
  for (const leak of exposed) {
    const reached = new Set(operationsOf([leak]))
    const open = opened.find((finding) => operationsOf([finding]).some((name) => reached.has(name)))
    const operation = open === undefined ? undefined : operationsOf([open]).find((name) => reached.has(name))
    if (open === undefined || operation === undefined) continue
    return [
      paragraph(`> ${code(leak.id)} and ${code(open.id)} together: ${code(operation)} gives a secret to callers without authentication.`),
    ]
  }
  return []
}

/** What the policy itself says about a rule that forbids something. Its link is shown as text: only this repository is linked. */
function policyNotes(review: Review): Block[] {
  return review.decision.rules
    .filter((rule) => rule.status === 'denied' && (rule.why !== null || rule.link !== null))
    .map((rule) => {
      const why = rule.why === null ? '' : ` ${words(rule.why, 300)}`
      return paragraph(`> Rule ${code(rule.rule)} (${rule.from}):${why}${rule.link === null ? '' : ` ${code(rule.link, 300)}`}`)
    })
}

function reachBlocks(entries: readonly Entry[]): Block[] {
  return entries.slice(0, fewFindings).flatMap((entry) => {
    const operations = entry.removed === null ? operationsOf(entry.findings) : removedOperations(entry)
    if (operations.length < 2) return []
    const through = entry.first.component === null || entry.findings.length > 1 ? '' : `, all through ${entry.first.component}`
    const title = entry.removed === null ? `Reached by ${entry.first.id}: ` : `Removed with ${entry.removed.id}: `
    return [
      foldedList(
        `${title}${counted(operations.length, 'operation')}${through}`,
        operations.map((name) => code(name)),
      ),
    ]
  })
}

function removedOperations(entry: Entry): readonly string[] {
  return [
    ...new Set(
      entry.findings.flatMap((finding) => (finding.operation === null ? finding.reaches : [finding.operation]).map(operationName)),
    ),
  ]
}

function settledBlock(review: Review): Block[] {
  const settled = review.findings.filter((finding) => finding.settled !== null)
  if (settled.length === 0) return []
  const lines = settled.map((finding) => () => `${code(finding.id)} ~~${message(finding, 160)}~~ – ${settlement(finding, review)}`)
  return [foldedList(`Settled (${settled.length})`, lines)]
}

function noticeBlock(open: readonly JudgedFinding[], urgent: readonly JudgedFinding[], page: Page): Block[] {
  const shown = new Set(urgent)
  const notices = open.filter((finding) => !shown.has(finding))
  if (notices.length === 0) return []
  return [
    foldedList(
      `Worth knowing (${notices.length})`,
      notices.map((finding) => () => findingLine(finding, page)),
    ),
  ]
}

function secondOpinionBlock({ secondOpinion }: Review): Block[] {
  return secondOpinion === undefined ? [] : [paragraph(renderSecondOpinion(secondOpinion))]
}

function notesBlock(review: Review): Block[] {
  const ofApis = review.apis.flatMap((api) => api.notes.map((note) => `${code(api.id)}: ${sentence(note)}`))
  const notes = [...(review.notes ?? []).map((note) => sentence(note)), ...ofApis]
  return notes.length === 0 ? [] : [foldedList(`Notes (${notes.length})`, notes)]
}
