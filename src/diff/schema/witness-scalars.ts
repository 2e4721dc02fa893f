/** Numbers and texts near every limit that a slice or its opposite names. */
import type { Slice } from './engine.ts'
import { bindingFormat, formatSamples } from './formats.ts'
import { fractionOf, lowerLimit, multipleOf, upperLimit, wholeNumbers } from './numbers.ts'
import { countBound } from './objects.ts'
import { accepts, findText, languageOf } from './pattern/language.ts'
import { languagesOf } from './prove-scalars.ts'
import { keyword } from './term.ts'

/** Longer texts are not made. */
const maxLength = 5_000

/** Numbers at, just inside and just outside of all limits. */
export function numberCandidates(slice: Slice, hints: readonly Slice[]): readonly number[] {
  const all = [slice, ...hints]
  const marks = new Set([0, 1, -1])
  for (const each of all) {
    for (const limit of [lowerLimit(each, false), upperLimit(each, false)]) if (limit !== null) marks.add(limit.value)
    for (const conjunct of each.conjuncts) {
      const format = bindingFormat(conjunct, 'number')
      if (format === 'int32') marks.add(2 ** 31).add(-(2 ** 31))
      if (format === 'int64') marks.add(2 ** 40)
    }
  }
  const near = [...marks].flatMap((mark) => [mark, mark + 1, mark - 1, mark + 0.5, mark - 0.5])
  const units = all.map((each) => multipleOf(each, wholeNumbers(each))).filter((unit) => unit !== null)
  const multiples = units.flatMap(({ of }) => near.flatMap((mark) => multiplesNear(mark, Number(of.numerator) / Number(of.denominator))))
  return [...new Set([...near, ...multiples])].filter(
    (value) => Number.isFinite(value) && Number.isFinite(Number(fractionOf(value).numerator)),
  )
}

function multiplesNear(mark: number, unit: number): readonly number[] {
  const count = Math.round(mark / unit)
  return [count, count + 1, count - 1].map((each) => Number((each * unit).toPrecision(12)))
}

/** Texts by pattern, format and length. */
export function textCandidates(slice: Slice, hints: readonly Slice[]): readonly string[] {
  const formats = [slice, ...hints].flatMap((each) => each.conjuncts.flatMap((conjunct) => bindingFormat(conjunct, 'string') ?? []))
  const samples = [...new Set(formats)].flatMap((format) => formatSamples.get(format) ?? [])
  const plain = ['', 'a', 'text', '0', 'A', ' ', ...samples]
  const lengths = [slice, ...hints].flatMap((each) => [countBound(each, 'minLength')?.value, countBound(each, 'maxLength')?.value])
  const wanted = lengths
    .flatMap((length) => (length === undefined ? [] : [length, length + 1, length - 1]))
    .filter((length) => length >= 0 && length <= maxLength)
  const sized = [...new Set(wanted)].map((length) => 'a'.repeat(length))
  return [...byLanguage(slice, hints), ...plain, ...sized]
}

/** A text in the slice's languages, and one that a hint's languages refuse. */
function byLanguage(slice: Slice, hints: readonly Slice[]): readonly string[] {
  const inside = languagesOf(slice).languages
  const searches = [findText(inside, [])]
  for (const hint of hints.slice(0, 6)) {
    const outside = languagesOf(hint).languages
    if (outside.length > 0) searches.push(findText(inside, outside), findText([...inside, ...outside], []))
  }
  return searches.flatMap((search) => (typeof search === 'string' ? [] : [search.text]))
}

/** Names for properties that nobody listed, fitting the patterns given. */
export function nameCandidates(slice: Slice, patterns: readonly string[]): readonly string[] {
  const languages = patterns.map(languageOf)
  const names = languages.flatMap((language) => {
    const found = language === null ? 'unknown' : findText([language], [])
    return typeof found === 'string' ? [] : [found.text]
  })
  const free = ['extra', 'other', 'x', '_extra'].find((name) =>
    languages.every((language) => language !== null && !accepts(language, name)),
  )
  const ruled = slice.conjuncts.some((conjunct) => keyword(conjunct, 'propertyNames') !== undefined) ? ['a', 'A', 'ab', 'abcdefghij'] : []
  return [...new Set([...names, ...(free === undefined ? [] : [free]), ...ruled])]
}
