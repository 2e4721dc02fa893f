/**
 * ECMAScript regular expressions as trees of character sets, for analysis only: anchors and references vanish, lookarounds are returned beside.
 * A character set has a bit for each ASCII character and one for all others. Anything unusual gives null.
 */

export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly characters: bigint }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'optional'; readonly part: RegexNode }
  | { readonly kind: 'loop'; readonly part: RegexNode; readonly atLeast: 0 | 1 }

export interface ParsedRegex {
  readonly main: RegexNode
  readonly lookarounds: readonly RegexNode[]
}

const otherBit = 1n << 128n
const everything = (1n << 129n) - 1n
const newline = bit(10) | bit(13)
const digits = range(48, 57)
const wordCharacters = digits | range(65, 90) | range(97, 122) | bit(95)
const spaces = range(9, 13) | bit(32) | otherBit

/** Groups nested deeper are refused. */
const maxNesting = 50
/** Counted repetitions up to this are written out; larger ones count as loops. */
const writtenOut = 6

function bit(code: number): bigint {
  return code < 128 ? 1n << BigInt(code) : otherBit
}

function range(from: number, to: number): bigint {
  if (from >= 128) return otherBit
  const low = (1n << BigInt(Math.min(to, 127) + 1)) - (1n << BigInt(from))
  return to >= 128 ? low | otherBit : low
}

/** The tree of an expression without flags, or null when it is none. */
export function parseRegex(pattern: string): ParsedRegex | null {
  try {
    // Compiling never runs it; the engine is the judge of what is an expression.
    new RegExp(pattern)
  } catch {
    return null
  }
  const parser = new RegexParser(pattern)
  const main = parser.parse()
  return main === null ? null : { main, lookarounds: parser.lookarounds }
}

/** A cursor over one expression; lives for one parse. */
class RegexParser {
  readonly lookarounds: RegexNode[] = []
  private at = 0
  private nesting = 0
  private readonly pattern: string

  constructor(pattern: string) {
    this.pattern = pattern
  }

  parse(): RegexNode | null {
    const node = this.choice()
    return this.at === this.pattern.length && this.nesting === 0 ? node : null
  }

