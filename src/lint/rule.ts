/** What a security rule is: a page of metadata and a predicate over a named collection. Its documentation, rulesets and tests grow from the metadata. */
import type { Confidence, Severity } from '../model/finding.ts'
import type { Direction, Sensitivity } from '../model/change.ts'
import type { Node, Operation } from '../openapi/types.ts'
import type { Described } from './described.ts'

/** The OWASP API Security Top 10, 2023 edition. */
export type OwaspCategory = `API${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10}:2023`

export interface RuleMetadata {
  /** Stable; never renamed without an entry in `formerly`. */
  readonly id: string
  /** What is wrong, in one sentence. */
  readonly title: string
  /** Why it matters. */
  readonly why: string
  /** What to do about it. */
  readonly fix: string
  /** In the recommended set; `off` rules are only in stricter sets. */
  readonly severity: Severity | 'off'
  readonly confidence: Confidence
  readonly category: OwaspCategory
  /** e.g. `CWE-200`. */
  readonly cwe: string
  readonly since: string
}

/** One place where an operation meets what a rule found, with the way there: `.items[].passwordHash`. */
export interface Use {
  readonly operation: Operation
  /** `200`, `2XX`, `default`; null in requests and for whole operations. */
  readonly status: string | null
  readonly trail: string
  /** The media type, header or parameter through which the operation meets it. */
  readonly carrier?: Node
  /** The schemas on the way, from the carrier down; to find out which of them the change touched. */
  readonly way?: () => readonly Node[]
}

export interface Hit {
  readonly at: Node
  /** A full sentence, given the uses that it should speak of. */
  readonly message: string | ((uses: readonly Use[]) => string)
  /** Replaces the rule's own, for the worse and the milder cases a rule knows. Ignored when a ruleset sets the severity. */
  readonly severity?: Severity
  readonly confidence?: Confidence
  readonly direction?: Direction
  readonly sensitivity?: readonly Sensitivity[]
  /** Where operations meet it; asked late, because finding them costs a walk. Absent: it belongs to the whole document. */
  readonly uses?: () => readonly Use[]
  /** How the same issue is recognised on the other side. Absent: by where it stands. */
  readonly identity?: Identity
}

/**
 * `uses`: each operation that newly meets it is a new issue (exposures). `value`: the text itself, wherever it stands.
 * `place`: the component or operation it stands in; a vanished one with equal `content` counts as moved.
 */
export type Identity =
  | { readonly by: 'uses' }
  | { readonly by: 'value'; readonly value: string }
  | { readonly by: 'place'; readonly name: string; readonly content?: unknown }

export interface LintRule extends RuleMetadata {
  readonly check: (described: Described) => readonly Hit[]
}

interface WrittenRule<Subject> extends RuleMetadata {
  readonly given: (described: Described) => readonly Subject[]
  readonly reports: (subject: Subject, described: Described) => Hit | null
}

/** A rule from its page and predicate; the subject's type stays within. */
export function defineRule<Subject>(written: WrittenRule<Subject>): LintRule {
  const { given, reports, ...metadata } = written
  const check = (described: Described): readonly Hit[] =>
    given(described).flatMap((subject) => {
      const hit = reports(subject, described)
      return hit === null ? [] : [hit]
    })
  return { ...metadata, check }
}
