/** Facts about numbers and texts: bounds, multiples, patterns, lengths, formats. */
import { sameJson } from '../same-json.ts'
import type { Slice } from './engine.ts'
import { annotatedFormat, bindingFormat, formatWithin } from './formats.ts'
import { compareLimits, equalFractions, lowerLimit, multipleOf, multiplesWithin, upperLimit, wholeNumbers } from './numbers.ts'
import type { Limit } from './numbers.ts'
import { countBound } from './objects.ts'
import { findText } from './pattern/language.ts'
import { languagesOf } from './prove-scalars.ts'
import { effectOf, effectOfLimit, keywordPlace, localFact } from './report.ts'
import type { ComparedSlices, LocalFact } from './report.ts'
import { keyword } from './term.ts'
import type { Conjunct } from './term.ts'
import type { Effect, SchemaAspect } from './types.ts'

/** Facts about the numbers of both slices. */
export function compareNumbers(slices: ComparedSlices): readonly LocalFact[] {
  const { baseSlice, headSlice } = slices
  const integers = wholeNumbers(baseSlice) || wholeNumbers(headSlice)
  return [
    ...compareLimit('minimum', [lowerLimit(baseSlice, integers), lowerLimit(headSlice, integers)], 1),
    ...compareLimit('maximum', [upperLimit(baseSlice, integers), upperLimit(headSlice, integers)], -1),
    ...compareMultiples(slices, integers),
    ...compareFormats(slices),
  ]
}

function compareLimit(aspect: SchemaAspect, [base, head]: readonly [Limit | null, Limit | null], direction: 1 | -1): readonly LocalFact[] {
  const tighter = base === null ? Number(head !== null) : head === null ? -1 : compareLimits(head, base, direction)
  if (tighter === 0) return []
  const places = { base: base && keywordPlace(base.conjunct, base.keyword), head: head && keywordPlace(head.conjunct, head.keyword) }
  return [localFact({ aspect, effect: effectOfLimit(tighter), subject: aspect, ...places, ...valuesOf(base?.value, head?.value) })]
}

function valuesOf(base: unknown, head: unknown): Pick<LocalFact, 'baseValue' | 'headValue'> {
  return { ...(base === undefined ? {} : { baseValue: base }), ...(head === undefined ? {} : { headValue: head }) }
}

function compareMultiples({ baseSlice, headSlice }: ComparedSlices, integers: boolean): readonly LocalFact[] {
  const [base, head] = [multipleOf(baseSlice, integers), multipleOf(headSlice, integers)]
  if (base === null && head === null) return []
  const effect =
    base !== null && head !== null
      ? equalFractions(base.of, head.of)
        ? 'equal'
        : known(effectOf(multiplesWithin(head.of, base.of), multiplesWithin(base.of, head.of)))
      : effectOfLimit(base === null ? 1 : -1)
  if (effect === 'equal') return []
  const places = { base: keywordPlace(base?.conjunct, 'multipleOf'), head: keywordPlace(head?.conjunct, 'multipleOf') }
  return [
    localFact({ aspect: 'multiple-of', effect, subject: 'multipleOf', ...places, ...valuesOf(places.base?.value, places.head?.value) }),
  ]
}

/** Where inclusion is decided either way, neither means incomparable. */
function known(effect: Effect): Effect {
  return effect === 'unknown' ? 'incomparable' : effect
}

