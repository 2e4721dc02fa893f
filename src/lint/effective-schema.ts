/** A schema as it works out: its reference followed and its `allOf` merged. What several parts say about one keyword is settled for the first that speaks. */
import { childPointer } from '../openapi/json-pointer.ts'
import { resolve } from '../openapi/resolve.ts'
import type { ApiDescription, SchemaNode } from '../openapi/types.ts'
import { isList, isObject } from '../openapi/values.ts'

export interface EffectiveSchema {
  /** Keywords by name; never inherited ones. */
  readonly keywords: Readonly<Record<string, unknown>>
  /** Types named by `type`; empty when it is not written. `null` is left out. */
  readonly types: readonly string[]
}

/** References and `allOf` nested deeper than this are left out; real descriptions stay below ten. */
const maxDepth = 40
/** Parts merged for one schema. */
const maxParts = 200

const memos = new WeakMap<ApiDescription, WeakMap<object, EffectiveSchema>>()

/** The merged keywords of a schema; nothing for `true`, `false` and what is no schema. Remembered by identity. */
export function effectiveSchema(api: ApiDescription, node: SchemaNode): EffectiveSchema {
  const { value } = node
  if (!isObject(value)) return nothing
  let memo = memos.get(api)
  if (memo === undefined) memos.set(api, (memo = new WeakMap()))
  let found = memo.get(value)
  if (found === undefined) memo.set(value, (found = merge(api, node)))
  return found
}

/** What is known of a schema that says nothing. */
export const nothing: EffectiveSchema = { keywords: {}, types: [] }

function merge(api: ApiDescription, node: SchemaNode): EffectiveSchema {
  const keywords = emptyRecord()
  for (const part of partsOf(api, node)) {
    if (!isObject(part.value)) continue
    for (const key of Object.keys(part.value)) {
      if (key in keywords || key === '$ref' || key === 'allOf') continue
      keywords[key] = part.value[key]
    }
  }
  return { keywords, types: typesOf(keywords) }
}

/** The schema itself, what its `$ref` leads to and the members of its `allOf`, all the way down; each once. */
function partsOf(api: ApiDescription, node: SchemaNode): readonly SchemaNode[] {
  const parts: SchemaNode[] = []
  const seen = new Set<unknown>()
  const visit = (part: SchemaNode, depth: number): void => {
    if (depth > maxDepth || parts.length >= maxParts || seen.has(part.value)) return
    seen.add(part.value)
    parts.push(part)
    for (const next of directParts(api, part)) visit(next, depth + 1)
  }
  visit(node, 0)
  return parts
}

function directParts(api: ApiDescription, node: SchemaNode): readonly SchemaNode[] {
  const { value } = node
  if (!isObject(value)) return []
  const parts: SchemaNode[] = []
  const ref = Object.hasOwn(value, '$ref') ? value['$ref'] : undefined
  const target = typeof ref === 'string' ? resolve(api, node, ref) : undefined
  if (target !== undefined) parts.push({ ...target, dialect: node.dialect })
  const members = Object.hasOwn(value, 'allOf') ? value['allOf'] : undefined
  if (isList(members)) {
    const pointer = childPointer(node.pointer, 'allOf')
    members.forEach((member, index) =>
      parts.push({ file: node.file, pointer: childPointer(pointer, index), value: member, dialect: node.dialect }),
    )
  }
  return parts
}

/** The keywords with the schemas of items and alternatives worked out too: enough to tell what kind of value a name stands for. */
export function keywordsInDepth(api: ApiDescription, node: SchemaNode, depth = 0): Readonly<Record<string, unknown>> {
  const { keywords } = effectiveSchema(api, node)
  const nested = ['items', 'anyOf', 'oneOf'].filter((keyword) => keyword in keywords)
  if (nested.length === 0 || depth > 3) return keywords
  const worked: Record<string, unknown> = Object.assign(emptyRecord(), keywords)
  const within = (value: unknown): unknown => (isObject(value) ? keywordsInDepth(api, { ...node, value }, depth + 1) : value)
  for (const keyword of nested) {
    const value = keywords[keyword]
    worked[keyword] = isList(value) ? value.slice(0, 20).map(within) : within(value)
  }
  return worked
}

function emptyRecord(): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  Object.setPrototypeOf(record, null)
  return record
}

function typesOf(keywords: Readonly<Record<string, unknown>>): readonly string[] {
  const type = keywords['type']
  if (typeof type === 'string') return [type]
  return isList(type) ? type.filter((member) => typeof member === 'string').filter((member) => member !== 'null') : []
}
