/** What a schema change means for security: what is newly returned, and which checks of input are gone. */
import type { SecurityEffect, Sensitivity } from '../model/change.ts'
import { resolve } from '../openapi/resolve.ts'
import type { ApiDescription, Node } from '../openapi/types.ts'
import { isObject } from '../openapi/values.ts'
import type { Writer } from './effect.ts'
import type { SchemaAspect, SchemaFact } from './schema/types.ts'
import { sensitiveWithin } from './sensitive-within.ts'

export interface Exposure {
  readonly security: SecurityEffect | null
  readonly sensitivity: readonly Sensitivity[]
}

interface Sides {
  readonly base: ApiDescription
  readonly head: ApiDescription
}

const nothing: Exposure = { security: null, sensitivity: [] }

/** Keywords without which a client may send more, or something else, than the server was built for. */
const inputChecks = new Set(['max-length', 'pattern', 'max-items', 'max-properties'])

/** Names of parameters that bound how much is returned. */
const pageSize = /^(?:limit|count|top|first|size|(?:page|per)[_-]?(?:size|limit|page)|max[_-]?results|results[_-]?per[_-]?page)$/i

/** Aspects whose element is a schema that may hold what was not returned before. */
const schemaAspects: ReadonlySet<SchemaAspect> = new Set([
  'one-of',
  'any-of',
  'items',
  'prefix-items',
  'contains',
  'additional-properties',
  'pattern-properties',
  'dependent-schemas',
  'unevaluated-properties',
  'unevaluated-items',
])

/** The security effect of a schema fact, and what it reveals. `name` is that of the parameter or header, else ''. */
export function exposureOf(sides: Sides, fact: SchemaFact, { writer, name }: { writer: Writer; name: string }): Exposure {
  if (!fact.guards.bound && fact.aspect !== 'write-only' && fact.aspect !== 'read-only') return nothing
  return writer === 'client' ? weakenedInput(fact, name) : revealedOnce(sides, fact)
}

/** Exposure where something sensitive is returned that was not returned before. */
export function newlyReturned(base: readonly Sensitivity[], head: readonly Sensitivity[]): Exposure {
  const sensitivity = head.filter((one) => !base.includes(one))
  return sensitivity.length === 0 ? nothing : { security: 'exposure', sensitivity }
}

const revelations = new WeakMap<SchemaFact, Exposure>()

/** Facts about shared components are met by many operations. */
function revealedOnce(sides: Sides, fact: SchemaFact): Exposure {
  const known = revelations.get(fact)
  if (known !== undefined) return known
  const found = revealed(sides, fact)
  revelations.set(fact, found)
  return found
}

function weakenedInput(fact: SchemaFact, name: string): Exposure {
  const isGone = fact.headValue === undefined && fact.baseValue !== undefined && fact.effect === 'widens'
  const isUnbounded = isGone && (inputChecks.has(fact.aspect) || (fact.aspect === 'maximum' && pageSize.test(name)))
  const isOpened =
    fact.aspect === 'additional-properties' && fact.effect === 'widens' && (fact.headValue === true || fact.headValue === undefined)
  return isUnbounded || isOpened || isLoosened(fact, name) || isSetByClients(fact) ? { security: 'weakening', sensitivity: [] } : nothing
}

/** A bound that is raised tenfold, beyond a thousand, bounds nothing that matters any more. */
function isLoosened({ aspect, baseValue, headValue }: SchemaFact, name: string): boolean {
  if (typeof baseValue !== 'number' || typeof headValue !== 'number') return false
  const bounds = inputChecks.has(aspect) || (aspect === 'maximum' && pageSize.test(name))
  return bounds && headValue >= 1_000 && headValue >= 10 * Math.abs(baseValue)
}

/** Names of properties by which servers know things and decide about rights: clients that may set them act for others. */
const ownedByServer =
  /(?:^|[_-])(?:id|uuid|guid|role|roles|permissions?|admin|superuser|staff|owner|balance|verified|approved)$|(?:Id|Uuid|Role|Roles|Admin|Owner|Balance)$/

/** What requests must now carry is meant to be theirs to set. */
function isSetByClients(fact: SchemaFact): boolean {
  if (fact.guards.required.head) return false
  return fact.aspect === 'read-only' && fact.baseValue === true && fact.headValue !== true && ownedByServer.test(propertyName(fact))
}

function revealed(sides: Sides, fact: SchemaFact): Exposure {
  const { aspect, effect, head, headValue } = fact
  if (aspect === 'max-items') return headValue === undefined && effect === 'widens' ? { security: 'weakening', sensitivity: [] } : nothing
  if (aspect === 'property-added') return newlyReturned([], head === null ? [] : sensitiveWithin(sides.head, head, propertyName(fact)))
  if (aspect === 'write-only') return headValue === true ? nothing : lifted(sides.head, fact)
  if (schemaAspects.has(aspect)) return newlyReturned(within(sides.base, fact.base), within(sides.head, head))
  return aspect === 'type'
    ? newlyReturned(within(sides.base, enclosing(sides.base, fact.base)), within(sides.head, enclosing(sides.head, head)))
    : nothing
}

/** What was only ever sent in is exposed whatever it is called. */
function lifted(head: ApiDescription, fact: SchemaFact): Exposure {
  const node = enclosing(head, fact.head) ?? fact.near
  return { security: 'exposure', sensitivity: node === null ? [] : sensitiveWithin(head, node, propertyName(fact)) }
}

function within(api: ApiDescription, node: Node | null): readonly Sensitivity[] {
  if (node === null) return []
  return isObject(node.value) ? sensitiveWithin(api, node, '') : []
}

/** The property that a fact stands at is the last one of its path. */
function propertyName({ path, subject }: SchemaFact): string {
  const at = path.lastIndexOf('properties', path.length - 2)
  return at < 0 ? subject : (path[at + 1] ?? subject)
}

/** The schema whose keyword stands at the node, or the node itself where it is a schema. */
function enclosing(api: ApiDescription, node: Node | null): Node | null {
  if (node === null || isObject(node.value)) return node
  return resolve(api, node, `#${node.pointer.slice(0, node.pointer.lastIndexOf('/')).replaceAll('%', '%25')}`) ?? null
}
