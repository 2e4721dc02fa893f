/**
 * Exceptions written in a description: `x-security-exception: { rule, reason, until }`, or a list of them, on the element they speak of or on what
 * contains it. One without a reason or an end is none; one that the change itself brings is not yet granted.
 */
import { childPointer } from '../openapi/json-pointer.ts'
import type { Node, Operation } from '../openapi/types.ts'
import { field, isList, isObject, textField } from '../openapi/values.ts'
import { collection } from './described.ts'
import type { Described } from './described.ts'
import { semanticPlace } from './identity.ts'
import type { Hit, Use } from './rule.ts'

const key = 'x-security-exception'

export interface WrittenException {
  /** The element that it stands on; a description's `info` speaks for all of it. */
  readonly holder: Node
  readonly node: Node
  readonly rule: string | null
  readonly reason: string | null
  /** ISO date, inclusive, UTC. */
  readonly until: string | null
}

/** Maps and lists within each other that are searched. */
const maxDepth = 600

/** Every exception of the whole description, in scope or not. Free for descriptions that have none. */
export const exceptions = collection<WrittenException>(({ api }) =>
  [...api.documents.values()].flatMap(({ path, text, value }) =>
    text.includes(key) ? exceptionsIn({ file: path, pointer: '', value }, 0) : [],
  ),
)

function exceptionsIn(node: Node, depth: number): readonly WrittenException[] {
  const { file, pointer, value } = node
  if (depth > maxDepth) return []
  if (isList(value))
    return value.flatMap((item, index) => exceptionsIn({ file, pointer: childPointer(pointer, index), value: item }, depth + 1))
  if (!isObject(value)) return []
  const own = Object.hasOwn(value, key) ? written(node, { file, pointer: childPointer(pointer, key), value: value[key] }) : []
  const below = Object.keys(value).filter((name) => name !== key && name !== 'example' && name !== 'examples')
  return [...own, ...below.flatMap((name) => exceptionsIn({ file, pointer: childPointer(pointer, name), value: value[name] }, depth + 1))]
}

function written(holder: Node, node: Node): readonly WrittenException[] {
  if (isList(node.value))
    return node.value.flatMap((item, index) => written(holder, { ...node, pointer: childPointer(node.pointer, index), value: item }))
  const [rule, reason, until] = ['rule', 'reason', 'until'].map((member) => textField(node.value, member)?.trim() ?? '')
  return [
    {
      holder,
      node,
      rule: rule === '' ? null : (rule ?? null),
      reason: reason === '' ? null : (reason ?? null),
      until: isDate(until) ? until : dateOf(field(node.value, 'until')),
    },
  ]
}

function isDate(text: string | undefined): text is string {
  return text !== undefined && /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text)
}

/** Some parsers make an instant of a date; its first ten characters are the date. */
function dateOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim().slice(0, 10) : undefined
  return isDate(text) ? text : null
}

/** True when its last day is over. Without a clock nothing expires. */
export function isExpired({ until }: WrittenException, now: string | null): boolean {
  return until !== null && now !== null && now.slice(0, 10) > until
}

/** How an exception is recognised on the other side. */
export function exceptionKey({ rule, holder }: WrittenException): string {
  return `${rule ?? ''} ${semanticPlace(holder)}`
}

/** What is left of a hit after exceptions: all of it, the uses that none speaks of, or nothing. `proposed`: excused only by what the change brings. */
export interface Excused {
  readonly hit: Hit | null
  readonly proposed: boolean
}

/** Applies the exceptions to a hit of a rule. `granted` holds the keys that count; null: all that are complete and not over. */
export function excuse(
  hit: Hit,
  rule: string,
  from: { readonly described: Described; readonly granted: ReadonlySet<string> | null },
): Excused {
  const { described, granted } = from
  const mine = exceptions(described).filter(
    (exception) =>
      exception.rule === rule && exception.reason !== null && exception.until !== null && !isExpired(exception, described.settings.now),
  )
  if (mine.length === 0) return { hit, proposed: false }
  const inForce = mine.filter((exception) => granted === null || granted.has(exceptionKey(exception)))
  const left = without(hit, inForce, described)
  return { hit: left, proposed: left !== null && inForce.length < mine.length && without(left, mine, described) === null }
}

function without(hit: Hit, excusing: readonly WrittenException[], described: Described): Hit | null {
  if (excusing.some(({ holder }) => covers(holder, hit.at, described))) return null
  const uses = hit.uses?.() ?? []
  const left = uses.filter((use) => !excusing.some((exception) => coversUse(exception, use, described)))
  if (uses.length === 0 || left.length === uses.length) return hit
  return left.length === 0 ? null : { ...hit, uses: () => left }
}

function coversUse({ holder }: WrittenException, { operation, carrier, way }: Use, described: Described): boolean {
  const nodes: readonly Node[] = [operation.node, ...(carrier === undefined ? [] : [carrier]), ...(way?.() ?? [])]
  return nodes.some((node) => covers(holder, node, described)) || isAround(holder, operation)
}

function isAround(holder: Node, { pathItem }: Operation): boolean {
  return holder.file === pathItem.file && holder.pointer === pathItem.pointer
}

/** The holder is the element, or contains it; a description's root and `info` contain everything. */
function covers(holder: Node, at: Node, { api }: Described): boolean {
  if (holder.file === api.path && (holder.pointer === '' || holder.pointer === '/info')) return true
  return holder.file === at.file && (at.pointer === holder.pointer || at.pointer.startsWith(`${holder.pointer}/`))
}
