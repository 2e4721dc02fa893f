/** The media types of a body, a response or a parameter. */
import { entryNodes, followedMap, schemaNode } from './nodes.ts'
import type { ApiDescription, JsonObject, MediaType, Node, SchemaNode } from './types.ts'
import { objectField } from './values.ts'

/** The `content` of an OpenAPI 3 object, in document order. */
export function contentOf(api: ApiDescription, node: Node): readonly MediaType[] {
  return entryNodes(api, node, 'content').flatMap(([type, written]) => {
    const mediaType = followedMap(api, written)
    return mediaType === null ? [] : [buildMediaType(api, type, mediaType)]
  })
}

function buildMediaType(api: ApiDescription, type: string, node: Node<JsonObject>): MediaType {
  return {
    type,
    schema: schemaNode(api, node, 'schema'),
    itemSchema: schemaNode(api, node, 'itemSchema'),
    encoding: objectField(node.value, 'encoding'),
    node,
  }
}

/** A media type of Swagger 2.0: `at` is where its name is written, or the body or response when it is written nowhere. */
export function plainMediaType(type: string, schema: SchemaNode | null, at: Node<JsonObject>): MediaType {
  return { type, schema, itemSchema: null, encoding: null, node: at }
}
