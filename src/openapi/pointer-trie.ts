/** The pointers to look up, as a tree of tokens, so that one pass over a text finds them all; offsets are written into it as they are found. */
import { tokensOf } from './json-pointer.ts'
import { lineIndex } from './line-index.ts'

/** Line and column are 1-based; `endLine` is the last line of the element. */
export interface Range {
  readonly line: number
  readonly column: number
  readonly endLine: number
}

export interface TrieNode {
  readonly children: Map<string, TrieNode>
  readonly parent: TrieNode | null
  /** Offset of the key or item; -1 until found. */
  start: number
  /** Offset behind the element's last character; -1 until found. */
  end: number
}

export interface PointerTrie {
  readonly root: TrieNode
  /** Call once the offsets are in. */
  readonly ranges: (text: string) => ReadonlyMap<string, Range>
}

/** The tree of these pointers. */
export function pointerTrie(pointers: readonly string[]): PointerTrie {
  const root = trieNode(null)
  const leaves = new Map<string, TrieNode>()
  for (const pointer of pointers) leaves.set(pointer, insert(root, tokensOf(pointer)))
  return { root, ranges: (text) => rangesOf(leaves, text) }
}

function trieNode(parent: TrieNode | null): TrieNode {
  return { children: new Map(), parent, start: -1, end: -1 }
}

function insert(root: TrieNode, tokens: readonly string[]): TrieNode {
  let node = root
  for (const token of tokens) {
    let next = node.children.get(token)
    if (next === undefined) node.children.set(token, (next = trieNode(node)))
    node = next
  }
  return node
}

function rangesOf(leaves: ReadonlyMap<string, TrieNode>, text: string): ReadonlyMap<string, Range> {
  const found = [...leaves].map(([pointer, leaf]) => {
    const { start, end } = nearest(leaf)
    return { pointer, start: Math.max(start, 0), last: lastInk(text, end) }
  })
  const positionOf = lineIndex(
    text,
    found.flatMap(({ start, last }) => [start, last]),
  )
  return new Map(
    found.map(({ pointer, start, last }) => {
      const { line, column } = positionOf(start)
      return [pointer, { line, column, endLine: Math.max(line, positionOf(last).line) }] as const
    }),
  )
}

function nearest(leaf: TrieNode): TrieNode {
  let node = leaf
  while (node.start < 0 && node.parent !== null) node = node.parent
  return node
}

/** The offset of the last character before `end` that is not white space. */
function lastInk(text: string, end: number): number {
  let offset = end - 1
  while (offset > 0 && /\s/.test(text.charAt(offset))) offset -= 1
  return Math.max(offset, 0)
}
