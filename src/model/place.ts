/** Where something stands: symbolic while we think (file and JSON pointer), with line and column only at the very end. */

export type Side = 'base' | 'head'

/** A place in a description, as producers name it. `pointer` is an RFC 6901 JSON pointer into `file`; '' is the whole document. */
export interface Location {
  readonly file: string
  readonly pointer: string
}

/** A location with its line and column, both 1-based. `endLine` is the last line of the element, where known. */
export interface Place extends Location {
  readonly line: number
  readonly column: number
  readonly endLine?: number
}

/** Something the user wrote that cannot be read or used. Never thrown: collected, each with its place. */
export interface Problem {
  readonly message: string
  readonly file: string
  readonly pointer: string
  readonly line: number
  readonly column: number
  /** What kind of problem this is, so that callers need not read the message. */
  readonly kind: ProblemKind
  /** Which side's file is wrong, where it matters: `base` is not this pull request's doing. Absent means head. */
  readonly side?: Side
}

export type ProblemKind =
  | 'syntax' // the text is neither JSON nor YAML
  | 'not-a-description' // no `openapi:` or `swagger:` at the top, or a version we do not know
  | 'too-large' // a size, depth or expansion limit; the message names it
  | 'reference' // a $ref that leads nowhere, or outside the repository
  | 'structure' // a part has the wrong shape (a list where a map belongs)
  | 'policy' // a mistake in a policy, waiver or ruleset file
  | 'missing' // a file that should be there is not
