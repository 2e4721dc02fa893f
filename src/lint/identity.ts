/** How findings are recognised again: by rule and meaning, never by line, so that reformatting, moving and `$ref` refactorings leave them as they are. */
import { tokensOf } from '../openapi/json-pointer.ts'
import type { Node, Operation } from '../openapi/types.ts'
import { isList, isObject } from '../openapi/values.ts'
import { hashHex } from './hash.ts'
import type { Hit, Use } from './rule.ts'

/** The key of an operation; names of path parameters do not count. `renamed` maps keys of head to keys of base. */
export function operationKey(operation: Operation, renamed?: ReadonlyMap<string, string>): string {
  const key = `${operation.kind} ${operation.method} ${operation.path.replace(/\{[^{}]*\}/g, '{}')}`
  return renamed?.get(key) ?? key
}

/** What one use is recognised by: operation, class of status, and the way to it. */
export function useKey(use: Use, renamed?: ReadonlyMap<string, string>): string {
  const status = use.status === null ? '' : /^\d/.test(use.status) ? `${use.status.slice(0, 1)}XX` : use.status
  return `${operationKey(use.operation, renamed)} ${status} ${use.trail}`
}

/** The keys of a hit; it is new when one of them is unknown on the other side. Never empty. */
export function keysOf(hit: Hit, uses: readonly Use[], renamed?: ReadonlyMap<string, string>): readonly string[] {
  const { identity } = hit
  if (identity?.by === 'uses' && uses.length > 0) return uses.map((use) => useKey(use, renamed))
  if (identity?.by === 'value') return [hashHex(identity.value)]
  if (identity?.by === 'place') return [identity.name]
  return [semanticPlace(hit.at)]
}

/** Components by their name, whatever file they stand in; operations without the names of path parameters; the rest by file. */
export function semanticPlace({ file, pointer }: { readonly file: string; readonly pointer: string }): string {
  const component = componentOf(pointer)
  if (component !== null) return `${component.name} ${component.rest}`
  return `${file}#${pointer.replace(/\{[^{}]*\}/g, '{}')}`
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

/** The fingerprint of an issue: 32 hex digits, from the rule and its first key. */
export function fingerprintOf(rule: string, keys: readonly string[]): string {
  let first = keys[0] ?? ''
  for (const key of keys) if (key < first) first = key
  return hashHex(`${rule}\n${first}`)
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
