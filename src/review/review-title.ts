/** The title of `API review`: the result in one line, the most important thing first. Knows no Markdown; names are shown as they are. */
import type { Decision, Mode } from '../model/decision.ts'
import { isSecurityFinding } from '../model/finding.ts'
import type { Problem } from '../model/place.ts'
import type { ApiReview, Cause, JudgedFinding } from '../model/review.ts'
import type { ChangedFile } from '../model/snapshot.ts'

export interface VerdictInput {
  readonly apis: readonly ApiReview[]
  /** Paths of descriptions whose base could not be read, so that nothing was compared. */
  readonly uncompared: readonly string[]
  /** Judged, worst first. */
  readonly findings: readonly JudgedFinding[]
  readonly causes: readonly Cause[]
  /** Of policy, waivers, owners. */
  readonly problems: readonly Problem[]
  /** Refused parts of the team's ruleset. */
  readonly unloaded: readonly Problem[]
  /** Per API id: problems of the description that the pull request brings. */
  readonly newProblems: ReadonlyMap<string, readonly Problem[]>
  readonly gaps: readonly string[]
  readonly decision: Decision
  readonly mode: Mode
  readonly modeOf: (api: string) => Mode
  readonly changedFiles: readonly ChangedFile[]
  readonly draft: boolean
}

/** More new findings than this are summed up by cause instead of counted by kind. */
const manyFindings = 20
/** How many causes a title credits. */
const namedCauses = 4

/** The one-line result, e.g. `1 breaking change · 2 new security findings`. */
export function reviewTitle(input: VerdictInput): string {
  const problem = problemTitle(input)
  const result = `${resultTitle(input)}${unloadedTitle(input)}`
  if (problem === null) return result
  return input.findings.some((finding) => finding.blocking) ? `${problem} · ${result}` : problem
}

function problemTitle(input: VerdictInput): string | null {
  return policyTitle(input) ?? unreadTitle(input.apis) ?? partTitle(input) ?? gapTitle(input.gaps)
}

function policyTitle({ problems, changedFiles }: VerdictInput): string | null {
  const first = problems[0]
  if (first === undefined) return null
  const broughtHere = first.side !== 'base' && changedFiles.some((file) => file.path === first.file && file.status !== 'removed')
  if (!broughtHere) return `Not evaluated: ${first.file} on the base branch is invalid (line ${first.line})`
  const count = problems.filter((problem) => problem.file === first.file).length
  return `${fileRole(first.file)} has ${counted(count, 'error')} (${count > 1 ? 'first at ' : ''}line ${first.line})`
}

/** What people call the file; its path stands in the summary. */
function fileRole(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/^specgate\.ya?ml$/.test(name)) return 'Policy file'
  if (/waivers\.ya?ml$/.test(name)) return 'Waiver file'
  return name
}

function unreadTitle(apis: readonly ApiReview[]): string | null {
  const unread = apis.filter((api) => api.state === 'not-evaluated')
  const [only, another] = unread
  if (only === undefined) return null
  if (another !== undefined) return `${unread.length} of ${counted(apis.length, 'API description')} cannot be read`
  const problem = only.problems[0]
  return problem === undefined ? `${only.path} cannot be read` : `${problem.file} cannot be read (line ${problem.line})`
}

function partTitle({ newProblems }: VerdictInput): string | null {
  const parts = [...newProblems.values()].flat()
  const first = parts[0]
  return first === undefined ? null : `Not evaluated: ${counted(parts.length, 'problem')} in ${first.file} (line ${first.line})`
}

function gapTitle(gaps: readonly string[]): string | null {
  const first = gaps[0]
  if (first === undefined) return null
  return `Not evaluated: ${first.replaceAll('`', '')}${gaps.length > 1 ? ` (and ${gaps.length - 1} more)` : ''}`
}

