/**
 * The regular part of ECMA-262 regular expressions, as JSON Schema uses them (`u` flag, and what engines tolerate without it). What is
 * not regular or not worth it (look-around, back-references, word boundaries, `\p`) is refused: the language is then unknown.
 */
import { anyCharacter, complementOf, controlEscapes, dot, lastCodePoint, namedClasses, unionOf } from './characters.ts'
import type { CharacterSet, Range } from './characters.ts'

export type Expression =
  | { readonly kind: 'characters'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'choice'; readonly options: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly of: Expression; readonly min: number; readonly max: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }

/** Deeper groups are refused. */
const maxDepth = 100

interface Cursor {
  readonly characters: readonly string[]
  at: number
  depth: number
}

/** Thrown and caught in this file only: leaves the recursion when the pattern is outside the subset. */
class Unsupported extends Error {}

/** The expression that a pattern stands for; null when it is not valid, or not in the subset. */
export function parsePattern(source: string): Expression | null {
  const cursor: Cursor = { characters: [...source], at: 0, depth: 0 }
  try {
    const expression = choice(cursor)
    return cursor.at === cursor.characters.length ? expression : null
  } catch (error) {
    if (error instanceof Unsupported) return null
    throw error
  }
}

function peek(cursor: Cursor): string {
  return cursor.characters[cursor.at] ?? ''
}

function take(cursor: Cursor, expected: string): boolean {
  const found = cursor.characters.slice(cursor.at, cursor.at + expected.length).join('') === expected
  if (found) cursor.at += expected.length
  return found
}

function next(cursor: Cursor): string {
  const character = cursor.characters[cursor.at]
  if (character === undefined) throw new Unsupported()
  cursor.at += 1
  return character
}

function choice(cursor: Cursor): Expression {
  if (++cursor.depth > maxDepth) throw new Unsupported()
  const options = [sequence(cursor)]
  while (take(cursor, '|')) options.push(sequence(cursor))
  cursor.depth -= 1
  return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options }
}

function sequence(cursor: Cursor): Expression {
  const parts: Expression[] = []
  while (cursor.at < cursor.characters.length && peek(cursor) !== '|' && peek(cursor) !== ')') parts.push(quantified(cursor))
  return { kind: 'sequence', parts }
}

function quantified(cursor: Cursor): Expression {
  const of = atom(cursor)
  const bounds = quantifier(cursor)
  if (bounds === null) return of
  if (of.kind === 'start' || of.kind === 'end' || quantifier(cursor) !== null) throw new Unsupported()
  return { kind: 'repeat', of, min: bounds[0], max: bounds[1] }
}

/** Lazy and greedy quantifiers match the same texts. */
function quantifier(cursor: Cursor): readonly [number, number] | null {
  const bounds = simpleQuantifier(cursor) ?? countedQuantifier(cursor)
  if (bounds !== null) take(cursor, '?')
  return bounds
}

function simpleQuantifier(cursor: Cursor): readonly [number, number] | null {
  if (take(cursor, '*')) return [0, Infinity]
  if (take(cursor, '+')) return [1, Infinity]
  return take(cursor, '?') ? [0, 1] : null
}

function countedQuantifier(cursor: Cursor): readonly [number, number] | null {
  const match = /^\{(\d{1,6})(,(\d{0,6}))?\}/.exec(cursor.characters.slice(cursor.at, cursor.at + 16).join(''))
  if (match === null) return null
  cursor.at += match[0].length
  const min = Number(match[1])
  const max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3])
  if (max < min) throw new Unsupported()
  return [min, max]
}

function atom(cursor: Cursor): Expression {
  const character = next(cursor)
  switch (character) {
    case '^':
      return { kind: 'start' }
    case '$':
      return { kind: 'end' }
    case '.':
      return { kind: 'characters', set: dot }
    case '(':
      return group(cursor)
    case '[':
      return { kind: 'characters', set: bracketed(cursor) }
    case '\\':
      return { kind: 'characters', set: escaped(cursor, false) }
    case '*':
    case '+':
    case '?':
      throw new Unsupported()
    default:
      return single(character)
  }
}

