/** Facts about two schemas, found out once: a shared component is compared for the first operation that uses it, and remembered for the others. */
import { resolve } from '../openapi/resolve.ts'
import type { ApiDescription, SchemaNode } from '../openapi/types.ts'
import { isObject } from '../openapi/values.ts'
import type { Writer } from './effect.ts'
import { compareSchemas } from './schema/index.ts'
import type { SchemaContext, SchemaFact, SchemaPair } from './schema/types.ts'

type Known = WeakMap<object, WeakMap<object, Map<string, readonly SchemaFact[]>>>

const memos = new WeakMap<SchemaContext, Known>()

/** The same answer as `compareSchemas`. Only pairs that are plain references on both sides are remembered, by what they lead to. */
export function compareOnce(context: SchemaContext, pair: SchemaPair, writer: Writer): readonly SchemaFact[] {
  const [base, head] = [referredTo(context.base, pair.base), referredTo(context.head, pair.head)]
  if (base === null || head === null) return compareSchemas(context, pair, writer)
  const answers = answersFor(context, base, head)
  const key = `${writer} ${pair.base?.dialect ?? ''} ${pair.head?.dialect ?? ''}`
  const known = answers.get(key)
  if (known !== undefined) return known
  const facts = compareSchemas(context, pair, writer)
  answers.set(key, facts)
  return facts
}

/** What a reference with nothing beside it leads to. */
function referredTo(api: ApiDescription, node: SchemaNode | null): object | null {
  if (node === null || !isObject(node.value)) return null
  const { $ref, ...beside } = node.value
  if (typeof $ref !== 'string' || Object.keys(beside).length > 0) return null
  const target = resolve(api, node, $ref)?.value
  return isObject(target) ? target : null
}

function answersFor(context: SchemaContext, base: object, head: object): Map<string, readonly SchemaFact[]> {
  const known = entry(memos, context, () => new WeakMap<object, WeakMap<object, Map<string, readonly SchemaFact[]>>>())
  return entry(
    entry(known, base, () => new WeakMap<object, Map<string, readonly SchemaFact[]>>()),
    head,
    () => new Map<string, readonly SchemaFact[]>(),
  )
}

function entry<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const value = make()
  map.set(key, value)
  return value
}
