/** What a vocabulary of sensitive names is: terms written as words, with what they reveal and when returning them is normal. */
import type { Sensitivity } from '../model/change.ts'

/**
 * When a response may carry the value. `never`: no client needs it. `once`: when it is created. `sign-in`: where a client signs in.
 * `authorised`: to somebody who may see the person's data.
 */
export type Returned = 'never' | 'once' | 'sign-in' | 'authorised'

export interface Term {
  /** The last words of a name, alternatives separated by `|`: `password hash|digest`. */
  readonly words: string
  readonly sensitivity: Sensitivity
  readonly returned: Returned
  /** Numbers count too (a card's security code); elsewhere a number is never the secret itself. */
  readonly numeric?: boolean
  /** Words that, standing anywhere before, make it something else: a `page` token. */
  readonly unless?: readonly string[]
  /** Ordinary contact data: only worth a finding where anybody may read it. */
  readonly contact?: boolean
}

export interface Vocabulary {
  readonly name: string
  readonly terms: readonly Term[]
}

/** A term taken apart: one set of alternatives for each word. */
interface PreparedTerm extends Term {
  readonly alternatives: readonly (readonly string[])[]
}

/** Terms by their possible last words, in the order written. */
export type TermIndex = ReadonlyMap<string, readonly PreparedTerm[]>

/** An index of all terms; of two vocabularies, the first one wins where both know a name. */
export function indexTerms(vocabularies: readonly Vocabulary[]): TermIndex {
  const index = new Map<string, PreparedTerm[]>()
  for (const term of vocabularies.flatMap((vocabulary) => vocabulary.terms)) {
    const prepared = { ...term, alternatives: term.words.split(' ').map((word) => word.split('|')) }
    for (const last of prepared.alternatives.at(-1) ?? []) index.set(last, [...(index.get(last) ?? []), prepared])
  }
  return index
}

/** The term with the most words that the name ends in, or null. */
export function longestTerm(words: readonly string[], index: TermIndex): Term | null {
  const candidates = index.get(words.at(-1) ?? '') ?? []
  let longest: PreparedTerm | null = null
  for (const candidate of candidates) {
    if (longest !== null && candidate.alternatives.length <= longest.alternatives.length) continue
    if (endsIn(words, candidate)) longest = candidate
  }
  return longest
}

function endsIn(words: readonly string[], term: PreparedTerm): boolean {
  const start = words.length - term.alternatives.length
  if (start < 0 || !term.alternatives.every((alternatives, at) => alternatives.includes(words[start + at] ?? ''))) return false
  const before = words.slice(0, start)
  return !before.some((word) => term.unless?.includes(word) === true)
}
