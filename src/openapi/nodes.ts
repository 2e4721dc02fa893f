/** Going down from a node to the nodes in it, with the pointer kept. */
import { childPointer } from './json-pointer.ts'
import { follow } from './resolve.ts'
import type { ApiDescription, JsonObject, Node, SchemaNode } from './types.ts'
import { isList, isObject } from './values.ts'

/** The entry under `key`; undefined when the node has none, or holds null there. */
export function childNode(node: Node, key: string): Node | undefined {
  if (!isObject(node.value) || !Object.hasOwn(node.value, key)) return undefined
  const value = node.value[key]
  return value === undefined || value === null ? undefined : { file: node.file, pointer: childPointer(node.pointer, key), value }
}

/** The node as a map, or null. */
export function mapNode(node: Node | undefined): Node<JsonObject> | null {
  if (node === undefined || !isObject(node.value)) return null
  return { file: node.file, pointer: node.pointer, value: node.value }
}

/** The items of the list under `key`. A list may be kept elsewhere behind a `$ref`, which the specification does not foresee and bundlers allow. */
export function itemNodes(api: ApiDescription, node: Node, key: string): readonly Node[] {
  const written = childNode(node, key)
  const list = written === undefined ? undefined : follow(api, written)
  if (list === undefined || !isList(list.value)) return []
  return list.value.map((value, index) => ({ file: list.file, pointer: childPointer(list.pointer, index), value }))
}

/** The entries of the map under `key`, by name, in document order. The map may be kept elsewhere behind a `$ref`, as above. */
export function entryNodes(api: ApiDescription, node: Node, key: string): readonly (readonly [string, Node])[] {
  const map = followedMap(api, childNode(node, key))
  return map === null ? [] : entriesOfMap(map)
}

/** The entries of a map by name. */
export function entriesOfMap(map: Node<JsonObject>): readonly (readonly [string, Node])[] {
  return Object.keys(map.value).map(
    (name) => [name, { file: map.file, pointer: childPointer(map.pointer, name), value: map.value[name] }] as const,
  )
}

/** The map that a node or its chain of references leads to, or null. */
export function followedMap(api: ApiDescription, node: Node | undefined): Node<JsonObject> | null {
  return node === undefined ? null : mapNode(follow(api, node))
}

/** The root of the description as a node. */
export function rootNode(api: ApiDescription): Node<JsonObject> {
  return { file: api.path, pointer: '', value: api.root }
}

/** The schema under `key`, its own `$ref` not followed. */
export function schemaNode(api: ApiDescription, node: Node, key: string): SchemaNode | null {
  const schema = childNode(node, key)
  return schema === undefined ? null : { ...schema, dialect: schemaDialect(api) }
}

/** How schemas of a description are read. 3.2 uses the dialect of 3.1. */
export function schemaDialect(api: ApiDescription): '2.0' | '3.0' | '3.1' {
  return api.version === '3.2' ? '3.1' : api.version
}
