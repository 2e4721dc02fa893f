/** Proofs about objects: every object of a part satisfies one conjunct. */
import { isList, isObject } from '../../openapi/values.ts'
import { narrowed } from './engine.ts'
import type { Part, Prover, Slice } from './engine.ts'
import { appliedTo, appliedToPattern, appliedToRest, countBound, declaredNames, namePatterns, requiredNames } from './objects.ts'
import { findText, languageOf } from './pattern/language.ts'
import { alone } from './prove-scalars.ts'
import { subterm } from './slice.ts'
import { both, entriesOf, keyword, anyTerm } from './term.ts'
import type { Conjunct, Term } from './term.ts'
import { validate } from './validate.ts'

/** Every object of the part satisfies the conjunct. */
export function propertiesImply(prover: Prover, part: Part, conjunct: Conjunct): boolean {
  const { slice } = part
  const outer = alone(slice, conjunct)
  const required = requiredNames(slice)
  if (![...requiredNames(outer).keys()].every((name) => required.has(name))) return false
  return (
    countsImply(prover, slice, outer) &&
    namedImply(prover, slice, outer) &&
    unnamedImply(prover, slice, conjunct) &&
    namesImply(prover, slice, conjunct) &&
    dependentsImply(prover, part, conjunct)
  )
}

function countsImply(prover: Prover, slice: Slice, outer: Slice): boolean {
  const least = Math.max(countBound(slice, 'minProperties')?.value ?? 0, requiredNames(slice).size)
  const closed = isClosed(prover, slice)
  const most = Math.min(countBound(slice, 'maxProperties')?.value ?? Infinity, closed ? declaredNames(slice).size : Infinity)
  return least >= (countBound(outer, 'minProperties')?.value ?? 0) && most <= (countBound(outer, 'maxProperties')?.value ?? Infinity)
}

/** No property but the listed ones is possible. */
export function isClosed(prover: Prover, slice: Slice): boolean {
  return namePatterns(slice).length === 0 && prover.below(() => prover.empty(appliedToRest(prover.engine, slice).term))
}

function namedImply(prover: Prover, slice: Slice, outer: Slice): boolean {
  for (const name of new Set([...declaredNames(outer).keys(), ...declaredNames(slice).keys()])) {
    const needed = appliedTo(prover.engine, outer, name)
    if (!needed.exact || !prover.below(() => prover.within(appliedTo(prover.engine, slice, name).term, needed.term))) return false
  }
  return true
}

/** All other names, by what is known of them: matching one pattern of the slice, or none. */
function unnamedImply(prover: Prover, slice: Slice, conjunct: Conjunct): boolean {
  const { engine } = prover
  const own = entriesOf(conjunct, 'patternProperties')
  const rest = appliedToRest(engine, alone(slice, conjunct))
  if (!rest.exact) return false
  const unmatched: NameClass = { pattern: null, term: appliedToRest(engine, slice).term }
  const classes = [unmatched, ...namePatterns(slice).map((pattern) => ({ pattern, term: appliedToPattern(prover.engine, slice, pattern) }))]
  return classes.every((names) => {
    const within = (needed: Term): boolean => prover.below(() => prover.within(names.term, needed))
    const others = own.filter((pattern) => mayMatch(names, pattern, slice))
    return (
      others.every((pattern) => within(subterm(engine, conjunct, 'patternProperties', pattern))) &&
      ((names.pattern !== null && own.includes(names.pattern)) || within(rest.term))
    )
  })
}

interface NameClass {
  /** null: matches no pattern of the slice. */
  readonly pattern: string | null
  readonly term: Term
}

function mayMatch(names: NameClass, pattern: string, slice: Slice): boolean {
  if (names.pattern === null) return !namePatterns(slice).includes(pattern)
  if (names.pattern === pattern) return true
  const [left, right] = [languageOf(names.pattern), languageOf(pattern)]
  return left === null || right === null || findText([left, right], []) !== 'none'
}

function namesImply(prover: Prover, slice: Slice, conjunct: Conjunct): boolean {
  if (keyword(conjunct, 'propertyNames') === undefined) return true
  const { engine } = prover
  const needed = subterm(engine, conjunct, 'propertyNames')
  if (isClosed(prover, slice)) return [...declaredNames(slice).keys()].every((name) => validate(engine, needed, name) === true)
  let given = anyTerm(engine.terms)
  for (const each of slice.conjuncts) {
    if (keyword(each, 'propertyNames') !== undefined) given = both(engine.terms, given, subterm(engine, each, 'propertyNames'))
  }
  return prover.below(() => prover.within(narrowed(engine, given, { type: 'string' }), needed))
}

function dependentsImply(prover: Prover, { term, slice }: Part, conjunct: Conjunct): boolean {
  const { engine } = prover
  const having = (name: string): Term => narrowed(engine, term, { required: [name] })
  const lists = keyword(conjunct, 'dependentRequired')
  const required = requiredNames(slice)
  for (const name of entriesOf(conjunct, 'dependentRequired')) {
    const needed = isObject(lists) && isList(lists[name]) ? lists[name] : []
    if (needed.every((other) => typeof other !== 'string' || required.has(other) || demands(slice, name, other))) continue
    if (!prover.empty(having(name))) return false
  }
  return entriesOf(conjunct, 'dependentSchemas').every((name) => {
    const needed = subterm(engine, conjunct, 'dependentSchemas', name)
    const given = slice.conjuncts.filter((each) => entriesOf(each, 'dependentSchemas').includes(name))
    return (
      given.some((each) => prover.within(subterm(engine, each, 'dependentSchemas', name), needed)) || prover.within(having(name), needed)
    )
  })
}

function demands(slice: Slice, name: string, other: string): boolean {
  return slice.conjuncts.some((each) => {
    const lists = keyword(each, 'dependentRequired')
    const list = isObject(lists) && Object.hasOwn(lists, name) ? lists[name] : undefined
    return isList(list) && list.includes(other)
  })
}
