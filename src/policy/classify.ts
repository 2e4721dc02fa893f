/**
 * Applies the policy's own classification to findings before rules run: the organisation's first, then the repository's.
 * A repository cannot classify a finding out of the reach of a rule of its organisation; such an entry has no effect on that finding.
 */
import type { ApiFacts, ApiFinding } from '../model/api-facts.ts'
import { compileMatchers, compileWhere } from './matchers.ts'
import { nameSensitive } from './own-names.ts'
import type { PolicySettings } from './settings.ts'
import { indexSubjects, type Subject } from './subjects.ts'
import type { Matcher, When } from './written-conditions.ts'
import type { Classification } from './written-rules.ts'

export interface Classified {
  readonly findings: readonly ApiFinding[]
  /** What was changed, and what a repository may not change, in sentences; one for each entry of the policy. */
  readonly notes: readonly string[]
}

/** The findings as the policy sees them. Those classified `off` are left out. */
export function classifyFindings(
  findings: readonly ApiFinding[],
  settings: Pick<PolicySettings, 'classify'> & Partial<Pick<PolicySettings, 'sensitive' | 'versioning'>>,
  apis: readonly ApiFacts[] = [],
): Classified {
  return overrideFindings(settled(findings, settings), settings, apis)
}

/** What other parts of the policy mean for findings, before its own classification: names it calls sensitive, and versions it demands. */
function settled(
  findings: readonly ApiFinding[],
  { sensitive, versioning }: Partial<Pick<PolicySettings, 'sensitive' | 'versioning'>>,
): readonly ApiFinding[] {
  const own = sensitive?.add ?? []
  const named = own.length === 0 ? findings : findings.map(nameSensitive(own))
  if ((versioning?.breakingNeeds ?? null) === null) return named
  const broken = new Set(named.filter((finding) => finding.class === 'breaking').map(({ api }) => api))
  return named.map((finding) =>
    finding.rule === 'api-version-too-low' && broken.has(finding.api) ? { ...finding, severity: 'error' } : finding,
  )
}

function overrideFindings(
  findings: readonly ApiFinding[],
  settings: Pick<PolicySettings, 'classify'>,
  apis: readonly ApiFacts[],
): Classified {
  const { floor } = settings.classify
  const entries = entriesOf(settings.classify)
  if (entries.length === 0) return { findings, notes: [] }
  const notes = new Map<string, number>()
  const note = (sentence: string) => notes.set(sentence, (notes.get(sentence) ?? 0) + 1)
  const watched = floor.flatMap(({ when }) => matchersOf(when)).map((matchers) => compileMatchers(matchers, nobody))
  const subjectOf = (finding: ApiFinding): Subject => indexSubjects({ apis }, []).of(finding)
  const classified = findings.flatMap((finding) => classifyOne(finding, { entries, watched, subjectOf, note }))
  return { findings: classified, notes: [...notes].map(([sentence, count]) => (count > 1 ? `${sentence} (${count} findings)` : sentence)) }
}

const nobody = { ownersOf: () => [] }

interface Entry {
  readonly matches: (subject: Subject) => boolean
  /** The finding as it should be; null leaves it out. */
  readonly change: (finding: ApiFinding) => ApiFinding | null
  readonly why: string
  /** A repository's entry cannot take a finding out of the reach of its organisation. */
  readonly isBounded: boolean
}

function entriesOf({ organisation, repository, allowed }: PolicySettings['classify']): Entry[] {
  return [
    ...organisation.map((entry) => classifying(entry, false)),
    ...allowed.organisation.map((entry) => allowing(entry, false)),
    ...repository.map((entry) => classifying(entry, true)),
    ...allowed.repository.map((entry) => allowing(entry, true)),
  ]
}

function classifying(entry: Classification, isBounded: boolean): Entry {
  // Old findings are classified too: what is counted and what is blamed should have the same names.
  const either = [true, false].map((isNew) => compileMatchers([{ ...entry.match, new: entry.match.new ?? isNew }], nobody))
  return {
    why: entry.why,
    isBounded,
    matches: (subject) => either.some((matches) => matches(subject)),
    change: (finding) => overridden(finding, entry),
  }
}

type Allowed = PolicySettings['classify']['allowed']['organisation'][number]

/** A sensitive property that is meant to be there, in every operation that the finding affects. */
function allowing({ where, property, why }: Allowed, isBounded: boolean): Entry {
  const holds = compileWhere(where)
  return {
    why,
    isBounded,
    matches: (subject) => {
      const { finding, elements } = subject
      return (
        finding.sensitivity.length > 0 &&
        lastPart(finding.place.pointer) === property &&
        elements.every((element) => holds(subject, element))
      )
    },
    change: (finding) => ({
      ...finding,
      sensitivity: [],
      security: finding.security === 'exposure' ? null : finding.security,
      severity: 'notice',
    }),
  }
}

/** The last part of a JSON pointer (RFC 6901). */
function lastPart(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
}

interface Context {
  readonly entries: readonly Entry[]
  /** Predicates of the organisation's rules; their answers must not change. */
  readonly watched: readonly ((subject: Subject) => boolean)[]
  readonly subjectOf: (finding: ApiFinding) => Subject
  readonly note: (sentence: string) => void
}

function classifyOne(finding: ApiFinding, { entries, watched, subjectOf, note }: Context): ApiFinding[] {
  const original = subjectOf(finding)
  let current: ApiFinding | null = finding
  for (const entry of entries) {
    if (current === null || !entry.matches(subjectOf(current))) continue
    const changed: ApiFinding | null = entry.change(current)
    if (entry.isBounded && escapes({ before: subjectOf(current), after: changed === null ? null : subjectOf(changed) }, watched)) {
      note(
        `The policy classifies \`${finding.rule}\` so that a rule of the organisation would not see it; that has no effect. Its reason: ${entry.why}`,
      )
      continue
    }
    if (changed !== current) note(`\`${original.finding.rule}\` is classified by the policy: ${entry.why}`)
    current = changed
  }
  return current === null ? [] : [current]
}

function overridden(finding: ApiFinding, { severity, class: changeClass }: Classification): ApiFinding | null {
  if (severity === 'off') return null
  const next = { ...finding, severity: severity ?? finding.severity, class: changeClass ?? finding.class }
  return next.severity === finding.severity && next.class === finding.class ? finding : next
}

/** A finding that leaves a rule's selection, disappears, or falls in severity where a rule goes by it. */
function escapes({ before, after }: { before: Subject; after: Subject | null }, watched: Context['watched']): boolean {
  return watched.some((matches) => matches(before) !== (after !== null && matches(after)))
}

/** Every matcher of a condition, with the rule's own keys where they hold together. */
function matchersOf(when: When): Matcher[][] {
  const { any, all, none, count: _count, pr: _pr, policy_changed: _changed, ...own } = when
  const hasOwn = Object.values(own).some((value) => value !== undefined)
  const selecting = any === undefined ? (hasOwn ? [[own]] : []) : any.map((matcher) => (hasOwn ? [own, matcher] : [matcher]))
  return [...selecting, ...[...(all ?? []), ...(none ?? [])].map((matcher) => [matcher])]
}
