/** Two schemas and how they are used: what a comparer of schemas is asked. */
import type { Writer } from '../effect.ts'
import type { OnBoth, SchemaPair } from '../schema/types.ts'

export interface SchemaUse {
  readonly pair: SchemaPair
  readonly writer: Writer
  /** Begins a sentence: ``response `200` of `GET /orders` ``. */
  readonly where: string
  /** What the value as a whole is called: `the body`. */
  readonly whole: string
  readonly place: readonly string[]
  /** Whether the value itself must be there. */
  readonly required: OnBoth<boolean>
  /** null where the value is not part of a body. */
  readonly mediaType: string | null
}
