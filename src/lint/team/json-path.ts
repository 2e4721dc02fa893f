/**
 * JSONPath as Spectral rulesets write it, parsed into steps that a walk can follow. Nothing is ever compiled: filters become trees
 * (filter-expression.ts) that are interpreted, so a ruleset cannot run code. What is not understood is refused with a sentence.
 */
import { parseFilter } from './filter-expression.ts'
import type { FilterNode } from './filter-expression.ts'

export type Step =
  | { readonly kind: 'child'; readonly deep: boolean; readonly test: ChildTest }
  /** `^`: back to what contains the match. */
  | { readonly kind: 'parent' }
  /** `~`: the key of the match instead of its value. */
  | { readonly kind: 'key' }

export type ChildTest =
  | { readonly kind: 'any' }
  | { readonly kind: 'names'; readonly names: ReadonlySet<string> }
  | { readonly kind: 'slice'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'filter'; readonly filter: FilterNode }

export type ParsedPath = { readonly steps: readonly Step[] } | { readonly refused: string }

/** Longer expressions are refused; the longest in published rulesets has about 200 characters. */
const longestPath = 2_000
const maxSteps = 40

/** The steps of an expression, or why it is refused. Linear in its length. */
export function parseJsonPath(expression: string): ParsedPath {
  if (expression.length > longestPath) return { refused: `The expression is longer than ${String(longestPath)} characters.` }
  if (!expression.startsWith('$')) return { refused: 'The expression does not start with `$`.' }
  const steps: Step[] = []
  let at = 1
  while (at < expression.length) {
    const read = readStep(expression, at)
    if ('refused' in read) return read
    steps.push(read.step)
    at = read.end
    if (steps.length > maxSteps) return { refused: `The expression has more than ${String(maxSteps)} steps.` }
  }
  const early = steps.slice(0, -1).some((step) => step.kind === 'key')
  return early ? { refused: '`~` stands in the middle of the expression.' } : { steps }
}

type StepRead = { readonly step: Step; readonly end: number } | { readonly refused: string }

function readStep(expression: string, at: number): StepRead {
  const character = expression[at]
  if (character === '^') return { step: { kind: 'parent' }, end: at + 1 }
  if (character === '~') return { step: { kind: 'key' }, end: at + 1 }
  const deep = expression.startsWith('..', at)
  const start = deep ? at + 2 : character === '.' ? at + 1 : at
  if (expression[start] === '[') return readBracket(expression, start, deep)
  if (start === at) return { refused: `The expression is not understood from \`${expression.slice(at, at + 20)}\` on.` }
  const name = /^(?:\*|[^.[\]~^()?\s'"]+)/.exec(expression.slice(start))?.[0]
  if (name === undefined) return { refused: `A name is missing at \`${expression.slice(at, at + 20)}\`.` }
  return { step: { kind: 'child', deep, test: name === '*' ? { kind: 'any' } : named([name]) }, end: start + name.length }
}

function named(names: readonly string[]): ChildTest {
  return { kind: 'names', names: new Set(names) }
}

function readBracket(expression: string, start: number, deep: boolean): StepRead {
  const end = closingBracket(expression, start)
  if (end === null) return { refused: 'A bracket is not closed.' }
  const test = parseTest(expression.slice(start + 1, end).trim())
  return 'refused' in test ? test : { step: { kind: 'child', deep, test }, end: end + 1 }
}

/** The index of the bracket that closes the one at `start`; brackets in texts and regular expressions do not count. */
function closingBracket(expression: string, start: number): number | null {
  let depth = 0
  for (let at = start; at < expression.length; at += 1) {
    const character = expression[at] ?? ''
    if (character === '"' || character === "'") at = endOfText(expression, at)
    else if (character === '/' && /[(,=!&|]\s*$/.test(expression.slice(Math.max(0, at - 10), at))) at = endOfText(expression, at)
    else if (character === '[' || character === '(') depth += 1
    else if (character === ']' || character === ')') depth -= 1
    if (depth === 0) return at
  }
  return null
}

function endOfText(expression: string, start: number): number {
  const quote = expression[start]
  let inClass = false
  for (let at = start + 1; at < expression.length; at += 1) {
    const character = expression[at]
    if (character === '\\') at += 1
    else if (quote === '/' && character === '[') inClass = true
    else if (quote === '/' && character === ']') inClass = false
    else if (character === quote && !inClass) return at
  }
  return expression.length
}

function parseTest(content: string): ChildTest | { readonly refused: string } {
  if (content === '*') return { kind: 'any' }
  if (content.startsWith('?')) return filterTest(content.slice(1).trim())
  if (content.startsWith('(')) return { refused: 'Scripts in brackets are not run.' }
  const slice = /^(-?\d*):(-?\d*)(?::(\d+))?$/.exec(content)
  if (slice !== null)
    return {
      kind: 'slice',
      from: Number(slice[1] ?? 0),
      to: slice[2] === '' ? Infinity : Number(slice[2]),
      step: Math.max(1, Number(slice[3] ?? 1)),
    }
  const names = listOfNames(content)
  return names === null ? { refused: `\`[${content.slice(0, 40)}]\` is not understood.` } : named(names)
}

function filterTest(content: string): ChildTest | { readonly refused: string } {
  const parsed = parseFilter(content)
  return 'refused' in parsed ? parsed : { kind: 'filter', filter: parsed.filter }
}

/** `'a','b'`, `a,b` or `429`. */
function listOfNames(content: string): readonly string[] | null {
  const names: string[] = []
  let rest = content
  while (rest !== '') {
    const match = /^\s*(?:'((?:[^'\\]|\\.){0,300})'|"((?:[^"\\]|\\.){0,300})"|([^,'"()?[\]\s]{1,300}))\s*(?:,|$)/.exec(rest)
    if (match === null) return null
    names.push((match[1] ?? match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'))
    rest = rest.slice(match[0].length)
  }
  return names.length === 0 ? null : names
}
