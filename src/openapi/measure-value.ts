/** How deep a parsed value is and how large it would be with its YAML aliases written out. */
import { maxAliasNodes, maxDepth } from './limits.ts'
import type { Mistake } from './parse-result.ts'

/**
 * Null when the value is within bounds, else why not. Values from JSON are trees; those from YAML may share parts or contain themselves,
 * so each shared part is measured once and counted as often as it occurs.
 */
export function measureValue(value: unknown, format: 'json' | 'yaml'): Mistake | null {
  if (typeof value !== 'object' || value === null) return null
  if (format === 'json') return treeIsWithin(value, maxDepth) ? null : mistake(depthMessage)
  const measured = measureShared(value)
  if (measured === 'cyclic')
    return mistake(
      'A YAML alias (`*name`) stands inside its own anchor (`&name`), so the document has no end. Write the repetition as a `$ref`.',
    )
  if (measured.depth > maxDepth) return mistake(depthMessage)
  if (measured.written - measured.distinct > maxAliasNodes) {
    return mistake(
      `Written out, the YAML aliases (\`*name\`) add more than ${maxAliasNodes.toLocaleString('en')} values. Use \`$ref\` for what repeats.`,
    )
  }
  return null
}

const depthMessage = `Maps and lists are nested more than ${String(maxDepth)} levels deep; such a document is not read. Move the inner parts to components and use \`$ref\`.`

function mistake(message: string): Mistake {
  return { kind: 'too-large', message, line: 1, column: 1 }
}

function treeIsWithin(value: object, levels: number): boolean {
  if (levels <= 0) return false
  const children: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  for (const child of children) {
    if (typeof child === 'object' && child !== null && !treeIsWithin(child, levels - 1)) return false
  }
  return true
}

interface Size {
  /** Nodes with multiplicity; grows beyond the safe integers without harm. */
  readonly written: number
  readonly depth: number
}

/** Iterative, because a chain of aliases may be nested deeper than the text. */
function measureShared(root: object): (Size & { readonly distinct: number }) | 'cyclic' {
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
  for (const child of Object.values(node)) {
    const nested: unknown = child
    const size = typeof nested === 'object' && nested !== null ? sizes.get(nested) : undefined
    if (size === undefined || size === 'open') written += 1
    else {
      written += size.written
      depth = Math.max(depth, size.depth)
    }
  }
  return { written, depth: depth + 1 }
}

function distinctNodes(sizes: ReadonlyMap<object, unknown>): number {
  let count = 0
  for (const node of sizes.keys()) count += 1 + Object.keys(node).length
  return count
}
