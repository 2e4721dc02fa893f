/** Schemas that are referred to by name instead of by place: `$anchor`, `$dynamicAnchor` and `$id` (OpenAPI 3.1, JSON Schema 2020-12),
 * and the `$self` of a document (3.2). */
import { childPointer } from './json-pointer.ts'
import type { ApiDescription, Node } from './types.ts'
import { isList, isObject } from './values.ts'

export interface NamedSchemas {
  readonly byAnchor: (file: string, anchor: string) => Node | undefined
  readonly byId: (id: string) => Node | undefined
}

const indexes = new WeakMap<ApiDescription, NamedSchemas>()

/** The index of a description, built by one walk the first time that a reference needs it. The first of two equal names counts. */
export function namedSchemas(api: ApiDescription): NamedSchemas {
  let index = indexes.get(api)
  if (index === undefined) indexes.set(api, (index = buildIndex(api)))
  return index
}

function buildIndex(api: ApiDescription): NamedSchemas {
  const anchors = new Map<string, Node>()
  const ids = new Map<string, Node>()
  for (const document of api.documents.values()) {
    if (!/\$(?:id|self|anchor|dynamicAnchor)\b/.test(document.text)) continue
    collect({ file: document.path, pointer: '', value: document.value }, anchors, ids)
  }
  return { byAnchor: (file, anchor) => anchors.get(anchorKey(file, anchor)), byId: (id) => ids.get(withoutEmptyFragment(id)) }
}

function collect(node: Node, anchors: Map<string, Node>, ids: Map<string, Node>): void {
  const { value } = node
  if (isObject(value)) register(node, value, { anchors, ids })
  const entries = isList(value) ? value.entries() : isObject(value) ? Object.entries(value) : []
  for (const [key, child] of entries) {
    if (typeof child === 'object' && child !== null)
      collect({ file: node.file, pointer: childPointer(node.pointer, key), value: child }, anchors, ids)
  }
}

function register(node: Node, value: Record<string, unknown>, names: { anchors: Map<string, Node>; ids: Map<string, Node> }): void {
  for (const keyword of ['$anchor', '$dynamicAnchor']) {
    const anchor = Object.hasOwn(value, keyword) ? value[keyword] : undefined
    const key = typeof anchor === 'string' ? anchorKey(node.file, anchor) : null
    if (key !== null && !names.anchors.has(key)) names.anchors.set(key, node)
  }
  const id = Object.hasOwn(value, '$id') ? value['$id'] : node.pointer === '' ? value['$self'] : undefined
  if (typeof id === 'string' && !names.ids.has(withoutEmptyFragment(id))) names.ids.set(withoutEmptyFragment(id), node)
}

function anchorKey(file: string, anchor: string): string {
  return `${file}#${anchor}`
}

function withoutEmptyFragment(id: string): string {
  return id.endsWith('#') ? id.slice(0, -1) : id
}
