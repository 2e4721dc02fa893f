/** How a description falls into units that can change on their own: path items, webhooks, components, and the rest of each file. */
import { childPointer, tokensOf } from '../openapi/json-pointer.ts'
import { referenceTarget } from '../openapi/reference-target.ts'
import type { ApiDescription, JsonObject, Node, SourceDocument } from '../openapi/types.ts'
import { isObject } from '../openapi/values.ts'

export interface Unit {
  readonly file: string
  readonly value: unknown
}

/** By key: `file#section/name`, and `file#` for the rest of a file. The root's file has no name, so that it may be called otherwise on the other side. */
export type Units = ReadonlyMap<string, Unit>

/** Maps whose entries are units; those of `components` are so one level deeper. The last four are Swagger 2.0's components. */
const sections = new Set(['paths', 'webhooks', 'definitions', 'parameters', 'responses', 'securityDefinitions'])

/** The key of a target that pointers cannot name (anchors, `$id`, dynamic references): it may be anywhere. */
export const anywhere = '*'

/** Every unit of every file. */
export function unitsOf(api: ApiDescription): Units {
  const units = new Map<string, Unit>()
  for (const document of api.documents.values()) addUnits(labelOf(api, document.path), document, units)
  return units
}

/** The key of the unit that a reference written in `file` leads into; `file#*` when it names more than one; `anywhere` when only a resolver can tell. */
export function targetKey(api: ApiDescription, file: string, ref: string): string {
  const target = referenceTarget(file, ref)
  if ('refused' in target || (target.fragment !== '' && !target.fragment.startsWith('/'))) return anywhere
  return `${labelOf(api, target.file)}#${unitName(tokensOf(target.fragment))}`
}

/** The node of a unit, by its key; null for the rest of a file, which has no single place. */
export function nodeOfUnit(key: string, { file, value }: Unit): Node | null {
  const name = key.slice(key.indexOf('#') + 1)
  if (name === '') return null
  const [section = '', ...others] = name.split('/')
  const tokens = section === 'components' ? [section, others[0] ?? '', ...nameOf(others.slice(1))] : [section, ...nameOf(others)]
  return { file, pointer: tokens.reduce<string>((above, token) => childPointer(above, token), ''), value }
}

/** A name may hold slashes itself: it is all that is left. */
function nameOf(parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [parts.join('/')]
}

/** The key of the unit that a node stands in; `file#*` when it holds several. */
export function unitKey(api: ApiDescription, { file, pointer }: Pick<Node, 'file' | 'pointer'>): string {
  return `${labelOf(api, file)}#${unitName(tokensOf(firstTokens(pointer)))}`
}

/** The first three tokens name the unit. */
function firstTokens(pointer: string): string {
  let end = 0
  for (let count = 0; count < 3 && end >= 0; count += 1) end = pointer.indexOf('/', end + 1)
  return end < 0 ? pointer : pointer.slice(0, end)
}

/** How the file of a description is called in keys. */
export function labelOf(api: ApiDescription, file: string): string {
  return file === api.path ? '' : file
}

/** The key that stands for any unit of the file of `key`. */
export function wholeFile(key: string): string {
  return `${key.slice(0, key.indexOf('#'))}#*`
}

function unitName([first = '*', second, third]: readonly string[]): string {
  if (first === 'components') return third === undefined ? '*' : `components/${second ?? ''}/${third}`
  if (sections.has(first)) return second === undefined ? '*' : `${first}/${second}`
  return first === '*' ? '*' : ''
}

interface Into {
  readonly label: string
  readonly path: string
  readonly units: Map<string, Unit>
}

function addUnits(label: string, { path, value }: SourceDocument, units: Map<string, Unit>): void {
  const rest = new Map<string, unknown>()
  for (const [key, part] of isObject(value) ? Object.entries(value) : [['', value] as const]) {
    if (sections.has(key) && isMap(part)) addEntries({ label, path, prefix: key, units }, part)
    else if (key === 'components' && isMap(part)) addComponents({ label, path, units }, part)
    else rest.set(key, part)
  }
  units.set(`${label}#`, { file: path, value: Object.fromEntries(rest) })
}

/** A section may be a reference to a file that holds it (not in the standard, but in real descriptions). */
function isMap(value: unknown): value is JsonObject {
  return isObject(value) && typeof value['$ref'] !== 'string'
}

function addComponents(into: Into, components: JsonObject): void {
  for (const [section, entries] of Object.entries(components)) {
    if (isMap(entries)) addEntries({ ...into, prefix: `components/${section}` }, entries)
    else into.units.set(`${into.label}#components/${section}`, { file: into.path, value: entries })
  }
}

function addEntries({ label, path, units, prefix }: Into & { readonly prefix: string }, entries: JsonObject): void {
  for (const [name, value] of Object.entries(entries)) units.set(`${label}#${prefix}/${name}`, { file: path, value })
}
