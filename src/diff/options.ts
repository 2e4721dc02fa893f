/** What a caller may settle about a diff. */
import type { ChangeClass } from '../model/change.ts'
import type { EnumReading } from './schema/types.ts'
import type { VersioningRules } from './versioning.ts'

export interface DiffOptions {
  /** ISO instant or date: today, for sunsets. Without it no sunset has passed. */
  readonly now?: string
  /** How clients read lists of values in responses; `tolerant` by default. */
  readonly enums?: EnumReading
  /** True where clients are generated from the description: names count. */
  readonly sdk?: boolean
  /** Another class for a rule, or `off`. */
  readonly classify?: Readonly<Record<string, ChangeClass | 'off'>>
  /** Known changes to leave out, each with its reason. */
  readonly ignore?: readonly IgnoredChange[]
  /** Path prefixes to take off or put before paths before they are compared: `/v1` against `/v2`. */
  readonly prefixes?: { readonly base?: PathPrefix; readonly head?: PathPrefix }
  /** Days that must lie between deprecation and sunset; without them a sunset is not asked for. */
  readonly sunsetDays?: { readonly stable: number; readonly beta: number; readonly alpha?: number; readonly draft?: number }
  /** Under which rules `info.version` must move with the changes; without them it is not asked about. */
  readonly versioning?: VersioningRules
}

export interface IgnoredChange {
  /** Rule id, or `*`. */
  readonly rule: string
  /** An operation (`GET /orders`), a component (`schemas/Order`), or a file, optionally with `#/pointer`: the change stands there or below. */
  readonly at: string
  readonly reason: string
}

export interface PathPrefix {
  readonly strip?: string
  readonly add?: string
}

/** Options with their defaults filled in. */
export interface Settings {
  /** `2031-12-31`, or '' when unknown. */
  readonly today: string
  readonly enums: EnumReading
  readonly sdk: boolean
  readonly sunsetDays: Readonly<Record<string, number>>
}

/** The settings that comparers read. */
export function settingsOf(options: DiffOptions): Settings {
  return {
    today: (options.now ?? '').slice(0, 10),
    enums: options.enums ?? 'tolerant',
    sdk: options.sdk ?? false,
    sunsetDays: options.sunsetDays ?? { stable: 0, beta: 0 },
  }
}
