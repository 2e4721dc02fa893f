/** What people read as one line: a finding, or many findings with one cause. Causes come before effects. */
import type { OperationKey } from '../model/change.ts'
import type { RuleOutcome } from '../model/decision.ts'
import type { ApiReview, JudgedFinding, Review } from '../model/review.ts'

export interface Entry {
  /** The worst finding; it gives the words and the place. */
  readonly first: JudgedFinding
  /** All of them, the worst included. */
  readonly findings: readonly JudgedFinding[]
  /** Set when they are the operations of an API that is removed. */
  readonly removed: ApiReview | null
}

/** More findings than this are shown by cause. */
export const fewFindings = 12

/** One entry a finding while they are few, one a cause when they are many; an API that is removed is always one. */
export function entriesOf(review: Review, findings: readonly JudgedFinding[]): readonly Entry[] {
  const removed = new Map(review.apis.filter((api) => api.state === 'removed').map((api) => [api.id, api]))
  const rest = findings.filter((finding) => !removed.has(finding.api))
  const ofRemoved = [...removed.values()].flatMap((api) =>
    entryOf(
      findings.filter((finding) => finding.api === api.id),
      api,
    ),
  )
  if (rest.length <= fewFindings) return [...ofRemoved, ...rest.flatMap((finding) => entryOf([finding], null))]
  return [...ofRemoved, ...byCause(review, rest)]
}

/** Findings of one rule on one line, one group each, in the given order: there is one place to look. */
export function byLine(findings: readonly JudgedFinding[]): readonly (readonly [JudgedFinding, ...JudgedFinding[]])[] {
  const groups = new Map<string, [JudgedFinding, ...JudgedFinding[]]>()
  for (const finding of findings) {
    const key = `${finding.rule}\n${finding.side}\n${finding.place.line}\n${finding.place.file}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [finding])
    else group.push(finding)
  }
  return [...groups.values()]
}

function byCause(review: Review, findings: readonly JudgedFinding[]): Entry[] {
  const left = new Map(findings.map((finding) => [finding.fingerprint, finding]))
  const grouped = (review.causes ?? []).flatMap((cause) => {
    const group = cause.findings.flatMap((fingerprint) => left.get(fingerprint) ?? [])
    for (const finding of group) left.delete(finding.fingerprint)
    return entryOf(group, null)
  })
  return [...grouped, ...[...left.values()].flatMap((finding) => entryOf([finding], null))]
}

function entryOf(findings: readonly JudgedFinding[], removed: ApiReview | null): Entry[] {
  const first = findings[0]
  return first === undefined ? [] : [{ first, findings, removed }]
}

/** Every operation that an entry's findings reach, each once. */
export function operationsOf(findings: readonly JudgedFinding[]): readonly string[] {
  const names = findings.flatMap((finding) =>
    [...(finding.operation === null ? [] : [finding.operation]), ...finding.reaches].map(operationName),
  )
  return [...new Set(names)]
}

export function operationName({ method, path }: OperationKey): string {
  return `${method} ${path}`
}

/** The rules of the policy that ask about a finding and are not satisfied. */
export function openRulesOf(review: Review, finding: JudgedFinding): readonly RuleOutcome[] {
  return review.decision.rules.filter(
    (rule) =>
      fingerprintsOf(finding).some((fingerprint) => rule.selected.includes(fingerprint)) &&
      ['waiting', 'vetoed', 'unsatisfiable', 'denied'].includes(rule.status),
  )
}

/** Its own and those of the lint findings that it stands for. */
export function fingerprintsOf({ fingerprint, repeats = [] }: JudgedFinding): readonly string[] {
  return [fingerprint, ...repeats]
}
