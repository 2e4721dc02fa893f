/** Two versions of one security scheme, as the operations that ask for it meet them. */
import type { SecurityEffect } from '../../model/change.ts'
import { childNode, mapNode } from '../../openapi/nodes.ts'
import type { JsonObject, Node, SecurityScheme } from '../../openapi/types.ts'
import { field, objectField, textField } from '../../openapi/values.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { KeyChange } from '../documentation.ts'
import type { Fact, FactDraft } from '../fact.ts'
import { fact } from '../fact.ts'
import type { OperationScope } from '../comparison.ts'
import { flowsOf, isSameKind, schemeStrengthChange } from '../security.ts'
import { code, shown } from '../words.ts'

/** Flows that hand out tokens in unsafe ways (RFC 9700, sections 2.1.2 and 2.4). */
const unsafeFlows = new Set(['implicit', 'password'])

const kindKeys = ['type', 'in', 'name', 'scheme']
const urlKeys = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'deviceAuthorizationUrl']

/** All differences of the scheme; each stands at the scheme, so that the operations that ask for it share it. */
export function* schemeFacts(scope: Pick<OperationScope, 'key'>, base: SecurityScheme, head: SecurityScheme): Generator<Fact> {
  const at = { operation: scope.key, component: `securitySchemes/${head.name}` }
  for (const found of differences(base, head)) {
    yield fact({ ...at, base: base.node, head: head.node, ...found, place: ['security', ...found.place] })
  }
}

function* differences(base: SecurityScheme, head: SecurityScheme): Generator<FactDraft> {
  const name = code(head.name)
  const where = `the security scheme ${name}`
  if (!isSameKind(base, head)) {
    const reason = changedKeys(base.node, head.node, kindKeys).map(
      ({ key, ...at }) => `${code(key)} from ${shown(at.base?.value)} to ${shown(at.head?.value)}`,
    )
    yield {
      rule: 'security-scheme-changed',
      place: [],
      words: { where, name, reason: reason.join(', ') },
      security: schemeStrengthChange(base, head),
    }
    return
  }
  yield* flowDifferences(base, head, where)
  for (const key of ['bearerFormat', 'openIdConnectUrl', 'oauth2MetadataUrl'])
    yield* detail({ base: base.node, head: head.node, key, name })
  const documented = [
    ...changedKeys(base.node, head.node, ['description', 'deprecated']),
    ...changedExtensions(base.node, head.node),
    ...flowExtensions(base.node, head.node),
  ]
  for (const { key, ...at } of documented)
    yield { rule: 'security-scheme-documentation-changed', place: [key], words: { where, name }, ...at }
}

/** Extensions of the OAuth flows, and of all of them together. */
function flowExtensions(base: Node<JsonObject>, head: Node<JsonObject>): readonly KeyChange[] {
  const [before, after] = [mapNode(childNode(base, 'flows')), mapNode(childNode(head, 'flows'))]
  if (before === null || after === null) return []
  const each = Object.keys(before.value).flatMap((name) => {
    const [old, now] = [mapNode(childNode(before, name)), mapNode(childNode(after, name))]
    return old === null || now === null || name.startsWith('x-') ? [] : changedExtensions(old, now)
  })
  return [...changedExtensions(before, after), ...each]
}

interface Detail {
  readonly base: Node<JsonObject>
  readonly head: Node<JsonObject>
  readonly key: string
  readonly name: string
}

function* detail({ base, head, key, name }: Detail): Generator<FactDraft> {
  const [from, to] = [textField(base.value, key), textField(head.value, key)]
  if (from === to) return
  const isUrl = key.toLowerCase().endsWith('url')
  yield {
    rule: isUrl ? 'security-scheme-url-changed' : 'security-scheme-format-changed',
    place: [key],
    words: {
      where: `the security scheme ${name}`,
      name,
      reason: isUrl ? key : code(key),
      from: shown(from ?? undefined),
      to: shown(to ?? undefined),
    },
    security: isUrl ? lostTls(from, to) : null,
    base: childNode(base, key) ?? base,
    head: childNode(head, key) ?? head,
  }
}

/** A token endpoint without TLS hands secrets to the network. */
function lostTls(from: string | null, to: string | null): SecurityEffect | null {
  const isPlain = (url: string | null): boolean => url !== null && /^http:/i.test(url)
  return isPlain(to) && !isPlain(from) ? 'weakening' : isPlain(from) && !isPlain(to) ? 'strengthening' : null
}

function* flowDifferences(base: SecurityScheme, head: SecurityScheme, where: string): Generator<FactDraft> {
  const flows = { base: flowsOf(base.node.value), head: flowsOf(head.node.value) }
  const name = code(head.name)
  for (const [flow, value] of flows.base) {
    const other = flows.head.get(flow)
    const at = { base: flowNode(base, flow), head: flowNode(head, flow) }
    if (other === undefined)
      yield {
        rule: 'security-scheme-flow-removed',
        place: ['flows', flow],
        words: { where, name: code(flow) },
        base: at.base,
        head: null,
        near: head.node,
        security: unsafeFlows.has(flow) ? 'strengthening' : null,
      }
    else {
      for (const key of urlKeys) yield* detail({ base: { ...at.base, value }, head: { ...at.head, value: other }, key, name })
      yield* scopeDifferences({ base: { ...at.base, value }, head: { ...at.head, value: other }, key: flow, name: where })
    }
  }
  for (const flow of flows.head.keys()) {
    if (flows.base.has(flow)) continue
    yield {
      rule: 'security-scheme-flow-added',
      place: ['flows', flow],
      words: { where, name: code(flow) },
      base: null,
      head: flowNode(head, flow),
      security: unsafeFlows.has(flow) ? 'weakening' : null,
    }
  }
}

function flowNode({ node }: SecurityScheme, flow: string): Node {
  const flows = childNode(node, 'flows')
  return (flows === undefined ? undefined : childNode(flows, flow)) ?? node
}

/** Enough for a sentence. */
function cut(parts: readonly string[]): readonly string[] {
  return parts.length <= mostParts ? parts : [...parts.slice(0, mostParts), `and ${String(parts.length - mostParts)} more`]
}

const mostParts = 10

function* scopeDifferences({ base, head, key, name }: Detail): Generator<FactDraft> {
  const scopes = { base: objectField(base.value, 'scopes') ?? {}, head: objectField(head.value, 'scopes') ?? {} }
  const removed = Object.keys(scopes.base).filter((scope) => !Object.hasOwn(scopes.head, scope))
  const added = Object.keys(scopes.head).filter((scope) => !Object.hasOwn(scopes.base, scope))
  const described = Object.keys(scopes.head).filter(
    (scope) => Object.hasOwn(scopes.base, scope) && field(scopes.base, scope) !== scopes.head[scope],
  )
  const parts = [
    ...removed.map((scope) => `${code(scope)} was removed`),
    ...added.map((scope) => `${code(scope)} was added`),
    ...described.map((scope) => `${code(scope)} is described otherwise`),
  ]
  if (parts.length === 0) return
  yield {
    rule: 'security-scheme-scopes-changed',
    place: ['flows', key, 'scopes'],
    words: { where: name, reason: cut(parts).join(', ') },
    base: childNode(base, 'scopes') ?? base,
    head: childNode(head, 'scopes') ?? head,
  }
}
