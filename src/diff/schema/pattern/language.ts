/** Sets of texts: which contain which, and the shortest text on one side of a difference. */
import { automatonOf, classIndex } from './automaton.ts'
import type { Automaton } from './automaton.ts'
import { lastCodePoint } from './characters.ts'
import { parsePattern } from './parse-pattern.ts'

/** Pairs of states looked at for one question; past this the answer is unknown. */
const maxPairs = 60_000

/** Length bounds above this are not turned into states. */
export const maxCountedLength = 400

const compiled = new Map<string, Automaton | null>()

/** More patterns than this are compiled anew each time, so that a long-lived process does not grow. */
const maxRemembered = 2_000

/** The automaton of a pattern; null when its language is unknown. Pure: what is remembered depends on the pattern alone. */
export function languageOf(pattern: string): Automaton | null {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  const expression = pattern.length > 2_000 ? null : parsePattern(pattern)
  const automaton = expression === null ? null : automatonOf(expression)
  if (compiled.size >= maxRemembered) compiled.clear()
  compiled.set(pattern, automaton)
  return automaton
}

/** All texts of so many characters (code points); null when the bounds are too large to count. */
export function lengthLanguage(min: number, max: number): Automaton | null {
  const last = max === Infinity ? min : max + 1
  if (last > maxCountedLength) return null
  const next: number[][] = []
  const accepting: boolean[] = []
  for (let length = 0; length <= last; length++) {
    next.push([Math.min(length + 1, last)])
    accepting.push(length >= min && length <= max)
  }
  return { classes: [0], next, accepting }
}

/** Whether the text is in the language. */
export function accepts(automaton: Automaton, text: string): boolean {
  let state = 0
  for (const character of text) {
    state = automaton.next[state]?.[classIndex(automaton.classes, character.codePointAt(0) ?? 0)] ?? 0
  }
  return automaton.accepting[state] === true
}

/** A text, or why there is none: `none` is proved, `unknown` is not. */
export type Search = { readonly text: string } | 'none' | 'unknown'

/** A shortest text that all of `inside` accept and not all of `outside`; with an empty `outside`, one that all of `inside` accept. */
export function findText(inside: readonly Automaton[], outside: readonly Automaton[]): Search {
  const all = [...inside, ...outside]
  const classes = [...new Set(all.flatMap((automaton) => automaton.classes))].sort((left, right) => left - right)
  const columns = all.map((automaton) => classes.map((start) => classIndex(automaton.classes, start)))
  const samples = classes.map((start, at) => sampleOf(start, (classes[at + 1] ?? lastCodePoint + 1) - 1))
  const order = classes.map((_, at) => at).sort((left, right) => rank(samples[left] ?? 0) - rank(samples[right] ?? 0))
  const wanted = (states: readonly number[]): boolean => {
    const verdicts = all.map((automaton, at) => automaton.accepting[states[at] ?? 0] === true)
    const within = verdicts.slice(0, inside.length).every(Boolean)
    return within && (outside.length === 0 || verdicts.slice(inside.length).some((verdict) => !verdict))
  }
  const start = all.map(() => 0)
  const from = new Map<string, { readonly key: string; readonly code: number } | null>([[start.join(), null]])
  let frontier: (readonly number[])[] = [start]
  while (frontier.length > 0) {
    const following: (readonly number[])[] = []
    for (const states of frontier) {
      if (wanted(states)) return { text: spell(from, states.join()) }
      if (from.size > maxPairs) return 'unknown'
      for (const at of order) {
        const successors = all.map((automaton, index) => automaton.next[states[index] ?? 0]?.[columns[index]?.[at] ?? 0] ?? 0)
        const key = successors.join()
        if (from.has(key)) continue
        from.set(key, { key: states.join(), code: samples[at] ?? 0 })
        following.push(successors)
      }
    }
    frontier = following
  }
  return 'none'
}

function spell(from: ReadonlyMap<string, { readonly key: string; readonly code: number } | null>, end: string): string {
  const codes: number[] = []
  for (let step = from.get(end); step !== null && step !== undefined; step = from.get(step.key)) codes.push(step.code)
  return String.fromCodePoint(...codes.reverse())
}

/** Letters first, so that witnesses read well. */
const preferred = ['a', 'A', '0', '-', '_', ' ', '.'].map((character) => character.charCodeAt(0))

function sampleOf(from: number, to: number): number {
  const readable = preferred.find((code) => code >= from && code <= to)
  if (readable !== undefined) return readable
  if (from >= 0xd800 && from <= 0xdfff && to > 0xdfff) return 0xe000
  return Math.max(from, Math.min(to, 0x21))
}

function rank(code: number): number {
  const at = preferred.indexOf(code)
  if (at >= 0) return at
  return code > 0x20 && code < 0x7f ? preferred.length : preferred.length + 1
}
