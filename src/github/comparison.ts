/** How a head compares with the tip of a base branch, as everything after it reads it. */
import type { ChangedFile, CommitFact } from '../model/snapshot.ts'

export interface CommitAndTree {
  readonly commit: string
  readonly tree: string
}

export interface Comparison {
  /** The tip of the base branch at this moment. */
  readonly base: CommitAndTree
  readonly mergeBase: CommitAndTree
  readonly head: CommitAndTree
  readonly files: readonly ChangedFile[]
  readonly filesComplete: boolean
  /** Blobs by path, when the list is complete and nothing but the content of files changed; null otherwise. */
  readonly modified: ReadonlyMap<string, string> | null
  readonly commits: readonly CommitFact[]
  readonly commitsComplete: boolean
}
