/** Where an operation is served. */
import { childNode, itemNodes, rootNode } from './nodes.ts'
import type { RawOperation } from './raw-operation.ts'
import type { ApiDescription, JsonObject, Node, Server } from './types.ts'
import { objectField, textField, textsField } from './values.ts'

const noVariables: JsonObject = {}

/** The servers of the operation, else of its path item, else of the document; `/` when none are written (OpenAPI 3, `servers`). Swagger 2.0: from `schemes`, `host` and `basePath`. */
export function effectiveServers(api: ApiDescription, { node, pathItem }: Pick<RawOperation, 'node' | 'pathItem'>): readonly Server[] {
  if (api.version === '2.0') return fromHost(api, node)
  const owner = [node, pathItem].find((candidate) => itemNodes(api, candidate, 'servers').length > 0)
  return owner === undefined ? documentServers(api) : serversOf(api, owner)
}

/** The servers of the document itself. */
export function documentServers(api: ApiDescription): readonly Server[] {
  const root = rootNode(api)
  if (api.version === '2.0') return fromHost(api, root)
  const servers = serversOf(api, root)
  return servers.length > 0 ? servers : [{ url: '/', variables: noVariables, node: root }]
}

function serversOf(api: ApiDescription, owner: Node): readonly Server[] {
  return itemNodes(api, owner, 'servers').map((node) => ({
    url: textField(node.value, 'url') ?? '/',
    variables: objectField(node.value, 'variables') ?? noVariables,
    node,
  }))
}

function fromHost(api: ApiDescription, owner: Node): readonly Server[] {
  const root = rootNode(api)
  const host = textField(api.root, 'host')
  const basePath = textField(api.root, 'basePath') ?? (host === null ? '/' : '')
  const schemesAt = childNode(owner, 'schemes') ?? childNode(root, 'schemes')
  const schemes = schemesAt === undefined ? [] : textsField({ schemes: schemesAt.value }, 'schemes')
  if (host === null) return [{ url: basePath, variables: noVariables, node: childNode(root, 'basePath') ?? root }]
  if (schemes.length === 0) return [{ url: `//${host}${basePath}`, variables: noVariables, node: childNode(root, 'host') ?? root }]
  return schemes.map((scheme, index) => ({
    url: `${scheme}://${host}${basePath}`,
    variables: noVariables,
    node: schemeNode(schemesAt ?? root, index),
  }))
}

function schemeNode(schemes: Node, index: number): Node {
  return { file: schemes.file, pointer: `${schemes.pointer}/${String(index)}`, value: schemes.value }
}