function resultTitle(input: VerdictInput): string {
  if (input.apis.every((api) => api.state === 'unchanged') && input.findings.length === 0) return 'No API description changed'
  const counts = removedTitle(input) ?? manyTitle(input) ?? movedTitle(input) ?? uncomparedTitle(input) ?? countsTitle(input.findings)
  if (input.findings.some((finding) => finding.blocking) || !input.findings.some((finding) => finding.wouldBlock === true)) return counts
  return input.mode === 'off' ? `${counts} – not judged, the policy is off` : `${counts} – would block if the policy enforced`
}

function unloadedTitle({ unloaded }: VerdictInput): string {
  const first = unloaded[0]
  return first === undefined ? '' : ` · ${counted(unloaded.length, 'part')} of ${first.file} not loaded`
}

function removedTitle({ apis, findings }: VerdictInput): string | null {
  const removed = apis.filter((api) => api.state === 'removed')
  const [only, another] = removed
  if (only === undefined) return null
  const operations = removed.reduce((sum, api) => sum + api.summary.operations.base, 0)
  const name = another === undefined ? `API removed: ${only.id}` : `${removed.length} APIs removed`
  const ids = new Set(removed.map((api) => api.id))
  const settled = findings.filter((finding) => ids.has(finding.api)).every((finding) => finding.settled !== null)
  const others = findings.filter((finding) => !ids.has(finding.api) && finding.settled === null).length
  return [
    `${name} (${counted(operations, 'operation')}${settled && findings.length > 0 ? ', settled' : ''})`,
    ...(others > 0 ? [counted(others, 'other finding')] : []),
  ].join(' · ')
}

function manyTitle({ findings, causes }: VerdictInput): string | null {
  if (findings.length <= manyFindings) return null
  const blocking = findings.filter((finding) => finding.wouldBlock === true).length
  const shared = causes
    .map((cause) => cause.findings.length)
    .filter((count) => count > 1)
    .sort((a, b) => b - a)
    .slice(0, namedCauses)
  const explained = shared.reduce((sum, count) => sum + count, 0)
  const counts = `${blocking} blocking, ${findings.length - blocking} advisory new findings`
  return shared.length === 0
    ? counts
    : `${counts} – ${shared.length === 1 ? '1 cause explains' : `${shared.length} causes explain`} ${explained}`
}

function movedTitle({ apis, findings }: VerdictInput): string | null {
  const [only, another] = apis
  if (only === undefined || another !== undefined || only.state !== 'moved' || findings.length > 0) return null
  return `${only.previousPath ?? only.id} moved to ${only.path} · no breaking change`
}

function uncomparedTitle({ uncompared, findings }: VerdictInput): string | null {
  const [first] = uncompared
  if (first === undefined) return null
  return `Not compared: ${first} cannot be read on the base branch · ${counted(findings.filter(isSecurityFinding).length, 'new security finding')}`
}

function countsTitle(findings: readonly JudgedFinding[]): string {
  const breaking = findings.filter((finding) => finding.class === 'breaking')
  const dangerous = findings.filter((finding) => finding.class === 'dangerous')
  const security = findings.filter(isSecurityFinding)
  const others = findings.filter((finding) => finding.kind === 'lint' && !isSecurityFinding(finding))
  return [
    breaking.length === 0 ? 'No breaking change' : withSettled(counted(breaking.length, 'breaking change'), breaking),
    ...(dangerous.length === 0 ? [] : [withSettled(counted(dangerous.length, 'dangerous change'), dangerous)]),
    withSettled(counted(security.length, 'new security finding'), security),
    ...(others.length === 0 ? [] : [counted(others.length, 'other new finding')]),
  ].join(' · ')
}

function withSettled(text: string, findings: readonly JudgedFinding[]): string {
  const settled = findings.filter((finding) => finding.settled !== null)
  if (settled.length === 0) return text
  if (settled.length < findings.length) return `${text} (${settled.length} settled)`
  const ways = new Set(settled.map((finding) => finding.settled))
  return `${text} (${ways.size === 1 ? [...ways].join('') : 'settled'})`
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
