/** Facts about lists: items by position, all other items, counts, `contains`, uniqueness. */
import type { SchemaNode } from '../../openapi/types.ts'
import { appliedToItem, prefixKeyword, prefixLength, restKeyword } from './arrays.ts'
import { compareCount } from './compare-scalars.ts'
import type { Slice } from './engine.ts'
import { containsBounds } from './prove-arrays.ts'
import { effectOf, joined, keywordPlace, localFact, nothing, reportOf, stepTo } from './report.ts'
import type { ComparedSlices, LocalFact, Report } from './report.ts'
import { subterm } from './slice.ts'
import { isList } from '../../openapi/values.ts'
import { keyword } from './term.ts'
import type { Conjunct, Term } from './term.ts'

/** Facts about the lists of both slices, and the steps into their items. */
export function compareItems(slices: ComparedSlices): Report {
  const { baseSlice, headSlice } = slices
  const counts = ['minItems', 'maxItems'].flatMap((name) => compareCount(name, baseSlice, headSlice))
  return joined([
    comparePositions(slices),
    compareRestItems(slices),
    compareContains(slices),
    reportOf(...counts, ...compareUniqueness(slices)),
  ])
}

function comparePositions(slices: ComparedSlices): Report {
  const { engine, prover, baseSlice, headSlice } = slices
  const reports: Report[] = []
  const lengths = [prefixLength(baseSlice), prefixLength(headSlice)] as const
  for (let index = 0; index < Math.max(...lengths); index++) {
    const [base, head] = [appliedToItem(engine, baseSlice, index).term, appliedToItem(engine, headSlice, index).term]
    if (base === head) continue
    const [old, now] = [entryAt(baseSlice, index), entryAt(headSlice, index)]
    if (old !== null && now !== null) {
      reports.push({ facts: [], steps: [stepTo({ segments: ['prefixItems', String(index)], base, head, baseEntry: old, headEntry: now })] })
      continue
    }
    const effect = effectOf(
      prover.below(() => prover.within(head, base)),
      prover.below(() => prover.within(base, head)),
    )
    if (effect !== 'equal')
      reports.push(
        reportOf(localFact({ aspect: 'prefix-items', effect, subject: String(index), base: old, head: now, ...written(old, now) })),
      )
  }
  return joined(reports)
}

function written(base: SchemaNode | null, head: SchemaNode | null): Pick<LocalFact, 'baseValue' | 'headValue'> {
  return { ...(base === null ? {} : { baseValue: base.value }), ...(head === null ? {} : { headValue: head.value }) }
}

function entryAt(slice: Slice, index: number): SchemaNode | null {
  for (const conjunct of slice.conjuncts) {
    const name = prefixKeyword(conjunct)
    const list = keyword(conjunct, name)
    const place = isList(list) && index < list.length ? keywordPlace(conjunct, name, index) : null
    if (place !== null) return { ...place, dialect: conjunct.dialect }
  }
  return null
}

function compareRestItems(slices: ComparedSlices): Report {
  const { engine, prover, baseSlice, headSlice } = slices
  const beyond = Math.max(prefixLength(baseSlice), prefixLength(headSlice))
  const [applied, appliedNow] = [appliedToItem(engine, baseSlice, beyond), appliedToItem(engine, headSlice, beyond)]
  const [base, head] = [applied.term, appliedNow.term]
  if (base === head && applied.exact && appliedNow.exact) return nothing
  const [old, now] = [restEntry(baseSlice), restEntry(headSlice)]
  if (old !== null && now !== null && applied.exact && appliedNow.exact && !base.never && !head.never) {
    return { facts: [], steps: [stepTo({ segments: ['items'], base, head, baseEntry: old, headEntry: now })] }
  }
  const effect = effectOf(
    prover.below(() => prover.within(head, base)),
    prover.below(() => prover.within(base, head)),
  )
  if (effect === 'equal' && applied.exact === appliedNow.exact) return nothing
  const aspect = [...baseSlice.conjuncts, ...headSlice.conjuncts].some((each) => keyword(each, 'unevaluatedItems') !== undefined)
    ? 'unevaluated-items'
    : 'items'
  return reportOf(
    localFact({ aspect, effect: effect === 'equal' ? 'unknown' : effect, subject: 'items', base: old, head: now, ...written(old, now) }),
  )
}

function restEntry(slice: Slice): SchemaNode | null {
  for (const conjunct of slice.conjuncts) {
    for (const name of [restKeyword(conjunct), 'unevaluatedItems']) {
      const place = keyword(conjunct, name) === undefined ? null : keywordPlace(conjunct, name)
      if (place !== null) return { ...place, dialect: conjunct.dialect }
    }
  }
  return null
}

