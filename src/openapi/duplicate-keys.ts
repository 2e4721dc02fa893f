/**
 * Keys that a JSON text writes twice in one map. `JSON.parse` silently takes the last one, other readers the first, so that what is reviewed need not be
 * what is served: a second `security` hides the first. Nearly all texts are cleared by counting alone.
 */
import type { Problem } from '../model/place.ts'
import { positionAt } from './line-index.ts'
import type { SourceDocument } from './types.ts'

/** Duplicates that are listed for one file. */
const maxListed = 20

/** A problem for each key that is written again, at its last place; none for YAML, whose reader refuses them. */
export function duplicateKeys({ path, text, keys }: SourceDocument): readonly Problem[] {
  if (keys === null || writtenKeys(text) === keys) return []
  return repeatedKeys(text).map(({ key, first, again }) => {
    const line = positionAt(text, first).line
    const message = `The key \`${key.slice(0, 100)}\` is written twice in one map (first on line ${String(line)}). The last one counts here; other readers take the first. Remove one of them.`
    return { kind: 'structure' as const, message, file: path, pointer: '', ...positionAt(text, again) }
  })
}

const quoteMark = '"'
const quote = 34
const backslash = 92

/** At least the number of keys in the text: colons behind a closing quote. A text that begins with a colon counts too, which costs a closer look and nothing else. */
function writtenKeys(text: string): number {
  let count = 0
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    let before = at - 1
    while (isBlank(text.charCodeAt(before))) before -= 1
    if (text.charCodeAt(before) !== quote) continue
    if (slashesBefore(text, before) % 2 === 0) count += 1
  }
  return count
}

function isBlank(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}

interface Repeated {
  readonly key: string
  /** Offsets in the text. */
  readonly first: number
  readonly again: number
}

/** Reads the text token by token. Linear; an unclosed text is taken to the end. */
function repeatedKeys(text: string): readonly Repeated[] {
  const token = /["{}[\]:]/g
  const found: Repeated[] = []
  const open: (Map<string, number> | null)[] = []
  let last: { readonly text: string; readonly at: number } | null = null
  for (let match = token.exec(text); match !== null && found.length < maxListed; match = token.exec(text)) {
    if (match[0] === quoteMark) token.lastIndex = endOfText(text, match.index)
    const written = text.slice(match.index, token.lastIndex)
    const keys = open.at(-1) ?? null
    if (written === '{') open.push(new Map())
    else if (written === '[') open.push(null)
    else if (written === '}' || written === ']') open.pop()
    else if (written === ':' && last !== null && keys !== null) {
      const key = unescaped(last.text)
      const first = keys.get(key)
      if (first !== undefined) found.push({ key, first, again: last.at })
      keys.set(key, last.at)
    }
    last = written.startsWith(quoteMark) ? { text: written, at: match.index } : null
  }
  return found
}

/** Behind the closing quote. By hand, because a pattern needs memory for each backslash of a text. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf(quoteMark, from + 1); at >= 0; at = text.indexOf(quoteMark, at + 1)) {
    if (slashesBefore(text, at) % 2 === 0) return at + 1
  }
  return text.length
}

function slashesBefore(text: string, at: number): number {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1
  return slashes
}

/** `"\\u0061"` is the key `a`. */
function unescaped(written: string): string {
  if (!written.includes('\\')) return written.slice(1, -1)
  try {
    return String(JSON.parse(written))
  } catch {
    return written
  }
}
