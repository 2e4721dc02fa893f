/** Under which URLs an operation can be called. */
import type { JsonObject, Node, Server } from '../../openapi/types.ts'
import { childNode, mapNode, rootNode } from '../../openapi/nodes.ts'
import { documentServers } from '../../openapi/servers.ts'
import { isObject, textField, textsField } from '../../openapi/values.ts'
import type { Comparison, OperationScope } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { KeyChange } from '../documentation.ts'
import { fact } from '../fact.ts'
import type { Fact, FactDraft } from '../fact.ts'
import { defaultUrl, erased, isSameServer, serverUrl, urlPath } from '../server-url.ts'
import type { ServerUrl } from '../server-url.ts'
import { code, listed as listedWords, shown } from '../words.ts'
import { inOperation } from './scope.ts'

/** The servers under which something is served on each side, and how to speak of it. */
interface ServerSite {
  readonly base: { readonly servers: readonly Server[]; readonly path: string }
  readonly head: { readonly servers: readonly Server[]; readonly path: string }
  readonly called: string
  readonly unchanged: Comparison['unchanged']
  readonly tell: (draft: FactDraft) => Fact
}

/** All differences in the servers of an operation. A description that names no server is compared with nothing. */
export function serverFacts(scope: OperationScope): Iterable<Fact> {
  return siteFacts({ ...scope.pair, called: scope.called, unchanged: scope.unchanged, tell: (draft) => inOperation(scope, draft) })
}

/** All differences in the servers of the document, for a description in which no operation can tell them. */
export function documentServerFacts({ base, head, unchanged }: Comparison): Iterable<Fact> {
  const near = rootNode(head)
  const sides = { base: { servers: documentServers(base), path: '' }, head: { servers: documentServers(head), path: '' } }
  return siteFacts({ ...sides, called: 'this API', unchanged, tell: (draft) => fact({ near, ...draft }) })
}

function* siteFacts(site: ServerSite): Generator<Fact> {
  const bases = listed(site.base.servers)
  const heads = listed(site.head.servers)
  const pairs = bases.flatMap((base) => {
    const head = heads.find((other) => isSame(site, base, other))
    return head === undefined ? [] : [{ base, head }]
  })
  for (const pair of pairs) yield* [...variableFacts(site, pair), ...wordFacts(site, pair)]
  const removed = bases.filter((base) => !pairs.some((pair) => pair.base === base))
  const added = heads.filter((head) => !bases.some((base) => isSame(site, base, head)))
  const [from, ...moreRemoved] = removed
  const [to, ...moreAdded] = added
  if (from !== undefined && to !== undefined && moreRemoved.length === 0 && moreAdded.length === 0) yield changed(site, from, to)
  else yield* [...removed.map((server) => removedFact(site, server)), ...added.map((server) => addedFact(site, server))]
}

/** The servers that are written somewhere: the default `/` stands at the root of the document. */
function listed(servers: readonly Server[]): readonly Server[] {
  return servers.filter(({ node }) => node.pointer !== '')
}

/** The same URL as a whole, or the same server, below which the operation moved; as a template or with the defaults of its variables. */
function isSame(site: ServerSite, base: Server, head: Server): boolean {
  return [base.url, defaultUrl(base)].some((before) =>
    [head.url, defaultUrl(head)].some((after) => isSameUrl(site, serverUrl({ url: before }), serverUrl({ url: after }))),
  )
}

function isSameUrl(site: ServerSite, base: ServerUrl, head: ServerUrl): boolean {
  return (
    isSameServer(base, head) && (erased(base.path) === erased(head.path) || urlPath(base, site.base.path) === urlPath(head, site.head.path))
  )
}

/** A server of the document belongs to the API, one of an operation to it. */
function owner(site: ServerSite, { node }: Server): string {
  return /^\/(?:servers\/\d+|host|basePath|schemes(?:\/\d+)?)$/.test(node.pointer) ? 'this API' : site.called
}

function lostTls(from: readonly Server[], to: readonly Server[]): Pick<Fact, 'security'> {
  const isPlain = (server: Server): boolean => serverUrl(server).scheme === 'http' || serverUrl(server).scheme === 'ws'
  return { security: to.some(isPlain) && !from.some(isPlain) ? 'weakening' : null }
}

