/** The request body of an operation; in Swagger 2.0 it is made of the `body` parameter or of the `formData` parameters. */
import type { RawOperation } from './raw-operation.ts'
import { contentOf, plainMediaType } from './media-types.ts'
import { mimeTypes } from './mime-types.ts'
import { childNode, followedMap, itemNodes, schemaNode } from './nodes.ts'
import { bodyParameters } from './parameters.ts'
import type { ApiDescription, JsonObject, Node, RequestBody, SchemaNode } from './types.ts'
import { field, flagField, textField } from './values.ts'

/** The effective request body, or null. */
export function requestBodyOf(api: ApiDescription, raw: Pick<RawOperation, 'node' | 'pathItem'>): RequestBody | null {
  return api.version === '2.0' ? fromParameters(api, raw) : fromRequestBody(api, raw.node)
}

function fromRequestBody(api: ApiDescription, operation: Node): RequestBody | null {
  const node = followedMap(api, childNode(operation, 'requestBody'))
  return node === null ? null : { required: flagField(node.value, 'required'), content: contentOf(api, node), node }
}

function fromParameters(api: ApiDescription, { node, pathItem }: Pick<RawOperation, 'node' | 'pathItem'>): RequestBody | null {
  const parameters = bodyParameters(api, [...itemNodes(api, pathItem, 'parameters'), ...itemNodes(api, node, 'parameters')])
  const body = parameters.find((parameter) => textField(parameter.value, 'in') === 'body')
  const first = body ?? parameters[0]
  if (first === undefined) return null
  const schema = body === undefined ? formSchema(parameters, first) : schemaNode(api, body, 'schema')
  const types = mimeTypes(api, node, { list: 'consumes', otherwise: body === undefined ? formType(parameters) : 'application/json' })
  return {
    required: parameters.some((parameter) => flagField(parameter.value, 'required')),
    content: types.map(({ type, at }) => plainMediaType(type, schema, { ...(at ?? first), value: first.value })),
    node: first,
  }
}

function formType(parameters: readonly Node<JsonObject>[]): string {
  return parameters.some((parameter) => field(parameter.value, 'type') === 'file')
    ? 'multipart/form-data'
    : 'application/x-www-form-urlencoded'
}

/** The fields of a form as one object schema. Each property is a reference to the parameter, so that it keeps its place. */
function formSchema(parameters: readonly Node<JsonObject>[], at: Node): SchemaNode {
  const properties = Object.fromEntries(
    parameters.map((parameter) => [textField(parameter.value, 'name') ?? '', { $ref: referenceTo(parameter, at) }]),
  )
  const required = parameters
    .filter((parameter) => flagField(parameter.value, 'required'))
    .map((parameter) => textField(parameter.value, 'name') ?? '')
  return { file: at.file, pointer: at.pointer, dialect: '2.0-parameter', value: { type: 'object', properties, required } }
}

/** A `$ref` from the file of `from` to `target`: relative to the folder of `from`, percent-encoded. */
function referenceTo(target: Node, from: Node): string {
  const fragment = `#${encodeURI(target.pointer).replaceAll('#', '%23')}`
  if (target.file === from.file) return fragment
  const up = '../'.repeat(from.file.split('/').length - 1)
  return `${up}${encodeURI(target.file).replaceAll('#', '%23').replaceAll('?', '%3F')}${fragment}`
}
