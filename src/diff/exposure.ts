/** What a schema change means for security: what is newly returned, and which checks of input are gone. */
import type { SecurityEffect, Sensitivity } from '../model/change.ts'
import { follow, resolve } from '../openapi/resolve.ts'
import type { ApiDescription, Node } from '../openapi/types.ts'
import { entryNodes, childNode, itemNodes } from '../openapi/nodes.ts'
import { flagField, textField } from '../openapi/values.ts'
import { sensitivityOf } from '../sensitive/sensitivity.ts'
import type { Writer } from './effect.ts'
import type { SchemaFact } from './schema/types.ts'

export interface Exposure {
  readonly security: SecurityEffect | null
  readonly sensitivity: readonly Sensitivity[]
}

const nothing: Exposure = { security: null, sensitivity: [] }

/** Schemas looked into for one new property. A property that holds more is told by its own name alone. */
const mostSchemas = 400

/** Keywords without which a client may send more, or something else, than the server was built for. */
const inputChecks = new Set(['max-length', 'pattern', 'max-items', 'max-properties'])

/** Names of parameters that bound how much is returned. */
const pageSize = /^(?:limit|count|top|first|size|(?:page|per)[_-]?(?:size|limit|page)|max[_-]?results|results[_-]?per[_-]?page)$/i

/** The security effect of a schema fact, and what it reveals. `name` is that of the parameter or header, else ''. */
export function exposureOf(head: ApiDescription, fact: SchemaFact, { writer, name }: { writer: Writer; name: string }): Exposure {
  if (!fact.guards.bound && fact.aspect !== 'write-only') return nothing
  return writer === 'client' ? weakenedInput(fact, name) : revealedOnce(head, fact)
}

const revelations = new WeakMap<SchemaFact, Exposure>()

/** Facts about shared components are met by many operations. */
function revealedOnce(head: ApiDescription, fact: SchemaFact): Exposure {
  const known = revelations.get(fact)
  if (known !== undefined) return known
  const found = revealed(head, fact)
  revelations.set(fact, found)
  return found
}

/** Everything sensitive that a response may now hold which did not exist before: below `node`, which is called `name`. */
export function sensitiveWithin(api: ApiDescription, node: Node, name: string): readonly Sensitivity[] {
  const found = new Set<Sensitivity>()
  collect({ api, found, seen: new Set<unknown>() }, node, name)
  return [...found]
}

function weakenedInput(fact: SchemaFact, name: string): Exposure {
  const isGone = fact.headValue === undefined && fact.baseValue !== undefined && fact.effect === 'widens'
  const isUnbounded = isGone && (inputChecks.has(fact.aspect) || (fact.aspect === 'maximum' && pageSize.test(name)))
  const isOpened =
    fact.aspect === 'additional-properties' && fact.effect === 'widens' && (fact.headValue === true || fact.headValue === undefined)
  return isUnbounded || isOpened ? { security: 'weakening', sensitivity: [] } : nothing
}

function revealed(head: ApiDescription, fact: SchemaFact): Exposure {
  if (fact.aspect === 'max-items' && fact.headValue === undefined && fact.effect === 'widens')
    return { security: 'weakening', sensitivity: [] }
  const isLifted = fact.aspect === 'write-only' && fact.headValue !== true
  if (fact.aspect !== 'property-added' && !isLifted) return nothing
  const node = isLifted ? enclosing(head, fact) : fact.head
  const sensitivity = node === null ? [] : sensitiveWithin(head, node, propertyName(fact))
  return { security: isLifted || sensitivity.length > 0 ? 'exposure' : null, sensitivity }
}

/** The property that a fact stands at is the last one of its path. */
function propertyName({ path, subject }: SchemaFact): string {
  const at = path.lastIndexOf('properties', path.length - 2)
  return at < 0 ? subject : (path[at + 1] ?? subject)
}

/** The schema whose keyword changed. */
function enclosing(api: ApiDescription, { head, near }: SchemaFact): Node | null {
  if (head === null) return near
  const pointer = head.pointer.slice(0, head.pointer.lastIndexOf('/'))
  return resolve(api, head, `#${pointer}`) ?? head
}

interface Search {
  readonly api: ApiDescription
  readonly found: Set<Sensitivity>
  readonly seen: Set<unknown>
}

function collect(search: Search, written: Node, name: string): void {
  const node = follow(search.api, written) ?? written
  const isHidden = flagField(node.value, 'writeOnly') || flagField(written.value, 'writeOnly')
  if (isHidden || search.seen.has(node.value) || search.seen.size > mostSchemas) return
  search.seen.add(node.value)
  const sensitivity = name === '' ? null : sensitivityOf(name, node.value)
  if (sensitivity !== null) search.found.add(sensitivity)
  for (const [child, called] of childrenOf(search.api, node, name)) collect(search, child, called)
}

/** The schemas in a schema, each with the name of the property it stands under; list items are called like their list. */
function childrenOf(api: ApiDescription, node: Node, name: string): readonly (readonly [Node, string])[] {
  const single = ['additionalProperties', 'unevaluatedProperties'].map((keyword) => [childNode(node, keyword), ''] as const)
  const items = [childNode(node, 'items'), textField(node.value, 'type') === 'array' ? name : ''] as const
  return [
    ...entryNodes(api, node, 'properties').map(([property, child]) => [child, property] as const),
    ...[items, ...single].flatMap(([child, called]) => (child === undefined ? [] : [[child, called] as const])),
    ...['allOf', 'anyOf', 'oneOf', 'prefixItems'].flatMap((keyword) => itemNodes(api, node, keyword).map((child) => [child, ''] as const)),
  ]
}
