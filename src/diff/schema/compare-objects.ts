/** Facts about objects: properties added, removed, required or not, and what holds for names that nobody listed. */
import type { Prover, Slice } from './engine.ts'
import type { Located } from './likeness.ts'
import { field } from '../../openapi/values.ts'
import { compareCount } from './compare-scalars.ts'
import { compareDependents, compareNamePatterns, comparePropertyNames } from './compare-names.ts'
import { appliedTo, appliedToRest, declaredNames, placeOfMention, requiredNames } from './objects.ts'
import type { Mention } from './objects.ts'
import { isClosed } from './prove-objects.ts'
import { effectOf, joined, keywordPlace, localFact, nothing, reportOf, stepTo } from './report.ts'
import type { ComparedSlices, LocalFact, PropertyGuards, Report } from './report.ts'
import { subterm } from './slice.ts'
import { keyword } from './term.ts'
import type { Conjunct, Term } from './term.ts'
import type { Node, SchemaNode } from '../../openapi/types.ts'
import type { Effect, OnBoth } from './types.ts'

/** Facts about the objects of both slices, and the steps into their properties. */
export function compareObjects(slices: ComparedSlices): Report {
  const { baseSlice, headSlice } = slices
  const counts = ['minProperties', 'maxProperties'].flatMap((name) => compareCount(name, baseSlice, headSlice))
  return joined([
    compareProperties(slices),
    compareRest(slices),
    compareNamePatterns(slices),
    comparePropertyNames(slices),
    compareDependents(slices),
    reportOf(...counts),
  ])
}

/** What both slices list and demand, gathered once. */
interface Names {
  readonly declared: OnBoth<ReadonlyMap<string, readonly Mention[]>>
  readonly required: OnBoth<ReadonlyMap<string, readonly Mention[]>>
  readonly closed: OnBoth<boolean>
}

function compareProperties(slices: ComparedSlices): Report {
  const { baseSlice, headSlice, prover } = slices
  const names: Names = {
    declared: { base: declaredNames(baseSlice), head: declaredNames(headSlice) },
    required: { base: requiredNames(baseSlice), head: requiredNames(headSlice) },
    closed: { base: isClosed(prover, baseSlice), head: isClosed(prover, headSlice) },
  }
  const all = new Set([
    ...names.declared.head.keys(),
    ...names.declared.base.keys(),
    ...names.required.head.keys(),
    ...names.required.base.keys(),
  ])
  return joined([...all].map((name) => compareProperty(slices, names, name)))
}

function compareProperty(slices: ComparedSlices, names: Names, name: string): Report {
  const { engine, baseSlice, headSlice } = slices
  const untouched = isUntouched(slices, names, name)
  if (untouched && names.required.base.has(name) === names.required.head.has(name)) return nothing
  const [base, head] = [appliedTo(engine, baseSlice, name).term, appliedTo(engine, headSlice, name).term]
  const listed = { base: names.declared.base.get(name), head: names.declared.head.get(name) }
  const guards = guardsOf(names, name, { base, head })
  const property: Property = { name, base, head, listed, guards }
  if (untouched) return reportOf(...requirement(names, property))
  const forbidden = { base: base.never, head: head.never }
  if (guards.declared.base && guards.declared.head && forbidden.base === forbidden.head) {
    return joined([reportOf(...requirement(names, property)), forbidden.base ? nothing : stepInto(slices, property)])
  }
  if (guards.declared.head && !forbidden.head) return gained(slices, property)
  if (guards.declared.base && !forbidden.base) return lost(slices, property)
  if (forbidden.base !== forbidden.head) return stepInto(slices, property)
  return reportOf(...requirement(names, property))
}

interface Property {
  readonly name: string
  readonly base: Term
  readonly head: Term
  readonly listed: { readonly base: readonly Mention[] | undefined; readonly head: readonly Mention[] | undefined }
  readonly guards: PropertyGuards
}

function guardsOf({ declared, required, closed }: Names, name: string, { base, head }: OnBoth<Term>): PropertyGuards {
  const flag = (keywordName: string): OnBoth<boolean> => ({ base: isFlagged(base, keywordName), head: isFlagged(head, keywordName) })
  return {
    declared: { base: declared.base.has(name), head: declared.head.has(name) },
    required: { base: required.base.has(name), head: required.head.has(name) },
    closed,
    readOnly: flag('readOnly'),
    writeOnly: flag('writeOnly'),
    deprecated: flag('deprecated'),
  }
}

