/** Parameters as they take effect. */
import { contentOf } from './media-types.ts'
import { followedMap, schemaNode } from './nodes.ts'
import { parameterStyle } from './parameter-style.ts'
import type { ApiDescription, JsonObject, Node, Parameter } from './types.ts'
import { flagField, textField } from './values.ts'

/** OpenAPI 3, Parameter Object: a header parameter with one of these names is ignored; content, responses and security say the same. */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization'])

/** The parameters of these nodes, later ones replacing earlier ones of the same place and name. Bodies and forms of Swagger 2.0 are left out. */
export function effectiveParameters(api: ApiDescription, nodes: readonly Node[]): readonly Parameter[] {
  const parameters = new Map<string, Parameter>()
  for (const { node, place, name } of identified(api, nodes)) {
    if (place === 'body' || place === 'formData' || isIgnored(api, place, name)) continue
    parameters.set(`${place}\n${place === 'header' ? name.toLowerCase() : name}`, buildParameter(api, node))
  }
  return [...parameters.values()]
}

/** The parameters of these nodes that are the body (`body`) or its fields (`formData`) in Swagger 2.0, with the same rule of replacement. */
export function bodyParameters(api: ApiDescription, nodes: readonly Node[]): readonly Node<JsonObject>[] {
  const parameters = new Map<string, Node<JsonObject>>()
  for (const { node, place, name } of identified(api, nodes)) {
    if (place === 'body') parameters.set(place, node)
    if (place === 'formData') parameters.set(`${place}\n${name}`, node)
  }
  return [...parameters.values()]
}

interface Identified {
  readonly node: Node<JsonObject>
  readonly place: string
  readonly name: string
}

function identified(api: ApiDescription, nodes: readonly Node[]): readonly Identified[] {
  return nodes.flatMap((written) => {
    const node = followedMap(api, written)
    return node === null ? [] : [{ node, place: textField(node.value, 'in') ?? '', name: textField(node.value, 'name') ?? '' }]
  })
}

function isIgnored(api: ApiDescription, place: string, name: string): boolean {
  return place === 'header' && api.version !== '2.0' && ignoredHeaders.has(name.toLowerCase())
}

function buildParameter(api: ApiDescription, node: Node<JsonObject>): Parameter {
  const place = textField(node.value, 'in') ?? ''
  return {
    name: textField(node.value, 'name') ?? '',
    in: place,
    // A path parameter is always sent, whatever is written.
    required: place === 'path' || flagField(node.value, 'required'),
    deprecated: flagField(node.value, 'deprecated'),
    ...parameterStyle(api, node.value, place),
    allowReserved: flagField(node.value, 'allowReserved'),
    allowEmptyValue: flagField(node.value, 'allowEmptyValue'),
    schema: valueSchema(api, node),
    content: api.version === '2.0' ? [] : contentOf(api, node),
    node,
  }
}

/** What a parameter or header holds. In Swagger 2.0 the object itself is the schema. */
export function valueSchema(api: ApiDescription, node: Node<JsonObject>): Parameter['schema'] {
  return api.version === '2.0' ? { ...node, dialect: '2.0-parameter' } : schemaNode(api, node, 'schema')
}
