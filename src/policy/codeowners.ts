/**
 * Who owns a file by GitHub's CODEOWNERS. The last matching line wins; a matching line without owners makes the file deliberately unowned.
 * A line that GitHub would refuse (`!`, `***`, something that is no owner) is skipped, as GitHub does.
 * Source: docs.github.com, "About code owners"; brackets are literal, `foo/*` is anchored (measured against published test suites).
 */
import { compileSteps, type Step } from './wildcards.ts'

export interface CodeownersMatch {
  readonly owners: readonly string[]
  /** 1-based; null when no line matches. */
  readonly line: number | null
  readonly pattern: string | null
}

export interface CodeownersLine {
  readonly line: number
  readonly pattern: string
  readonly owners: readonly string[]
}

export interface Codeowners {
  readonly lines: readonly CodeownersLine[]
  readonly ownersOf: (path: string) => CodeownersMatch
}

/** GitHub ignores a larger file ("must be under 3 MB"). Bytes in UTF-8. */
const largestFile = 3 * 1024 * 1024

/** The owners of one path, relative to the root of the repository. */
export function matchCodeowners(codeowners: string, path: string): CodeownersMatch {
  return readCodeowners(codeowners).ownersOf(path)
}

/** Reads the file once for many questions. Never throws: lines that cannot be used are skipped. */
export function readCodeowners(text: string): Codeowners {
  const lines = isTooLarge(text) ? [] : usableLines(text)
  const matchers = new Map<number, (path: string) => boolean>()
  const matches = (index: number, pattern: string, path: string): boolean => {
    const matcher = matchers.get(index) ?? compilePattern(pattern)
    matchers.set(index, matcher)
    return matcher(path)
  }
  return {
    lines,
    ownersOf: (path) => {
      const found = lines.findLast((line, index) => matches(index, line.pattern, path))
      return found ?? { owners: [], line: null, pattern: null }
    },
  }
}

/** A UTF-16 code unit takes at most three bytes in UTF-8, a surrogate two of its pair's four. */
function isTooLarge(text: string): boolean {
  if (text.length * 3 <= largestFile) return false
  let bytes = text.length
  for (let at = 0; at < text.length && bytes <= largestFile; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
  }
  return bytes > largestFile
}

function usableLines(text: string): CodeownersLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((content, index) => readLine(content, index + 1) ?? [])
}

function readLine(content: string, line: number): CodeownersLine | null {
  const [pattern, ...owners] = wordsOf(content)
  if (pattern === undefined || !isPattern(pattern) || !owners.every(isOwner)) return null
  return { owners, line, pattern }
}

/** Words are parted by white space; `\ ` is a space inside a pattern. `#` begins a comment wherever it stands. */
function wordsOf(content: string): string[] {
  const hash = content.indexOf('#')
  const written = hash < 0 ? content : content.slice(0, hash)
  return written.match(/(?:\\[^]|[^\\\s])+/g) ?? []
}

/** GitHub: `!` does not negate, three asterisks are an invalid pattern. */
function isPattern(pattern: string): boolean {
  return !pattern.startsWith('!') && !pattern.includes('***')
}

const ownerFormats = [/^@[A-Za-z0-9_-]+$/, /^@[A-Za-z0-9_-]+\/[A-Za-z0-9_.-]+$/, /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/]

/** `@user`, `@org/team` or an e-mail address. */
function isOwner(word: string): boolean {
  return word.length <= 256 && ownerFormats.some((format) => format.test(word))
}

function compilePattern(pattern: string): (path: string) => boolean {
  if (pattern === '/') return () => false
  const segments = segmentsOf(pattern)
  const last = segments.length - 1
  const steps = segments.flatMap((segment, index) => stepsOfSegment(segment, { isFirst: index === 0, isLast: index === last }))
  return compileSteps(steps)
}

/** A single name matches in every folder, a pattern with a slash inside only from the root; a slash at the end means all below. */
function segmentsOf(pattern: string): string[] {
  const segments = pattern.split('/')
  if (segments[0] === '') segments.shift()
  else if (segments[0] !== '**' && (segments.length === 1 || (segments.length === 2 && segments[1] === ''))) segments.unshift('**')
  if (segments.length > 1 && segments.at(-1) === '') segments[segments.length - 1] = '**'
  return segments
}

const slash: Step = { character: '/' }

function stepsOfSegment(segment: string, place: { readonly isFirst: boolean; readonly isLast: boolean }): Step[] {
  if (segment === '**') return anyFolders(place)
  if (segment === '*')
    return place.isLast ? [{ wildcard: 'one' }, { wildcard: 'many' }] : [{ wildcard: 'one' }, { wildcard: 'many' }, slash]
  return [...stepsOfName(segment), place.isLast ? { wildcard: 'below' } : slash]
}

function anyFolders(place: { readonly isFirst: boolean; readonly isLast: boolean }): Step[] {
  if (!place.isLast) return [{ wildcard: 'folders' }]
  return place.isFirst ? [{ wildcard: 'one' }, { wildcard: 'all' }] : [{ wildcard: 'all' }]
}

function stepsOfName(name: string): Step[] {
  const steps: Step[] = []
  let isEscaped = false
  for (const character of name) {
    if (!isEscaped && character === '\\') isEscaped = true
    else {
      steps.push(isEscaped ? { character } : stepOf(character))
      isEscaped = false
    }
  }
  return steps
}

function stepOf(character: string): Step {
  if (character === '*') return { wildcard: 'many' }
  return character === '?' ? { wildcard: 'one' } : { character }
}
