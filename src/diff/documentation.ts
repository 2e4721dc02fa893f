/** What differs between two objects in words for people and in extensions, key by key. */
import type { JsonObject, Node } from '../openapi/types.ts'
import { childNode } from '../openapi/nodes.ts'
import { field } from '../openapi/values.ts'
import { sameJson } from './same-json.ts'

/** Extensions that lifecycle.ts and the schema engine judge. */
const judged = new Set(['x-sunset', 'x-stability-level', 'x-extensible-enum'])

/** A key whose value differs, and where it stands on each side. */
export interface KeyChange {
  readonly key: string
  readonly base: Node | null
  readonly head: Node | null
}

/** The differing ones of these keys. */
export function changedKeys(base: Node<JsonObject>, head: Node<JsonObject>, keys: readonly string[]): readonly KeyChange[] {
  return keys
    .filter((key) => !sameJson(field(base.value, key), field(head.value, key)))
    .map((key) => ({ key, base: childNode(base, key) ?? null, head: childNode(head, key) ?? null }))
}

/** The differing extensions that nothing else judges. */
export function changedExtensions(base: Node<JsonObject>, head: Node<JsonObject>): readonly KeyChange[] {
  const keys = new Set([...Object.keys(base.value), ...Object.keys(head.value)])
  return changedKeys(
    base,
    head,
    [...keys].filter((key) => key.startsWith('x-') && !judged.has(key)),
  )
}
