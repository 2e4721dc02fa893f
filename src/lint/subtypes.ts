/** Schemas that a value may be by discriminator although nothing refers to them from where the value is used (OpenAPI 3.1, Discriminator Object). */
import { childNode, entriesOfMap, mapNode } from '../openapi/nodes.ts'
import { resolve } from '../openapi/resolve.ts'
import type { ApiDescription, Node } from '../openapi/types.ts'
import { field, isObject, listField, objectField, textField } from '../openapi/values.ts'

/** By the value of a schema: the schemas that take it up in `allOf`. */
type Heirs = ReadonlyMap<unknown, readonly Node[]>

const known = new WeakMap<ApiDescription, Heirs>()

/**
 * What the mapping of the parent's discriminator names (with the default of 3.2), and every schema that inherits from the parent, also by others in between. None where the parent
 * has no discriminator, or lists its alternatives itself. Each once.
 */
export function subtypesOf(api: ApiDescription, parent: Node): readonly Node[] {
  if (!isParent(parent.value)) return []
  let heirs = known.get(api)
  if (heirs === undefined) known.set(api, (heirs = heirsIn(api)))
  const found = new Map<unknown, Node>(mapped(api, parent).map((node) => [node.value, node]))
  const above = new Set<unknown>([parent.value])
  for (const value of above) {
    for (const heir of heirs.get(value) ?? []) {
      found.set(heir.value, heir)
      above.add(heir.value)
    }
  }
  found.delete(parent.value)
  return [...found.values()]
}

function isParent(value: unknown): boolean {
  if (!isObject(value) || Object.hasOwn(value, 'oneOf') || Object.hasOwn(value, 'anyOf')) return false
  return isObject(value['discriminator']) || typeof value['discriminator'] === 'string'
}

function mapped(api: ApiDescription, parent: Node): readonly Node[] {
  const discriminator = field(parent.value, 'discriminator')
  const mapping = objectField(discriminator, 'mapping') ?? {}
  return [...Object.values(mapping), field(discriminator, 'defaultMapping')].flatMap((target) => {
    if (typeof target !== 'string') return []
    const isName = /^[\w.-]+$/.test(target) && !/\.(?:json|ya?ml)$/i.test(target)
    return resolve(api, parent, isName ? `#/components/schemas/${target}` : target) ?? []
  })
}

function heirsIn(api: ApiDescription): Heirs {
  const heirs = new Map<unknown, Node[]>()
  for (const node of schemasIn(api)) {
    for (const member of listField(node.value, 'allOf')) {
      const ref = textField(member, '$ref')
      const above = ref === null ? undefined : resolve(api, node, ref)?.value
      const others = heirs.get(above)
      if (others !== undefined) others.push(node)
      else if (isObject(above)) heirs.set(above, [node])
    }
  }
  return heirs
}

/** The named schemas of all files. */
function schemasIn({ documents }: ApiDescription): readonly Node[] {
  return [...documents.values()].flatMap(({ path, value }) => {
    const root = { file: path, pointer: '', value }
    const components = childNode(root, 'components')
    const maps = [components === undefined ? undefined : childNode(components, 'schemas'), childNode(root, 'definitions')]
    return maps.flatMap((map) => {
      const entries = mapNode(map)
      return entries === null ? [] : entriesOfMap(entries).map(([, node]) => node)
    })
  })
}
