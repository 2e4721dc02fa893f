/** The request body of an operation: whether there is one, whether it must be sent, and what it holds. */
import { childNode } from '../../openapi/nodes.ts'
import type { RequestBody } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { changedExtensions, changedKeys } from '../documentation.ts'
import type { Fact } from '../fact.ts'
import { contentFacts } from './content.ts'
import { documentationFacts, inOperation } from './scope.ts'

const place = ['requestBody']

/** All differences in the request body. */
export function* requestBodyFacts(scope: OperationScope): Generator<Fact> {
  const { base, head } = { base: scope.pair.base.requestBody, head: scope.pair.head.requestBody }
  if (base === null && head !== null) yield added(scope, head)
  if (base !== null && head === null)
    yield inOperation(scope, { rule: 'request-body-removed', place, words: { where: scope.called }, base: base.node })
  if (base !== null && head !== null) yield* bodyPairFacts(scope, base, head)
}

/** How the body is called: what a webhook or callback sends is a payload. */
export function bodyName(scope: OperationScope): string {
  return scope.requestWriter === 'client' ? `the request body of ${scope.called}` : `the payload of ${scope.called}`
}

/** A server that begins to send a body in its webhook takes nothing from anybody. */
function added(scope: OperationScope, { required, node }: RequestBody): Fact {
  const rule = required && scope.requestWriter === 'client' ? 'request-required-body-added' : 'request-body-added'
  return inOperation(scope, { rule, place, words: { where: scope.called }, head: node })
}

function* bodyPairFacts(scope: OperationScope, base: RequestBody, head: RequestBody): Generator<Fact> {
  if (base.required !== head.required) {
    const rule = head.required ? 'request-body-became-required' : 'request-body-became-optional'
    const at = { base: childNode(base.node, 'required') ?? base.node, head: childNode(head.node, 'required') ?? head.node }
    yield inOperation(scope, { rule, place, words: { where: scope.called }, writer: scope.requestWriter, ...at })
  }
  yield* contentFacts(scope, {
    base: base.content,
    head: head.content,
    writer: scope.requestWriter,
    where: bodyName(scope),
    place,
    near: head.node,
  })
  if (scope.base.version === '2.0' || scope.head.version === '2.0') return
  const changes = [...changedKeys(base.node, head.node, ['description']), ...changedExtensions(base.node, head.node)]
  yield* documentationFacts(scope, { rule: 'request-body-documentation-changed', place, words: { where: scope.called } }, changes)
}