/** Some conjunct carries the flag. */
export function isFlagged(term: Term, name: string): boolean {
  return term.conjuncts.some((conjunct) => keyword(conjunct, name) === true)
}

/** Listed once on each side, where nothing else applies to it, and read alike: most properties, most of the time. */
function isUntouched({ engine, baseSlice, headSlice }: ComparedSlices, { declared }: Names, name: string): boolean {
  const [old, now] = [onlyLister(baseSlice, declared.base.get(name)), onlyLister(headSlice, declared.head.get(name))]
  if (old === null || now === null) return false
  const located = (conjunct: Conjunct): Located => {
    const value = field(keyword(conjunct, 'properties'), name)
    return { world: conjunct.world, node: { file: conjunct.node.file, value, dialect: conjunct.dialect } }
  }
  return engine.unchanged.alike(located(old), located(now))
}

function onlyLister(slice: Slice, mentions: readonly Mention[] | undefined): Conjunct | null {
  const [only, ...others] = mentions ?? []
  if (only === undefined || others.length > 0) return null
  const ruling = slice.conjuncts.filter((conjunct) => ruleKeywords.some((name) => keyword(conjunct, name) !== undefined))
  const alone = ruling.every((conjunct) => conjunct === only.conjunct) && keyword(only.conjunct, 'patternProperties') === undefined
  return alone ? only.conjunct : null
}

/** They may apply to properties that another conjunct lists. */
const ruleKeywords = ['additionalProperties', 'patternProperties', 'unevaluatedProperties']

function requirement({ required }: Names, { name, guards, listed }: Property): readonly LocalFact[] {
  if (guards.required.base === guards.required.head) return []
  const [old, now] = [required.base.get(name)?.[0], required.head.get(name)?.[0]]
  const became = guards.required.head
  return [
    localFact({
      aspect: became ? 'property-became-required' : 'property-became-optional',
      effect: became ? 'narrows' : 'widens',
      subject: name,
      below: ['properties', name],
      property: guards,
      base: placeOfFirst(old) ?? placeOfFirst(listed.base?.[0]),
      head: placeOfFirst(now) ?? placeOfFirst(listed.head?.[0]),
    }),
  ]
}

function placeOfFirst(mention: Mention | undefined): Node | null {
  return mention === undefined ? null : placeOfMention(mention)
}

function entryOf(mentions: readonly Mention[] | undefined): SchemaNode | null {
  const [only] = mentions ?? []
  return only === undefined ? null : { ...placeOfMention(only), dialect: only.conjunct.dialect }
}

function stepInto({ engine }: ComparedSlices, { name, base, head, listed, guards }: Property): Report {
  if (base === head && engine.base !== engine.head && base.conjuncts.length === 0) return nothing
  return {
    facts: [],
    steps: [
      stepTo({
        segments: ['properties', name],
        base,
        head,
        baseEntry: entryOf(listed.base),
        headEntry: entryOf(listed.head),
        property: guards,
      }),
    ],
  }
}

/** Listed in head only. Where base has a schema for unlisted names, the values themselves are compared too. */
function gained(slices: ComparedSlices, property: Property): Report {
  const { name, base, guards, listed } = property
  const effect = appearance(slices, property)
  const place = placeOfFirst(listed.head?.[0])
  const fact = localFact({
    aspect: 'property-added',
    effect,
    subject: name,
    below: ['properties', name],
    property: guards,
    head: place,
    headValue: place?.value,
  })
  const typed = !base.never && base.conjuncts.length > 0
  return joined([reportOf(fact), typed ? stepInto(slices, property) : nothing])
}

function appearance({ prover, base: _base }: ComparedSlices, { base, head, guards }: Property): Effect {
  const within = prover.below(() => prover.within(head, base))
  const contains = prover.below(() => prover.within(base, head))
  if (!guards.required.head || guards.required.base) return effectOf(within, contains)
  return base.never ? 'incomparable' : within ? 'narrows' : 'incomparable'
}

