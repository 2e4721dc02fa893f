/**
 * The operations of a description: first as written (`rawOperations`, cheap, for finding out which differ), then as they take effect
 * (`effectiveOperation`), in one shape for Swagger 2.0 and OpenAPI 3.0 to 3.2.
 */
import { methods } from './grammar.ts'
import { effectiveParameters } from './parameters.ts'
import { entriesOfMap, entryNodes, followedMap, itemNodes, mapNode, childNode, rootNode } from './nodes.ts'
import { maxReferenceHops } from './limits.ts'
import type { RawOperation } from './raw-operation.ts'
import { requestBodyOf } from './request-body.ts'
import { resolve } from './resolve.ts'
import { responsesOf } from './responses.ts'
import { effectiveSecurity } from './security.ts'
import { effectiveServers } from './servers.ts'
import type { ApiDescription, JsonObject, Node, Operation } from './types.ts'
import { flagField, textField, textsField } from './values.ts'

export type { RawOperation }

/** Callbacks of callbacks of callbacks: real descriptions have one level. A bound, since callbacks may refer to each other in circles. */
const maxCallbackNesting = 3

/** The operations below `paths`, in document order. The same objects come back each time. */
export function rawOperations(api: ApiDescription): readonly RawOperation[] {
  return remembered(rawPaths, api, () =>
    rawOperationsIn(api, entryNodes(api, rootNode(api), 'paths'), { kind: 'operation', prefix: '', nesting: 0 }),
  )
}

/** The operations below `webhooks` (3.1). */
export function rawWebhooks(api: ApiDescription): readonly RawOperation[] {
  return remembered(rawHooks, api, () =>
    rawOperationsIn(api, entryNodes(api, rootNode(api), 'webhooks'), { kind: 'webhook', prefix: 'webhook:', nesting: 0 }),
  )
}

/** All operations below `paths` as they take effect. */
export function listOperations(api: ApiDescription): readonly Operation[] {
  return rawOperations(api).map((raw) => effectiveOperation(api, raw))
}

/** All webhooks as they take effect. */
export function listWebhooks(api: ApiDescription): readonly Operation[] {
  return rawWebhooks(api).map((raw) => effectiveOperation(api, raw))
}

/** The operation as it takes effect: parameters merged, references followed, security and servers inherited, defaults filled in. Computed once for each. */
export function effectiveOperation(api: ApiDescription, raw: RawOperation): Operation {
  return remembered(effective, raw, () => buildOperation(api, raw))
}

const rawPaths = new WeakMap<ApiDescription, readonly RawOperation[]>()
const rawHooks = new WeakMap<ApiDescription, readonly RawOperation[]>()
const effective = new WeakMap<RawOperation, Operation>()
const callbacksByLevel = new WeakMap<JsonObject, Map<number, readonly Operation[]>>()

function remembered<K extends object, V>(memo: WeakMap<K, V>, key: K, compute: () => V): V {
  const known = memo.get(key)
  if (known !== undefined) return known
  const value = compute()
  memo.set(key, value)
  return value
}

interface Naming {
  readonly kind: Operation['kind']
  /** Stands before the template or name in the operation's path. */
  readonly prefix: string
  readonly nesting: number
}

function rawOperationsIn(api: ApiDescription, pathItems: readonly (readonly [string, Node])[], naming: Naming): readonly RawOperation[] {
  return pathItems
    .filter(([name]) => !name.startsWith('x-'))
    .flatMap(([name, node]) => operationsOfPathItem(api, node, { ...naming, prefix: `${naming.prefix}${name}` }))
}

/** A path item may be a reference and have operations of its own beside it (3.1); its own come first and win. */
function operationsOfPathItem(api: ApiDescription, written: Node, { kind, prefix, nesting }: Naming): readonly RawOperation[] {
  const found = new Map<string, RawOperation>()
  for (const pathItem of pathItemChain(api, written)) {
    for (const [method, node] of operationNodes(api, pathItem)) {
      if (!found.has(method)) found.set(method, { kind, key: { method, path: prefix }, node, pathItem, nesting })
    }
  }
  return [...found.values()]
}

function pathItemChain(api: ApiDescription, written: Node): readonly Node<JsonObject>[] {
  const chain: Node<JsonObject>[] = []
  let node = mapNode(written)
  while (node !== null && chain.length < maxReferenceHops) {
    chain.push(node)
    const ref = textField(node.value, '$ref')
    node = ref === null ? null : mapNode(resolve(api, node, ref))
  }
  return chain
}

function operationNodes(api: ApiDescription, pathItem: Node<JsonObject>): readonly (readonly [string, Node<JsonObject>])[] {
  const written = methods.filter((method) => Object.hasOwn(pathItem.value, method))
  const known = written.map((method) => [method.toUpperCase(), followedMap(api, childNode(pathItem, method))] as const)
  const additional = entryNodes(api, pathItem, 'additionalOperations').map(
    ([method, node]) => [method.toUpperCase(), followedMap(api, node)] as const,
  )
  return [...known, ...additional].flatMap(([method, node]) => (node === null ? [] : [[method, node] as const]))
}

function buildOperation(api: ApiDescription, raw: RawOperation): Operation {
  const { node, pathItem } = raw
  const { security, securityAt } = effectiveSecurity(api, node)
  return {
    kind: raw.kind,
    method: raw.key.method,
    path: raw.key.path,
    node,
    pathItem,
    operationId: textField(node.value, 'operationId'),
    tags: textsField(node.value, 'tags'),
    deprecated: flagField(node.value, 'deprecated'),
    parameters: effectiveParameters(api, [...itemNodes(api, pathItem, 'parameters'), ...itemNodes(api, node, 'parameters')]),
    requestBody: requestBodyOf(api, raw),
    responses: responsesOf(api, node),
    security,
    securityAt,
    servers: effectiveServers(api, raw),
    get callbacks() {
      return callbacksOf(api, raw)
    },
  }
}

/** Computed when asked for. Shared by the operations that share the map of callbacks, so all of them together are no more than are written. */
function callbacksOf(api: ApiDescription, raw: RawOperation): readonly Operation[] {
  const map = followedMap(api, childNode(raw.node, 'callbacks'))
  if (map === null || raw.nesting >= maxCallbackNesting) return []
  const byLevel = remembered(callbacksByLevel, map.value, () => new Map<number, readonly Operation[]>())
  const known = byLevel.get(raw.nesting)
  if (known !== undefined) return known
  const operations = entriesOfMap(map).flatMap(([name, node]) =>
    callbackOperations(api, node, { kind: 'callback', prefix: `callback:${name} `, nesting: raw.nesting + 1 }),
  )
  byLevel.set(raw.nesting, operations)
  return operations
}

function callbackOperations(api: ApiDescription, node: Node, naming: Naming): readonly Operation[] {
  const callback = followedMap(api, node)
  return callback === null ? [] : rawOperationsIn(api, entriesOfMap(callback), naming).map((raw) => effectiveOperation(api, raw))
}
