/** The tree of the `yaml` package as a plain value, in the way js-yaml makes it: linear, aliases shared, merge keys merged, duplicate keys noticed. */
import { isAlias, isMap, isScalar, isSeq, type Alias, type Document, type Node } from 'yaml'
import { maxMergedKeys } from './limits.ts'

/** The value, or the offset of the first key that its map already has. Throws on an alias without an anchor, a key that is no scalar and too many merged keys. */
export function yamlTreeValue(document: Document.Parsed): { readonly value: unknown } | { readonly duplicateAt: number } {
  const state: State = { anchors: new Map(), mergedKeys: 0, duplicateAt: null }
  const value = valueOf(document.contents, state)
  return state.duplicateAt === null ? { value } : { duplicateAt: state.duplicateAt }
}

/** Where each alias of the document leads: the last node before it that has the anchor. */
export function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target !== undefined) targets.set(node, target)
      return
    }
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) anchors.set(node.anchor, node)
    if (isSeq(node)) for (const item of node.items) visit(item)
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      visit(key)
      visit(value)
    }
  }
  visit(document.contents)
  return targets
}

/** A plain `<<`; a quoted one is an ordinary key. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<'
}

interface State {
  readonly anchors: Map<string, unknown>
  mergedKeys: number
  duplicateAt: number | null
}

function valueOf(node: unknown, state: State): unknown {
  if (isAlias(node)) {
    if (!state.anchors.has(node.source)) throw new Error(`The alias \`*${node.source}\` has no anchor.`)
    return state.anchors.get(node.source)
  }
  if (isSeq(node)) {
    const list: unknown[] = []
    remember(node.anchor, list, state)
    for (const item of node.items) list.push(valueOf(item, state))
    return list
  }
  if (isMap(node)) return mapOf(node, state)
  if (!isScalar(node)) return null
  remember(node.anchor, node.value, state)
  return node.value
}

function mapOf(
  node: { readonly anchor?: string | undefined; readonly items: readonly { readonly key: unknown; readonly value: unknown }[] },
  state: State,
): unknown {
  const entries = new Map<string, unknown>()
  const merges: unknown[] = []
  const map: Record<string, unknown> = {}
  remember(node.anchor, map, state)
  for (const { key, value } of node.items) {
    const name = keyOf(key, state)
    if (isMergeKey(key)) merges.push(...mergedMaps(valueOf(value, state)))
    else {
      if (entries.has(name)) state.duplicateAt ??= offsetOf(key)
      entries.set(name, valueOf(value, state))
    }
  }
  for (const merged of merges) merge(merged, entries, state)
  for (const [name, value] of entries) define(map, name, value)
  return map
}

function mergedMaps(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function merge(merged: unknown, entries: Map<string, unknown>, state: State): void {
  if (typeof merged !== 'object' || merged === null || Array.isArray(merged)) throw new Error('Only maps can be merged.')
  for (const [name, value] of Object.entries(merged)) {
    state.mergedKeys += 1
    if (state.mergedKeys > maxMergedKeys) throw new Error('Too many merged keys.')
    if (!entries.has(name)) entries.set(name, value)
  }
}

/** As an own property even for `__proto__`. */
function define(map: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true })
  else map[name] = value
}

function remember(anchor: string | undefined, value: unknown, state: State): void {
  if (anchor !== undefined) state.anchors.set(anchor, value)
}

function keyOf(key: unknown, state: State): string {
  const value = valueOf(key, state)
  if (typeof value === 'object' && value !== null) throw new Error('A key is not a scalar.')
  return String(value)
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0
}
