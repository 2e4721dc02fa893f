/** Whether a parameter that took one value now takes a list of which one value is a list of one. */
import { follow } from '../../openapi/resolve.ts'
import type { ApiDescription, Node, SchemaNode } from '../../openapi/types.ts'
import { field, isList, isObject, textField } from '../../openapi/values.ts'
import { childPointer } from '../../openapi/json-pointer.ts'
import type { Comparison } from '../comparison.ts'
import { contains, partOf } from '../schema/index.ts'
import type { ParameterPair } from './parameter-words.ts'

/** Keywords that a list of one value might not fulfil, or that say more than this file understands. */
const constraining = ['minItems', 'contains', 'prefixItems', 'enum', 'const', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'unevaluatedItems']

/** True when every type the schema admits is written as one piece of text. A missing or untyped schema is not known to be. */
export function isScalar({ schemas }: Pick<Comparison, 'schemas'>, side: 'base' | 'head', schema: SchemaNode | null): boolean {
  return partOf(schemas, side, { schema, path: [] })?.isScalar === true
}

/** True for `?q=a` read as text before and as a list now: `style: form` with `explode` writes a list of one the same way. */
export function widensToList(comparison: Comparison, { base, head }: ParameterPair): boolean {
  if (!['query', 'cookie'].includes(head.in) || head.style !== 'form' || !head.explode || !isScalar(comparison, 'base', base.schema))
    return false
  const items = itemsOf(comparison.head, head.schema)
  if (base.schema === null || items === null) return false
  return ['equal', 'widens'].includes(contains(comparison.schemas, base.schema, items))
}

/** Swagger 2.0: the formats of lists within the list, outermost first; other versions cannot say them. */
export function nestedFormats(api: ApiDescription, value: unknown): readonly string[] {
  const formats: string[] = []
  if (api.version !== '2.0') return formats
  for (let items = field(value, 'items'); isObject(items); items = field(items, 'items'))
    if (field(items, 'type') === 'array') formats.push(textField(items, 'collectionFormat') ?? 'csv')
  return formats
}

/** The first format within that differs; null where none does, or where a version cannot say it. */
export function changedFormat(
  { base, head }: Pick<Comparison, 'base' | 'head'>,
  values: { readonly base: unknown; readonly head: unknown },
): { readonly from: string; readonly to: string } | null {
  const [before, after] = [nestedFormats(base, values.base), nestedFormats(head, values.head)]
  const at = before.findIndex((format, index) => after[index] !== undefined && after[index] !== format)
  const [from, to] = [before[at], after[at]]
  return from === undefined || to === undefined ? null : { from, to }
}

function itemsOf(api: ApiDescription, schema: SchemaNode | null): SchemaNode | null {
  const node = schema === null ? undefined : unwrapped(api, schema)
  if (schema === null || node === undefined || !isObject(node.value)) return null
  const { value } = node
  // A query has no way to write null, so that it does not count.
  const [type, ...others] = typesOf(api, schema).filter((name) => name !== 'null')
  const maxItems = field(value, 'maxItems')
  const isPlain = constraining.every((key) => !Object.hasOwn(value, key) || (key === 'minItems' && Number(value[key]) <= 1))
  if (type !== 'array' || others.length > 0 || !isPlain || maxItems === 0) return null
  return { file: node.file, pointer: childPointer(node.pointer, 'items'), value: field(value, 'items') ?? {}, dialect: schema.dialect }
}

function typesOf(api: ApiDescription, schema: SchemaNode): readonly unknown[] {
  const node = unwrapped(api, schema)
  const type = field(node?.value, 'type')
  return isList(type) ? type : type === undefined ? [] : [type]
}

/** What references, and `allOf` with one member and nothing beside it, lead to. */
function unwrapped(api: ApiDescription, schema: SchemaNode): Node | undefined {
  let node = follow(api, schema)
  for (let steps = 0; steps < 20 && node !== undefined && isObject(node.value); steps += 1) {
    const [member, ...others] = isList(node.value['allOf']) ? node.value['allOf'] : []
    if (member === undefined || others.length > 0 || Object.keys(node.value).length > 1) break
    node = follow(api, { file: node.file, pointer: `${node.pointer}/allOf/0`, value: member })
  }
  return node
}
