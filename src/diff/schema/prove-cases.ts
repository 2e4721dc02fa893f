/** Splits a slice into cases that together hold all its values: by the members of a union, or by the listed values of a property. */
import type { Engine, Slice } from './engine.ts'
import { termIn } from './engine.ts'
import { listedIn } from './finite.ts'
import { groupBits, groups, typeNames } from './json-types.ts'
import { appliedTo, declaredNames, requiredNames } from './objects.ts'
import { sliceOf, typesOf } from './slice.ts'
import { madeUp, split, termOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'

/** Properties with more values are not split by. */
const maxCases = 40

/** The cases; null when there is nothing to split by. */
export function casesOf(engine: Engine, slice: Slice): readonly Term[] | null {
  return unionCases(engine, slice) ?? propertyCases(engine, slice)
}

/** One case a member. That members of `oneOf` exclude each other is given up, which only makes the cases larger. */
export function unionCases(engine: Engine, slice: Slice): readonly Term[] | null {
  const [union] = slice.unions
  if (union === undefined) return null
  const rest = slice.conjuncts.map((conjunct) => (conjunct === union.conjunct ? split(engine.terms, conjunct, union.keyword) : conjunct))
  return union.members.map((member) => caseOf(engine, slice, [...rest, ...termIn(engine, union.conjunct.world, member.node).conjuncts]))
}

function caseOf(engine: Engine, slice: Slice, conjuncts: readonly Conjunct[]): Term {
  return termOf(engine.terms, [...conjuncts, madeUp(engine.terms, { type: typeNames(groupBits[slice.group]) })])
}

function propertyCases(engine: Engine, slice: Slice): readonly Term[] | null {
  if (slice.group !== 'object') return null
  for (const name of declaredNames(slice).keys()) {
    const values = valuesOf(engine, appliedTo(engine, slice, name).term)
    if (values === null || values.length < 2 || values.length > maxCases) continue
    const present = values.map((value) => ({ properties: { [name]: { const: value } }, required: [name] }))
    const cases = requiredNames(slice).has(name) ? present : [...present, { properties: { [name]: false } }]
    return cases.map((narrowing) => caseOf(engine, slice, [...slice.conjuncts, madeUp(engine.terms, narrowing)]))
  }
  return null
}

/** All values of a term when every group of it is listed. */
function valuesOf(engine: Engine, term: Term): readonly unknown[] | null {
  const all: unknown[] = []
  const bits = typesOf(engine, term)
  for (const group of groups) {
    if ((bits & groupBits[group]) === 0) continue
    const slice = sliceOf(engine, term, group)
    if (slice.mask === 0) continue
    const values = group === 'boolean' || group === 'null' ? null : listedIn(engine, slice)
    if (values === null) return null
    all.push(...values)
  }
  return all
}