function changed(site: ServerSite, base: Server, head: Server): Fact {
  const words = { where: owner(site, head), from: code(base.url), to: code(head.url) }
  return site.tell({
    rule: 'server-url-changed',
    place: ['servers'],
    words,
    ...lostTls([base], [head]),
    base: base.node,
    head: head.node,
    content: [base.url, head.url],
  })
}

function removedFact(site: ServerSite, server: Server): Fact {
  return site.tell({
    rule: 'server-removed',
    place: ['servers', 'removed'],
    words: { where: owner(site, server), from: code(server.url) },
    base: server.node,
    ...listIn(site),
    content: [server.url],
  })
}

/** The list in head in which a server is gone, where one is left. */
function listIn(site: ServerSite): { readonly near?: Node } {
  const [first] = listed(site.head.servers)
  const pointer = first?.node.pointer.replace(/\/\d+$/, '')
  return first === undefined || pointer === undefined ? {} : { near: { file: first.node.file, pointer, value: undefined } }
}

function addedFact(site: ServerSite, server: Server): Fact {
  const words = { where: owner(site, server), to: code(server.url) }
  return site.tell({
    rule: 'server-added',
    place: ['servers', 'added'],
    words,
    ...lostTls(listed(site.base.servers), [server]),
    head: server.node,
    content: [server.url],
  })
}

interface ServerPair {
  readonly base: Server
  readonly head: Server
}

function* wordFacts(site: ServerSite, { base, head }: ServerPair): Generator<Fact> {
  const [before, after] = [mapNode(base.node), mapNode(head.node)]
  if (before === null || after === null) return
  const changes = [...changedKeys(before, after, ['description', 'name']), ...changedExtensions(before, after)]
  yield* documentation(site, head.url, { place: ['servers'], changes })
  for (const name of Object.keys(base.variables)) {
    const [old, now] = [variable(base, name), variable(head, name)]
    if (old === null || now === null) continue
    const about = [...changedKeys(old, now, ['description']), ...changedExtensions(old, now)]
    yield* documentation(site, head.url, { place: ['servers', 'variables', name], changes: about })
  }
}

function* documentation(
  site: ServerSite,
  url: string,
  { place, changes }: { place: readonly string[]; changes: readonly KeyChange[] },
): Generator<Fact> {
  for (const { key, ...at } of changes)
    yield site.tell({ rule: 'server-documentation-changed', place: [...place, key], words: { where: site.called, name: code(url) }, ...at })
}

function* variableFacts(site: ServerSite, { base, head }: ServerPair): Generator<Fact> {
  for (const name of new Set([...Object.keys(base.variables), ...Object.keys(head.variables)])) {
    const [before, after] = [variable(base, name), variable(head, name)]
    // A variable that the URL does not name stands for nothing.
    if (!`${base.url} ${head.url}`.includes(`{${name}}`) || site.unchanged(before, after)) continue
    yield* variablePairFacts(site, { name, base: before ?? undefinedIn(base), head: after ?? undefinedIn(head), where: owner(site, head) })
  }
}

function* variablePairFacts(
  site: ServerSite,
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
    yield site.tell({
      rule: 'server-variable-value-removed',
      ...at,
      words: { ...words, from: listedWords(removed) },
      content: removed,
    })
  if (added.length > 0)
    yield site.tell({
      rule: 'server-variable-value-added',
      ...at,
      words: { ...words, to: listedWords(added) },
      content: added,
    })
  const [from, to] = [textField(base.value, 'default'), textField(head.value, 'default')]
  if (from !== to)
    yield site.tell({
      rule: 'server-variable-default-changed',
      ...at,
      words: { ...words, from: shown(from ?? undefined), to: shown(to ?? undefined) },
      content: [from, to],
    })
}

/** Without a definition a variable has neither values nor a default. */
function undefinedIn({ node }: Server): Node<JsonObject> {
  return { file: node.file, pointer: node.pointer, value: {} }
}

function variable({ node }: Server, name: string): Node<JsonObject> | null {
  const variables = isObject(node.value) ? childNode(node, 'variables') : undefined
  return variables === undefined ? null : mapNode(childNode(variables, name))
}
