/** Which ways to authenticate an operation accepts. */
import { childNode, entriesOfMap, entryNodes, followedMap, mapNode, rootNode } from './nodes.ts'
import { follow, resolve } from './resolve.ts'
import type { ApiDescription, JsonObject, Node, Operation, SecurityAlternative, SecurityDemand, SecurityScheme } from './types.ts'
import { isList, textField } from './values.ts'

/** The operation's requirement, else the document's. `security: []` and `security: [{}]` both mean: no authentication needed; only the first is empty. */
export function effectiveSecurity(api: ApiDescription, operation: Node): Pick<Operation, 'security' | 'securityAt'> {
  const securityAt = listAt(api, operation) ?? listAt(api, rootNode(api))
  return securityAt === null ? { security: [], securityAt: null } : { security: alternatives(api, securityAt), securityAt }
}

/** Every security scheme of the description by name. */
function securitySchemes(api: ApiDescription): ReadonlyMap<string, SecurityScheme> {
  const known = schemesByApi.get(api)
  if (known !== undefined) return known
  const owner = api.version === '2.0' ? rootNode(api) : (followedMap(api, childNode(rootNode(api), 'components')) ?? rootNode(api))
  const schemes = new Map(
    entryNodes(api, owner, api.version === '2.0' ? 'securityDefinitions' : 'securitySchemes').flatMap(([name, written]) => {
      const node = followedMap(api, written)
      return node === null ? [] : [[name, buildScheme(name, node)] as const]
    }),
  )
  schemesByApi.set(api, schemes)
  return schemes
}

const schemesByApi = new WeakMap<ApiDescription, ReadonlyMap<string, SecurityScheme>>()

function buildScheme(name: string, node: Node<JsonObject>): SecurityScheme {
  return { name, type: textField(node.value, 'type') ?? '', node }
}

function listAt(api: ApiDescription, node: Node): Node | null {
  const written = childNode(node, 'security')
  const security = written === undefined ? undefined : follow(api, written)
  return security !== undefined && isList(security.value) ? security : null
}

function alternatives(api: ApiDescription, securityAt: Node): readonly SecurityAlternative[] {
  if (!isList(securityAt.value)) return []
  return securityAt.value.flatMap((value, index) => {
    const requirement = mapNode({ file: securityAt.file, pointer: `${securityAt.pointer}/${String(index)}`, value })
    return requirement === null ? [] : [entriesOfMap(requirement).map(([name, scopes]) => demand(api, name, scopes))]
  })
}

function demand(api: ApiDescription, name: string, { file, value }: Node): SecurityDemand {
  const scopes = isList(value) ? value.filter((scope) => typeof scope === 'string') : []
  return { name, scopes, scheme: securitySchemes(api).get(name) ?? schemeByReference(api, name, file) }
}

/** OpenAPI 3.2: a requirement may name a scheme by a reference instead. */
function schemeByReference(api: ApiDescription, name: string, file: string): SecurityScheme | null {
  if (api.version !== '3.2' || !/[/#.]/.test(name)) return null
  const node = followedMap(api, resolve(api, { file }, name))
  return node === null ? null : buildScheme(name, node)
}
