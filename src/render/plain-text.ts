/** Text as people can see it: nothing invisible, nothing that turns the reading direction or a terminal, nothing too long. Knows no Markdown. */

/**
 * Characters that are not seen or change how others are seen: controls (C0, C1), soft hyphen, zero-width and bidirectional
 * marks, line separators, interlinear and tag characters, lone surrogates, the byte order mark.
 * Source: Unicode 15, general categories Cc, Cf, Cs, Zl, Zp; Unicode TR 36 (security considerations).
 */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu
/** More combining marks than this on one letter are drawn over the lines around it. */
const stackedMarks = /(\p{M}{4})\p{M}+/gu

/** One line of visible text: white space is one space each, unseen characters are named (`U+202E`). */
export function visible(text: string): string {
  return nameUnseen(text.replace(/\r\n|[\t\n\r\f\v\u0085\u2028\u2029]/g, ' '))
}

/** One visible line of at most `longest` characters. A text of any length costs no more than a few times that. */
export function shown(text: string, longest: number): string {
  const enough = 4 * longest
  return cap(visible(text.length > enough ? `${text.slice(0, enough)}…` : text), longest)
}

/** Visible text of several lines, whose line breaks stay. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => nameUnseen(line.replace(/\t/g, '  ')))
    .join('\n')
}

function nameUnseen(text: string): string {
  return text.replace(unseen, (character) => codePointName(character)).replace(stackedMarks, '$1')
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** At most `longest` characters, an ellipsis included; never half a surrogate pair or a letter without its marks. */
export function cap(text: string, longest: number): string {
  if (text.length <= longest) return text
  return `${wholeCharacters(text, longest - 1)}…`
}

function wholeCharacters(text: string, length: number): string {
  let end = length
  while (end > 0 && /^[\p{M}\uDC00-\uDFFF]/u.test(text.slice(end, end + 2)) && length - end < 16) end -= 1
  const cut = text.slice(0, end)
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}

/** The length of a text in UTF-8 bytes, by which GitHub's columns are limited. */
export function byteLength(text: string): number {
  let bytes = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    // Each half of a surrogate pair counts two of the pair's four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3
  }
  return bytes
}

/** At most `bytes` UTF-8 bytes of plain text, an ellipsis included. */
export function capBytes(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text
  let end = Math.min(text.length, bytes)
  while (end > 0 && byteLength(text.slice(0, end)) > bytes - 3) end = Math.floor(end * 0.9)
  return `${wholeCharacters(text, end)}…`
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** The names that fit, then how many more there are. */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ')
  return names.length > most ? `${shown} and ${names.length - most} more` : shown
}
