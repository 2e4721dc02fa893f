/**
 * What the engine reasons about: a term is a set of JSON values, given as a conjunction of written schema objects. Following `$ref` and
 * `allOf` only adds conjuncts, so nothing is ever rewritten and every conjunct keeps its place. Equal conjunctions are one term.
 */
import { childPointer } from '../../openapi/json-pointer.ts'
import { resolve } from '../../openapi/resolve.ts'
import type { ApiDescription, JsonObject, Node, SchemaNode } from '../../openapi/types.ts'
import { isList, isObject } from '../../openapi/values.ts'

/** One written schema object, with where it stands. `without` names keywords that a case split has already used up. */
export interface Conjunct {
  readonly id: number
  readonly world: World
  readonly node: Node<JsonObject>
  readonly dialect: SchemaNode['dialect']
  readonly without: ReadonlySet<string>
  /** The written conjunct that this one was split from; itself when it is whole. */
  readonly origin: Conjunct | null
}

export interface Term {
  readonly id: number
  /** In reading order: what is written outermost comes first. */
  readonly conjuncts: readonly Conjunct[]
  /** A `false` schema is among them: no value at all. */
  readonly never: boolean
}

/** One description and what has been read of it; identity of parsed objects is the key. */
export interface World {
  readonly api: ApiDescription
  readonly conjuncts: Map<object, Conjunct>
  readonly terms: Map<object, Term>
}

/** Gives out ids and keeps equal terms one. */
export interface Terms {
  readonly byKey: Map<string, Term>
  readonly splits: Map<string, Conjunct>
  readonly synthetic: Map<string, Conjunct>
  readonly world: World
  nextConjunct: number
}

export function createWorld(api: ApiDescription): World {
  return { api, conjuncts: new Map(), terms: new Map() }
}

/** `world` holds the conjuncts that the engine makes up itself, for case splits. */
export function createTerms(world: World): Terms {
  return { byKey: new Map(), splits: new Map(), synthetic: new Map(), world, nextConjunct: 0 }
}

/** The own value of a keyword; `undefined` when it is absent or has been split off. */
export function keyword(conjunct: Conjunct, name: string): unknown {
  const { value } = conjunct.node
  if (!Object.hasOwn(value, name) || conjunct.without.has(name)) return undefined
  return value[name]
}

/** The place of a keyword, or of an entry below it. */
export function placeOf(conjunct: Conjunct, ...tokens: readonly (string | number)[]): Node {
  let { pointer } = conjunct.node
  let value: unknown = conjunct.node.value
  for (const token of tokens) {
    pointer = childPointer(pointer, token)
    value = isList(value) ? value[Number(token)] : isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
  }
  return { file: conjunct.node.file, pointer, value }
}

/** The same as a schema. */
export function schemaAt(conjunct: Conjunct, ...tokens: readonly (string | number)[]): SchemaNode {
  return { ...placeOf(conjunct, ...tokens), dialect: conjunct.dialect }
}

/** The term of a conjunction of conjuncts; the same object for the same conjuncts. */
export function termOf(terms: Terms, conjuncts: readonly Conjunct[], never = false): Term {
  const unique = [...new Set(conjuncts)]
  const key = `${never ? '!' : ''}${unique
    .map(({ id }) => id)
    .sort((left, right) => left - right)
    .join(',')}`
  let term = terms.byKey.get(key)
  if (term === undefined) terms.byKey.set(key, (term = { id: terms.byKey.size, conjuncts: unique, never }))
  return term
}

/** Every value. */
export function anyTerm(terms: Terms): Term {
  return termOf(terms, [])
}

/** No value. */
export function neverTerm(terms: Terms): Term {
  return termOf(terms, [], true)
}

/** The values in both. */
export function both(terms: Terms, left: Term, right: Term): Term {
  if (left === right || (right.conjuncts.length === 0 && !right.never)) return left
  return termOf(terms, [...left.conjuncts, ...right.conjuncts], left.never || right.never)
}

/** The conjunct without some of its keywords. */
export function split(terms: Terms, conjunct: Conjunct, name: string): Conjunct {
  const without = new Set(conjunct.without).add(name)
  const origin = conjunct.origin ?? conjunct
  const key = `${String(origin.id)} ${[...without].sort().join(' ')}`
  let found = terms.splits.get(key)
  if (found === undefined) terms.splits.set(key, (found = { ...conjunct, id: terms.nextConjunct++, without, origin }))
  return found
}

