/** Where a text stops being JSON, and why in plain words. Runs only after `JSON.parse` has refused: its messages often hold no position. */
import { positionAt } from './line-index.ts'
import type { Mistake } from './parse-result.ts'

type Expectation = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing'

const expected: Record<Expectation, string> = {
  value: 'a value is expected here',
  'value-or-end': 'a value or `]` is expected here',
  key: 'a key in double quotes is expected here (a comma before `}` is not allowed)',
  'key-or-end': 'a key in double quotes or `}` is expected here',
  colon: 'a `:` is expected after the key',
  'comma-or-end': 'a `,` or the closing bracket is expected here',
  nothing: 'the document has ended, but more text follows',
}

/** The first mistake of a text that `JSON.parse` refuses. Linear and without recursion. */
export function jsonMistake(text: string): Mistake {
  const { offset, reason } = findMistake(text)
  return { kind: 'syntax', message: `The JSON cannot be read: ${reason}.`, ...positionAt(text, Math.min(offset, text.length)) }
}

interface Found {
  readonly offset: number
  readonly reason: string
}

const space = /[ \t\r\n]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
const word = /true|false|null/y
// JSON forbids exactly these in strings (RFC 8259, section 7).
const plainText = /[^"\\\u0000-\u001f]*/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function findMistake(text: string): Found {
  const closers: string[] = []
  let want: Expectation = 'value'
  let offset = skip(space, text, 0)
  while (offset < text.length) {
    const step = advance(text, offset, { want, closers })
    if ('reason' in step) return step
    want = step.want
    offset = skip(space, text, step.offset)
  }
  return { offset, reason: want === 'nothing' ? 'it is not valid' : `it ends too early: ${expected[want]}` }
}

interface State {
  readonly want: Expectation
  readonly closers: string[]
}

type Step = { readonly want: Expectation; readonly offset: number } | Found

type Reader = (text: string, offset: number, state: State) => Step

const key: Reader = (text, offset, { want }) =>
  text.charAt(offset) === '"' ? string(text, offset, 'colon') : { offset, reason: expected[want] }

/** What may stand where each thing is expected; closing brackets come first, in `advance`. */
const readers: Record<Expectation, Reader> = {
  value,
  'value-or-end': value,
  key,
  'key-or-end': key,
  colon: (text, offset) => (text.charAt(offset) === ':' ? { want: 'value', offset: offset + 1 } : { offset, reason: expected.colon }),
  'comma-or-end': (text, offset, { closers }) =>
    text.charAt(offset) === ','
      ? { want: closers.at(-1) === '}' ? 'key' : 'value', offset: offset + 1 }
      : { offset, reason: expected['comma-or-end'] },
  nothing: (_, offset) => ({ offset, reason: expected.nothing }),
}

function advance(text: string, offset: number, state: State): Step {
  if (!state.want.endsWith('-or-end') || text.charAt(offset) !== state.closers.at(-1)) return readers[state.want](text, offset, state)
  state.closers.pop()
  return { want: afterValue(state.closers), offset: offset + 1 }
}

function value(text: string, offset: number, { want, closers }: State): Step {
  const character = text.charAt(offset)
  if (character === '{' || character === '[') {
    closers.push(character === '{' ? '}' : ']')
    return { want: character === '{' ? 'key-or-end' : 'value-or-end', offset: offset + 1 }
  }
  if (character === '"') return string(text, offset, afterValue(closers))
  const end = Math.max(skip(number, text, offset), skip(word, text, offset))
  return end > offset ? { want: afterValue(closers), offset: end } : { offset, reason: expected[want] }
}

function string(text: string, offset: number, want: Expectation): Step {
  const end = endOfText(text, offset + 1)
  if (text.charAt(end) === '"') return { want, offset: end + 1 }
  if (end >= text.length) return { offset, reason: 'the text that begins here has no closing `"`' }
  const reason =
    text.charAt(end) === '\\'
      ? 'this escape is not one of JSON'
      : 'a line break or control character stands inside a text; write it as an escape such as `\\n`'
  return { offset: end, reason }
}

/** The offset of the first character that cannot belong to the text: its closing quote, or a mistake. */
function endOfText(text: string, start: number): number {
  let offset = start
  for (;;) {
    const plain = skip(plainText, text, offset)
    const next = skip(escape, text, plain)
    if (next === plain) return plain
    offset = next
  }
}

function afterValue(closers: readonly string[]): Expectation {
  return closers.length === 0 ? 'nothing' : 'comma-or-end'
}

/** The offset behind what `pattern` (sticky) matches at `offset`; `offset` itself when it matches nothing. */
function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : offset
}
