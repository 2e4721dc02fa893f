/**
 * Which step of its version a description owes for what changed, and whether it took it. Knows version strings and classes of changes,
 * not descriptions. Source: Semantic Versioning 2.0.0, items 4 (0.y.z), 6 to 9 (patch, minor, major, pre-releases) and 11 (precedence).
 */
import type { ChangeClass, OperationKey } from '../model/change.ts'

/** A step of the version. `none`: it need not move. */
export type Bump = 'none' | 'patch' | 'minor' | 'major'

/**
 * How the version moved. `forward`: on, by a step whose size says nothing (dates, other notations, pre-releases). `back`: to an earlier
 * one. `dropped`: base states a version and head none.
 */
export type VersionMove = Bump | 'forward' | 'back' | 'dropped'

export interface VersioningRules {
  /** The version follows Semantic Versioning: every change demands its step, and no version goes back. */
  readonly semver?: boolean
  /** What a breaking change demands, also without `semver`; `null` leaves it to `semver`. */
  readonly breakingNeeds?: 'major' | 'new-path-version' | 'any-bump' | null
}

/** What is read of a change. `reaches`: the operations it affects, for `new-path-version`. */
export interface VersionedChange {
  readonly class: ChangeClass
  readonly reaches: readonly OperationKey[]
}

export interface VersioningCase {
  /** `info.version` on each side, as written; null where there is none. */
  readonly base: string | null
  readonly head: string | null
  readonly changes: readonly VersionedChange[]
  readonly rules: VersioningRules
  /** The operation's URL carries a version that no URL had on base: `/v2/orders` beside `/v1/orders`. Asked under `new-path-version` only. */
  readonly hasNewPathVersion?: (operation: OperationKey) => boolean
}

export interface VersioningVerdict {
  readonly demanded: Bump | 'any' | 'new-path-version'
  readonly moved: VersionMove
  readonly enough: boolean
  /** Why it is not enough, as the end of a sentence: ``3 breaking changes demand the next major version``; '' when it is. */
  readonly reason: string
}

const rank: Record<Bump, number> = { none: 0, patch: 1, minor: 2, major: 3 }

/** The step that the worst of the changes demands under Semantic Versioning: words demand none. */
export function demandedBump(changes: readonly Pick<VersionedChange, 'class'>[]): Bump {
  const classes = new Set(changes.map((change) => change.class))
  if (classes.has('breaking')) return 'major'
  return classes.has('dangerous') || classes.has('nonbreaking') ? 'minor' : 'none'
}

/** How `head` stands to `base`. Texts that are neither numbers with dots nor dates only tell whether they are the same. */
export function versionMove(base: string | null, head: string | null): VersionMove {
  if (base === null) return head === null ? 'none' : 'forward'
  if (head === null) return 'dropped'
  const [before, after] = [parseVersion(base), parseVersion(head)]
  if (before === null || after === null) return base.trim() === head.trim() ? 'none' : 'forward'
  return moveBetween(before, after)
}

/** Whether the version moved as the changes and the rules demand; never `enough: false` under empty rules. */
export function judgeVersion({ base, head, changes, rules, hasNewPathVersion }: VersioningCase): VersioningVerdict {
  const moved = versionMove(base, head)
  const breaking = changes.filter((change) => change.class === 'breaking')
  const fine = (demanded: VersioningVerdict['demanded']): VersioningVerdict => ({ demanded, moved, enough: true, reason: '' })
  const short = (demanded: VersioningVerdict['demanded'], reason: string): VersioningVerdict => ({ demanded, moved, enough: false, reason })
  const { semver = false, breakingNeeds = null } = rules
  if (semver && moved === 'back') return short('none', 'versions only go forward')
  if (breaking.length > 0 && breakingNeeds === 'new-path-version') {
    const old = breaking.filter(
      ({ reaches }) => reaches.length === 0 || !reaches.every((operation) => hasNewPathVersion?.(operation) === true),
    )
    if (old.length > 0) return short('new-path-version', `${demand(old.length, 'breaking')} a new version in the path, beside the old one`)
  }
  if (breaking.length > 0 && breakingNeeds === 'any-bump') {
    if (!isForward(moved)) return short('any', `${demand(breaking.length, 'breaking')} a new version`)
  } else {
    const demanded = atStage(base, ownDemand({ semver, breakingNeeds }, changes))
    if (!isEnough(moved, demanded)) return short(demanded, `${causeOf(changes)} the next ${demanded} version`)
  }
  return fine(atStage(base, demandedBump(changes)))
}

