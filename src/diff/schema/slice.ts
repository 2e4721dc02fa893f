/** A term seen by one group of JSON values: which kinds it admits, which conjuncts bind them, which unions stay open. */
import { field, isList, isObject } from '../../openapi/values.ts'
import { sameJson } from '../same-json.ts'
import { canonicalJson } from './canonical-json.ts'
import { nested, termIn } from './engine.ts'
import type { Engine, Member, Slice, Union } from './engine.ts'
import { anyType, bitsOfTypeName, groupBits, typeBitOf, typeBits } from './json-types.ts'
import type { Group } from './json-types.ts'
import { keyword, membersOf, schemaAt } from './term.ts'
import type { Conjunct, Term } from './term.ts'

const unionKeywords = ['anyOf', 'oneOf'] as const

/** The kinds that `type` admits; all of them when it is absent or names none that a version knows. */
export function writtenTypes(conjunct: Conjunct): number {
  const type = keyword(conjunct, 'type')
  if (type === undefined) return anyType
  let bits = 0
  for (const name of isList(type) ? type : [type]) bits |= bitsOfTypeName(name) ?? anyType
  return isNullable(conjunct) ? bits | typeBits.null : bits
}

/** OpenAPI 3.0.3: `nullable` counts only beside `type`. Swagger 2.0 has it as the widespread extension `x-nullable`. */
function isNullable(conjunct: Conjunct): boolean {
  return conjunct.dialect !== '3.1' && keyword(conjunct, conjunct.dialect === '3.0' ? 'nullable' : 'x-nullable') === true
}

const listedTexts = new WeakMap<Conjunct, ReadonlySet<string> | null>()

/** Whether the value is among the listed ones; true when nothing is listed. */
export function isAmongListed(conjunct: Conjunct, value: unknown): boolean {
  let texts = listedTexts.get(conjunct)
  if (texts === undefined) {
    const values = listedValues(conjunct)
    listedTexts.set(conjunct, (texts = values && new Set(values.map(canonicalJson))))
  }
  return texts === null || texts.has(canonicalJson(value))
}

/** The listed values of `enum` and `const`; null when nothing is listed. */
export function listedValues(conjunct: Conjunct): readonly unknown[] | null {
  const list = keyword(conjunct, 'enum')
  const only = keyword(conjunct, 'const')
  const values = isList(list) ? list : null
  if (only === undefined) return values
  return values === null || values.some((value) => sameJson(value, only)) ? [only] : []
}

/** Every kind that a value of the term can have, and maybe some more. */
export function typesOf(engine: Engine, term: Term): number {
  const known = engine.types.get(term)
  if (known !== undefined) return known
  engine.types.set(term, anyType)
  const ownBits = (): number => term.conjuncts.reduce((all, conjunct) => all & typesOfConjunct(engine, conjunct), term.never ? 0 : anyType)
  const bits = nested(engine, anyType, ownBits)
  engine.types.set(term, bits)
  return bits
}

function typesOfConjunct(engine: Engine, conjunct: Conjunct): number {
  let bits = writtenTypes(conjunct)
  const values = listedValues(conjunct)
  if (values !== null) bits &= values.reduce<number>((all, value) => all | typeBitOf(value), 0)
  for (const name of unionKeywords) {
    const members = unionMembers(engine, conjunct, name)
    if (members.length > 0) bits &= members.reduce((all, { term }) => all | typesOf(engine, term), 0)
  }
  const excluded = keyword(conjunct, 'not')
  return excluded === undefined ? bits : bits & ~typesWholly(engine, conjunct)
}

/** The kinds of which `not` excludes every value: its schema says nothing but `type`. 0 when it says more. */
export function typesWholly(engine: Engine, conjunct: Conjunct): number {
  const term = negated(engine, conjunct)
  if (term === null || term.never) return 0
  const plain = term.conjuncts.every(({ node, without }) => without.size === 0 && Object.keys(node.value).every((key) => key === 'type'))
  return plain ? term.conjuncts.reduce((bits, part) => bits & writtenTypes(part), anyType) : 0
}

/** The term below `not`; null when there is none. */
export function negated(engine: Engine, conjunct: Conjunct): Term | null {
  return keyword(conjunct, 'not') === undefined ? null : subterm(engine, conjunct, 'not')
}

/** The term of the schema under a keyword. */
export function subterm(engine: Engine, conjunct: Conjunct, ...tokens: readonly (string | number)[]): Term {
  let value: unknown = conjunct.node.value
  for (const token of tokens) value = isList(value) ? value[Number(token)] : field(value, String(token))
  const known = isObject(value) ? conjunct.world.terms.get(value) : undefined
  return known ?? termIn(engine, conjunct.world, schemaAt(conjunct, ...tokens))
}

/** The members of a union keyword, each with its term; none when one member of `anyOf` admits everything: then it says nothing. */
export function unionMembers(engine: Engine, conjunct: Conjunct, name: 'anyOf' | 'oneOf'): readonly Member[] {
  if (keyword(conjunct, name) === undefined) return noMembers
  let known = engine.members[name].get(conjunct)
  if (known === undefined) engine.members[name].set(conjunct, (known = readMembers(engine, conjunct, name)))
  return known
}

const noMembers: readonly Member[] = []

function readMembers(engine: Engine, conjunct: Conjunct, name: 'anyOf' | 'oneOf'): readonly Member[] {
  const members = membersOf(conjunct, name).map((node, index) => ({ index, node, term: termIn(engine, conjunct.world, node) }))
  return name === 'anyOf' && members.some(({ term }) => term.conjuncts.length === 0 && !term.never) ? noMembers : members
}

/** The slice of a term for a group; remembered. */
export function sliceOf(engine: Engine, term: Term, group: Group): Slice {
  let slices = engine.slices.get(term)
  if (slices === undefined) engine.slices.set(term, (slices = new Map<Group, Slice>()))
  let slice = slices.get(group)
  if (slice === undefined) slices.set(group, (slice = buildSlice(engine, term, group)))
  return slice
}

function buildSlice(engine: Engine, term: Term, group: Group): Slice {
  const conjuncts = new Set<Conjunct>()
  const unions: Union[] = []
  let mask = term.never ? 0 : groupBits[group]
  const waiting = [...term.conjuncts].reverse()
  for (let conjunct = waiting.pop(); conjunct !== undefined && mask !== 0; conjunct = waiting.pop()) {
    if (conjuncts.has(conjunct)) continue
    conjuncts.add(conjunct)
    mask &= typesOfConjunct(engine, conjunct)
    for (const name of unionKeywords) {
      const members = admittedMembers(engine, unionMembers(engine, conjunct, name), groupBits[group])
      if (members.length > 1) unions.push({ conjunct, keyword: name, members })
      else waiting.push(...(members[0]?.term.conjuncts ?? []).toReversed())
    }
  }
  return { group, mask, conjuncts: [...conjuncts], unions: mask === 0 ? [] : unions }
}

function admittedMembers(engine: Engine, members: readonly Member[], bits: number): readonly Member[] {
  return members.filter(({ term }) => (typesOf(engine, term) & bits) !== 0)
}