function lost(slices: ComparedSlices, property: Property): Report {
  const { name, base, head, guards, listed } = property
  const mirrored = appearance(slices, {
    ...property,
    base: head,
    head: base,
    guards: { ...guards, required: { base: guards.required.head, head: guards.required.base } },
  })
  const place = placeOfFirst(listed.base?.[0])
  const effect = turned(mirrored)
  const fact = localFact({
    aspect: 'property-removed',
    effect,
    subject: name,
    below: ['properties', name],
    property: guards,
    base: place,
    baseValue: place?.value,
  })
  const typed = !head.never && head.conjuncts.length > 0
  return joined([reportOf(fact), typed ? stepInto(slices, property) : nothing])
}

/** The effect seen from the other side. */
export function turned(effect: Effect): Effect {
  return effect === 'narrows' ? 'widens' : effect === 'widens' ? 'narrows' : effect
}

/** What holds for names that are neither listed nor match a pattern. */
function compareRest(slices: ComparedSlices): Report {
  const { engine, prover, baseSlice, headSlice } = slices
  const [base, head] = [appliedToRest(engine, baseSlice), appliedToRest(engine, headSlice)]
  if (!base.exact || !head.exact) return compareUnevaluated(slices)
  if (base.term === head.term) return nothing
  const [old, now] = [restKeyword(baseSlice), restKeyword(headSlice)]
  if (isTyped(prover, base.term) && isTyped(prover, head.term)) {
    const entries = { baseEntry: restEntry(old), headEntry: restEntry(now) }
    return { facts: [], steps: [stepTo({ segments: ['additionalProperties'], base: base.term, head: head.term, ...entries })] }
  }
  const effect = effectOf(
    prover.below(() => prover.within(head.term, base.term)),
    prover.below(() => prover.within(base.term, head.term)),
  )
  if (effect === 'equal') return nothing
  const aspect = (now ?? old)?.name === 'unevaluatedProperties' ? 'unevaluated-properties' : 'additional-properties'
  return reportOf(restFact({ aspect, effect, old, now }))
}

/** Unlisted names are neither free nor forbidden. */
function isTyped(prover: Prover, term: Term): boolean {
  return term.conjuncts.length > 0 && !prover.below(() => prover.empty(term))
}

interface Rest {
  readonly conjunct: Conjunct
  readonly name: 'additionalProperties' | 'unevaluatedProperties'
}

interface RestChange {
  readonly aspect: 'additional-properties' | 'unevaluated-properties'
  readonly effect: Effect
  readonly old: Rest | null
  readonly now: Rest | null
}

function restFact({ aspect, effect, old, now }: RestChange): LocalFact {
  const places = { base: old && keywordPlace(old.conjunct, old.name), head: now && keywordPlace(now.conjunct, now.name) }
  const values = {
    ...(places.base === null ? {} : { baseValue: places.base.value }),
    ...(places.head === null ? {} : { headValue: places.head.value }),
  }
  return localFact({ aspect, effect, subject: (now ?? old)?.name ?? 'additionalProperties', ...places, ...values })
}

function restEntry(rest: Rest | null): SchemaNode | null {
  const place = rest === null ? null : keywordPlace(rest.conjunct, rest.name)
  return place === null || rest === null ? null : { ...place, dialect: rest.conjunct.dialect }
}

function restKeyword(slice: Slice): Rest | null {
  for (const name of ['additionalProperties', 'unevaluatedProperties'] as const) {
    const conjunct = slice.conjuncts.find((each) => keyword(each, name) !== undefined && keyword(each, name) !== true)
    if (conjunct !== undefined) return { conjunct, name }
  }
  return null
}

/** Which names are unevaluated depends on the value itself: the rule for them is compared as it stands. */
function compareUnevaluated(slices: ComparedSlices): Report {
  const { engine, baseSlice, headSlice } = slices
  const [old, now] = [restKeyword(baseSlice), restKeyword(headSlice)]
  if (old === null || now === null) {
    if (old === now) return nothing
    return reportOf(restFact({ aspect: 'unevaluated-properties', effect: old === null ? 'narrows' : 'widens', old, now }))
  }
  const [base, head] = [subterm(engine, old.conjunct, old.name), subterm(engine, now.conjunct, now.name)]
  const step = stepTo({ segments: ['unevaluatedProperties'], base, head, baseEntry: restEntry(old), headEntry: restEntry(now) })
  return { facts: [], steps: base === head ? [] : [step] }
}
