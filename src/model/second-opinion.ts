/** What another tool, npm `openapi-diff`, says about the operations that changed. Shown to people; it never changes a verdict. */
import type { OperationKey } from './change.ts'

export interface SecondOpinion {
  /** Worth reading first: what it disagrees about, then what it agrees on, then what it does not know. */
  readonly operations: readonly OperationOpinion[]
  /** Operations that changed and were not asked about, because there were too many. */
  readonly notAsked: number
  /** Wall time, in milliseconds. */
  readonly elapsedMs: number
}

export interface OperationOpinion {
  /** Which API it belongs to: `ApiReview.id`. */
  readonly api: string
  readonly operation: OperationKey
  /** `no-answer` says nothing either way, least of all that nothing is wrong. */
  readonly verdict: 'agrees' | 'disagrees' | 'no-answer'
  /** What the other tool says, or why it says nothing. */
  readonly sentence: string
}
