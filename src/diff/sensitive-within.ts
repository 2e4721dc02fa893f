/** What a schema, a response or an operation may return that is sensitive: by the names of the properties in it. */
import type { Sensitivity } from '../model/change.ts'
import { childNode, entryNodes, itemNodes } from '../openapi/nodes.ts'
import { follow } from '../openapi/resolve.ts'
import type { ApiDescription, MediaType, Node, Operation, Response } from '../openapi/types.ts'
import { flagField, textField } from '../openapi/values.ts'
import { sensitivityOf } from '../sensitive/sensitivity.ts'

/** Schemas looked into at one time. What holds more is told by the names met until then. */
const mostSchemas = 400

/** Everything sensitive in the schema at `node`, which is called `name` ('' where it has none). What is `writeOnly` is not returned. */
export function sensitiveWithin(api: ApiDescription, node: Node, name: string): readonly Sensitivity[] {
  const found = new Set<Sensitivity>()
  collect({ api, found, seen: new Set<unknown>() }, node, name)
  return [...found]
}

/** Everything sensitive in a response: its bodies and its headers. */
export function sensitiveInResponse(api: ApiDescription, { content, headers }: Response): readonly Sensitivity[] {
  const inHeaders = headers.flatMap(({ name, schema }) => sensitivityOf(name, schema?.value) ?? [])
  return [...new Set([...inHeaders, ...content.flatMap((mediaType) => sensitiveInMediaType(api, mediaType))])]
}

/** Everything sensitive in a body of this media type. */
export function sensitiveInMediaType(api: ApiDescription, { schema, itemSchema }: MediaType): readonly Sensitivity[] {
  return [schema, itemSchema].flatMap((node) => (node === null ? [] : sensitiveWithin(api, node, '')))
}

/** Everything sensitive that an operation returns. */
export function sensitiveInResponses(api: ApiDescription, { responses }: Pick<Operation, 'responses'>): readonly Sensitivity[] {
  return [...new Set(responses.flatMap((response) => sensitiveInResponse(api, response)))]
}

interface Search {
  readonly api: ApiDescription
  readonly found: Set<Sensitivity>
  readonly seen: Set<unknown>
}

function collect(search: Search, written: Node, name: string): void {
  const node = follow(search.api, written) ?? written
  if (flagField(node.value, 'writeOnly') || flagField(written.value, 'writeOnly')) return
  const sensitivity = name === '' ? null : sensitivityOf(name, node.value)
  if (sensitivity !== null) search.found.add(sensitivity)
  if (search.seen.has(node.value) || search.seen.size > mostSchemas) return
  search.seen.add(node.value)
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
