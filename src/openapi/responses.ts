/** The responses of an operation. */
import { contentOf, plainMediaType } from './media-types.ts'
import { mimeTypes } from './mime-types.ts'
import { childNode, entryNodes, followedMap, schemaNode } from './nodes.ts'
import { valueSchema } from './parameters.ts'
import { parameterStyle } from './parameter-style.ts'
import type { ApiDescription, Header, JsonObject, MediaType, Node, Response } from './types.ts'
import { flagField } from './values.ts'

/** In document order, with references followed. */
export function responsesOf(api: ApiDescription, operation: Node): readonly Response[] {
  return entryNodes(api, operation, 'responses').flatMap(([status, written]) => {
    const node = status.startsWith('x-') ? null : followedMap(api, written)
    return node === null ? [] : [buildResponse(api, { operation, status, node })]
  })
}

interface WrittenResponse {
  readonly operation: Node
  readonly status: string
  readonly node: Node<JsonObject>
}

function buildResponse(api: ApiDescription, { operation, status, node }: WrittenResponse): Response {
  return {
    status: status === 'default' ? status : status.toUpperCase(),
    headers: headersOf(api, node),
    content: api.version === '2.0' ? plainContent(api, operation, node) : contentOf(api, node),
    links: followedMap(api, childNode(node, 'links')),
    node,
  }
}

/** Swagger 2.0: the response's schema in each of the types that the operation produces; none without a schema. */
function plainContent(api: ApiDescription, operation: Node, node: Node<JsonObject>): readonly MediaType[] {
  const schema = schemaNode(api, node, 'schema')
  if (schema === null) return []
  return mimeTypes(api, operation, { list: 'produces', otherwise: 'application/json' }).map(({ type, at }) =>
    plainMediaType(type, schema, { ...(at ?? node), value: node.value }),
  )
}

/** The headers of a response or an encoding. OpenAPI 3 ignores a response header called `Content-Type`. */
export function headersOf(api: ApiDescription, node: Node): readonly Header[] {
  return entryNodes(api, node, 'headers').flatMap(([name, written]) => {
    const header = api.version !== '2.0' && name.toLowerCase() === 'content-type' ? null : followedMap(api, written)
    return header === null ? [] : [buildHeader(api, name, header)]
  })
}

function buildHeader(api: ApiDescription, name: string, node: Node<JsonObject>): Header {
  return {
    name,
    required: flagField(node.value, 'required'),
    deprecated: flagField(node.value, 'deprecated'),
    ...parameterStyle(api, node.value, 'header'),
    schema: valueSchema(api, node),
    content: api.version === '2.0' ? [] : contentOf(api, node),
    node,
  }
}
