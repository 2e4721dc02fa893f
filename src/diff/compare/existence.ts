/** Operations and webhooks that are there on one side only, or under another URL. */
import { childNode, rootNode } from '../../openapi/nodes.ts'
import { effectiveSecurity } from '../../openapi/security.ts'
import { resolve } from '../../openapi/resolve.ts'
import { effectiveOperation } from '../../openapi/operations.ts'
import type { RawOperation } from '../../openapi/operations.ts'
import type { ApiDescription, Node } from '../../openapi/types.ts'
import { field, flagField } from '../../openapi/values.ts'
import type { Comparison } from '../comparison.ts'
import type { Guard } from '../effect.ts'
import { fact } from '../fact.ts'
import type { Fact } from '../fact.ts'
import { removalGuards, stabilityLevel } from '../lifecycle.ts'
import type { OperationMatches, RawPair } from '../match-operations.ts'
import { sensitiveInResponses } from '../sensitive-within.ts'
import { isAnonymous } from '../security.ts'
import { operationName, shown } from '../words.ts'

/** One fact for each operation that came, went or moved. */
export function* existenceFacts(comparison: Comparison, matches: OperationMatches): Generator<Fact> {
  for (const operation of matches.removed) yield removedFact(comparison, operation)
  for (const pair of matches.moved) yield movedFact(pair)
  const isGuarded = matches.added.length > 0 && asksForCredentials(comparison.base)
  for (const operation of matches.added) yield* addedFacts(comparison, operation, isGuarded)
}

function removedFact({ head, settings }: Comparison, { kind, key, node }: RawOperation): Fact {
  return fact({
    rule: kind === 'webhook' ? 'webhook-removed' : 'operation-removed',
    operation: key,
    place: [],
    words: { where: operationName(key), reason: announcement(node, settings.today) },
    guards: removalGuardsOf(node, settings.today),
    base: node,
    near: nearestPath(head, key.path, kind),
  })
}

function removalGuardsOf(node: RawOperation['node'], today: string): readonly Guard[] {
  const isUnstable = ['draft', 'alpha'].includes(stabilityLevel(node.value))
  const isAnnounced = flagField(node.value, 'deprecated') && field(node.value, 'x-sunset') === undefined
  return [
    ...removalGuards(node.value, today),
    ...(isUnstable ? (['unstable'] as const) : []),
    ...(isAnnounced ? (['announced'] as const) : []),
  ]
}

/** What had been said about its end. */
function announcement({ value }: RawOperation['node'], today: string): string {
  if (!flagField(value, 'deprecated')) return ', without having been deprecated'
  const sunset = field(value, 'x-sunset')
  if (sunset === undefined) return '; it was deprecated, but without a sunset date'
  return removalGuards(value, today).length > 0 ? `, as announced for ${shown(sunset)}` : `, before its sunset date ${shown(sunset)}`
}

/** The path item where other methods are left, else the map of paths. */
function nearestPath(head: ApiDescription, path: string, kind: RawOperation['kind']): Node {
  const root = rootNode(head)
  const map = childNode(root, kind === 'webhook' ? 'webhooks' : 'paths')
  if (map === undefined) return root
  const item = childNode(map, kind === 'webhook' ? path.slice('webhook:'.length) : path)
  return item ?? map
}

function movedFact({ base, head }: RawPair): Fact {
  return fact({
    rule: 'operation-moved',
    operation: base.key,
    place: [],
    words: { where: operationName(base.key), to: operationName(head.key) },
    base: base.node,
    head: head.node,
    content: [head.key],
  })
}

/** A new operation is new surface; one that asks for nothing, among others that do, is said to. */
function* addedFacts({ head }: Comparison, operation: RawOperation, isGuarded: boolean): Generator<Fact> {
  const { kind, key, node } = operation
  const common = {
    operation: key,
    place: [],
    head: node,
    sensitivity: kind === 'webhook' ? [] : sensitiveInResponses(head, effectiveOperation(head, operation)),
  }
  if (kind === 'webhook') yield fact({ ...common, rule: 'webhook-added', words: { where: operationName(key) } })
  else if (isGuarded && isAnonymous(effectiveSecurity(head, node).security)) {
    yield fact({ ...common, rule: 'operation-added-without-security', words: { where: operationName(key) }, security: 'exposure' })
  } else yield fact({ ...common, rule: 'operation-added', words: { where: operationName(key) }, security: 'exposure' })
}

/** True when the document asks for credentials by default. */
function asksForCredentials(api: ApiDescription): boolean {
  const security = resolve(api, { file: api.path }, '#/security')
  return security !== undefined && !isAnonymous(effectiveSecurity(api, { file: api.path, pointer: '', value: {} }).security)
}
