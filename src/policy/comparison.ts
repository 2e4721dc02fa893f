/** How the descriptions of one API are to be compared, as the policy says it. A repository can make that stricter than its organisation, never milder. */
import type { Stability } from '../model/api-facts.ts'
import { dayMs, readDuration } from './instants.ts'
import { entryFor } from './subjects.ts'
import type { ApiEntry } from './written-policy.ts'
import { enumReadings } from './words.ts'

type EnumReading = (typeof enumReadings)[number]

interface Prefix {
  readonly strip?: string
  readonly add?: string
}

export interface ComparisonTerms {
  /** How clients read lists of values in responses. */
  readonly enums?: EnumReading
  /** Names in the description count, because clients are generated from it. */
  readonly sdk?: boolean
  readonly prefixes?: { readonly base?: Prefix; readonly head?: Prefix }
  /** Days that must lie between deprecation and sunset, by stability. */
  readonly sunsetDays: Readonly<Record<Stability, number>>
}

export interface ComparisonPolicy {
  readonly repository: readonly ApiEntry[]
  /** null where there is no organisation: then the repository's word is the only one. */
  readonly organisation: readonly ApiEntry[] | null
  readonly sunsetMin: Readonly<Partial<Record<Stability, string>>>
}

/** The terms for one API. Keys that nobody set are absent, so that the comparison's own defaults hold. */
export function comparisonTerms(policy: ComparisonPolicy, api: { readonly id: string; readonly path: string }): ComparisonTerms {
  const own = entryFor(api, policy.repository)
  const above = policy.organisation === null ? null : entryFor(api, policy.organisation)
  const enums = policy.organisation === null ? own?.enums : stricterReading(above?.enums ?? usualReading, own?.enums)
  const prefixes = policy.organisation === null ? own?.prefixes : above?.prefixes
  return {
    ...(enums === undefined ? {} : { enums }),
    ...(own?.generated_clients === true || above?.generated_clients === true ? { sdk: true } : {}),
    ...(prefixes === undefined ? {} : { prefixes: writtenPrefixes(prefixes) }),
    sunsetDays: sunsetDays(policy.sunsetMin),
  }
}

/** Where nobody says anything, clients are taken to tolerate new values. */
const usualReading: EnumReading = 'tolerant'

function stricterReading(a: EnumReading, b: EnumReading | undefined): EnumReading {
  return b !== undefined && enumReadings.indexOf(b) > enumReadings.indexOf(a) ? b : a
}

function writtenPrefixes({ base, head }: NonNullable<ApiEntry['prefixes']>): NonNullable<ComparisonTerms['prefixes']> {
  return { ...(base === undefined ? {} : { base: prefixOf(base) }), ...(head === undefined ? {} : { head: prefixOf(head) }) }
}

function prefixOf({ strip, add }: { readonly strip?: string | undefined; readonly add?: string | undefined }): Prefix {
  return { ...(strip === undefined ? {} : { strip }), ...(add === undefined ? {} : { add }) }
}

/** A part of a day counts as a day. */
function sunsetDays(written: ComparisonPolicy['sunsetMin']): ComparisonTerms['sunsetDays'] {
  const days = (level: Stability) => Math.ceil((readDuration(written[level] ?? '') ?? 0) / dayMs)
  return { draft: days('draft'), alpha: days('alpha'), beta: days('beta'), stable: days('stable'), deprecated: days('deprecated') }
}
