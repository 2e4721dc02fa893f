/**
 * The two identities of a change. `fingerprint`: the same issue, whatever the values, names of components and lines; waivers and
 * threads hold on to it. `digest`: the same content on both sides; approvals hold on to it.
 */
import type { OperationKey } from '../model/change.ts'
import { resolve } from '../openapi/resolve.ts'
import { schemaDialect } from '../openapi/nodes.ts'
import { childPointer } from '../openapi/json-pointer.ts'
import type { ApiDescription, Node } from '../openapi/types.ts'
import { isList, isObject, textField } from '../openapi/values.ts'
import type { Fact } from './fact.ts'
import { sha256Hex } from '../sha256.ts'
import { schemaDigest } from './schema/index.ts'
import { erased } from './server-url.ts'

/** Where a change stands, however it was written: the first, in alphabetical order, of the places where operations meet it. */
export function anchorOf(facts: readonly Fact[]): string {
  const [first = ''] = facts
    .map(({ operation, place, component }) => [operation === null ? (component ?? '') : operationText(operation), ...place].join('\n'))
    .sort()
  return first
}

/** 64 hex digits. `ordinal` tells apart what would otherwise look the same within one diff. */
export function fingerprintOf(rule: string, anchor: string, ordinal: number): string {
  return sha256Hex(['change', rule, anchor, ...(ordinal === 0 ? [] : [String(ordinal)])].join('\n'))
}

/** 64 hex digits over the fingerprint and the meaning of the element on both sides. */
export function digestOf(
  fingerprint: string,
  facts: readonly Fact[],
  { base, head }: { base: ApiDescription | null; head: ApiDescription | null },
): string {
  const [fact] = facts
  if (fact === undefined) return sha256Hex(fingerprint)
  const contents = [meaningOf(base, fact.base), meaningOf(head, fact.head)]
  return sha256Hex(JSON.stringify([fingerprint, canonical(fact.content), ...contents]))
}

function operationText({ method, path }: OperationKey): string {
  return `${method} ${erased(path)}`
}

/** Keys that say the same in other words, for the meaning of anything but words. */
const words = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'tags', 'operationId'])

/** Parts looked at for one digest; what lies beyond is told by its references alone. */
const mostParts = 20_000

/** Keys under which a schema stands. */
const schemaKeys = new Set(['schema', 'itemSchema'])

/** The element in normal form, with references followed and schemas by their digest. */
function meaningOf(api: ApiDescription | null, node: Node | null): unknown {
  if (api === null || node === null) return null
  if (words.has(node.pointer.slice(node.pointer.lastIndexOf('/') + 1))) return canonical(node.value)
  return isSchemaPlace(node)
    ? schemaDigest(api, { ...node, dialect: schemaDialect(api) })
    : meaning({ api, parts: 0, trail: new Set<unknown>() }, node)
}

function isSchemaPlace({ pointer, value }: Node): boolean {
  return (
    (isObject(value) || typeof value === 'boolean') &&
    /\/(?:properties|patternProperties|schemas|definitions)\/[^/]+$|\/(?:items|schema|itemSchema|additionalProperties)$/.test(pointer)
  )
}

interface Walk {
  readonly api: ApiDescription
  parts: number
  readonly trail: Set<unknown>
}

function meaning(walk: Walk, node: Node): unknown {
  const { value } = node
  walk.parts += 1
  if (walk.parts > mostParts || walk.trail.has(value)) return 'cut'
  if (isList(value)) return value.map((item, index) => meaning(walk, child(node, index, item)))
  if (!isObject(value)) return value
  walk.trail.add(value)
  const result = meaningOfMap(walk, node)
  walk.trail.delete(value)
  return result
}

function meaningOfMap(walk: Walk, node: Node): unknown {
  const ref = textField(node.value, '$ref')
  const target = ref === null ? undefined : resolve(walk.api, node, ref)
  if (ref !== null) return target === undefined ? ref : meaning(walk, target)
  const keys = isObject(node.value) ? Object.keys(node.value).filter((key) => !words.has(key)) : []
  return keys.sort().map((key) => {
    const part = child(node, key, isObject(node.value) ? node.value[key] : undefined)
    return [
      key,
      schemaKeys.has(key) && isObject(part.value)
        ? schemaDigest(walk.api, { ...part, dialect: schemaDialect(walk.api) })
        : meaning(walk, part),
    ]
  })
}

function child(node: Node, token: string | number, value: unknown): Node {
  return { file: node.file, pointer: childPointer(node.pointer, token), value }
}

/** The value with its keys in order, so that equal values have one text. */
function canonical(value: unknown, depth = 0): unknown {
  if (depth > 100) return 'cut'
  if (isList(value)) return value.map((item) => canonical(item, depth + 1))
  if (!isObject(value)) return value
  return Object.keys(value)
    .sort()
    .map((key) => [key, canonical(value[key], depth + 1)])
}
