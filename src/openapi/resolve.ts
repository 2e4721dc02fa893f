/**
 * Follows `$ref` within the documents of one description. What a reference leads to is remembered by description, file and
 * text, so that the same reference is looked up once and the same `Node` comes back each time. More is understood than RFC 6901 and the
 * specifications say, where people rely on what bundlers do: a reference in the middle of a path, `#//a`, and `#/components/...` in a part
 * that means the root document.
 */
import { childPointer, isIndex, tokensOf } from './json-pointer.ts'
import { maxReferenceHops } from './limits.ts'
import { namedSchemas } from './named-schemas.ts'
import { referenceTarget } from './reference-target.ts'
import type { ApiDescription, Node } from './types.ts'
import { isList, isObject, textField } from './values.ts'

type Memo = Map<string, Map<string, Node | undefined>>

const memos = new WeakMap<ApiDescription, Memo>()

/**
 * What `ref`, written in `from.file`, leads to: one step, so the node may itself be a reference. `undefined` for targets that do not
 * exist or lie outside the description's files. Never reads the disk or the network. Cycles are for the walker to notice.
 */
export function resolve(api: ApiDescription, from: { readonly file: string }, ref: string): Node | undefined {
  const memo = memoOf(api, from.file)
  if (memo.has(ref)) return memo.get(ref)
  const node = lookUp(api, from.file, ref)
  memo.set(ref, node)
  return node
}

/**
 * The node behind a chain of references, or the node itself when it is none. `undefined` when the chain breaks or runs in a circle.
 * For parameters, responses and the like; schemas keep what stands beside their `$ref` and use `resolve`.
 */
export function follow(api: ApiDescription, node: Node): Node | undefined {
  let current: Node | undefined = node
  for (let hops = 0; hops < maxReferenceHops && current !== undefined; hops += 1) {
    const ref = textField(current.value, '$ref')
    if (ref === null) return current
    current = resolve(api, current, ref)
  }
  return undefined
}

function memoOf(api: ApiDescription, file: string): Map<string, Node | undefined> {
  let memo = memos.get(api)
  if (memo === undefined) memos.set(api, (memo = new Map<string, Map<string, Node | undefined>>()))
  let ofFile = memo.get(file)
  if (ofFile === undefined) memo.set(file, (ofFile = new Map<string, Node | undefined>()))
  return ofFile
}

function lookUp(api: ApiDescription, from: string, ref: string): Node | undefined {
  const target = referenceTarget(from, ref)
  const document = 'refused' in target ? undefined : api.documents.get(target.file)
  if ('refused' in target || document === undefined) return byName(api, ref)
  const { fragment } = target
  if (fragment !== '' && !fragment.startsWith('/')) return namedSchemas(api).byAnchor(target.file, fragment)
  const found = descendLeniently(api, { file: target.file, pointer: '', value: document.value }, tokensOf(fragment))
  return found ?? (ref.startsWith('#') && from !== api.path ? resolve(api, { file: api.path }, ref) : undefined)
}

/** A schema by its `$id`, or a part of it. Only exact names: relative `$id`s are not joined with each other. */
function byName(api: ApiDescription, ref: string): Node | undefined {
  const [id = '', fragment = ''] = ref.split('#', 2)
  const schema = namedSchemas(api).byId(id)
  if (schema === undefined || fragment === '') return schema
  return fragment.startsWith('/') ? descendLeniently(api, schema, tokensOf(fragment)) : namedSchemas(api).byAnchor(schema.file, fragment)
}

/** `#//a` is `#/a` to most tools, and people rely on it. */
function descendLeniently(api: ApiDescription, root: Node, tokens: readonly string[]): Node | undefined {
  const found = descend(api, root, tokens)
  return found !== undefined || !tokens.includes('')
    ? found
    : descend(
        api,
        root,
        tokens.filter((token) => token !== ''),
      )
}

/** Walks the tokens down. A reference met on the way is followed. */
function descend(api: ApiDescription, root: Node, tokens: readonly string[]): Node | undefined {
  let node: Node = root
  let hops = 0
  for (const token of tokens) {
    let next = child(node, token)
    while (next === undefined) {
      const ref = textField(node.value, '$ref')
      const target = ref === null || (hops += 1) > maxReferenceHops ? undefined : descendInto(api, node, ref)
      if (target === undefined) return undefined
      node = target
      next = child(node, token)
    }
    node = next
  }
  return node
}

/** One reference met half-way. Those that would come back through this very lookup are refused by the memo's placeholder. */
function descendInto(api: ApiDescription, node: Node, ref: string): Node | undefined {
  const memo = memoOf(api, node.file)
  if (!memo.has(ref)) {
    memo.set(ref, undefined)
    memo.set(ref, lookUp(api, node.file, ref))
  }
  return memo.get(ref)
}

function child(node: Node, token: string): Node | undefined {
  const { value } = node
  if (isList(value)) return isIndex(token) && Number(token) < value.length ? entry(node, token, value[Number(token)]) : undefined
  return isObject(value) && Object.hasOwn(value, token) ? entry(node, token, value[token]) : undefined
}

function entry(node: Node, token: string, value: unknown): Node {
  return { file: node.file, pointer: childPointer(node.pointer, token), value }
}
