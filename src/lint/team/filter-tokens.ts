/** The tokens of a filter expression: names, texts, numbers, regular expressions and signs. */

export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'regex' | 'sign' | 'end'
  readonly value: string
}

const signs = ['===', '!==', '==', '!=', '<=', '>=', '&&', '||', '(', ')', '[', ']', ',', '.', '!', '<', '>', '+', '-', '?', ':']

/** The tokens, ending with `end`; null where a character belongs to none. Linear in the text. */
export function filterTokens(text: string): readonly Token[] | null {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const space = /^\s+/.exec(text.slice(at, at + 100))
    if (space !== null) {
      at += space[0].length
      continue
    }
    const token = tokenAt(text, at, tokens.at(-1))
    if (token === null) return null
    tokens.push(token.token)
    at = token.end
  }
  return [...tokens, { kind: 'end', value: '' }]
}

function tokenAt(text: string, at: number, before: Token | undefined): { readonly token: Token; readonly end: number } | null {
  const rest = text.slice(at)
  if (rest.startsWith('/') && startsValue(before)) {
    const regex = /^\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[a-z]{0,8}/.exec(rest)
    return regex === null ? null : { token: { kind: 'regex', value: regex[0] }, end: at + regex[0].length }
  }
  const quoted = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/.exec(rest)
  if (quoted !== null)
    return { token: { kind: 'text', value: (quoted[1] ?? quoted[2] ?? '').replace(/\\(.)/g, '$1') }, end: at + quoted[0].length }
  const name = /^(?:@[A-Za-z]*|[A-Za-z_$][\w$-]*)/.exec(rest)
  if (name !== null) return { token: { kind: 'name', value: name[0] }, end: at + name[0].length }
  const number = /^\d{1,15}(?:\.\d{1,15})?/.exec(rest)
  if (number !== null) return { token: { kind: 'number', value: number[0] }, end: at + number[0].length }
  const sign = signs.find((candidate) => rest.startsWith(candidate))
  return sign === undefined ? null : { token: { kind: 'sign', value: sign }, end: at + sign.length }
}

/** A slash begins a regular expression where a value is expected. */
function startsValue(before: Token | undefined): boolean {
  return before === undefined || (before.kind === 'sign' && before.value !== ')' && before.value !== ']')
}
