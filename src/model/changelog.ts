/** What changed in an API, for release notes: one entry a change, without judging who must agree. */
import type { ChangeClass, SecurityEffect } from './change.ts'

export type ChangelogKind = 'breaking' | 'security' | 'added' | 'changed' | 'deprecated' | 'documentation'

export interface ChangelogEntry {
  readonly kind: ChangelogKind
  readonly class: ChangeClass
  readonly security: SecurityEffect | null
  readonly rule: string
  readonly message: string
  /** `GET /orders/{id}`; every operation that it reaches, in document order. */
  readonly operations: readonly string[]
}

export interface ApiChangelog {
  readonly id: string
  readonly title: string
  /** `info.version` on each side; null where the API does not exist or does not say. */
  readonly version: { readonly base: string | null; readonly head: string | null }
  readonly entries: readonly ChangelogEntry[]
  /** Entries that were left out because there were too many. */
  readonly left: number
}

export interface Changelog {
  readonly schema: 'specgate/changelog@1'
  readonly apis: readonly ApiChangelog[]
}
