/**
 * Filter expressions of JSONPath as trees. Only what is listed here exists: comparisons, `&&`, `||`, `!`, members, and a handful of methods of texts and
 * lists. There are no functions, no constructors and no prototypes to reach, and regular expressions that can take forever are refused.
 */
import { regexVerdict } from '../regex-safety.ts'
import { filterTokens } from './filter-tokens.ts'
import type { Token } from './filter-tokens.ts'

export type FilterNode =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'regex'; readonly regex: RegExp }
  | { readonly kind: 'list'; readonly items: readonly FilterNode[] }
  | { readonly kind: 'scope'; readonly name: ScopeName }
  | { readonly kind: 'member'; readonly object: FilterNode; readonly key: FilterNode }
  | { readonly kind: 'typeName'; readonly object: FilterNode }
  | { readonly kind: 'call'; readonly object: FilterNode; readonly method: MethodName; readonly argument: FilterNode | null }
  | { readonly kind: 'not' | 'minus'; readonly operand: FilterNode }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'choice'; readonly test: FilterNode; readonly then: FilterNode; readonly otherwise: FilterNode }

export const scopeNames = ['value', 'property', 'parent', 'parentProperty', 'root', 'path'] as const
export type ScopeName = (typeof scopeNames)[number]
export const methodNames = ['match', 'test', 'includes', 'startsWith', 'endsWith', 'indexOf', 'toLowerCase', 'toUpperCase', 'trim'] as const
export type MethodName = (typeof methodNames)[number]
export type Operator = '===' | '!==' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '&&' | '||'

export type ParsedFilter = { readonly filter: FilterNode } | { readonly refused: string }

/** Names through which JavaScript objects lead to code. */
const forbiddenMembers = new Set([
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
])
/** Parts within each other. */
const maxNesting = 40

/** The tree of a filter, or why it is refused. */
export function parseFilter(text: string): ParsedFilter {
  const tokens = filterTokens(text)
  if (tokens === null) return { refused: 'The filter contains a sign that filters do not have.' }
  const parser = new FilterParser(tokens)
  try {
    return { filter: parser.parse() }
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message }
    throw error
  }
}

/** Leaves the parser from any depth; never leaves this file. */
class Refusal extends Error {}

const binaryLevels: readonly (readonly Operator[])[] = [['||'], ['&&'], ['===', '!==', '==', '!='], ['<', '>', '<=', '>='], ['+', '-']]

/** A cursor over the tokens of one filter. */
class FilterParser {
  private at = 0
  private nesting = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  parse(): FilterNode {
    const node = this.expression()
    if (this.token().kind !== 'end') throw new Refusal(`The filter is not understood from \`${this.token().value}\` on.`)
    return node
  }

  private expression(): FilterNode {
    this.nesting += 1
    if (this.nesting > maxNesting) throw new Refusal('The filter is nested too deeply.')
    const test = this.binary(0)
    const node = this.take('?') ? this.choice(test) : test
    this.nesting -= 1
    return node
  }

  private choice(test: FilterNode): FilterNode {
    const then = this.expression()
    this.expect(':')
    return { kind: 'choice', test, then, otherwise: this.expression() }
  }

