/**
 * The only way a value gets into Markdown. Everything a pull request can write (names, descriptions, paths, titles) is hostile:
 * it must come out as the text it is, never as a mention, a link, HTML, a table cell or a hidden instruction.
 * Sources: GitHub Flavored Markdown specification 0.29; GitHub's autolinked references (mentions, issues, commits) work on
 * rendered text, so entities do not stop them and a zero-width space does.
 */
import { shown } from './plain-text.ts'

/** Characters that break a GitHub autolink without being seen. */
const breaker = '\u200B'

/** Longest name, path or value shown in a code span; a name longer than this is not read but skipped. */
const longestCode = 160
/** Longest sentence or description shown. */
const longestText = 600

/** A value in a code span: nothing inside is ever interpreted. The fence is longer than any run of backticks inside. */
export function code(value: string, longest = longestCode): string {
  const text = shown(value, longest)
  if (text.trim() === '') return text === '' ? '(empty)' : '(blank)'
  const fence = '`'.repeat(longestRun(text) + 1)
  const needsSpace = text.startsWith('`') || text.endsWith('`') || (text.startsWith(' ') && text.endsWith(' '))
  return needsSpace ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

/** Words outside code: every Markdown, HTML and autolink construct is defused. */
export function words(value: string, longest = longestText): string {
  return escapeWords(shown(value, longest).trim())
}

/** A sentence of the product, in which names stand between backticks; the names stay code, the rest is plain words. */
export function sentence(value: string, longest = longestText): string {
  const parts = shown(value, longest).trim().split('`')
  let markdown = ''
  let endsWithCode = false
  for (const [index, part] of parts.entries()) {
    if (part === '') continue
    const isCode = index % 2 === 1
    markdown += isCode && endsWithCode ? breaker : ''
    markdown += isCode ? code(part, longest) : escapeWords(part, markdown === '')
    endsWithCode = isCode
  }
  // Nothing but backticks: they are the text.
  return markdown === '' ? words(value, longest) : markdown.trim()
}

/** Words inside an HTML line of ours (`<summary>`), where Markdown is not read. */
export function htmlWords(value: string, longest = longestCode): string {
  return breakAutolinks(escapeHtml(shown(value, longest).trim()))
}

/** Ready Markdown in a table cell: no pipe can end the cell, no line break the row. */
export function cell(markdown: string): string {
  return markdown
    .replace(/[\r\n]+/g, ' ')
    .replace(/\\+\|/g, (run) => `${run.slice(0, -1)}${breaker}\\|`)
    .replace(/(?<!\\)\|/g, '\\|')
}

/** A row of ready cells. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`
}

/** A hidden marker by which the app finds its own text again. The key holds letters, digits, `:` and `-` only. */
export function marker(key: string): string {
  return `<!-- specgate:${key.replace(/[^a-z0-9:-]/gi, '').replace(/-{2,}/g, '-')} -->`
}

function escapeWords(text: string, startsLine = true): string {
  const escaped = escapeHtml(text).replace(/[\\`*_[\]~]/g, '\\$&')
  const inert = breakAutolinks(escaped)
  return startsLine ? guardStart(inert) : inert
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function breakAutolinks(text: string): string {
  return text
    .replace(/@/g, `@${breaker}`)
    .replace(/#(?=\d)/g, `#${breaker}`)
    .replace(/(?<=[A-Za-z])-(?=\d)/g, `-${breaker}`)
    .replace(/:(?=[\w+/-])/g, `:${breaker}`)
    .replace(/www(?=\.)/gi, `$&${breaker}`)
    .replace(/\$/g, `${breaker}$$${breaker}`)
    .replace(/[0-9a-f]{7,}/gi, breakHex)
}

/** GitHub links seven and more hexadecimal digits to a commit. */
function breakHex(run: string): string {
  return run.replace(/.{6}(?=.)/g, `$&${breaker}`)
}

/** What would begin a heading, a list, a rule or an underline at the start of a line. */
function guardStart(text: string): string {
  if (/^(?:[-+]|#{1,6})(?:\s|$)/.test(text) || /^[-=]+\s*$/.test(text)) return `\\${text}`
  return text.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
}

function longestRun(text: string): number {
  let longest = 0
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length)
  return longest
}