  private choice(): RegexNode {
    const parts = [this.sequence()]
    while (this.take('|')) parts.push(this.sequence())
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'choice', parts }
  }

  private sequence(): RegexNode {
    const parts: RegexNode[] = []
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at] ?? '')) parts.push(this.quantified())
    return { kind: 'sequence', parts }
  }

  private quantified(): RegexNode {
    const start = this.at
    let node = this.atom()
    for (let quantifier = this.quantifier(); quantifier !== null; quantifier = this.quantifier()) node = repeat(node, quantifier)
    if (this.at === start) this.at += 1
    return node
  }

  private quantifier(): readonly [number, number] | null {
    const match = /^(?:[*+?]|\{(\d{1,9})(,?)(\d{0,9})\})\??/.exec(this.pattern.slice(this.at, this.at + 30))
    if (match === null) return null
    this.at += match[0].length
    const symbol = match[0][0]
    if (symbol === '*') return [0, Infinity]
    if (symbol === '+') return [1, Infinity]
    if (symbol === '?') return [0, 1]
    const from = Number(match[1])
    const to = match[2] === '' ? from : match[3] === '' ? Infinity : Number(match[3])
    return [from, to]
  }

  private atom(): RegexNode {
    const character = this.pattern[this.at] ?? ''
    this.at += 1
    if (character === '(') return this.group()
    if (character === '[') return { kind: 'set', characters: this.characterClass() }
    if (character === '.') return { kind: 'set', characters: everything & ~newline }
    if (character === '^' || character === '$') return { kind: 'empty' }
    if (character === '\\') return this.escape()
    return { kind: 'set', characters: bit(character.charCodeAt(0)) }
  }

  private group(): RegexNode {
    const opening = /^\?(?:[:=!]|<[=!]|<[^>]{1,60}>)/.exec(this.pattern.slice(this.at, this.at + 66))?.[0] ?? ''
    this.at += opening.length
    this.nesting += 1
    const inner = this.nesting > maxNesting ? null : this.choice()
    if (inner === null || !this.take(')')) return { kind: 'empty' }
    this.nesting -= 1
    if (!/^\?(?:<?[=!])/.test(opening)) return inner
    this.lookarounds.push(inner)
    return { kind: 'empty' }
  }

  private escape(): RegexNode {
    const character = this.pattern[this.at] ?? ''
    if (character === 'b' || character === 'B' || /[1-9]/.test(character) || character === 'k') {
      this.at += (/^(?:[bB]|[1-9]\d?|k<[^>]{1,60}>)/.exec(this.pattern.slice(this.at, this.at + 66)) ?? [' '])[0].length
      return { kind: 'empty' }
    }
    return { kind: 'set', characters: this.escapedCharacters() }
  }

  private escapedCharacters(): bigint {
    const character = this.pattern[this.at] ?? ''
    this.at += 1
    const named = namedSets.get(character)
    if (named !== undefined) return named
    const rest = this.pattern.slice(this.at, this.at + 70)
    if (character === 'x' || character === 'u')
      return this.codePoint(/^(?:[0-9a-fA-F]{4}|[0-9a-fA-F]{2}|\{[0-9a-fA-F]{1,6}\})/.exec(rest)?.[0])
    if (character === 'p' || character === 'P') {
      this.at += /^\{[^}]{1,60}\}/.exec(rest)?.[0].length ?? 0
      return everything
    }
    return bit((controls.get(character) ?? character).charCodeAt(0))
  }

  private codePoint(digitsFound: string | undefined): bigint {
    if (digitsFound === undefined) return everything
    this.at += digitsFound.length
    return bit(parseInt(digitsFound.replace(/[{}]/g, ''), 16))
  }

  private characterClass(): bigint {
    const negated = this.take('^')
    let characters = 0n
    while (this.at < this.pattern.length && this.pattern[this.at] !== ']') {
      const from = this.classMember()
      const next = this.pattern[this.at + 1]
      if (this.pattern[this.at] === '-' && next !== ']' && next !== undefined && isSingle(from)) {
        this.at += 1
        const to = this.classMember()
        characters |= isSingle(to) ? range(codeOf(from), codeOf(to)) : from | to | bit(45)
      } else characters |= from
    }
    this.at += 1
    return negated ? (everything & ~characters) | otherBit : characters
  }

  private classMember(): bigint {
    const character = this.pattern[this.at] ?? ''
    this.at += 1
    if (character !== '\\') return bit(character.charCodeAt(0))
    if (this.pattern[this.at] === 'b') {
      this.at += 1
      return bit(8)
    }
    return this.escapedCharacters()
  }

  private take(expected: string): boolean {
    if (this.pattern[this.at] !== expected) return false
    this.at += 1
    return true
  }
}

const namedSets: ReadonlyMap<string, bigint> = new Map([
  ['d', digits],
  ['D', everything & ~digits],
  ['w', wordCharacters],
  ['W', everything & ~wordCharacters],
  ['s', spaces],
  ['S', (everything & ~spaces) | otherBit],
])

const controls: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
])

function isSingle(characters: bigint): boolean {
  return characters !== 0n && (characters & (characters - 1n)) === 0n
}

/** The code of a set with one member; 128 for all that is not ASCII. */
function codeOf(characters: bigint): number {
  let code = 0
  while (characters >> BigInt(code + 1) !== 0n) code += 1
  return code
}

function repeat(part: RegexNode, [from, to]: readonly [number, number]): RegexNode {
  if (to === 0 || part.kind === 'empty') return { kind: 'empty' }
  if (to === Infinity || to > writtenOut) return { kind: 'loop', part, atLeast: from === 0 ? 0 : 1 }
  const parts = Array.from({ length: to }, (_, index): RegexNode => (index < from ? part : { kind: 'optional', part }))
  return { kind: 'sequence', parts }
}