function compareUniqueness({ baseSlice, headSlice }: ComparedSlices): readonly LocalFact[] {
  const find = (slice: Slice): Conjunct | undefined => slice.conjuncts.find((conjunct) => keyword(conjunct, 'uniqueItems') === true)
  const [old, now] = [find(baseSlice), find(headSlice)]
  if ((old === undefined) === (now === undefined)) return []
  const places = { base: keywordPlace(old, 'uniqueItems'), head: keywordPlace(now, 'uniqueItems') }
  return [
    localFact({
      aspect: 'unique-items',
      effect: old === undefined ? 'narrows' : 'widens',
      subject: 'uniqueItems',
      ...places,
      ...(old === undefined ? { headValue: true } : { baseValue: true }),
    }),
  ]
}

interface Contains {
  readonly conjunct: Conjunct
  readonly term: Term
  readonly min: number
  readonly max: number
}

/** One `contains` on each side is compared part by part; several of them as they are written. */
function compareContains(slices: ComparedSlices): Report {
  const [base, head] = [containsOf(slices, slices.baseSlice), containsOf(slices, slices.headSlice)]
  const open = (list: readonly Contains[], others: readonly Contains[]): Contains[] =>
    list.filter((each) => !others.some((other) => sameContains(slices, each, other)))
  const [gone, fresh] = [open(base, head), open(head, base)]
  const [old, now] = [gone[0], fresh[0]]
  if (old !== undefined && now !== undefined && gone.length === 1 && fresh.length === 1)
    return reportOf(...compareContained(slices, old, now))
  const place = ({ conjunct }: Contains): ReturnType<typeof keywordPlace> => keywordPlace(conjunct, 'contains')
  return reportOf(
    ...gone.map((each) =>
      localFact({ aspect: 'contains', effect: 'widens', subject: 'contains', base: place(each), baseValue: place(each)?.value }),
    ),
    ...fresh.map((each) =>
      localFact({ aspect: 'contains', effect: 'narrows', subject: 'contains', head: place(each), headValue: place(each)?.value }),
    ),
  )
}

function containsOf({ engine }: ComparedSlices, slice: Slice): readonly Contains[] {
  return slice.conjuncts
    .filter((conjunct) => keyword(conjunct, 'contains') !== undefined)
    .map((conjunct) => ({ conjunct, term: subterm(engine, conjunct, 'contains'), ...containsBounds(conjunct) }))
    .filter(({ min, max }) => min > 0 || max < Infinity)
}

function sameContains({ prover }: ComparedSlices, left: Contains, right: Contains): boolean {
  return (
    left.min === right.min &&
    left.max === right.max &&
    prover.below(() => prover.within(left.term, right.term) && prover.within(right.term, left.term))
  )
}

function compareContained({ prover }: ComparedSlices, old: Contains, now: Contains): readonly LocalFact[] {
  const places = (name: string): { base: ReturnType<typeof keywordPlace>; head: ReturnType<typeof keywordPlace> } => ({
    base: keyword(old.conjunct, name) === undefined ? null : keywordPlace(old.conjunct, name),
    head: keyword(now.conjunct, name) === undefined ? null : keywordPlace(now.conjunct, name),
  })
  const facts: LocalFact[] = []
  const values = { minimum: { baseValue: old.min, headValue: now.min }, maximum: { baseValue: old.max, headValue: now.max } }
  if (old.min !== now.min)
    facts.push(
      localFact({
        aspect: 'min-contains',
        effect: now.min > old.min ? 'narrows' : 'widens',
        subject: 'minContains',
        ...places('minContains'),
        ...values.minimum,
      }),
    )
  if (old.max !== now.max)
    facts.push(
      localFact({
        aspect: 'max-contains',
        effect: now.max < old.max ? 'narrows' : 'widens',
        subject: 'maxContains',
        ...places('maxContains'),
        ...values.maximum,
      }),
    )
  const effect = effectOf(
    prover.below(() => prover.within(now.term, old.term)),
    prover.below(() => prover.within(old.term, now.term)),
  )
  if (effect === 'equal') return facts
  const bounded = old.max < Infinity || now.max < Infinity
  const place = places('contains')
  return [
    ...facts,
    localFact({
      aspect: 'contains',
      effect: bounded ? 'unknown' : effect,
      subject: 'contains',
      ...place,
      baseValue: place.base?.value,
      headValue: place.head?.value,
    }),
  ]
}
