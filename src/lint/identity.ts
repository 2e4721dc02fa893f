/** How findings are recognised again: by rule and meaning, never by line, so that reformatting, moving and `$ref` refactorings leave them as they are. */
import { pointerOf, tokensOf } from '../openapi/json-pointer.ts'
import type { Node, Operation } from '../openapi/types.ts'
import { isList, isObject } from '../openapi/values.ts'
import { hashHex } from '../sha256.ts'
import type { Hit, Use } from './rule.ts'

/** Paths of head that base has under another name. */
export type RenamedPaths = ReadonlyMap<string, string>

/** The key of an operation, with the path that base knows it by. */
function operationKey({ kind, method, path }: Operation, renamed?: RenamedPaths): string {
  return `${kind} ${method} ${renamed?.get(path) ?? path}`
}

/** What one use is recognised by: operation, class of status, and the way to it. */
export function useKey(use: Use, renamed?: RenamedPaths): string {
  const status = use.status === null ? '' : /^\d/.test(use.status) ? `${use.status.slice(0, 1)}XX` : use.status
  return `${operationKey(use.operation, renamed)} ${status} ${use.trail}`
}

/** The keys of a hit; it is new when one of them is unknown on the other side. Never empty. */
export function keysOf(hit: Hit, uses: readonly Use[], renamed?: RenamedPaths): readonly string[] {
  const { identity } = hit
  if (identity?.by === 'uses' && uses.length > 0) return uses.map((use) => useKey(use, renamed))
  if (identity?.by === 'value') return [hashHex(identity.value)]
  if (identity?.by === 'place') return [identity.name]
  return [semanticPlace(hit.at, renamed)]
}

/** Components by their name, whatever file they stand in; operations by the path that base knows them by; the rest by file. */
export function semanticPlace({ file, pointer }: { readonly file: string; readonly pointer: string }, renamed?: RenamedPaths): string {
  const component = componentOf(pointer)
  if (component !== null) return `${component.name} ${component.rest}`
  const [first, path = '', ...rest] = tokensOf(pointer)
  const known = first === 'paths' ? renamed?.get(path) : undefined
  return `${file}#${known === undefined ? pointer : pointerOf(['paths', known, ...rest])}`
}

/** Sections that hold components, and what they are called in OpenAPI 3. */
const sections: ReadonlyMap<string, string> = new Map([
  ['definitions', 'schemas'],
  ['parameters', 'parameters'],
  ['responses', 'responses'],
  ['securityDefinitions', 'securitySchemes'],
])

/** The component a pointer leads into, as `schemas/User`, and the pointer within it; null outside components. */
export function componentOf(pointer: string): { readonly name: string; readonly rest: string } | null {
  const [first = '', second, third, ...rest] = tokensOf(pointer)
  if (first === 'components' && second !== undefined && third !== undefined) return { name: `${second}/${third}`, rest: rest.join('/') }
  const section = sections.get(first)
  return section === undefined || second === undefined
    ? null
    : { name: `${section}/${second}`, rest: [third, ...rest].filter((token) => token !== undefined).join('/') }
}

/** The fingerprint of an issue: 32 hex digits, from the rule and its first key. Names of path parameters do not count. */
export function fingerprintOf(rule: string, keys: readonly string[]): string {
  let first = keys[0] ?? ''
  for (const key of keys) if (key < first) first = key
  return hashHex(`${rule}\n${withoutParameterNames(first)}`)
}

/** A path, or a text that holds one, with its parameters left nameless. */
export function withoutParameterNames(text: string): string {
  return text.replace(/\{[^{}]*\}/g, '{}')
}

/** The digest of a finding's content: 32 hex digits; changes with the element and with the operations it reaches. */
export function digestOf(rule: string, at: Node, keys: readonly string[]): string {
  return hashHex(`${rule}\n${[...keys].sort().join('\n')}\n${canonical(at.value)}`)
}

/** Values nested deeper than this, or longer, are cut: a digest needs no more to differ when people edit. */
const maxDepth = 100

/** A value as text with sorted keys. */
function canonical(value: unknown, depth = 0): string {
  if (depth > maxDepth) return '…'
  if (isList(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`)
  return `{${entries.join(',')}}`
}