function ownDemand({ semver, breakingNeeds }: Required<VersioningRules>, changes: readonly VersionedChange[]): Bump {
  const demanded = demandedBump(changes)
  if (demanded === 'major' && breakingNeeds === 'major') return 'major'
  if (!semver) return 'none'
  return demanded === 'major' && breakingNeeds === 'new-path-version' ? 'minor' : demanded
}

/** Before 1.0.0 and before a release nothing is promised (items 4 and 9): a breaking change demands a minor step there, or the next pre-release. */
function atStage(base: string | null, demanded: Bump): Bump {
  const version = base === null ? null : parseVersion(base)
  if (version?.pre !== undefined && version.pre !== '' && demanded !== 'none') return 'patch'
  return version?.numbers[0] === 0 && demanded === 'major' ? 'minor' : demanded
}

function isForward(moved: VersionMove): boolean {
  return moved !== 'none' && moved !== 'back' && moved !== 'dropped'
}

function isEnough(moved: VersionMove, demanded: Bump): boolean {
  if (moved === 'forward' || demanded === 'none') return true
  return moved !== 'back' && moved !== 'dropped' && rank[moved] >= rank[demanded]
}

function causeOf(changes: readonly VersionedChange[]): string {
  const worst = (['breaking', 'dangerous', 'nonbreaking'] as const).find((each) => changes.some((change) => change.class === each))
  return demand(changes.filter((change) => change.class === worst).length, worst ?? 'breaking')
}

function demand(count: number, kind: ChangeClass): string {
  return count === 1 ? `1 ${kind} change demands` : `${String(count)} ${kind} changes demand`
}

interface Version {
  /** Calendar versions are compared, but the size of their steps says nothing. */
  readonly kind: 'numbers' | 'calendar'
  readonly numbers: readonly [number, number, number]
  readonly pre: string
}

/** Longer texts are no versions; a bound also on what the patterns below are run over. */
const longestVersion = 100

const dated = /^v?(\d{4})-(\d{2})-(\d{2})(?:[-.]?([A-Za-z][0-9A-Za-z.-]*))?$/

const numbered = /^[vV]?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

/** Major versions from here on are years. */
const firstYear = 1970

function parseVersion(text: string): Version | null {
  const trimmed = text.trim()
  if (trimmed.length > longestVersion) return null
  const date = dated.exec(trimmed)
  const [, major = '', minor = '0', patch = '0', pre = ''] = date ?? numbered.exec(trimmed) ?? []
  if (major === '') return null
  const year = Number(major)
  const isCalendar = date !== null || (year >= firstYear && year < 10_000)
  return { kind: isCalendar ? 'calendar' : 'numbers', numbers: [year, Number(minor), Number(patch)], pre }
}

function moveBetween(base: Version, head: Version): VersionMove {
  const steps = base.numbers.map((number, index) => (head.numbers[index] ?? 0) - number)
  const changed = steps.findIndex((step) => step !== 0)
  if (changed < 0) return movedPreRelease(base, head)
  if ((steps[changed] ?? 0) < 0) return base.kind === head.kind ? 'back' : 'forward'
  if (base.kind === 'calendar' || head.kind === 'calendar') return 'forward'
  return (['major', 'minor', 'patch'] as const)[changed] ?? 'patch'
}

function movedPreRelease(base: Version, head: Version): VersionMove {
  if (base.pre === head.pre) return 'none'
  if (base.pre === '') return 'back'
  return head.pre === '' || precedes(base.pre, head.pre) ? 'forward' : 'back'
}

/** Item 11: identifiers from the left, numbers before words, fewer before more. */
function precedes(left: string, right: string): boolean {
  const [before, after] = [left.split('.'), right.split('.')]
  const at = before.findIndex((identifier, index) => identifier !== after[index])
  if (at < 0) return true
  const [one = '', other] = [before[at], after[at]]
  if (other === undefined) return false
  const [first, second] = [isNumber(one), isNumber(other)]
  if (first && second) return Number(one) < Number(other)
  return first === second ? one < other : first
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}

/** The version that a URL carries as a segment of its path (`v2` in `https://api.example.com/v2/orders`, `2024-01-01`); null when it carries none. */
export function pathVersion(url: string): string | null {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  return (
    path
      .split('/')
      .find((segment) => /^(?:v\d[\w.-]{0,20}|\d{4}-\d{2}-\d{2})$/i.test(segment))
      ?.toLowerCase() ?? null
  )
}