function single(character: string): Expression {
  const code = character.codePointAt(0) ?? 0
  return { kind: 'characters', set: [[code, code]] }
}

function group(cursor: Cursor): Expression {
  if (take(cursor, '?') && !take(cursor, ':')) skipGroupName(cursor)
  const inner = choice(cursor)
  if (!take(cursor, ')')) throw new Unsupported()
  return inner
}

function skipGroupName(cursor: Cursor): void {
  if (!take(cursor, '<') || ['=', '!'].includes(peek(cursor))) throw new Unsupported()
  while (next(cursor) !== '>') continue
}

function bracketed(cursor: Cursor): CharacterSet {
  const negated = take(cursor, '^')
  const ranges: Range[] = []
  while (!take(cursor, ']')) ranges.push(...classRange(cursor))
  const set = unionOf(ranges)
  return negated ? complementOf(set) : set
}

function classRange(cursor: Cursor): CharacterSet {
  const from = classMember(cursor)
  const dash = peek(cursor) === '-' && cursor.characters[cursor.at + 1] !== ']' && cursor.at + 1 < cursor.characters.length
  if (!dash) return from
  next(cursor)
  const to = classMember(cursor)
  const [low, high] = [onlyMember(from), onlyMember(to)]
  if (low === null || high === null) return [...from, ...to, [0x2d, 0x2d]]
  if (high < low) throw new Unsupported()
  return [[low, high]]
}

function onlyMember(set: CharacterSet): number | null {
  const [first] = set
  return set.length === 1 && first !== undefined && first[0] === first[1] ? first[0] : null
}

function classMember(cursor: Cursor): CharacterSet {
  const character = next(cursor)
  if (character === '\\') return escaped(cursor, true)
  const code = character.codePointAt(0) ?? 0
  return [[code, code]]
}

/** `\A`, `\Z` and the like mean different things to different engines; `\1`, `\b` and `\p` are outside the subset. */
function escaped(cursor: Cursor, inClass: boolean): CharacterSet {
  const character = next(cursor)
  const named = namedClasses.get(character)
  if (named !== undefined) return named
  if (character === 'b' && inClass) return one(0x08)
  if (character === '0' && /\d/.test(peek(cursor))) throw new Unsupported()
  const control = controlEscapes.get(character)
  if (control !== undefined) return one(control)
  if (character === 'x') return one(hex(cursor, 2))
  if (character === 'u') return one(unicode(cursor))
  if (character === 'c') return one((next(cursor).codePointAt(0) ?? 0) % 32)
  if (/[A-Za-z0-9]/.test(character)) throw new Unsupported()
  return one(character.codePointAt(0) ?? 0)
}

function one(code: number): CharacterSet {
  return code < 0 || code > lastCodePoint ? anyCharacter : [[code, code]]
}

function hex(cursor: Cursor, length: number): number {
  const text = cursor.characters.slice(cursor.at, cursor.at + length).join('')
  if (!/^[0-9a-fA-F]+$/.test(text) || text.length !== length) throw new Unsupported()
  cursor.at += length
  return Number.parseInt(text, 16)
}

function unicode(cursor: Cursor): number {
  if (take(cursor, '{')) {
    let text = ''
    for (let character = next(cursor); character !== '}'; character = next(cursor)) text += character
    if (!/^[0-9a-fA-F]{1,6}$/.test(text)) throw new Unsupported()
    return Number.parseInt(text, 16)
  }
  const high = hex(cursor, 4)
  if (high < 0xd800 || high > 0xdbff || !take(cursor, '\\u')) return high
  const low = hex(cursor, 4)
  if (low < 0xdc00 || low > 0xdfff) throw new Unsupported()
  return (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000
}
