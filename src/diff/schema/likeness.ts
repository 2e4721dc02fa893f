/**
 * Whether two written schemas read alike, references followed. Two readings: with words (nothing at all to report) and without (the
 * same set of values, keyword by keyword). Never proves that schemas differ in meaning. Each pair is looked at once a diff.
 */
import { resolve } from '../../openapi/resolve.ts'
import type { SchemaNode } from '../../openapi/types.ts'
import { isList, isObject } from '../../openapi/values.ts'
import { sameJson } from '../same-json.ts'
import { kindOf } from './keyword-kinds.ts'
import type { World } from './term.ts'

/** A schema in its description. */
export interface Located {
  readonly world: World
  readonly node: Pick<SchemaNode, 'file' | 'value' | 'dialect'>
}

export interface Likeness {
  /** True when both read alike and lead only to what reads alike. */
  readonly alike: (base: Located, head: Located) => boolean
}

/** How deep one written value is followed. */
const maxDepth = 1_000

/** `withWords`: descriptions, examples and extensions count too. */
export function createLikeness(reading: 'with-words' | 'without-words'): Likeness {
  const settled = new Map<unknown, Map<unknown, boolean>>()
  const known = (base: unknown, head: unknown): boolean | undefined => settled.get(base)?.get(head)
  const settle = (base: unknown, head: unknown, verdict: boolean): void => {
    let heads = settled.get(base)
    if (heads === undefined) settled.set(base, (heads = new Map<unknown, boolean>()))
    heads.set(head, verdict)
  }
  return {
    alike: (base, head) => {
      if (typeof base.node.value !== 'object' || typeof head.node.value !== 'object') return base.node.value === head.node.value
      return known(base.node.value, head.node.value) ?? explore({ reading, known, settle }, base, head)
    },
  }
}

interface Search {
  readonly reading: 'with-words' | 'without-words'
  readonly known: (base: unknown, head: unknown) => boolean | undefined
  readonly settle: (base: unknown, head: unknown, verdict: boolean) => void
}

interface Pair {
  readonly base: Located
  readonly head: Located
  readonly askedBy: Set<Pair>
  alike: boolean
}

/** Looks at everything that both lead to, then carries each difference back to all that lead there. */
function explore(search: Search, base: Located, head: Located): boolean {
  const pairs = new Map<unknown, Map<unknown, Pair>>()
  const root: Pair = { base, head, askedBy: new Set(), alike: true }
  const waiting = [root]
  const all: Pair[] = []
  const register = (pair: Pair): Pair => {
    let heads = pairs.get(pair.base.node.value)
    if (heads === undefined) pairs.set(pair.base.node.value, (heads = new Map<unknown, Pair>()))
    const existing = heads.get(pair.head.node.value)
    if (existing !== undefined) return existing
    heads.set(pair.head.node.value, pair)
    waiting.push(pair)
    return pair
  }
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    all.push(pair)
    const asked: { base: Located; head: Located }[] = []
    pair.alike =
      pair.base.node.dialect === pair.head.node.dialect &&
      sameSchema({ reading: search.reading, pair, asked, depth: 0 }, pair.base.node.value, pair.head.node.value)
    for (const next of pair.alike ? asked : []) {
      const verdict = search.known(next.base.node.value, next.head.node.value)
      if (verdict === undefined) register({ ...next, askedBy: new Set(), alike: true }).askedBy.add(pair)
      else if (!verdict) pair.alike = false
    }
  }
  const broken = all.filter(({ alike }) => !alike)
  for (let pair = broken.pop(); pair !== undefined; pair = broken.pop()) {
    for (const asker of pair.askedBy) {
      if (asker.alike) broken.push(asker)
      asker.alike = false
    }
  }
  for (const pair of all) search.settle(pair.base.node.value, pair.head.node.value, pair.alike)
  return root.alike
}

interface Reading {
  readonly reading: 'with-words' | 'without-words'
  readonly pair: Pair
  /** Where references lead; looked at later. */
  readonly asked: { base: Located; head: Located }[]
  readonly depth: number
}

function sameSchema(reading: Reading, base: unknown, head: unknown): boolean {
  if (base === head && typeof base !== 'object') return true
  if (!isObject(base) || !isObject(head) || reading.depth > maxDepth) return false
  const below = { ...reading, depth: reading.depth + 1 }
  const counts = (name: string): boolean => reading.reading === 'with-words' || kindOf(name) !== 'words'
  for (const name of Object.keys(base)) {
    if (counts(name) && (!Object.hasOwn(head, name) || !sameKeyword(below, name, [base[name], head[name]]))) return false
  }
  return Object.keys(head).every((name) => Object.hasOwn(base, name) || !counts(name))
}

function sameKeyword(reading: Reading, name: string, [base, head]: readonly [unknown, unknown]): boolean {
  if ((name === '$ref' || name === '$dynamicRef') && typeof base === 'string') return base === head && sameReference(reading, base)
  switch (kindOf(name)) {
    case 'schema':
      return isList(base) ? sameSchemas(reading, base, head) : sameSchema(reading, base, head)
    case 'schemas':
      return isList(base) && sameSchemas(reading, base, head)
    case 'schema-map':
      return sameMap(reading, base, head)
    case 'words':
    case 'data':
      return sameJson(base, head)
  }
}

function sameReference({ pair, asked }: Reading, text: string): boolean {
  const base = resolve(pair.base.world.api, pair.base.node, text)
  const head = resolve(pair.head.world.api, pair.head.node, text)
  if (base === undefined || head === undefined) return base === head
  const dialect = (located: Located): SchemaNode['dialect'] => (located.node.dialect === '2.0-parameter' ? '2.0' : located.node.dialect)
  if (typeof base.value !== 'object' || typeof head.value !== 'object') return base.value === head.value
  asked.push({
    base: { world: pair.base.world, node: { ...base, dialect: dialect(pair.base) } },
    head: { world: pair.head.world, node: { ...head, dialect: dialect(pair.head) } },
  })
  return true
}

function sameSchemas(reading: Reading, base: readonly unknown[], head: unknown): boolean {
  return isList(head) && base.length === head.length && base.every((schema, at) => sameSchema(reading, schema, head[at]))
}

function sameMap(reading: Reading, base: unknown, head: unknown): boolean {
  if (!isObject(base) || !isObject(head)) return sameJson(base, head)
  const names = Object.keys(base)
  return (
    names.length === Object.keys(head).length &&
    names.every((name) => Object.hasOwn(head, name) && sameSchema(reading, base[name], head[name]))
  )
}
