/** Sets of Unicode code points as sorted, disjoint ranges, and the classes that ECMA-262 names. */

export type Range = readonly [from: number, to: number]
export type CharacterSet = readonly Range[]

export const lastCodePoint = 0x10ffff

export const anyCharacter: CharacterSet = [[0, lastCodePoint]]

const digits: CharacterSet = [[0x30, 0x39]]

const wordCharacters: CharacterSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]

/** ECMA-262, WhiteSpace and LineTerminator. */
const spaces: CharacterSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]

const lineTerminators: CharacterSet = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]

/** What `.` matches without the `s` flag. */
export const dot: CharacterSet = complementOf(lineTerminators)

/** `\d`, `\D`, `\w`, `\W`, `\s`, `\S`. */
export const namedClasses: ReadonlyMap<string, CharacterSet> = new Map([
  ['d', digits],
  ['D', complementOf(digits)],
  ['w', wordCharacters],
  ['W', complementOf(wordCharacters)],
  ['s', spaces],
  ['S', complementOf(spaces)],
])

/** `\t` and its like. */
export const controlEscapes: ReadonlyMap<string, number> = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['v', 0x0b],
  ['f', 0x0c],
  ['r', 0x0d],
  ['0', 0x00],
])

/** The set of all ranges together. */
export function unionOf(ranges: readonly Range[]): CharacterSet {
  const sorted = [...ranges].sort((left, right) => left[0] - right[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** Every other character. */
export function complementOf(set: CharacterSet): CharacterSet {
  const rest: Range[] = []
  let next = 0
  for (const [from, to] of set) {
    if (from > next) rest.push([next, from - 1])
    next = to + 1
  }
  if (next <= lastCodePoint) rest.push([next, lastCodePoint])
  return rest
}
