/** What a parser returns: a value, or why there is none and where. */
import type { ProblemKind } from '../model/place.ts'

/** A problem that does not know its file yet. Line and column are 1-based. */
export interface Mistake {
  readonly kind: ProblemKind
  readonly message: string
  readonly line: number
  readonly column: number
}

export type ParseResult = { readonly format: 'json' | 'yaml'; readonly value: unknown } | { readonly mistake: Mistake }