function compareFormats({ baseSlice, headSlice }: ComparedSlices): readonly LocalFact[] {
  const formatsOf = (slice: Slice): readonly { format: string; conjunct: Conjunct }[] =>
    slice.conjuncts.flatMap((conjunct) => {
      const format = bindingFormat(conjunct, slice.group)
      return format === null ? [] : [{ format, conjunct }]
    })
  const [base, head] = [formatsOf(baseSlice), formatsOf(headSlice)]
  const within = (inner: typeof base, outer: typeof base): boolean =>
    outer.every((needed) => inner.some((given) => formatWithin(given.format, needed.format)))
  const effect = known(effectOf(within(head, base), within(base, head)))
  if (effect === 'equal') return []
  const [old, now] = [
    base.find(({ format }) => !head.some((each) => each.format === format)) ?? base[0],
    head.find(({ format }) => !base.some((each) => each.format === format)) ?? head[0],
  ]
  const places = { base: formatPlace(old?.conjunct), head: formatPlace(now?.conjunct) }
  return [
    localFact({ aspect: 'format', effect, subject: now?.format ?? old?.format ?? '', ...places, ...valuesOf(old?.format, now?.format) }),
  ]
}

function formatPlace(conjunct: Conjunct | undefined): ReturnType<typeof keywordPlace> {
  const name = ['format', 'contentEncoding', 'contentMediaType', 'type'].find(
    (each) => conjunct !== undefined && keyword(conjunct, each) !== undefined,
  )
  return name === undefined ? null : keywordPlace(conjunct, name)
}

/** Facts about the texts of both slices. */
export function compareTexts(slices: ComparedSlices): readonly LocalFact[] {
  return [...compareLanguages(slices), ...compareFormats(slices), ...compareContent(slices)]
}

/** Patterns and lengths together: what one says by a pattern the other may say by a length. */
function compareLanguages({ baseSlice, headSlice }: ComparedSlices): readonly LocalFact[] {
  const lengths = ['minLength', 'maxLength'].flatMap((name) => compareCount(name, baseSlice, headSlice))
  const [old, now] = [patternsOf(baseSlice), patternsOf(headSlice)]
  const samePatterns = old.size === now.size && [...old.keys()].every((pattern) => now.has(pattern))
  if (samePatterns && (lengths.length === 0 || old.size === 0)) return lengths
  if (sameLanguage(baseSlice, headSlice)) return []
  return samePatterns ? lengths : [...lengths, patternFact(old, now)].filter((fact) => fact.effect !== 'equal')
}

type Patterns = ReadonlyMap<string, Conjunct>

function patternsOf(slice: Slice): Patterns {
  return new Map(
    slice.conjuncts.flatMap((conjunct) => {
      const pattern = keyword(conjunct, 'pattern')
      return typeof pattern === 'string' ? [[pattern, conjunct] as const] : []
    }),
  )
}

function sameLanguage(base: Slice, head: Slice): boolean {
  const [old, now] = [languagesOf(base), languagesOf(head)]
  if (old.unknown || now.unknown) return false
  const within = (inner: typeof old, outer: typeof old): boolean =>
    outer.languages.length === 0 || findText(inner.languages, outer.languages) === 'none'
  return within(old, now) && within(now, old)
}

function patternFact(old: Patterns, now: Patterns): LocalFact {
  const effect = patternEffect(old, now)
  const [gone, fresh] = [[...old].find(([pattern]) => !now.has(pattern)), [...now].find(([pattern]) => !old.has(pattern))]
  const places = { base: keywordPlace(gone?.[1], 'pattern'), head: keywordPlace(fresh?.[1], 'pattern') }
  const reason =
    effect === 'unknown'
      ? 'One of the patterns uses look-around, a back-reference or another construct whose set of texts cannot be compared.'
      : ''
  return localFact({
    aspect: 'pattern',
    effect,
    subject: fresh?.[0] ?? gone?.[0] ?? '',
    ...places,
    ...valuesOf(gone?.[0], fresh?.[0]),
    reason,
  })
}

/** A pattern that only one side has narrows or widens whatever it says, unless every text has it. */
function patternEffect(old: Patterns, now: Patterns): Effect {
  const [base, head] = [languagesFor(old), languagesFor(now)]
  if (base === null || head === null) {
    if ([...old.keys()].every((pattern) => now.has(pattern))) return 'narrows'
    return [...now.keys()].every((pattern) => old.has(pattern)) ? 'widens' : 'unknown'
  }
  const [added, lost] = [findText(head, base), findText(base, head)]
  const headWithin = base.length === 0 || added === 'none'
  const baseWithin = head.length === 0 || lost === 'none'
  if (!headWithin && !baseWithin) return added === 'unknown' || lost === 'unknown' ? 'unknown' : 'incomparable'
  return effectOf(headWithin, baseWithin)
}

