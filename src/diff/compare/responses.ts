/** The responses of an operation: which statuses there are, and what each returns. */
import { childNode, entriesOfMap } from '../../openapi/nodes.ts'
import type { Node, Response } from '../../openapi/types.ts'
import { opposite } from '../comparison.ts'
import type { OperationScope } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import { newlyReturned } from '../exposure.ts'
import type { Fact } from '../fact.ts'
import { sameJson } from '../same-json.ts'
import { sensitiveInResponse, sensitiveInResponses } from '../sensitive-within.ts'
import { isSuccess, matchStatuses } from '../statuses.ts'
import type { StatusPair } from '../statuses.ts'
import { code } from '../words.ts'
import { contentFacts } from './content.ts'
import { headerFacts } from './headers.ts'
import { documentationFacts, inOperation } from './scope.ts'

/** Statuses that say that somebody was kept out: losing one may mean that the check is gone. */
const guarding = new Set(['401', '403', '429'])

/** All differences in responses. */
export function* responseFacts(scope: OperationScope): Generator<Fact> {
  const { pairs, removed, added } = matchStatuses(scope.pair.base.responses, scope.pair.head.responses)
  for (const pair of pairs) {
    if (pair.change !== null) yield rangeFact(scope, pair)
    yield* responsePairFacts(scope, pair)
  }
  for (const response of removed) yield existenceFact(scope, response, 'removed')
  for (const response of added) yield existenceFact(scope, response, 'added')
}

/** ``response `200` of `GET /orders` ``; a callback's responses come from the client. */
function responseName(scope: OperationScope, { status }: Response): string {
  return status === 'default' ? `the ${code('default')} response of ${scope.called}` : `response ${code(status)} of ${scope.called}`
}

function existenceFact(scope: OperationScope, response: Response, action: 'added' | 'removed'): Fact {
  const kind = response.status === 'default' ? 'response-default' : isSuccess(response.status) ? 'response-status' : 'response-error-status'
  const draft = { rule: `${kind}-${action}`, place: ['responses', response.status], words: { where: responseName(scope, response) } }
  return inOperation(scope, { ...draft, ...(action === 'removed' ? lost(scope, response) : gained(scope, response)) })
}

function lost({ pair }: OperationScope, { status, node }: Response): Partial<Fact> {
  const near = childNode(pair.head.node, 'responses') ?? pair.head.node
  return { security: guarding.has(status) ? 'weakening' : null, base: node, near }
}

/** A response more exposes what it holds, unless the operation returned the like before. */
function gained({ base, head, pair }: OperationScope, response: Response): Partial<Fact> {
  return { ...newlyReturned(sensitiveInResponses(base, pair.base), sensitiveInResponse(head, response)), head: response.node }
}

function rangeFact(scope: OperationScope, { base, head, change }: StatusPair): Fact {
  return inOperation(scope, {
    rule: `response-status-${change ?? 'widened'}`,
    place: ['responses', base.status],
    words: { where: responseName(scope, base), from: base.status, to: head.status },
    guards: isSuccess(base.status) ? [] : ['error'],
    base: base.node,
    head: head.node,
  })
}

function* responsePairFacts(scope: OperationScope, { base, head }: StatusPair): Generator<Fact> {
  const isSwagger = scope.base.version === '2.0' || scope.head.version === '2.0'
  if (!isSwagger && scope.unchanged(base.node, head.node)) return
  const place = ['responses', base.status]
  const where = responseName(scope, base)
  const writer = opposite(scope.requestWriter)
  yield* headerFacts(scope, { base: base.headers, head: head.headers, writer, where, place, near: head.node })
  yield* contentFacts(scope, { base: base.content, head: head.content, writer, where, place, near: head.node })
  yield* linkFacts(scope, { base, head, change: null }, place)
  const words = scope.base.version === scope.head.version ? ['description', 'summary', 'examples'] : ['description', 'summary']
  const changes = [...changedKeys(base.node, head.node, words), ...changedExtensions(base.node, head.node)]
  yield* documentationFacts(scope, { rule: 'response-documentation-changed', place, words: { where } }, changes)
}

/** Links promise nothing that the operations they name do not promise themselves. */
function* linkFacts(scope: OperationScope, { base, head }: StatusPair, place: readonly string[]): Generator<Fact> {
  const links = { base: linksOf(base), head: linksOf(head) }
  for (const name of new Set([...links.base.keys(), ...links.head.keys()])) {
    const at = { base: links.base.get(name) ?? null, head: links.head.get(name) ?? null }
    if (scope.unchanged(at.base, at.head) || sameJson(at.base?.value, at.head?.value)) continue
    const words = { where: responseName(scope, base), name: code(name) }
    yield inOperation(scope, { rule: 'response-link-changed', place: [...place, 'links', name], words, ...at })
  }
}

function linksOf({ links }: Response): ReadonlyMap<string, Node> {
  return new Map(links === null ? [] : entriesOfMap(links))
}
