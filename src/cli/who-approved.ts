/** `specgate who-approved "GET /users/{id}" --property passwordHash`: which decisions let something in, and who had agreed. */
import { readLine } from '../server/ledger-entry.ts'
import type { LedgerDecision, LedgerFinding } from '../server/ledger-entry.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { approvalsOf, waiverOf } from './ledger-csv.ts'
import { overLedger } from './ledger.ts'
import { print } from './print.ts'
import { colours } from './terminal.ts'

export interface WhoApprovedFlags {
  readonly property?: string
  readonly repository?: string
  readonly all?: true
  readonly format: 'text' | 'json'
  readonly from?: string
}

export interface Answer {
  readonly repository: string
  readonly pullRequest: number | null
  readonly author: string | null
  readonly at: string
  readonly head: string
  readonly policy: string
  /** Where the policy was read. */
  readonly base: string
  readonly mode: string
  readonly review: string
  readonly approval: string
  readonly rule: string
  readonly message: string
  readonly approvals: readonly { readonly login: string; readonly commit: string }[]
  readonly waiver: { readonly id: string; readonly grantedBy: string; readonly expires: string; readonly reason: string } | null
  readonly entry: string
}

/** Prints the last decision of each pull request about each finding that fits; with `--all` every one. 0: found, 1: nothing found. */
export async function runWhoApproved(operation: string, flags: WhoApprovedFlags): Promise<ExitCode> {
  const wanted = wantedOf(operation, flags)
  const answers = await overLedger(flags.from, async (lines) => {
    const found: Answer[] = []
    for await (const line of lines) {
      const read = readLine(line)
      if (read?.entry.kind === 'decision') found.push(...answersOf(read.entry, read.hash, wanted))
    }
    return flags.all === true ? found : latest(found)
  })
  const json = { schema: 'specgate/who-approved@1', operation, property: flags.property ?? null, decisions: answers }
  await print(flags.format === 'json' ? JSON.stringify(json, null, 2) : textOf(answers))
  return answers.length === 0 ? exitCode.thresholdMet : exitCode.fine
}

interface Wanted {
  readonly operation: string
  readonly property: string | null
  readonly repository: string | null
}

function wantedOf(operation: string, { property, repository }: WhoApprovedFlags): Wanted {
  if (!/^\S+\s+\S/.test(operation)) throw new UsageError('Name an operation by method and path, e.g. `GET /users/{id}`.')
  return { operation: sameOperation(operation), property: property ?? null, repository: repository?.toLowerCase() ?? null }
}

/** Names of path parameters carry no meaning: `/users/{id}` and `/users/{userId}` are one path. */
function sameOperation(text: string): string {
  const [method = '', ...path] = text.trim().split(/\s+/)
  return `${method.toUpperCase()} ${path.join(' ').replace(/\{[^{}]*\}/g, '{}')}`
}

function answersOf(entry: LedgerDecision, hash: string, { operation, property, repository }: Wanted): Answer[] {
  const name = `${entry.repository.owner}/${entry.repository.name}`
  if (repository !== null && name.toLowerCase() !== repository) return []
  const reaching = entry.reaches.map((operations) => operations.some((one) => sameOperation(one) === operation))
  const fitting = entry.findings.filter(
    (finding) =>
      (reaching[finding.reach] === true || (finding.operation !== null && sameOperation(finding.operation) === operation)) &&
      (property === null || names(finding, property)),
  )
  return fitting.map((finding) => ({
    repository: name,
    pullRequest: entry.number,
    author: entry.author,
    at: entry.at,
    head: entry.commits.head,
    policy: entry.policy.sources.join(', '),
    base: entry.commits.base,
    mode: entry.policy.mode,
    review: entry.verdict.review,
    approval: entry.verdict.approval,
    rule: finding.rule,
    message: finding.message,
    approvals: approvalsOf(entry, finding),
    waiver: waiverOf(entry, finding) ?? null,
    entry: `${entry.sequence}:${hash}`,
  }))
}

/** Whether the finding is about a property: its pointer leads through it, or its message names it, alone or in a path. */
function names({ pointer, message }: LedgerFinding, property: string): boolean {
  const segments = pointer.split('/').map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
  const quoted = [...message.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
  return segments.includes(property) || quoted.some((name) => name === property || name.split(/[./]|\[\]/).includes(property))
}

/** The last word of each pull request on each finding. */
function latest(answers: readonly Answer[]): Answer[] {
  return [
    ...new Map(answers.map((answer) => [`${answer.repository} ${answer.pullRequest} ${answer.rule} ${answer.message}`, answer])).values(),
  ]
}

function textOf(answers: readonly Answer[]): string {
  if (answers.length === 0) return 'The ledger holds no decision about this.'
  return answers.map(paragraph).join('\n\n')
}

function paragraph(answer: Answer): string {
  const what = answer.pullRequest === null ? `merge group at ${answer.head}` : `#${answer.pullRequest}`
  return [
    `${colours.bold(`${answer.repository} ${what}`)} ${answer.at} by ${answer.author ?? 'unknown'}`,
    `  ${answer.message} (${answer.rule})`,
    ...who(answer).map((line) => `  ${line}`),
    `  Decided as: API review ${answer.review}, API approval ${answer.approval}; mode ${answer.mode}, policy ${answer.policy} at base ${answer.base}`,
    `  Head ${answer.head}, ledger entry ${answer.entry}`,
  ].join('\n')
}

function who({ approvals, waiver, approval, mode }: Answer): string[] {
  const people = approvals.map(({ login, commit }) => `${colours.green('Approved')} by ${login} at commit ${commit}`)
  const waived =
    waiver === null ? [] : [`${colours.green('Waived')} by ${waiver.grantedBy} until ${waiver.expires} (${waiver.id}): ${waiver.reason}`]
  if (people.length + waived.length > 0) return [...people, ...waived]
  if (mode !== 'enforce') return [`Approved by nobody: the policy was in mode ${mode}, which blocks nothing.`]
  return [approval === 'waiting' ? 'Approved by nobody yet.' : 'Approved by nobody: no rule of the policy asked for it, or it was refused.']
}
