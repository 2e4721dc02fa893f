/** The schema engine: what changed between two schemas, as facts about sets of values. Knows nothing of operations, classes or messages. */
import type { ApiDescription, SchemaNode } from '../../openapi/types.ts'
import type { Effect, SchemaContext, SchemaFact, SchemaOptions, SchemaPair, Writer } from './types.ts'

export type * from './types.ts'

/** Everything that one comparison of two descriptions shares. Make it once a diff. */
export declare function createSchemaContext(base: ApiDescription, head: ApiDescription, options: SchemaOptions): SchemaContext

/** Every difference, each at its finest place; empty when both mean the same and read the same. Order: document order of head, then base. */
export declare function compareSchemas(context: SchemaContext, pair: SchemaPair, writer: Writer): readonly SchemaFact[]

/** How the set of values changed as a whole, from base to head. A missing schema admits every value. Strict: a new optional property narrows. */
export declare function contains(context: SchemaContext, base: SchemaNode | null, head: SchemaNode | null): Effect

/** A value for the whole pair that is valid on exactly one side because of the fact; undefined where none was found. Costs time: ask for findings only. */
export declare function witnessOf(
  context: SchemaContext,
  pair: SchemaPair,
  fact: SchemaFact,
): { readonly value: unknown; readonly validOn: 'base' | 'head' } | undefined

/** A content hash of the meaning: same under `$ref` inlining, renaming, key order, `allOf` rearrangement, dialect; other with any other meaning. */
export declare function schemaDigest(api: ApiDescription, node: SchemaNode): string
