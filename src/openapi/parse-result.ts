/** What a parser returns: a value, or why there is none and where. */
import type { ProblemKind } from '../model/place.ts'

/** A problem that does not know its file yet. Line and column are 1-based. */
export interface Mistake {
  readonly kind: ProblemKind
  readonly message: string
  readonly line: number
  readonly column: number
}

export interface Parsed {
  readonly format: 'json' | 'yaml'
  readonly value: unknown
  /** The text as it was understood: with the same lines as the file, and repaired where the mistake could not be misunderstood. */
  readonly text: string
}

export type ParseResult = Parsed | { readonly mistake: Mistake }
