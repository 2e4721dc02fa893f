/** Offsets in JSON: one pass that looks into the maps and lists that are asked for and skips the rest. The text has been parsed before, so it is valid. */
import { isIndex } from './json-pointer.ts'
import type { TrieNode } from './pointer-trie.ts'

const quote = 34
const backslash = 92

/** Writes the offsets of all pointers of the tree into it. Of equal keys the last counts, as in `JSON.parse`. */
export function locateInJson(text: string, root: TrieNode): void {
  const start = skipSpace(text, 0)
  root.start = start
  root.end = readValue(text, start, root)
}

/** Reads the value at `offset` for the places below `node`; returns the offset behind it. */
function readValue(text: string, offset: number, node: TrieNode): number {
  const first = text.charAt(offset)
  if (node.children.size === 0 || (first !== '{' && first !== '[')) return skipValue(text, offset)
  forget(node)
  return first === '{' ? readMap(text, offset, node) : readList(text, offset, node)
}

/** A map that was read before under the same, repeated key does not count. */
function forget(node: TrieNode): void {
  for (const child of node.children.values()) {
    if (child.start < 0) continue
    child.start = -1
    child.end = -1
    forget(child)
  }
}

function readMap(text: string, offset: number, node: TrieNode): number {
  let position = skipSpace(text, offset + 1)
  while (position < text.length && text.charAt(position) !== '}') {
    const keyEnd = skipString(text, position)
    const child = node.children.get(keyOf(text, position, keyEnd))
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1)
    const end = child === undefined ? skipValue(text, valueStart) : readValue(text, valueStart, child)
    if (child !== undefined) mark(child, position, end)
    position = nextEntry(text, end)
  }
  return position + 1
}

function readList(text: string, offset: number, node: TrieNode): number {
  const last = lastIndex(node)
  let position = skipSpace(text, offset + 1)
  for (let index = 0; index <= last && position < text.length && text.charAt(position) !== ']'; index += 1) {
    const child = node.children.get(String(index))
    const end = child === undefined ? skipValue(text, position) : readValue(text, position, child)
    if (child !== undefined) mark(child, position, end)
    position = nextEntry(text, end)
  }
  return skipToClosing(text, position)
}

function mark(node: TrieNode, start: number, end: number): void {
  node.start = start
  node.end = end
}

function lastIndex(node: TrieNode): number {
  return Math.max(-1, ...[...node.children.keys()].filter(isIndex).map(Number))
}

function nextEntry(text: string, end: number): number {
  const position = skipSpace(text, end)
  return text.charAt(position) === ',' ? skipSpace(text, position + 1) : position
}

function keyOf(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1)
  if (!raw.includes('\\')) return raw
  const key: unknown = JSON.parse(text.slice(start, end))
  return typeof key === 'string' ? key : raw
}

function skipSpace(text: string, offset: number): number {
  let position = offset
  for (let code = text.charCodeAt(position); code === 32 || code === 10 || code === 13 || code === 9; code = text.charCodeAt(position))
    position += 1
  return position
}

/** `offset` is at the opening quote. */
function skipString(text: string, offset: number): number {
  let end = text.indexOf('"', offset + 1)
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end < 0 ? text.length : end + 1
}

function isEscaped(text: string, offset: number): boolean {
  let first = offset
  while (text.charCodeAt(first - 1) === backslash) first -= 1
  return (offset - first) % 2 === 1
}

function skipValue(text: string, offset: number): number {
  const first = text.charAt(offset)
  if (first === '"') return skipString(text, offset)
  if (first === '{' || first === '[') return skipToClosing(text, offset + 1)
  let position = offset
  while (position < text.length && !/[\s,\]}]/.test(text.charAt(position))) position += 1
  return position
}

/** From inside a map or list to the offset behind its closing bracket. */
function skipToClosing(text: string, offset: number): number {
  let depth = 1
  let position = offset
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (code === quote) position = skipString(text, position)
    else {
      position += 1
      // `{` and `[` are 123 and 91, `}` and `]` 125 and 93.
      if (code === 123 || code === 91) depth += 1
      else if ((code === 125 || code === 93) && (depth -= 1) === 0) return position
    }
  }
  return position
}
