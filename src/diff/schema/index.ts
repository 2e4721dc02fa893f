/** The schema engine: what changed between two schemas, as facts about sets of values. Knows nothing of operations, classes or messages. */
import type { ApiDescription, SchemaNode } from '../../openapi/types.ts'
import { containment } from './containment.ts'
import { createEngine, termIn } from './engine.ts'
import type { Engine } from './engine.ts'
import { partIn } from './part.ts'
import type { Part, PartPath } from './part.ts'
import { proverOf } from './prover.ts'
import type { Effect, SchemaContext, SchemaFact, SchemaOptions, SchemaPair, Writer } from './types.ts'
import { walk } from './walk.ts'
import { findWitness } from './witness.ts'

export type * from './types.ts'
export { schemaDigest } from './digest.ts'
export type { Part, PartPath } from './part.ts'

const engines = new WeakMap<SchemaContext, Engine>()

/** Everything that one comparison of two descriptions shares. Make it once a diff: what is proved for one schema serves all others. */
export function createSchemaContext(base: ApiDescription, head: ApiDescription, options: SchemaOptions): SchemaContext {
  const context: SchemaContext = { base, head, options }
  engines.set(context, createEngine(base, head, options))
  return context
}

function engineOf(context: SchemaContext): Engine {
  const engine = engines.get(context)
  if (engine === undefined) throw new Error('This schema context was not made by createSchemaContext.')
  return engine
}

/** Every difference, each at its finest place; empty when both mean the same and read the same. Those nearest to the root come first. */
export function compareSchemas(context: SchemaContext, pair: SchemaPair, writer: Writer): readonly SchemaFact[] {
  return walk(engineOf(context), pair, writer)
}

/** How the set of values changed as a whole, from base to head. A missing schema admits every value. Strict: a new optional property narrows. */
export function contains(context: SchemaContext, base: SchemaNode | null, head: SchemaNode | null): Effect {
  const engine = engineOf(context)
  const effect = containment(proverOf(engine), termIn(engine, engine.base, base), termIn(engine, engine.head, head))
  if (effect !== 'unknown') return effect
  return walk(engine, { base, head }, 'client').every(({ guards }) => guards.docsOnly) ? 'equal' : 'unknown'
}

/** A value for the whole pair that is valid on exactly one side because of the fact; undefined where none was found. Costs time: ask for findings only. */
export function witnessOf(
  context: SchemaContext,
  pair: SchemaPair,
  fact: SchemaFact,
): { readonly value: unknown; readonly validOn: 'base' | 'head' } | undefined {
  const engine = engineOf(context)
  const [base, head] = [termIn(engine, engine.base, pair.base), termIn(engine, engine.head, pair.head)]
  if (fact.effect === 'equal') return undefined
  const sides = fact.effect === 'widens' ? (['head', 'base'] as const) : (['base', 'head'] as const)
  for (const validOn of sides) {
    const [inside, outside] = validOn === 'base' ? [base, head] : [head, base]
    const found = findWitness(engine, { inside, outside, focus: fact.path })
    if (found !== undefined) return { value: found.value, validOn }
  }
  return undefined
}

/** A part of a body on one side, as its schema has it; null when the schema does not list it. */
export function partOf(
  context: SchemaContext,
  side: 'base' | 'head',
  at: { readonly schema: SchemaNode | null; readonly path: PartPath },
): Part | null {
  return partIn(engineOf(context), side, at)
}
