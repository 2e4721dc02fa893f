/** Offsets in YAML that only the `yaml` package reads: exact and slow (measured: 60 times `JSON.parse`), so the last resort. */
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml'
import { yamlOptions } from './parse-yaml.ts'
import type { TrieNode } from './pointer-trie.ts'

/** Writes the offsets of all pointers of the tree into it; nothing when the text cannot be read at all. */
export function locateInYamlTree(text: string, root: TrieNode): void {
  try {
    const document = parseDocument(text, yamlOptions)
    mark(root, document.contents, document.contents)
    visit(document, document.contents, root)
  } catch {
    return
  }
}

function visit(document: Document.Parsed, value: unknown, node: TrieNode): void {
  if (node.children.size === 0) return
  const target = isAlias(value) ? value.resolve(document) : value
  if (isMap(target)) visitMap(document, target.items, node)
  if (!isSeq(target)) return
  target.items.forEach((item, index) => {
    const child = node.children.get(String(index))
    if (child === undefined) return
    mark(child, item, item)
    visit(document, item, child)
  })
}

function visitMap(document: Document.Parsed, items: readonly { readonly key: unknown; readonly value: unknown }[], node: TrieNode): void {
  for (const { key, value } of items) {
    const child = node.children.get(nameOf(key))
    if (child === undefined || child.start >= 0) continue
    mark(child, key, value ?? key)
    visit(document, value, child)
  }
  for (const { key, value } of items) {
    if (nameOf(key) === '<<') visitMerged(document, value, node)
  }
}

function visitMerged(document: Document.Parsed, value: unknown, node: TrieNode): void {
  if ([...node.children.values()].every((child) => child.start >= 0)) return
  const target = isAlias(value) ? value.resolve(document) : value
  if (isMap(target)) visitMap(document, target.items, node)
  if (isSeq(target)) for (const item of target.items) visitMerged(document, item, node)
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value ?? '') : ''
}

function mark(node: TrieNode, first: unknown, last: unknown): void {
  node.start = rangeOf(first)[0]
  node.end = rangeOf(last)[1]
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range : []
  const [start, end]: readonly unknown[] = range
  return typeof start === 'number' && typeof end === 'number' ? [start, end] : [0, 0]
}
