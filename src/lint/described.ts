/** One side of a comparison as rules see it: the description, the operations in scope, and what was derived from them once. */
import type { ApiDescription, Node, Operation } from '../openapi/types.ts'
import type { Excerpt } from './team/excerpt.ts'
import type { Vocabulary } from '../sensitive/vocabulary.ts'

export interface RuleSettings {
  /** Paths (globs over templates, `*` and `**`) that are public on purpose, from the policy. */
  readonly publicPaths: readonly string[]
  /** Somebody owns the file by policy or CODEOWNERS, so the description need not say who. */
  readonly owned: boolean
  readonly vocabulary: Vocabulary | undefined
  /** A vocabulary of a law or standard is in force, so that data about people count more. */
  readonly regulated: boolean
  /** The strict set is in force: rules report their mild cases too. */
  readonly thorough: boolean
  /** There is a base, so that whatever is reported was added by the change. */
  readonly comparing: boolean
  /** ISO 8601 instant; null where nobody said what time it is: then nothing counts as expired. */
  readonly now: string | null
}

export interface Described {
  readonly api: ApiDescription
  /** Operations, webhooks and callbacks to look at, in document order. */
  readonly operations: readonly Operation[]
  /** Parts of the documents to look at as text: whole documents, or the changed parts. */
  readonly parts: readonly Node[]
  /** Whether some operation of the whole description, in scope or not, requires a credential; `not needed` when all are public by nature. */
  readonly protection: 'some' | 'none' | 'not needed'
  /** What rulesets of teams get to see instead of all of it; null when they see everything. */
  readonly excerpt: Excerpt | null
  readonly settings: RuleSettings
}

export type Collection<Subject> = (described: Described) => readonly Subject[]

/** A collection that is computed once for each side, whatever number of rules asks. */
export function collection<Subject>(compute: Collection<Subject>): Collection<Subject> {
  const results = new WeakMap<Described, readonly Subject[]>()
  return (described) => {
    let result = results.get(described)
    if (result === undefined) results.set(described, (result = compute(described)))
    return result
  }
}
