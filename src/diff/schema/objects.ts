/** What a slice says about objects: which schemas apply to a property, which names it must have, what holds for all other names. */
import { isList, isObject } from '../../openapi/values.ts'
import type { Node } from '../../openapi/types.ts'
import { termIn } from './engine.ts'
import type { Engine, Slice } from './engine.ts'
import { accepts, languageOf } from './pattern/language.ts'
import { subterm, unionMembers } from './slice.ts'
import { both, anyTerm, entriesOf, keyword, membersOf, placeOf, referenceOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'

/** What applies to the values under a name. `exact` is false when something could not be worked out; the term then admits too much. */
export interface Applied {
  readonly term: Term
  readonly exact: boolean
}

/** Where a name is listed or demanded. */
export interface Mention {
  readonly conjunct: Conjunct
  readonly keyword: 'properties' | 'required'
  readonly token: string | number
}

/** The place of a mention. */
export function placeOfMention({ conjunct, keyword: name, token }: Mention): Node {
  return placeOf(conjunct, name, token)
}

type Mentions = ReadonlyMap<string, readonly Mention[]>

const declared = new WeakMap<Slice, Mentions>()
const required = new WeakMap<Slice, Mentions>()

/** Names in `properties`, each with the places that list it, in document order. */
export function declaredNames(slice: Slice): Mentions {
  let names = declared.get(slice)
  if (names === undefined) declared.set(slice, (names = collectDeclared(slice)))
  return names
}

function collectDeclared(slice: Slice): Mentions {
  const names = new Map<string, Mention[]>()
  for (const conjunct of slice.conjuncts) {
    for (const name of entriesOf(conjunct, 'properties')) mention(names, name, { conjunct, keyword: 'properties', token: name })
  }
  return names
}

/** Names in `required`. In a Swagger 2.0 parameter `required` is a flag and speaks of the parameter itself. */
export function requiredNames(slice: Slice): Mentions {
  let names = required.get(slice)
  if (names === undefined) required.set(slice, (names = collectRequired(slice)))
  return names
}

function collectRequired(slice: Slice): Mentions {
  const names = new Map<string, Mention[]>()
  for (const conjunct of slice.conjuncts) {
    const list = keyword(conjunct, 'required')
    if (!isList(list)) continue
    list.forEach((name, at) => {
      if (typeof name === 'string') mention(names, name, { conjunct, keyword: 'required', token: at })
    })
  }
  return names
}

function mention(names: Map<string, Mention[]>, name: string, found: Mention): void {
  const known = names.get(name)
  if (known === undefined) names.set(name, [found])
  else known.push(found)
}

/** Patterns in `patternProperties`. */
export function namePatterns(slice: Slice): readonly string[] {
  return [...new Set(slice.conjuncts.flatMap((conjunct) => entriesOf(conjunct, 'patternProperties')))]
}

/** What applies to the value of a property. */
export function appliedTo(engine: Engine, slice: Slice, name: string): Applied {
  return applied(engine, slice, name)
}

/** What applies to the value of a property that no list and no pattern names. */
export function appliedToRest(engine: Engine, slice: Slice): Applied {
  return applied(engine, slice, null)
}

/** What certainly applies to the values of unlisted names that match the pattern; other patterns may add to it. */
export function appliedToPattern(engine: Engine, slice: Slice, pattern: string): Term {
  const parts = slice.conjuncts.flatMap((conjunct) => {
    const patterns = entriesOf(conjunct, 'patternProperties')
    if (patterns.includes(pattern)) return [subterm(engine, conjunct, 'patternProperties', pattern)]
    const free = patterns.length === 0 && keyword(conjunct, 'additionalProperties') !== undefined
    return free ? [subterm(engine, conjunct, 'additionalProperties')] : []
  })
  return allOf(engine, parts)
}

interface Matching {
  readonly patterns: readonly string[]
  readonly exact: boolean
}

const noPattern: Matching = { patterns: [], exact: true }

/** null stands for a name that no pattern matches. */
function patternsMatching(conjunct: Conjunct, name: string | null): Matching {
  const all = name === null ? [] : entriesOf(conjunct, 'patternProperties')
  if (name === null || all.length === 0) return noPattern
  const languages = all.map(languageOf)
  const patterns = all.filter((_, at) => {
    const language = languages[at]
    return language !== null && language !== undefined && accepts(language, name)
  })
  return { patterns, exact: !languages.includes(null) }
}

function applied(engine: Engine, slice: Slice, name: string | null): Applied {
  const parts: Term[] = []
  let exact = true
  for (const conjunct of slice.conjuncts) {
    const found = appliedBy(engine, conjunct, name)
    parts.push(...found.terms)
    exact &&= found.exact
  }
  return { term: allOf(engine, parts), exact }
}

function allOf(engine: Engine, parts: readonly Term[]): Term {
  const [first, ...others] = parts
  if (first === undefined) return anyTerm(engine.terms)
  return others.reduce((term, part) => both(engine.terms, term, part), first)
}

function appliedBy(engine: Engine, conjunct: Conjunct, name: string | null): { readonly terms: readonly Term[]; readonly exact: boolean } {
  const isPlain = keyword(conjunct, 'patternProperties') === undefined && keyword(conjunct, 'unevaluatedProperties') === undefined
  if (isPlain) return { terms: appliedPlainly(engine, conjunct, name), exact: true }
  const { patterns, exact } = patternsMatching(conjunct, name)
  const listed = name !== null && listsProperty(conjunct, name)
  const terms = patterns.map((pattern) => subterm(engine, conjunct, 'patternProperties', pattern))
  if (listed) terms.unshift(subterm(engine, conjunct, 'properties', name))
  if (terms.length === 0 && exact && keyword(conjunct, 'additionalProperties') !== undefined) {
    terms.push(subterm(engine, conjunct, 'additionalProperties'))
  }
  if (keyword(conjunct, 'unevaluatedProperties') === undefined) return { terms, exact }
  const evaluated = evaluates(engine, { conjunct, name }, new Set())
  if (evaluated === 'no') terms.push(subterm(engine, conjunct, 'unevaluatedProperties'))
  return { terms, exact: exact && evaluated !== 'maybe' }
}

/** Most objects say nothing of names by pattern. */
function appliedPlainly(engine: Engine, conjunct: Conjunct, name: string | null): readonly Term[] {
  if (name !== null && listsProperty(conjunct, name)) return [subterm(engine, conjunct, 'properties', name)]
  return keyword(conjunct, 'additionalProperties') === undefined ? noTerms : [subterm(engine, conjunct, 'additionalProperties')]
}

const noTerms: readonly Term[] = []

export function listsProperty(conjunct: Conjunct, name: string): boolean {
  const properties = keyword(conjunct, 'properties')
  return isObject(properties) && Object.hasOwn(properties, name)
}

interface Question {
  readonly conjunct: Conjunct
  readonly name: string | null
}

/** Whether a schema, or one applied beside it, has already looked at the property; `maybe` when that depends on the value. */
function evaluates(engine: Engine, question: Question, seen: Set<Conjunct>): 'yes' | 'no' | 'maybe' {
  const { conjunct, name } = question
  if (seen.has(conjunct)) return 'no'
  const nested = seen.size > 0 && keyword(conjunct, 'unevaluatedProperties') !== undefined
  seen.add(conjunct)
  const { patterns, exact } = patternsMatching(conjunct, name)
  const listed = (name !== null && listsProperty(conjunct, name)) || patterns.length > 0
  if (nested || listed || keyword(conjunct, 'additionalProperties') !== undefined) return 'yes'
  let answer: 'no' | 'maybe' = exact ? 'no' : 'maybe'
  for (const { term, certain } of appliedBeside(engine, conjunct)) {
    for (const other of term.conjuncts) {
      const found = evaluates(engine, { ...question, conjunct: other }, seen)
      if (found === 'yes' && certain) return 'yes'
      if (found !== 'no') answer = 'maybe'
    }
  }
  return answer
}

/** Schemas applied to the same value. `certain`: always, not only for some values. */
export function appliedBeside(engine: Engine, conjunct: Conjunct): readonly { readonly term: Term; readonly certain: boolean }[] {
  const beside = membersOf(conjunct, 'allOf').map((node) => ({ term: termIn(engine, conjunct.world, node), certain: true }))
  const reference = referenceOf(conjunct)?.node
  if (reference !== null && reference !== undefined) beside.push({ term: termIn(engine, conjunct.world, reference), certain: true })
  for (const name of ['anyOf', 'oneOf'] as const) {
    const members = unionMembers(engine, conjunct, name)
    beside.push(...members.map(({ term }) => ({ term, certain: members.length === 1 })))
  }
  for (const name of ['if', 'then', 'else']) {
    if (keyword(conjunct, name) !== undefined) beside.push({ term: subterm(engine, conjunct, name), certain: false })
  }
  for (const name of entriesOf(conjunct, 'dependentSchemas')) {
    beside.push({ term: subterm(engine, conjunct, 'dependentSchemas', name), certain: false })
  }
  return beside
}

/** The largest lower bound, or smallest upper bound, of a counting keyword; null when nobody sets one. */
export function countBound(slice: Slice, name: string): { readonly value: number; readonly conjunct: Conjunct } | null {
  const stricter = name.startsWith('max') ? (left: number, right: number) => left < right : (left: number, right: number) => left > right
  let bound: { value: number; conjunct: Conjunct } | null = null
  for (const conjunct of slice.conjuncts) {
    const value = keyword(conjunct, name)
    if (typeof value !== 'number' || (name.startsWith('min') && value <= 0)) continue
    if (bound === null || stricter(value, bound.value)) bound = { value, conjunct }
  }
  return bound
}
