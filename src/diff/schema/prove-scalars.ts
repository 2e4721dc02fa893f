/** Proofs about numbers and texts: bounds, multiples, patterns and formats of a slice against one conjunct. */
import type { Slice } from './engine.ts'
import { bindingFormat, formatWithin } from './formats.ts'
import type { Group } from './json-types.ts'
import { compareLimits, lowerLimit, multipleOf, multiplesWithin, upperLimit, wholeNumbers } from './numbers.ts'
import { countBound } from './objects.ts'
import { findText, languageOf, lengthLanguage } from './pattern/language.ts'
import { sameJson } from '../same-json.ts'
import { keyword } from './term.ts'
import type { Conjunct } from './term.ts'

const aloneBefore = new WeakMap<Conjunct, Map<string, Slice>>()

/** The conjunct as a slice of its own, of the same kinds; the same object for the same question, since more is remembered by it. */
export function alone({ group, mask }: Slice, conjunct: Conjunct): Slice {
  let known = aloneBefore.get(conjunct)
  if (known === undefined) aloneBefore.set(conjunct, (known = new Map<string, Slice>()))
  const key = `${group} ${String(mask)}`
  let slice = known.get(key)
  if (slice === undefined) known.set(key, (slice = { group, mask, conjuncts: [conjunct], unions: [] }))
  return slice
}

/** Every number of the slice satisfies the conjunct. */
export function numbersImply(slice: Slice, conjunct: Conjunct): boolean {
  const integers = wholeNumbers(slice)
  const outer = alone(slice, conjunct)
  for (const [limit, direction] of [[lowerLimit, 1] as const, [upperLimit, -1] as const]) {
    const needed = limit(outer, integers)
    const given = limit(slice, integers)
    if (needed !== null && (given === null || compareLimits(given, needed, direction) < 0)) return false
  }
  const [needed, given] = [multipleOf(outer, integers), multipleOf(slice, integers)]
  if (needed !== null && (given === null || !multiplesWithin(given.of, needed.of))) return false
  return formatImplied(slice, conjunct, 'number')
}

function formatImplied(slice: Slice, conjunct: Conjunct, group: Group): boolean {
  const needed = bindingFormat(conjunct, group)
  return needed === null || slice.conjuncts.some((each) => formatWithin(bindingFormat(each, group) ?? '', needed))
}

/** Annotations that say how to read the text: another reading is another set, as far as anybody can prove. */
const contentKeywords = ['contentEncoding', 'contentMediaType', 'contentSchema']

/** `base64` and raw bytes are compared as formats. */
function isFormat(conjunct: Conjunct, name: string): boolean {
  const format = bindingFormat(conjunct, 'string')
  return (name === 'contentEncoding' && format === 'byte') || (name === 'contentMediaType' && format === 'binary')
}

/** Every text of the slice satisfies the conjunct. */
export function textsImply(slice: Slice, conjunct: Conjunct): boolean {
  if (!formatImplied(slice, conjunct, 'string')) return false
  for (const name of contentKeywords) {
    const needed = keyword(conjunct, name)
    if (needed !== undefined && !isFormat(conjunct, name) && !slice.conjuncts.some((each) => sameJson(keyword(each, name), needed)))
      return false
  }
  const outer = alone(slice, conjunct)
  const lengthsImplied = boundImplied(slice, outer, 'minLength') && boundImplied(slice, outer, 'maxLength')
  const pattern = keyword(conjunct, 'pattern')
  const patternImplied = typeof pattern !== 'string' || slice.conjuncts.some((each) => keyword(each, 'pattern') === pattern)
  return (lengthsImplied && patternImplied) || languageWithin(slice, outer)
}

/** A lower or upper count bound of `outer` holds in the slice. */
export function boundImplied(slice: Slice, outer: Slice, name: string): boolean {
  const [given, needed] = [countBound(slice, name), countBound(outer, name)]
  if (needed === null) return true
  if (given === null) return false
  return name.startsWith('max') ? given.value <= needed.value : given.value >= needed.value
}

/** By automata: every text that the patterns and lengths of one side allow, those of the other allow too. */
export function languageWithin(inner: Slice, outer: Slice): boolean {
  const [inside, outside] = [languagesOf(inner), languagesOf(outer)]
  if (outside.unknown) return false
  return outside.languages.length === 0 || findText(inside.languages, outside.languages) === 'none'
}

/** The automata of all patterns and length bounds of a slice; `unknown` when some could not be built. */
export function languagesOf(slice: Slice): { readonly languages: NonNullable<ReturnType<typeof languageOf>>[]; readonly unknown: boolean } {
  const patterns = new Set(slice.conjuncts.map((conjunct) => keyword(conjunct, 'pattern')).filter((pattern) => typeof pattern === 'string'))
  const languages = [...patterns].map(languageOf)
  const [min, max] = [countBound(slice, 'minLength'), countBound(slice, 'maxLength')]
  if (min !== null || max !== null) languages.push(lengthLanguage(min?.value ?? 0, max?.value ?? Infinity))
  return { languages: languages.filter((language) => language !== null), unknown: languages.includes(null) }
}
