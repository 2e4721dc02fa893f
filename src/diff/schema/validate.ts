/** Whether one JSON value belongs to a term: yes, no, or `undefined` where the engine cannot tell. Used to check witnesses and listed values. */
import { isList, isObject } from '../../openapi/values.ts'
import { sameJson } from '../same-json.ts'
import { prefixLength, appliedToItem } from './arrays.ts'
import type { Engine, Slice } from './engine.ts'
import { bindingFormat, hasFormat } from './formats.ts'
import { groupBits, groupOf, typeBitOf } from './json-types.ts'
import { isMultiple, lowerLimit, multipleOf, upperLimit } from './numbers.ts'
import { appliedTo, countBound, requiredNames } from './objects.ts'
import { accepts, languageOf } from './pattern/language.ts'
import { isAmongListed, negated, subterm, writtenTypes, unionMembers } from './slice.ts'
import { entriesOf, keyword, referenceOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'

export type Verdict = boolean | undefined

/** Steps for one value; past this the answer is `undefined`. */
const maxSteps = 5_000

/** Schemas within schemas, in one value; deeper ones are not looked into. */
const maxDepth = 200

/** Whether the value belongs to the term. */
export function validate(engine: Engine, term: Term, value: unknown): Verdict {
  return check({ engine, known: new Map(), budget: { steps: maxSteps, depth: maxDepth } }, term, value)
}

interface Run {
  readonly engine: Engine
  readonly known: Map<Term, Map<unknown, Verdict>>
  readonly budget: { steps: number; depth: number }
}

/** A question met again while it is being answered (a schema that only refers to itself) has no answer. */
function check(run: Run, term: Term, value: unknown): Verdict {
  if (term.never) return false
  let known = run.known.get(term)
  if (known === undefined) run.known.set(term, (known = new Map<unknown, Verdict>()))
  if (known.has(value)) return known.get(value)
  if (--run.budget.steps < 0 || run.budget.depth === 0) return undefined
  known.set(value, undefined)
  run.budget.depth -= 1
  const verdict = every(term.conjuncts, (conjunct) => checkConjunct(run, conjunct, value))
  run.budget.depth += 1
  known.set(value, verdict)
  return verdict
}

/** All must hold; one `no` decides, whatever is unknown. */
function every<T>(list: Iterable<T>, verdict: (each: T) => Verdict): Verdict {
  let all: Verdict = true
  for (const each of list) {
    const one = verdict(each)
    if (one === false) return false
    if (one === undefined) all = undefined
  }
  return all
}

function checkConjunct(run: Run, conjunct: Conjunct, value: unknown): Verdict {
  if ((writtenTypes(conjunct) & typeBitOf(value)) === 0) return false
  if (!isAmongListed(conjunct, value)) return false
  return every([checkUnions, checkNot, checkCondition, checkReference, checkOwnType], (part) => part(run, conjunct, value))
}

function checkReference(_run: Run, conjunct: Conjunct): Verdict {
  return referenceOf(conjunct)?.node === null ? undefined : true
}

function checkUnions(run: Run, conjunct: Conjunct, value: unknown): Verdict {
  return every(['anyOf', 'oneOf'] as const, (name) => {
    const members = unionMembers(run.engine, conjunct, name)
    if (members.length === 0) return true
    const verdicts = members.map(({ term }) => check(run, term, value))
    const certain = verdicts.filter((verdict) => verdict === true).length
    const open = verdicts.filter((verdict) => verdict === undefined).length
    if (name === 'anyOf') return certain > 0 ? true : open > 0 ? undefined : false
    if (certain > 1) return false
    return open > 0 ? undefined : certain === 1
  })
}

function checkNot(run: Run, conjunct: Conjunct, value: unknown): Verdict {
  const term = negated(run.engine, conjunct)
  if (term === null) return true
  const verdict = check(run, term, value)
  return verdict === undefined ? undefined : !verdict
}

function checkCondition(run: Run, conjunct: Conjunct, value: unknown): Verdict {
  if (keyword(conjunct, 'if') === undefined) return true
  const condition = check(run, subterm(run.engine, conjunct, 'if'), value)
  const branch = (name: string): Verdict =>
    keyword(conjunct, name) === undefined ? true : check(run, subterm(run.engine, conjunct, name), value)
  if (condition !== undefined) return branch(condition ? 'then' : 'else')
  const [then, otherwise] = [branch('then'), branch('else')]
  return then === otherwise ? then : undefined
}

function checkOwnType(run: Run, conjunct: Conjunct, value: unknown): Verdict {
  const slice = ownSlice(conjunct, value)
  if (typeof value === 'string') return checkString(conjunct, value)
  if (typeof value === 'number') return checkNumber(conjunct, slice, value)
  if (isList(value)) return checkList(run, slice, value)
  return isObject(value) ? checkObject(run, slice, value) : true
}

/** The conjunct alone, without what its unions open: those are checked on their own. */
function ownSlice(conjunct: Conjunct, value: unknown): Slice {
  const group = groupOf(value)
  return { group, mask: groupBits[group], conjuncts: [conjunct], unions: [] }
}

function checkString(conjunct: Conjunct, value: string): Verdict {
  const length = [...value].length
  const [min, max, pattern] = [keyword(conjunct, 'minLength'), keyword(conjunct, 'maxLength'), keyword(conjunct, 'pattern')]
  if ((typeof min === 'number' && length < min) || (typeof max === 'number' && length > max)) return false
  const format = bindingFormat(conjunct, 'string')
  return every(
    [format === null ? true : hasFormat(value, format), typeof pattern === 'string' ? hasPattern(pattern, value) : true],
    (verdict) => verdict,
  )
}

function hasPattern(pattern: string, value: string): Verdict {
  const language = languageOf(pattern)
  return language === null ? undefined : accepts(language, value)
}

function checkNumber(conjunct: Conjunct, slice: Slice, value: number): Verdict {
  const [lower, upper] = [lowerLimit(slice, false), upperLimit(slice, false)]
  if (lower !== null && (value < lower.value || (lower.exclusive && value === lower.value))) return false
  if (upper !== null && (value > upper.value || (upper.exclusive && value === upper.value))) return false
  const of = multipleOf(slice, false)
  if (of !== null && !isMultiple(value, of.of)) return false
  const format = bindingFormat(conjunct, 'number')
  return format === null ? true : hasFormat(value, format)
}

function withinCounts(slice: Slice, count: number, names: readonly [string, string]): boolean {
  return count >= (countBound(slice, names[0])?.value ?? 0) && count <= (countBound(slice, names[1])?.value ?? Infinity)
}

function checkList(run: Run, slice: Slice, value: readonly unknown[]): Verdict {
  const [conjunct] = slice.conjuncts
  if (conjunct === undefined || !withinCounts(slice, value.length, ['minItems', 'maxItems'])) return conjunct === undefined
  if (keyword(conjunct, 'uniqueItems') === true && value.some((item, at) => value.slice(0, at).some((other) => sameJson(item, other))))
    return false
  const beyond = prefixLength(slice)
  const items = every(value.entries(), ([at, item]) => {
    const { term, exact } = appliedToItem(run.engine, slice, Math.min(at, beyond))
    return inexact(check(run, term, item), exact)
  })
  return items === false ? false : every([items, checkContains(run, conjunct, value)], (verdict) => verdict)
}

function inexact(verdict: Verdict, exact: boolean): Verdict {
  return verdict === true && !exact ? undefined : verdict
}

function checkContains(run: Run, conjunct: Conjunct, value: readonly unknown[]): Verdict {
  if (keyword(conjunct, 'contains') === undefined) return true
  const verdicts = value.map((item) => check(run, subterm(run.engine, conjunct, 'contains'), item))
  const certain = verdicts.filter((verdict) => verdict === true).length
  const possible = certain + verdicts.filter((verdict) => verdict === undefined).length
  const [min, max] = [keyword(conjunct, 'minContains'), keyword(conjunct, 'maxContains')]
  const [least, most] = [typeof min === 'number' ? min : 1, typeof max === 'number' ? max : Infinity]
  if (possible < least || certain > most) return false
  return certain >= least && possible <= most ? true : undefined
}

function checkObject(run: Run, slice: Slice, value: Readonly<Record<string, unknown>>): Verdict {
  const [conjunct] = slice.conjuncts
  const names = Object.keys(value)
  if (conjunct === undefined || !withinCounts(slice, names.length, ['minProperties', 'maxProperties'])) return conjunct === undefined
  for (const name of requiredNames(slice).keys()) if (!Object.hasOwn(value, name)) return false
  const values = every(names, (name) => {
    const { term, exact } = appliedTo(run.engine, slice, name)
    return inexact(check(run, term, value[name]), exact)
  })
  return values === false
    ? false
    : every([values, checkNames(run, conjunct, names), checkDependents(run, conjunct, value)], (verdict) => verdict)
}

function checkNames(run: Run, conjunct: Conjunct, names: readonly string[]): Verdict {
  return keyword(conjunct, 'propertyNames') === undefined
    ? true
    : every(names, (name) => check(run, subterm(run.engine, conjunct, 'propertyNames'), name))
}

function checkDependents(run: Run, conjunct: Conjunct, value: Readonly<Record<string, unknown>>): Verdict {
  for (const name of entriesOf(conjunct, 'dependentRequired')) {
    const list = keyword(conjunct, 'dependentRequired')
    const names = isObject(list) ? list[name] : undefined
    if (Object.hasOwn(value, name) && isList(names) && names.some((needed) => typeof needed === 'string' && !Object.hasOwn(value, needed)))
      return false
  }
  const present = entriesOf(conjunct, 'dependentSchemas').filter((name) => Object.hasOwn(value, name))
  return every(present, (name) => check(run, subterm(run.engine, conjunct, 'dependentSchemas', name), value))
}
