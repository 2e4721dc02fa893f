/** Offsets in YAML that only the `yaml` package reads: exact and slow (measured: 60 times `JSON.parse`), so the last resort. */
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Alias, type Node } from 'yaml'
import { yamlOptions } from './parse-yaml.ts'
import type { TrieNode } from './pointer-trie.ts'
import { field, isList } from './values.ts'
import { aliasTargets, isMergeKey } from './yaml-tree.ts'

type Targets = ReadonlyMap<Alias, Node>

/** Writes the offsets of all pointers of the tree into it; nothing when the text cannot be read at all. */
export function locateInYamlTree(text: string, root: TrieNode): void {
  try {
    const document = parseDocument(text, yamlOptions)
    mark(root, document.contents, document.contents)
    visit(aliasTargets(document), document.contents, root)
  } catch {
    return
  }
}

function targetOf(targets: Targets, value: unknown): unknown {
  return isAlias(value) ? targets.get(value) : value
}

function visit(targets: Targets, value: unknown, node: TrieNode): void {
  if (node.children.size === 0) return
  const target = targetOf(targets, value)
  if (isMap(target)) visitMap(targets, target.items, { node, merged: new Set() })
  if (!isSeq(target)) return
  target.items.forEach((item, index) => {
    const child = node.children.get(String(index))
    if (child === undefined) return
    mark(child, item, item)
    visit(targets, item, child)
  })
}

/** A map that is being read for a tree node, and the merged maps already read for it. */
interface Reading {
  readonly node: TrieNode
  readonly merged: Set<unknown>
}

function visitMap(targets: Targets, items: readonly { readonly key: unknown; readonly value: unknown }[], reading: Reading): void {
  for (const { key, value } of items) {
    const child = reading.node.children.get(nameOf(targets, key) ?? '')
    if (child === undefined || child.start >= 0) continue
    mark(child, key, value ?? key)
    visit(targets, value, child)
  }
  for (const { key, value } of items) {
    if (isMergeKey(key)) visitMerged(targets, value, reading)
  }
}

function visitMerged(targets: Targets, value: unknown, reading: Reading): void {
  const target = targetOf(targets, value)
  if (reading.merged.has(target) || [...reading.node.children.values()].every((child) => child.start >= 0)) return
  reading.merged.add(target)
  if (isMap(target)) visitMap(targets, target.items, reading)
  if (isSeq(target)) for (const item of target.items) visitMerged(targets, item, reading)
}

/** Null for a key that is no scalar; no description has one. */
function nameOf(targets: Targets, key: unknown): string | null {
  const target = targetOf(targets, key)
  return isScalar(target) ? String(target.value) : null
}

function mark(node: TrieNode, first: unknown, last: unknown): void {
  node.start = rangeOf(first)[0]
  node.end = rangeOf(last)[1]
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = field(node, 'range')
  const [start, end] = isList(range) ? range : []
  return typeof start === 'number' && typeof end === 'number' ? [start, end] : [0, 0]
}
