/** A change is a fact about two descriptions and what it means for clients; its class is derived by the law in diff/, never assigned by hand. */
import type { Location, Place, Problem } from './place.ts'

export type ChangeClass = 'breaking' | 'dangerous' | 'nonbreaking' | 'docs'
export type SecurityEffect = 'weakening' | 'strengthening' | 'exposure'
export type Direction = 'request' | 'response' | 'both'
/** What a sensitive name or format reveals; the words of policy conditions. */
export type Sensitivity = 'credential' | 'token' | 'personal' | 'financial' | 'health' | 'internal'

/** An operation's key. `method` is upper case (`GET`); webhooks and callbacks carry their kind in `path` (`webhook:orderShipped`). */
export interface OperationKey {
  readonly method: string
  readonly path: string
}

/**
 * One difference between base and head. `At` is `Location` inside the engine and `Place` (with line and column) in every result.
 * `fingerprint` answers "the same issue?" (waivers, threads): it holds no values. `digest` answers "the same content?" (approvals).
 */
export interface Change<At = Place> {
  /** Stable id, e.g. `response-property-removed`. */
  readonly rule: string
  readonly class: ChangeClass
  readonly security: SecurityEffect | null
  readonly message: string
  readonly why: string
  /** What to do about it, in one sentence; '' where nothing needs doing. */
  readonly fix: string
  /** The operation it stands in; null for document-level and component-level changes. */
  readonly operation: OperationKey | null
  /** Every operation it affects, its own included, in document order. */
  readonly reaches: readonly OperationKey[]
  readonly direction: Direction | null
  /** The shared component it stands in, e.g. `schemas/User`; null when inline. */
  readonly component: string | null
  readonly sensitivity: readonly Sensitivity[]
  /** The element itself on each side; null where it does not exist on that side. */
  readonly base: At | null
  readonly head: At | null
  /** Where to point in head when the element is gone there: the nearest enclosing element that still exists. */
  readonly near: At | null
  readonly fingerprint: string
  readonly digest: string
  /** A JSON value that is valid on exactly one side, where decidable. */
  readonly witness?: unknown
}

export interface DiffSummary {
  readonly breaking: number
  readonly dangerous: number
  readonly nonbreaking: number
  readonly docs: number
  readonly weakening: number
  readonly strengthening: number
  readonly exposure: number
  readonly operations: { readonly base: number; readonly head: number; readonly compared: number }
}

export interface DiffResult {
  readonly schema: 'specgate/diff@1'
  readonly problems: readonly Problem[]
  readonly changes: readonly Change[]
  readonly summary: DiffSummary
}

/** What the engine computes before places are looked up. */
export type UnplacedChange = Change<Location>