/** A conjunct that nobody wrote. Equal ones are the same object. */
export function madeUp(terms: Terms, value: JsonObject): Conjunct {
  const key = JSON.stringify(value)
  let found = terms.synthetic.get(key)
  if (found === undefined) {
    const node = { file: '', pointer: '', value }
    terms.synthetic.set(
      key,
      (found = { id: terms.nextConjunct++, world: terms.world, node, dialect: '3.1', without: new Set(), origin: null }),
    )
  }
  return found
}

/** The term of a written schema: references and `allOf` followed, circles cut. A missing schema is every value. */
export function termOfSchema(terms: Terms, world: World, node: SchemaNode | null): Term {
  if (node === null || node.value === true) return anyTerm(terms)
  if (node.value === false) return neverTerm(terms)
  if (!isObject(node.value)) return anyTerm(terms)
  const known = world.terms.get(node.value)
  if (known !== undefined) return known
  const { conjuncts, never } = flatten(terms, world, node)
  const term = termOf(terms, conjuncts, never)
  world.terms.set(node.value, term)
  return term
}

interface Flat {
  readonly conjuncts: Conjunct[]
  never: boolean
}

function flatten(terms: Terms, world: World, start: SchemaNode): Flat {
  const flat: Flat = { conjuncts: [], never: false }
  const seen = new Set<object>()
  const waiting: SchemaNode[] = [start]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.value === false) flat.never = true
    if (!isObject(node.value) || seen.has(node.value)) continue
    seen.add(node.value)
    const conjunct = conjunctOf(terms, world, { ...node, value: node.value })
    const parts = conjunctParts(conjunct)
    if (parts.own) flat.conjuncts.push(conjunct)
    waiting.push(...parts.others.reverse())
  }
  return flat
}

function conjunctOf(terms: Terms, world: World, node: SchemaNode & Node<JsonObject>): Conjunct {
  let conjunct = world.conjuncts.get(node.value)
  if (conjunct === undefined) {
    const { dialect, ...place } = node
    conjunct = { id: terms.nextConjunct++, world, node: place, dialect, without: new Set(), origin: null }
    world.conjuncts.set(node.value, conjunct)
  }
  return conjunct
}

/** Keywords that only hold other schemas together or name them. */
const structural = new Set([
  '$ref',
  '$dynamicRef',
  '$recursiveRef',
  'allOf',
  '$defs',
  'definitions',
  '$id',
  '$schema',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
])

/** What else holds where this schema holds, and whether it says anything of its own. */
function conjunctParts(conjunct: Conjunct): { own: boolean; others: SchemaNode[] } {
  const { value } = conjunct.node
  const target = referenceOf(conjunct)
  if (target !== null && ignoresSiblings(conjunct))
    return target.node === null ? { own: true, others: [] } : { own: false, others: [target.node] }
  const others = target === null || target.node === null ? [] : [target.node]
  others.push(...membersOf(conjunct, 'allOf'))
  for (const name of ['anyOf', 'oneOf'] as const) {
    const members = membersOf(conjunct, name)
    if (members.length === 1) others.push(...members)
  }
  const own = (target !== null && target.node === null) || Object.keys(value).some((key) => !structural.has(key))
  return { own, others }
}

/** OpenAPI 2.0 and 3.0: members beside `$ref` shall be ignored. */
function ignoresSiblings({ dialect }: Conjunct): boolean {
  return dialect !== '3.1'
}

export interface Reference {
  readonly text: string
  /** null: leads nowhere. */
  readonly node: SchemaNode | null
}

/** What `$ref` leads to, one step. `$dynamicRef` is read as the reference it is when nothing overrides its anchor. */
export function referenceOf(conjunct: Conjunct): Reference | null {
  const text = keyword(conjunct, '$ref') ?? keyword(conjunct, '$dynamicRef') ?? keyword(conjunct, '$recursiveRef')
  if (typeof text !== 'string') return null
  const node = resolve(conjunct.world.api, conjunct.node, text)
  return { text, node: node === undefined ? null : { ...node, dialect: conjunct.dialect === '2.0-parameter' ? '2.0' : conjunct.dialect } }
}

/** The schemas listed under a keyword. */
export function membersOf(conjunct: Conjunct, name: string): SchemaNode[] {
  const list = keyword(conjunct, name)
  return isList(list) ? list.map((_, at) => schemaAt(conjunct, name, at)) : []
}

/** The schemas under the names of a keyword such as `properties`. */
export function entriesOf(conjunct: Conjunct, name: string): readonly string[] {
  const map = keyword(conjunct, name)
  return isObject(map) ? Object.keys(map) : []
}
