/** Two versions of one operation: everything about it, each part handed to the comparer that knows it. */
import { childNode, followedMap, mapNode } from '../../openapi/nodes.ts'
import type { JsonObject, Node } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { Guard } from '../effect.ts'
import type { Fact } from '../fact.ts'
import { lifecycleChanges, stabilityLevel } from '../lifecycle.ts'
import { code, listed, shown } from '../words.ts'
import { callbackFacts } from './callbacks.ts'
import { parameterFacts } from './parameters.ts'
import { requestBodyFacts } from './request-body.ts'
import { responseFacts } from './responses.ts'
import { documentationFacts, inOperation } from './scope.ts'

const documented = ['summary', 'description', 'externalDocs']

/** All differences within the operation but its servers and security, which other places decide. */
export function* operationFacts(scope: OperationScope): Generator<Fact> {
  const guards = unstable(scope)
  for (const found of parts(scope)) yield guards.length === 0 ? found : { ...found, guards: [...found.guards, ...guards] }
}

function* parts(scope: OperationScope): Generator<Fact> {
  yield* lifecycleFacts(scope)
  yield* nameFacts(scope)
  yield* parameterFacts(scope)
  yield* requestBodyFacts(scope)
  yield* responseFacts(scope)
  yield* callbackFacts(scope, operationFacts)
}

/** What base says about stability counts: a pull request cannot loosen its own gate. */
function unstable({ pair }: OperationScope): readonly Guard[] {
  return ['draft', 'alpha'].includes(stabilityLevel(pair.base.node.value)) ? ['unstable'] : []
}

function* lifecycleFacts(scope: OperationScope): Generator<Fact> {
  const { base, head } = scope.pair
  const level = stabilityLevel(base.node.value)
  for (const change of lifecycleChanges(base.node.value, head.node.value, { settings: scope.settings, level })) {
    const at = { base: childNode(base.node, change.key) ?? null, head: childNode(head.node, change.key) ?? head.node }
    yield inOperation(scope, { rule: `operation-${change.fact}`, place: [change.key], words: { where: scope.called, ...change }, ...at })
  }
}

function* nameFacts(scope: OperationScope): Generator<Fact> {
  const { base, head } = scope.pair
  if (base.operationId !== head.operationId) {
    const [at] = changedKeys(base.node, head.node, ['operationId'])
    const words = { where: scope.called, from: shown(base.operationId ?? undefined), to: shown(head.operationId ?? undefined) }
    const isName = scope.settings.sdk && base.operationId !== null
    yield inOperation(scope, {
      rule: 'operation-id-changed',
      ...(isName ? { effect: 'behaves' } : {}),
      place: ['operationId'],
      words,
      ...at,
    })
  }
  if (base.tags.join('\n') !== head.tags.join('\n')) {
    const [at] = changedKeys(base.node, head.node, ['tags'])
    yield inOperation(scope, {
      rule: 'operation-tags-changed',
      place: ['tags'],
      words: { where: scope.called, from: listed(base.tags), to: listed(head.tags) },
      ...at,
    })
  }
  const words = { where: scope.called }
  yield* documentationFacts(
    scope,
    { rule: 'operation-documentation-changed', place: [], words },
    changedKeys(base.node, head.node, documented),
  )
  yield* documentationFacts(scope, { rule: 'operation-extension-changed', place: [], words }, changedExtensions(base.node, head.node))
  for (const holder of ['responses', 'callbacks'] as const) yield* holderFacts(scope, holder)
  const item = { where: `the path ${code(head.path)}` }
  yield* documentationFacts(scope, { rule: 'path-item-documentation-changed', place: ['path'], words: item }, [
    ...changedKeys(base.pathItem, head.pathItem, ['summary', 'description']),
    ...changedExtensions(base.pathItem, head.pathItem),
  ])
}

/** Extensions of the maps that hold responses, or of one callback. */
function* holderFacts(scope: OperationScope, holder: 'responses' | 'callbacks'): Generator<Fact> {
  const [before, after] = [mapNode(childNode(scope.pair.base.node, holder)), mapNode(childNode(scope.pair.head.node, holder))]
  if (before === null || after === null) return
  const pairs = holder === 'responses' ? [{ name: '', base: before, head: after }] : callbackPairs(scope, before, after)
  for (const { name, base, head } of pairs) {
    for (const { key, ...at } of changedExtensions(base, head)) {
      const place = [holder, ...(name === '' ? [] : [name]), key]
      const words = { where: scope.called, name: code(place.join('/')) }
      yield inOperation(scope, { rule: 'operation-extension-changed', place, words, ...at })
    }
  }
}

interface NamedPair {
  readonly name: string
  readonly base: Node<JsonObject>
  readonly head: Node<JsonObject>
}

function callbackPairs({ base, head }: OperationScope, before: Node<JsonObject>, after: Node<JsonObject>): readonly NamedPair[] {
  return Object.keys(before.value).flatMap((name) => {
    const [old, now] = [followedMap(base, childNode(before, name)), followedMap(head, childNode(after, name))]
    return old === null || now === null ? [] : [{ name, base: old, head: now }]
  })
}
