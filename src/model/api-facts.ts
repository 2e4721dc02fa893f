/** What the policy may ask about an API besides its findings: who owns what, how stable it is, whom it is for. Read from base wherever base has it. */
import type { UnplacedFinding } from './finding.ts'
import type { ChangedFile, PeopleFacts, PolicyTexts, PullRequestFacts, RepositoryFacts } from './snapshot.ts'

export type Stability = 'draft' | 'alpha' | 'beta' | 'stable' | 'deprecated'
export type Visibility = 'public' | 'partner' | 'internal'

export interface ApiFacts {
  /** Unique within the review; derived from the path unless the policy names it. */
  readonly id: string
  /** Repository path of the root document (at head; at base when removed). */
  readonly path: string
  readonly title: string
  /** Every file of the description, both sides. */
  readonly files: readonly string[]
  readonly version: { readonly base: string | null; readonly head: string | null }
  readonly sides: 'both' | 'base' | 'head'
  /** `info.x-owner` or root `x-owner` / `x-api-owner`, as written. */
  readonly owners: readonly string[]
  readonly stability: Stability | null
  readonly visibility: Visibility | null
  /** By `GET /users/{id}`. */
  readonly operations: Readonly<Record<string, ElementFacts>>
  /** By `schemas/User`. */
  readonly components: Readonly<Record<string, ElementFacts>>
  /** `x-owner` of tags, by tag name. */
  readonly tagOwners: Readonly<Record<string, readonly string[]>>
  /** `x-owner`-like texts as they stand at head, to tell that a pull request changes ownership. */
  readonly ownersAtHead: readonly string[]
  /** The same at base, where it was computed: with it every change of ownership is seen. */
  readonly ownersAtBase?: readonly string[]
}

export interface ElementFacts {
  readonly file: string
  readonly tags: readonly string[]
  readonly owners: readonly string[]
  readonly stability: Stability | null
  readonly visibility: Visibility | null
  readonly deprecated: boolean
  /** ISO date of `x-sunset`, if any. */
  readonly sunset: string | null
  /** False for something the pull request adds. */
  readonly onBase: boolean
}

/** What `decide` reads: no clock, no network. */
export interface DecisionInput {
  readonly policy: PolicyTexts
  readonly proposed?: PolicyTexts
  readonly repository: RepositoryFacts
  readonly pullRequest: PullRequestFacts | null
  readonly commits: { readonly base: string; readonly mergeBase: string; readonly head: string }
  readonly now: string
  readonly changedFiles: readonly ChangedFile[]
  readonly apis: readonly ApiFacts[]
  readonly findings: readonly ApiFinding[]
  /** Findings that are shown as part of another one, by its fingerprint: who names that one means these too. */
  readonly repeats?: Readonly<Record<string, readonly string[]>>
  readonly people: PeopleFacts
  /** Digests of the findings at each reviewed commit; absent means: could not be recomputed, so that approval does not count. */
  readonly digestsAt: Readonly<Record<string, readonly string[]>>
  /** What could not be read; non-empty means never `approved`. */
  readonly gaps: readonly string[]
}

export type ApiFinding = UnplacedFinding & { readonly api: string }
