/** Facts about property names: patterns for names, rules for all names, properties that demand others. */
import { isList, isObject } from '../../openapi/values.ts'
import type { Engine, Slice } from './engine.ts'
import { appliedToPattern, namePatterns } from './objects.ts'
import { subterm } from './slice.ts'
import { effectOf, joined, keywordPlace, localFact, nothing, reportOf, stepTo } from './report.ts'
import type { ComparedSlices, LocalFact, Report } from './report.ts'
import { anyTerm, both, entriesOf, keyword } from './term.ts'
import type { Conjunct, Term } from './term.ts'
import type { OnBoth, SchemaAspect } from './types.ts'

/** Patterns for names, matched by their text. */
export function compareNamePatterns(slices: ComparedSlices): Report {
  const { engine, baseSlice, headSlice } = slices
  const names = new Set([...namePatterns(headSlice), ...namePatterns(baseSlice)])
  return joined(
    [...names].map((name) => {
      const terms = { base: appliedToPattern(engine, baseSlice, name), head: appliedToPattern(engine, headSlice, name) }
      return compareNamed(slices, { keywordName: 'patternProperties', aspect: 'pattern-properties', name, terms })
    }),
  )
}

/** Demands that follow from the presence of a property. */
export function compareDependents(slices: ComparedSlices): Report {
  const { baseSlice, headSlice } = slices
  const schemas = new Set([...namesUnder(headSlice, 'dependentSchemas'), ...namesUnder(baseSlice, 'dependentSchemas')])
  const steps = [...schemas].map((name) => {
    const term = (slice: Slice): Term => termUnder(slices.engine, slice, { keywordName: 'dependentSchemas', name })
    return compareNamed(slices, {
      keywordName: 'dependentSchemas',
      aspect: 'dependent-schemas',
      name,
      terms: { base: term(baseSlice), head: term(headSlice) },
    })
  })
  const lists = new Set([...namesUnder(headSlice, 'dependentRequired'), ...namesUnder(baseSlice, 'dependentRequired')])
  return joined([...steps, ...[...lists].map((name) => reportOf(...compareDemands(slices, name)))])
}

function namesUnder(slice: Slice, name: string): readonly string[] {
  return slice.conjuncts.flatMap((conjunct) => entriesOf(conjunct, name))
}

interface Named {
  readonly keywordName: string
  readonly aspect: SchemaAspect
  readonly name: string
  readonly terms: OnBoth<Term>
}

function compareNamed(slices: ComparedSlices, { keywordName, aspect, name, terms }: Named): Report {
  const { prover } = slices
  const [old, now] = [holder(slices.baseSlice, keywordName, name), holder(slices.headSlice, keywordName, name)]
  const { base, head } = terms
  if (base === head) return nothing
  if (old !== undefined && now !== undefined) {
    const entry = (conjunct: Conjunct): ReturnType<typeof keywordPlace> => keywordPlace(conjunct, keywordName, name)
    const [oldEntry, nowEntry] = [entry(old), entry(now)]
    return {
      facts: [],
      steps: [
        stepTo({
          segments: [keywordName, name],
          base,
          head,
          baseEntry: oldEntry && { ...oldEntry, dialect: old.dialect },
          headEntry: nowEntry && { ...nowEntry, dialect: now.dialect },
        }),
      ],
    }
  }
  const effect = effectOf(
    prover.below(() => prover.within(head, base)),
    prover.below(() => prover.within(base, head)),
  )
  if (effect === 'equal') return nothing
  const places = { base: keywordPlace(old, keywordName, name), head: keywordPlace(now, keywordName, name) }
  return reportOf(localFact({ aspect, effect, subject: name, ...places, ...values(places) }))
}

function values({
  base,
  head,
}: {
  readonly base: { value: unknown } | null
  readonly head: { value: unknown } | null
}): Pick<LocalFact, 'baseValue' | 'headValue'> {
  return { ...(base === null ? {} : { baseValue: base.value }), ...(head === null ? {} : { headValue: head.value }) }
}

function holder(slice: Slice, keywordName: string, name: string): Conjunct | undefined {
  return slice.conjuncts.find((conjunct) => entriesOf(conjunct, keywordName).includes(name))
}

function termUnder(engine: Engine, slice: Slice, { keywordName, name }: { keywordName: string; name: string }): Term {
  return slice.conjuncts
    .filter((conjunct) => entriesOf(conjunct, keywordName).includes(name))
    .reduce((term, conjunct) => both(engine.terms, term, subterm(engine, conjunct, keywordName, name)), anyTerm(engine.terms))
}

/** `propertyNames` of all conjuncts together. */
export function comparePropertyNames({ engine, prover, baseSlice, headSlice }: ComparedSlices): Report {
  const term = (slice: Slice): Term =>
    slice.conjuncts
      .filter((conjunct) => keyword(conjunct, 'propertyNames') !== undefined)
      .reduce((all, conjunct) => both(engine.terms, all, subterm(engine, conjunct, 'propertyNames')), anyTerm(engine.terms))
  const [base, head] = [term(baseSlice), term(headSlice)]
  if (base === head) return nothing
  const effect = effectOf(
    prover.below(() => prover.within(head, base)),
    prover.below(() => prover.within(base, head)),
  )
  if (effect === 'equal') return nothing
  const place = (slice: Slice): ReturnType<typeof keywordPlace> =>
    keywordPlace(
      slice.conjuncts.find((conjunct) => keyword(conjunct, 'propertyNames') !== undefined),
      'propertyNames',
    )
  const places = { base: place(baseSlice), head: place(headSlice) }
  const reason = effect === 'unknown' ? 'Which names the two rules allow could not be compared.' : ''
  return reportOf(localFact({ aspect: 'property-names', effect, subject: 'propertyNames', reason, ...places, ...values(places) }))
}

function compareDemands({ baseSlice, headSlice }: ComparedSlices, name: string): readonly LocalFact[] {
  const [old, now] = [demandsOf(baseSlice, name), demandsOf(headSlice, name)]
  const effect = effectOf(
    [...old].every((other) => now.has(other)),
    [...now].every((other) => old.has(other)),
  )
  if (effect === 'equal') return []
  const place = (slice: Slice): ReturnType<typeof keywordPlace> =>
    keywordPlace(holder(slice, 'dependentRequired', name), 'dependentRequired', name)
  const places = { base: place(baseSlice), head: place(headSlice) }
  return [
    localFact({
      aspect: 'dependent-required',
      effect: effect === 'unknown' ? 'incomparable' : effect,
      subject: name,
      ...places,
      ...values(places),
    }),
  ]
}

function demandsOf(slice: Slice, name: string): ReadonlySet<unknown> {
  return new Set(
    slice.conjuncts.flatMap((conjunct) => {
      const lists = keyword(conjunct, 'dependentRequired')
      const list = isObject(lists) && Object.hasOwn(lists, name) ? lists[name] : undefined
      return isList(list) ? [...list] : []
    }),
  )
}
