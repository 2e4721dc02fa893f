/**
 * The document with its references followed, as Spectral's functions expect it: shared parts stay shared (a graph, not a tree written out), circular
 * references stay references. Remembers where the parts behind references really stand.
 */
import { childPointer } from '../../openapi/json-pointer.ts'
import { resolve } from '../../openapi/resolve.ts'
import type { ApiDescription, JsonObject, Node } from '../../openapi/types.ts'
import { isList, isObject } from '../../openapi/values.ts'
import { regexVerdict } from '../regex-safety.ts'

export interface ResolvedTree {
  readonly root: unknown
  /** Where the element at a path of the resolved document really stands; the nearest existing one when the path leads further. */
  readonly locate: (path: readonly (string | number)[]) => Node
  /** Values written out below a value, counted with multiplicity and cut at a million. */
  readonly sizeOf: (value: unknown) => number
}

/** References and maps within each other; deeper ones stay as they are written. */
const maxDepth = 900
const maxSize = 1_000_000

const trees = new WeakMap<object, ResolvedTree>()

/** The resolved document, or an excerpt of it; computed once for each. Never reads anything but the description's own files. */
export function resolvedTree(api: ApiDescription, root: JsonObject = api.root): ResolvedTree {
  let tree = trees.get(root)
  if (tree === undefined) trees.set(root, (tree = new TreeBuilder(api).build(root)))
  return tree
}

class TreeBuilder {
  private readonly api: ApiDescription
  private readonly built = new Map<object, unknown>()
  private readonly building = new Set<object>()
  /** Resolved objects that stand behind references, and where. */
  private readonly origins = new Map<object, Node>()
  private readonly sizes = new Map<object, number>()

  constructor(api: ApiDescription) {
    this.api = api
  }

  build(written: JsonObject): ResolvedTree {
    const start: Node = { file: this.api.path, pointer: '', value: written }
    const root = this.resolved(start, 0)
    return { root, locate: (path) => this.locate(start, root, path), sizeOf: (value) => this.size(value, 0) }
  }

  private resolved(node: Node, depth: number): unknown {
    const { value } = node
    if (typeof value !== 'object' || value === null || depth > maxDepth) return value
    if (this.built.has(value)) return this.built.get(value)
    if (this.building.has(value)) return value
    this.building.add(value)
    const result = this.behind(node, depth) ?? this.copied(node, value, depth)
    this.building.delete(value)
    this.built.set(value, result)
    return result
  }

  /** What a reference leads to; undefined when it is none, leads nowhere, or back to where we are. */
  private behind(node: Node, depth: number): unknown {
    const ref = isObject(node.value) && Object.hasOwn(node.value, '$ref') ? node.value['$ref'] : undefined
    const target = typeof ref === 'string' ? resolve(this.api, node, ref) : undefined
    if (target === undefined || (typeof target.value === 'object' && target.value !== null && this.building.has(target.value)))
      return undefined
    const result = this.resolved(target, depth + 1)
    if (typeof result === 'object' && result !== null && !this.origins.has(result)) this.origins.set(result, target)
    return result ?? undefined
  }

  /** The object itself where nothing below changes, so that what is shared stays shared. */
  private copied(node: Node, value: object, depth: number): unknown {
    const child = (key: string | number, written: unknown): unknown =>
      this.resolved({ file: node.file, pointer: childPointer(node.pointer, key), value: written }, depth + 1)
    if (isList(value)) {
      const items = value.map((item, index) => child(index, item))
      return items.every((item, index) => item === value[index]) ? value : items
    }
    if (!isObject(value)) return value
    const entries = Object.keys(value).map((key) => [key, harmless(key, child(key, value[key]))] as const)
    return entries.every(([key, item]) => item === value[key]) ? value : Object.fromEntries(entries)
  }

  /** Follows the path in the resolved document, and beside it in what is written: a finding's value is what stands at its place. */
  private locate(start: Node, root: unknown, path: readonly (string | number)[]): Node {
    let node = start
    let resolved = root
    for (const key of path) {
      resolved = childOf(resolved, key)
      if (resolved === undefined) break
      const origin = typeof resolved === 'object' && resolved !== null ? this.origins.get(resolved) : undefined
      node = origin ?? { file: node.file, pointer: childPointer(node.pointer, key), value: childOf(node.value, key) }
    }
    return node
  }

  private size(value: unknown, depth: number): number {
    if (typeof value !== 'object' || value === null) return 1
    const known = this.sizes.get(value)
    if (known !== undefined) return known
    if (depth > maxDepth) return maxSize
    this.sizes.set(value, maxSize)
    let size = 1
    for (const child of Object.values(value)) size = Math.min(maxSize, size + this.size(child, depth + 1))
    this.sizes.set(value, size)
    return size
  }
}

function childOf(value: unknown, key: string | number): unknown {
  if (isList(value)) return value[Number(key)]
  return isObject(value) && Object.hasOwn(value, String(key)) ? value[String(key)] : undefined
}

/** A pattern that can take exponential time is replaced by one that accepts everything: validators of examples would run it. */
function harmless(key: string, value: unknown): unknown {
  return key === 'pattern' && typeof value === 'string' && regexVerdict(value) === 'exponential' ? '.*' : value
}
