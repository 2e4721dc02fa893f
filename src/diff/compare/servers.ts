/** Under which URLs an operation can be called. */
import type { JsonObject, Node, Operation, Server } from '../../openapi/types.ts'
import { childNode, mapNode } from '../../openapi/nodes.ts'
import { isObject, textField, textsField } from '../../openapi/values.ts'
import type { OperationScope } from '../comparison.ts'
import type { Fact } from '../fact.ts'
import { isSameServer, serverUrl, urlPath } from '../server-url.ts'
import { code, shown } from '../words.ts'
import { inOperation } from './scope.ts'

/** All differences in servers. A description that names no server is compared with nothing. */
export function* serverFacts(scope: OperationScope): Generator<Fact> {
  const bases = listed(scope.pair.base)
  const heads = listed(scope.pair.head)
  const pairs = bases.flatMap((base) => {
    const head = heads.find((other) => isSame(scope, base, other))
    return head === undefined ? [] : [{ base, head }]
  })
  for (const pair of pairs) yield* variableFacts(scope, pair)
  const removed = bases.filter((base) => !pairs.some((pair) => pair.base === base))
  const added = heads.filter((head) => !bases.some((base) => isSame(scope, base, head)))
  const [from, ...moreRemoved] = removed
  const [to, ...moreAdded] = added
  if (from !== undefined && to !== undefined && moreRemoved.length === 0 && moreAdded.length === 0) yield changed(scope, from, to)
  else yield* [...removed.map((server) => removedFact(scope, server)), ...added.map((server) => addedFact(scope, server))]
}

/** The servers that are written somewhere: the default `/` stands at the root of the document. */
function listed({ servers }: Operation): readonly Server[] {
  return servers.filter(({ node }) => node.pointer !== '')
}

/** The same URL as a whole; or the same server, below which the operation moved. */
function isSame({ pair }: OperationScope, base: Server, head: Server): boolean {
  const [before, after] = [serverUrl(base), serverUrl(head)]
  return isSameServer(before, after) && (before.path === after.path || urlPath(before, pair.base.path) === urlPath(after, pair.head.path))
}

/** A server of the document belongs to the API, one of an operation to it. */
function owner(scope: OperationScope, { node }: Server): string {
  return /^\/(?:servers\/\d+|host|basePath|schemes(?:\/\d+)?)$/.test(node.pointer) ? 'this API' : scope.called
}

function lostTls(from: readonly Server[], to: readonly Server[]): Pick<Fact, 'security'> {
  const isPlain = (server: Server): boolean => serverUrl(server).scheme === 'http' || serverUrl(server).scheme === 'ws'
  return { security: to.some(isPlain) && !from.some(isPlain) ? 'weakening' : null }
}

function changed(scope: OperationScope, base: Server, head: Server): Fact {
  const words = { where: owner(scope, head), from: code(base.url), to: code(head.url) }
  return inOperation(scope, {
    rule: 'server-url-changed',
    place: ['servers'],
    words,
    ...lostTls([base], [head]),
    base: base.node,
    head: head.node,
    content: [base.url, head.url],
  })
}

function removedFact(scope: OperationScope, server: Server): Fact {
  return inOperation(scope, {
    rule: 'server-removed',
    place: ['servers', 'removed'],
    words: { where: owner(scope, server), from: code(server.url) },
    base: server.node,
    content: [server.url],
  })
}

function addedFact(scope: OperationScope, server: Server): Fact {
  const words = { where: owner(scope, server), to: code(server.url) }
  return inOperation(scope, {
    rule: 'server-added',
    place: ['servers', 'added'],
    words,
    ...lostTls(listed(scope.pair.base), [server]),
    head: server.node,
    content: [server.url],
  })
}

interface ServerPair {
  readonly base: Server
  readonly head: Server
}

function* variableFacts(scope: OperationScope, { base, head }: ServerPair): Generator<Fact> {
  for (const name of Object.keys(base.variables)) {
    const [before, after] = [variable(base, name), variable(head, name)]
    if (before === null || after === null || scope.unchanged(before, after)) continue
    yield* variablePairFacts(scope, { name, base: before, head: after, where: owner(scope, head) })
  }
}

function* variablePairFacts(
  scope: OperationScope,
  { name, base, head, where }: { name: string; base: Node<JsonObject>; head: Node<JsonObject>; where: string },
): Generator<Fact> {
  const at = { base, head, place: ['servers', 'variables', name] }
  const enums = { base: textsField(base.value, 'enum'), head: textsField(head.value, 'enum') }
  const removed =
    enums.head.length === 0 ? [] : enums.base.length === 0 ? ['any other value'] : enums.base.filter((value) => !enums.head.includes(value))
  const added =
    enums.base.length === 0 ? [] : enums.head.length === 0 ? ['any other value'] : enums.head.filter((value) => !enums.base.includes(value))
  const words = { where, name: code(name) }
  if (removed.length > 0)
    yield inOperation(scope, {
      rule: 'server-variable-value-removed',
      ...at,
      words: { ...words, from: removed.map(code).join(', ') },
      content: removed,
    })
  if (added.length > 0)
    yield inOperation(scope, {
      rule: 'server-variable-value-added',
      ...at,
      words: { ...words, to: added.map(code).join(', ') },
      content: added,
    })
  const [from, to] = [textField(base.value, 'default'), textField(head.value, 'default')]
  if (from !== to)
    yield inOperation(scope, {
      rule: 'server-variable-default-changed',
      ...at,
      words: { ...words, from: shown(from ?? undefined), to: shown(to ?? undefined) },
      content: [from, to],
    })
}

function variable({ node }: Server, name: string): Node<JsonObject> | null {
  const variables = isObject(node.value) ? childNode(node, 'variables') : undefined
  return variables === undefined ? null : mapNode(childNode(variables, name))
}