function languagesFor(patterns: Patterns): ReturnType<typeof languagesOf>['languages'] | null {
  const { languages, unknown } = languagesOf({ group: 'string', mask: 16, conjuncts: [...patterns.values()].map(onlyPattern), unions: [] })
  return unknown ? null : languages
}

/** The conjunct without its length bounds. */
function onlyPattern(conjunct: Conjunct): Conjunct {
  return { ...conjunct, without: new Set([...conjunct.without, 'minLength', 'maxLength']) }
}

const countAspects: ReadonlyMap<string, SchemaAspect> = new Map([
  ['minLength', 'min-length'],
  ['maxLength', 'max-length'],
  ['minItems', 'min-items'],
  ['maxItems', 'max-items'],
  ['minProperties', 'min-properties'],
  ['maxProperties', 'max-properties'],
])

/** The fact that a counting bound was set, moved or dropped. */
export function compareCount(name: string, baseSlice: Slice, headSlice: Slice): readonly LocalFact[] {
  const [base, head] = [countBound(baseSlice, name), countBound(headSlice, name)]
  const sign = name.startsWith('max') ? -1 : 1
  const tighter = base === null ? Number(head !== null) : head === null ? -1 : sign * (head.value - base.value)
  if (tighter === 0) return []
  const places = { base: keywordPlace(base?.conjunct, name), head: keywordPlace(head?.conjunct, name) }
  const aspect = countAspects.get(name) ?? 'undecided'
  return [localFact({ aspect, effect: effectOfLimit(tighter), subject: name, ...places, ...valuesOf(base?.value, head?.value) })]
}

const contentAspects = [
  ['contentEncoding', 'content-encoding'],
  ['contentMediaType', 'content-media-type'],
  ['contentSchema', 'content-schema'],
] as const

/** How the text is to be read. `base64` and raw bytes are compared as formats. */
function compareContent({ baseSlice, headSlice }: ComparedSlices): readonly LocalFact[] {
  return contentAspects.flatMap(([name, aspect]) => {
    const find = (slice: Slice): Conjunct | undefined => slice.conjuncts.find((conjunct) => saysContent(conjunct, name))
    const [base, head] = [find(baseSlice), find(headSlice)]
    const places = { base: keywordPlace(base, name), head: keywordPlace(head, name) }
    if (sameJson(places.base?.value, places.head?.value)) return []
    const effect = base === undefined ? 'narrows' : head === undefined ? 'widens' : 'incomparable'
    return [localFact({ aspect, effect, subject: name, ...places, ...valuesOf(places.base?.value, places.head?.value) })]
  })
}

function saysContent(conjunct: Conjunct, name: string): boolean {
  const written = keyword(conjunct, name)
  if (written === undefined || (name === 'contentEncoding' && written === 'base64')) return false
  return name !== 'contentMediaType' || bindingFormat(conjunct, 'string') !== 'binary'
}

/** The fact that a format which binds nothing was set, changed or dropped. */
export function compareAnnotatedFormats({ baseSlice, headSlice }: ComparedSlices): readonly LocalFact[] {
  const find = (slice: Slice): Conjunct | undefined => slice.conjuncts.find((conjunct) => annotatedFormat(conjunct) !== null)
  const places = { base: keywordPlace(find(baseSlice), 'format'), head: keywordPlace(find(headSlice), 'format') }
  if (places.base?.value === places.head?.value) return []
  const subject = String(places.head?.value ?? places.base?.value)
  return [
    localFact({
      aspect: 'format',
      effect: 'equal',
      docsOnly: true,
      subject,
      ...places,
      ...valuesOf(places.base?.value, places.head?.value),
    }),
  ]
}
