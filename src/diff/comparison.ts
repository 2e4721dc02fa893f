/** What every comparer is handed: the two sides, what is settled, and the place it looks at. */
import type { OperationKey } from '../model/change.ts'
import type { ApiDescription, Node, Operation } from '../openapi/types.ts'
import type { Writer } from './effect.ts'
import type { Settings } from './options.ts'
import type { SchemaContext, SchemaPair } from './schema/types.ts'

export interface Comparison {
  readonly base: ApiDescription
  readonly head: ApiDescription
  readonly settings: Settings
  readonly schemas: SchemaContext
  /** Both nodes read the same and lead to the same: nothing to compare. */
  readonly unchanged: (base: Node | null, head: Node | null) => boolean
  /** Subtypes by discriminator that a value of this schema may be and that may differ. */
  readonly subtypePairs: (head: Node) => ReadonlyMap<string, SchemaPair>
}

/** The same operation on both sides. */
export interface OperationPair {
  readonly base: Operation
  readonly head: Operation
}

/** A pair of operations and how to speak of it. */
export interface OperationScope extends Comparison {
  readonly pair: OperationPair
  readonly key: OperationKey
  /** Stands at the end of phrases: `` `GET /orders` ``. */
  readonly called: string
  /** Who writes requests here: the server, in webhooks and callbacks. */
  readonly requestWriter: Writer
  /** Where the operation stands, for fingerprints: empty for an operation of the API, the callback's name for a callback. */
  readonly place: readonly string[]
}

/** The other one. */
export function opposite(writer: Writer): Writer {
  return writer === 'client' ? 'server' : 'client'
}
