/** A fact: one difference as the comparers see it, before the law judges it and before facts with one cause are joined. */
import type { OperationKey, SecurityEffect, Sensitivity } from '../model/change.ts'
import type { Node } from '../openapi/types.ts'
import { ruleOf } from './catalogue.ts'
import type { Effect, Guard, Writer } from './effect.ts'
import type { SchemaFact, SchemaPair } from './schema/types.ts'

export interface Fact {
  /** A rule of the catalogue. */
  readonly rule: string
  readonly effect: Effect
  readonly writer: Writer
  readonly guards: readonly Guard[]
  readonly security: SecurityEffect | null
  readonly sensitivity: readonly Sensitivity[]
  /** The operation in which it was met; null for what belongs to the whole description. */
  readonly operation: OperationKey | null
  readonly base: Node | null
  readonly head: Node | null
  /** Where to point in head when the element is gone there. */
  readonly near: Node | null
  /** The shared component it stands in; null when inline. */
  readonly component: string | null
  /** Where it stands in the operation, in the words of the standard and without values: `responses`, `200`, `properties`, `total`. */
  readonly place: readonly string[]
  /** What fills the gaps of the rule's sentence. */
  readonly words: Words
  /** What the element means on each side, for the digest; where the comparer knows better than the nodes themselves. */
  readonly content: readonly unknown[]
  /** Set for schema facts: what a witness is looked for in. */
  readonly schema: { readonly pair: SchemaPair; readonly fact: SchemaFact } | null
}

/** `where` begins a sentence: ``Response `200` of `GET /orders` ``. `element` stands within one: ``the property `total` ``. */
export interface Words {
  readonly where: string
  readonly element?: string
  readonly name?: string
  readonly from?: string
  readonly to?: string
  readonly reason?: string
  /** What became of it, as the end of a phrase: `` from `1` to `3` ``. */
  readonly change?: string
  /** The same where several operations share it. */
  readonly changeOfSeveral?: string
}

/** What a comparer must say; the rest has a plain default. */
export type FactDraft = Pick<Fact, 'rule' | 'place' | 'words'> & Partial<Fact>

/** A fact from what is special about it: otherwise inline, neutral for security, and with the effect, writer and guards that its rule usually has. */
export function fact(draft: FactDraft): Fact {
  const { effect, writer, guards } = ruleOf(draft.rule)
  return { effect, writer, guards, ...plain, ...draft }
}

const plain = {
  security: null,
  sensitivity: [],
  operation: null,
  base: null,
  head: null,
  near: null,
  component: null,
  content: [],
  schema: null,
} as const
