/**
 * The policy's own globs: `*` (not across `/`), `?`, `**` (across `/`) and `{a,b}`. No character classes, no regular expressions, so a
 * pattern can neither be misread nor take exponential time. A pattern matches the whole text; there is no hidden prefix.
 */
import { compileSteps, type Step } from './wildcards.ts'

/** Longest pattern, in characters. */
const longestGlob = 256
/** Most wildcards (`*`, `**`, `?`) in a pattern. */
const mostWildcards = 12
/** Most patterns that the braces of one pattern may stand for. */
const mostAlternatives = 64

/** Why a pattern is not usable, in one sentence; null when it is. A leading `!` (exclusion in a list) is allowed. */
export function globProblem(pattern: string): string | null {
  const body = pattern.startsWith('!') ? pattern.slice(1) : pattern
  if (body === '') return 'A pattern cannot be empty.'
  if (pattern.length > longestGlob) return `A pattern has at most ${longestGlob} characters; this one has ${pattern.length}.`
  if (body.includes('\\')) return 'A pattern knows no `\\`: characters stand for themselves.'
  const wildcards = body.match(/\*+|\?/g)?.length ?? 0
  if (wildcards > mostWildcards) return `A pattern has at most ${mostWildcards} wildcards; this one has ${wildcards}.`
  if (/\*{3}/.test(body)) return 'A pattern knows `*` and `**`, not `***`.'
  const expanded = expandBraces(body)
  if (expanded === null) return `The braces of a pattern stand for at most ${mostAlternatives} alternatives, without braces inside.`
  return null
}

/** A predicate for one pattern without `!`. A pattern that `globProblem` refuses matches nothing. */
export function compileGlob(pattern: string): (text: string) => boolean {
  if (globProblem(pattern) !== null) return () => false
  const alternatives = (expandBraces(pattern) ?? []).map((one) => compileSteps(stepsOf(one)))
  const only = alternatives[0]
  if (alternatives.length === 1 && only !== undefined) return only
  return (text) => alternatives.some((matches) => matches(text))
}

/** A predicate for a list: some pattern matches, and none of those that begin with `!`. A list of exclusions alone matches the rest. */
export function compileGlobs(patterns: readonly string[]): (text: string) => boolean {
  const matches = compileGlobsForNames(patterns)
  return (text) => matches([text])
}

/** The same for something that has several names: one of them matches, and none is excluded. */
export function compileGlobsForNames(patterns: readonly string[]): (names: readonly string[]) => boolean {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(compileGlob)
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => compileGlob(pattern.slice(1)))
  return (names) => {
    const isWanted = wanted.length === 0 ? names.length > 0 : wanted.some((matches) => names.some(matches))
    return isWanted && !unwanted.some((matches) => names.some(matches))
  }
}

/** `a{b,c}d` is `abd` and `acd`; braces without a comma (a path parameter) stand for themselves. Null beyond the limits. */
function expandBraces(pattern: string): string[] | null {
  let expanded = ['']
  let rest = pattern
  for (let open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
    const close = rest.indexOf('}', open)
    if (close < 0) break
    const inside = rest.slice(open + 1, close)
    if (inside.includes('{')) return null
    const options = inside.includes(',') ? inside.split(',') : [`{${inside}}`]
    if (expanded.length * options.length > mostAlternatives) return null
    const before = rest.slice(0, open)
    expanded = expanded.flatMap((head) => options.map((option) => head + before + option))
    rest = rest.slice(close + 1)
  }
  return expanded.map((head) => head + rest)
}

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = []
  let rest = pattern
  let isSegmentStart = true
  while (rest !== '') {
    const { length, step } = nextStep(rest, isSegmentStart)
    steps.push(step)
    isSegmentStart = rest[length - 1] === '/'
    rest = rest.slice(length)
  }
  return steps
}

/** `/**` at the end also matches without it (`/v1/**` matches `/v1`); `**` and a slash at the start of a segment match no segment too. */
function nextStep(rest: string, isSegmentStart: boolean): { readonly length: number; readonly step: Step } {
  if (rest === '/**') return { length: 3, step: { wildcard: 'below' } }
  if (rest.startsWith('**/') && isSegmentStart) return { length: 3, step: { wildcard: 'folders' } }
  if (rest.startsWith('**')) return { length: 2, step: { wildcard: 'all' } }
  if (rest.startsWith('*')) return { length: 1, step: { wildcard: 'many' } }
  if (rest.startsWith('?')) return { length: 1, step: { wildcard: 'one' } }
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0)
  return { length: character.length, step: { character } }
}
