/** How deep a parsed value is and how large it would be with its YAML aliases written out. */
import { maxAliasNodes, maxDepth, maxFileCharacters } from './limits.ts'
import { isList, isObject } from './values.ts'

export type Excess = 'deep' | 'cyclic' | 'expanding'

/**
 * How many keys the maps of a value from JSON have, together; null when it is nested deeper than that many levels. `for in` rather than
 * `Object.values`: this looks at every node of every JSON file, and the lists would cost as much again. Parsed values inherit nothing enumerable.
 */
export function countKeys(value: unknown, levels: number): number | null {
  if (typeof value !== 'object' || value === null) return 0
  if (levels <= 0) return null
  let count = 0
  if (isList(value)) {
    for (const item of value) {
      if (typeof item !== 'object' || item === null) continue
      const below = countKeys(item, levels - 1)
      if (below === null) return null
      count += below
    }
  } else if (isObject(value)) {
    for (const key in value) {
      count += 1
      const child = value[key]
      if (typeof child !== 'object' || child === null) continue
      const below = countKeys(child, levels - 1)
      if (below === null) return null
      count += below
    }
  }
  return count
}

/**
 * Null when a value from YAML is within bounds, else in which way it is not. It may share parts or contain itself, so each shared part is
 * measured once and counted as often as it occurs.
 */
export function measureShared(value: unknown): Excess | null {
  if (typeof value !== 'object' || value === null) return null
  const measured = sizeOf(value)
  if (measured === 'cyclic') return 'cyclic'
  if (measured.depth > maxDepth) return 'deep'
  // No text is longer than its file, unless aliases repeat it.
  if (measured.characters > maxFileCharacters) return 'expanding'
  return measured.written - measured.distinct > maxAliasNodes ? 'expanding' : null
}

interface Size {
  /** Nodes with multiplicity; grows beyond the safe integers without harm. */
  readonly written: number
  readonly depth: number
  /** Of the keys and texts, with multiplicity: one long text that a thousand aliases repeat is as large as a thousand texts. */
  readonly characters: number
}

/** Iterative, because a chain of aliases may be nested deeper than the text. */
function sizeOf(root: object): (Size & { readonly distinct: number }) | 'cyclic' {
  const sizes = new Map<object, Size | 'open'>()
  const stack: object[] = [root]
  while (stack.length > 0) {
    const node = stack[stack.length - 1] ?? root
    const state = sizes.get(node)
    if (state === undefined) {
      sizes.set(node, 'open')
      for (const child of Object.values(node)) {
        const nested: unknown = child
        if (typeof nested !== 'object' || nested === null) continue
        const known = sizes.get(nested)
        if (known === 'open') return 'cyclic'
        if (known === undefined) stack.push(nested)
      }
      continue
    }
    stack.pop()
    if (state === 'open') sizes.set(node, sumOf(node, sizes))
  }
  const size = sizes.get(root)
  return size === undefined || size === 'open' ? 'cyclic' : { ...size, distinct: distinctNodes(sizes) }
}

function sumOf(node: object, sizes: ReadonlyMap<object, Size | 'open'>): Size {
  let written = 1
  let depth = 0
  let characters = 0
  for (const [key, child] of Object.entries(node)) {
    if (!isList(node)) characters += key.length
    const nested: unknown = child
    const size = typeof nested === 'object' && nested !== null ? sizes.get(nested) : undefined
    if (typeof nested === 'string') characters += nested.length
    if (size === undefined || size === 'open') written += 1
    else {
      written += size.written
      depth = Math.max(depth, size.depth)
      characters += size.characters
    }
  }
  return { written, depth: depth + 1, characters }
}

function distinctNodes(sizes: ReadonlyMap<object, unknown>): number {
  let count = 0
  for (const node of sizes.keys()) count += 1 + Object.keys(node).length
  return count
}
