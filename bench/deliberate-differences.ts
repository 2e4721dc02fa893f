/** Where we answer otherwise than a peer's own tests expect, on purpose; each with its reason. The id is the case's id in the corpus. */

export interface DeliberateDifference {
  /** Matches the case's id. */
  readonly id: RegExp
  readonly reason: string
}

export const deliberateDifferences: readonly DeliberateDifference[] = []
