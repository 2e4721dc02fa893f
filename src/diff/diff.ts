/** What changed between two API descriptions and what it means for clients: the whole engine in one screen. Pure and synchronous. */
import type { UnplacedChange } from '../model/change.ts'
import { effectiveOperation, rawOperations, rawWebhooks } from '../openapi/operations.ts'
import type { RawOperation } from '../openapi/operations.ts'
import type { ApiDescription, Node } from '../openapi/types.ts'
import { assembleChanges } from './assemble-changes.ts'
import { componentFacts } from './compare/components.ts'
import { documentFacts } from './compare/document.ts'
import { existenceFacts } from './compare/existence.ts'
import { operationFacts } from './compare/operation.ts'
import { securityFacts } from './compare/security.ts'
import { documentServerFacts, serverFacts } from './compare/servers.ts'
import { versionFacts } from './compare/version.ts'
import { wholeFacts } from './compare/whole.ts'
import type { Comparison, OperationScope } from './comparison.ts'
import type { Fact } from './fact.ts'
import { footprintOf } from './footprint.ts'
import type { Footprint } from './footprint.ts'
import { matchOperations } from './match-operations.ts'
import type { OperationMatches, RawPair } from './match-operations.ts'
import { settingsOf } from './options.ts'
import type { DiffOptions } from './options.ts'
import { reclassify } from './reclassify.ts'
import { createSchemaContext, witnessOf } from './schema/index.ts'
import { factWithin, witnessPair } from './witness-pair.ts'
import { operationName } from './words.ts'

export type { DiffOptions } from './options.ts'

export interface Difference {
  readonly changes: readonly UnplacedChange[]
  readonly operations: { readonly base: number; readonly head: number; readonly compared: number }
}

/** Every change from base to head, worst first. A missing side means that the whole API was added or removed. Never throws for what a description says. */
export function diffDescriptions(base: ApiDescription | null, head: ApiDescription | null, options: DiffOptions = {}): Difference {
  if (base === null || head === null) {
    const facts = wholeFacts(base, head)
    const counts = { base: operationCount(base), head: operationCount(head), compared: 0 }
    return { changes: reclassify(assembleChanges(facts, { base, head }), options), operations: counts }
  }
  return diffSides(base, head, options)
}

function diffSides(base: ApiDescription, head: ApiDescription, options: DiffOptions): Difference {
  const matches = matchOperations({
    base: { api: base, operations: [...rawOperations(base), ...rawWebhooks(base)] },
    head: { api: head, operations: [...rawOperations(head), ...rawWebhooks(head)] },
    prefixes: options.prefixes,
  })
  const operations = { base: operationCount(base), head: operationCount(head), compared: matches.pairs.length + matches.moved.length }
  const footprint = footprintOf(base, head)
  if (footprint.empty) return { changes: [], operations }
  const settings = settingsOf(options)
  const schemas = createSchemaContext(base, head, { enums: settings.enums })
  const comparison: Comparison = { base, head, settings, schemas, unchanged: footprint.unchanged, subtypePairs: footprint.subtypePairs }
  const facts = [...allFacts(comparison, matches, footprint)]
  const witness = ({ schema }: Fact): { readonly value: unknown } | undefined => {
    const pair = schema === null ? null : witnessPair(base, head, schema.fact)
    return schema === null || pair === null ? undefined : witnessOf(schemas, pair, factWithin(schema.fact))
  }
  const changes = reclassify(assembleChanges(facts, { base, head, witness }), options)
  return { changes: withVersion(changes, { base, head, options }), operations }
}

/** Adds what the changes that are left under the options demand of the version. */
function withVersion(
  changes: readonly UnplacedChange[],
  { base, head, options }: { readonly base: ApiDescription; readonly head: ApiDescription; readonly options: DiffOptions },
): readonly UnplacedChange[] {
  const facts = options.versioning === undefined ? [] : versionFacts({ base, head, rules: options.versioning }, changes)
  return facts.length === 0 ? changes : reclassify([...changes, ...reclassify(assembleChanges(facts, { base, head }), options)], {})
}

function* allFacts(comparison: Comparison, matches: OperationMatches, footprint: Footprint): Generator<Fact> {
  yield* documentFacts(comparison)
  yield* existenceFacts(comparison, matches)
  for (const pair of [...matches.pairs, ...matches.moved]) yield* pairFacts(comparison, pair, footprint)
  if (matches.pairs.length === 0 && footprint.inherited.servers) yield* documentServerFacts(comparison)
  yield* componentFacts(comparison, footprint)
}

/** Looks only where something can differ: in the operation, or in what operations inherit from the document. */
function* pairFacts(comparison: Comparison, pair: RawPair, footprint: Footprint): Generator<Fact> {
  const { inherited } = footprint
  const isSame = isUnchanged(pair, footprint)
  if (isSame && !inherited.security && !inherited.servers) return
  const scope = scopeOf(comparison, pair)
  if (!isSame) yield* operationFacts(scope)
  if (pair.head.kind !== 'operation') return
  if (!isSame || inherited.security) yield* securityFacts(scope)
  if (!isSame || inherited.servers) yield* serverFacts(scope)
}

function isUnchanged({ base, head }: RawPair, { unchanged, unchangedPath, inherited }: Footprint): boolean {
  if (inherited.content || base.key.path !== head.key.path) return false
  const isHook = head.kind === 'webhook'
  const name = isHook ? head.key.path.slice('webhook:'.length) : head.key.path
  if (unchangedPath(isHook ? 'webhooks' : 'paths', name)) return true
  return unchanged(base.node, head.node) && unchanged(withoutOperations(base), withoutOperations(head))
}

/** What operations share: parameters, servers, words and extensions of their path item. */
function withoutOperations({ pathItem }: RawOperation): Node {
  const { parameters, servers, summary, description, $ref } = pathItem.value
  const extensions = Object.entries(pathItem.value).filter(([key]) => key.startsWith('x-'))
  return { ...pathItem, value: { ...Object.fromEntries(extensions), parameters, servers, summary, description, $ref } }
}

function scopeOf(comparison: Comparison, { base, head }: RawPair): OperationScope {
  return {
    ...comparison,
    pair: { base: effectiveOperation(comparison.base, base), head: effectiveOperation(comparison.head, head) },
    key: head.key,
    called: operationName(head.key),
    requestWriter: head.kind === 'operation' ? 'client' : 'server',
    place: [],
  }
}

function operationCount(api: ApiDescription | null): number {
  return api === null ? 0 : rawOperations(api).length + rawWebhooks(api).length
}