  private binary(level: number): FilterNode {
    const operators = binaryLevels[level]
    if (operators === undefined) return this.unary()
    let left = this.binary(level + 1)
    for (let operator = this.takeOneOf(operators); operator !== undefined; operator = this.takeOneOf(operators)) {
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) }
    }
    return left
  }

  private unary(): FilterNode {
    if (++this.nesting > maxNesting) throw new Refusal('The filter is nested too deeply.')
    const node = this.signed()
    this.nesting -= 1
    return node
  }

  private signed(): FilterNode {
    if (this.take('!')) return { kind: 'not', operand: this.unary() }
    if (this.take('-')) return { kind: 'minus', operand: this.unary() }
    if (this.token().value !== 'void' || this.token().kind !== 'name') return this.members(this.primary())
    this.at += 1
    this.unary()
    return { kind: 'literal', value: undefined }
  }

  private members(start: FilterNode): FilterNode {
    let node = start
    for (;;) {
      if (this.take('.')) node = this.dotted(node)
      else if (this.take('[')) {
        const key = this.expression()
        this.expect(']')
        if (key.kind !== 'literal') throw new Refusal('Members are named by texts and numbers only.')
        node = member(node, String(key.value))
      } else return node
    }
  }

  private dotted(object: FilterNode): FilterNode {
    const name = this.next()
    if (name.kind !== 'name' && name.kind !== 'number') throw new Refusal('A name is missing after a dot.')
    if (this.take('(')) return this.call(object, name.value)
    if (name.value === 'constructor' && this.tokens[this.at]?.value === '.' && this.tokens[this.at + 1]?.value === 'name') {
      this.at += 2
      return { kind: 'typeName', object }
    }
    return member(object, name.value)
  }

  private call(object: FilterNode, name: string): FilterNode {
    const method = methodNames.find((known) => known === name)
    if (method === undefined) throw new Refusal(`The filter calls \`${name}\`; it may call ${methodNames.join(', ')} only.`)
    const argument = this.take(')') ? null : this.expression()
    if (argument !== null) this.expect(')')
    if (method === 'match') return { kind: 'call', object, method, argument: asRegex(argument) }
    if (method === 'test' && object.kind !== 'regex') throw new Refusal('`test` is a method of regular expressions.')
    return { kind: 'call', object, method, argument }
  }

  private primary(): FilterNode {
    const token = this.next()
    switch (token.kind) {
      case 'text':
        return { kind: 'literal', value: token.value }
      case 'number':
        return { kind: 'literal', value: Number(token.value) }
      case 'regex':
        return safeRegex(token.value.slice(1, token.value.lastIndexOf('/')), token.value.slice(token.value.lastIndexOf('/') + 1))
      case 'name':
        return named(token.value)
      case 'sign':
        return this.bracketed(token.value)
      case 'end':
        throw new Refusal('The filter ends where a value is expected.')
    }
  }

  private bracketed(sign: string): FilterNode {
    if (sign === '(') {
      const node = this.expression()
      this.expect(')')
      return node
    }
    if (sign !== '[') throw new Refusal(`The filter is not understood at \`${sign}\`.`)
    const items: FilterNode[] = []
    while (!this.take(']')) {
      items.push(this.expression())
      if (!this.take(',') && this.token().value !== ']') throw new Refusal('A list in the filter is not closed.')
    }
    return { kind: 'list', items }
  }

  private token(): Token {
    return this.tokens[this.at] ?? { kind: 'end', value: '' }
  }

  private next(): Token {
    const token = this.token()
    this.at += 1
    return token
  }

  private take(sign: string): boolean {
    if (this.token().kind !== 'sign' || this.token().value !== sign) return false
    this.at += 1
    return true
  }

  private takeOneOf(operators: readonly Operator[]): Operator | undefined {
    return operators.find((operator) => this.take(operator))
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw new Refusal(`\`${sign}\` is missing in the filter.`)
  }
}

function member(object: FilterNode, key: string): FilterNode {
  if (forbiddenMembers.has(key)) throw new Refusal(`The filter uses \`${key}\`, through which it could reach code.`)
  return { kind: 'member', object, key: { kind: 'literal', value: key } }
}

const constants: ReadonlyMap<string, boolean | null | undefined> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
])

function named(name: string): FilterNode {
  if (constants.has(name)) return { kind: 'literal', value: constants.get(name) }
  const scope = name === '@' ? 'value' : scopeNames.find((known) => name === `@${known}`)
  if (scope === undefined) throw new Refusal(`The filter uses \`${name}\`, which filters do not have.`)
  return { kind: 'scope', name: scope }
}

function asRegex(argument: FilterNode | null): FilterNode {
  if (argument?.kind === 'regex') return argument
  if (argument?.kind === 'literal' && typeof argument.value === 'string') return safeRegex(argument.value, '')
  throw new Refusal('`match` takes a regular expression or a text.')
}

/** `g` and `y` are left out: they would carry a position from one text to the next. */
function safeRegex(source: string, flags: string): FilterNode {
  if (!/^[dgimsuvy]*$/.test(flags)) throw new Refusal(`A regular expression has the unknown flags \`${flags}\`.`)
  if (regexVerdict(source) !== 'safe') throw new Refusal('A regular expression in the filter can take exponential time, or is none.')
  try {
    return { kind: 'regex', regex: new RegExp(source, flags.replace(/[gyd]/g, '')) }
  } catch {
    throw new Refusal('A regular expression in the filter is none.')
  }
}
