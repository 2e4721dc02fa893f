/** One written rule of a team's ruleset, checked and turned into what Spectral takes. Whatever could run code or never end is refused. */
import { isList, isObject } from '../../openapi/values.ts'
import { regexVerdict } from '../regex-safety.ts'
import { coreFunctions, formatsByName } from './core-functions.ts'
import { parseJsonPath } from './json-path.ts'
import { refusedTemplate } from './message-template.ts'
import type { Path } from './ruleset-file.ts'

export interface Refused {
  readonly at: Path
  readonly message: string
}

export type Aliases = Readonly<Record<string, unknown>>

type Checked = { readonly rule: unknown } | { readonly refused: Refused }

const severities = ['error', 'warn', 'info', 'hint', 'off']

/** The rule as Spectral takes it, or why it is refused. A severity or a boolean alone speaks of an inherited rule and passes. */
export function checkRule(written: unknown, at: Path, aliases: Aliases): Checked {
  const severity = severityWritten(written)
  if (severity !== undefined) return { rule: severity }
  if (!isObject(written)) return refuse(at, 'A rule is a map, a severity (error, warn, info, hint, off), true or false.')
  const refused = refusedGiven(written['given'], [...at, 'given'], aliases) ?? refusedMessage(written['message'], [...at, 'message'])
  if (refused !== null) return { refused }
  const then = checkThen(written['then'], [...at, 'then'])
  if ('refused' in then) return then
  const formats = checkFormats(written['formats'], [...at, 'formats'])
  if ('refused' in formats) return formats
  return { rule: { ...written, then: then.rule, ...(formats.rule === undefined ? {} : { formats: formats.rule }) } }
}

/** A severity by name or number, or a switch; undefined for anything else. */
function severityWritten(written: unknown): string | boolean | undefined {
  if (typeof written === 'boolean') return written
  if (typeof written === 'number') return written === -1 ? 'off' : severities[written]
  return typeof written === 'string' && severities.includes(written) ? written : undefined
}

function refuse(at: Path, message: string): { readonly refused: Refused } {
  return { refused: { at, message } }
}

function refusedGiven(given: unknown, at: Path, aliases: Aliases): Refused | null {
  const expressions = isList(given) ? given : [given]
  for (const [index, expression] of expressions.entries()) {
    const place = isList(given) ? [...at, index] : at
    if (typeof expression !== 'string') return { at: place, message: 'A rule needs `given`: a JSONPath expression, or a list of them.' }
    const reason = refusedExpression(expression, aliases, 0)
    if (reason !== null) return { at: place, message: reason }
  }
  return expressions.length === 0 ? { at, message: '`given` lists no expression.' } : null
}

/** Why an expression, or any that its alias stands for, is refused. */
function refusedExpression(expression: string, aliases: Aliases, depth: number): string | null {
  if (!expression.startsWith('#')) {
    const parsed = parseJsonPath(expression)
    return 'refused' in parsed ? parsed.refused : null
  }
  const name = /^#([A-Za-z0-9_-]+)/.exec(expression)?.[1] ?? ''
  if (!Object.hasOwn(aliases, name)) return `The alias \`#${name}\` is not defined in this file.`
  if (depth > 10) return `The alias \`#${name}\` refers to itself.`
  const rest = expression.slice(name.length + 1)
  for (const target of aliasTargets(aliases[name])) {
    const reason = refusedExpression(target + rest, aliases, depth + 1)
    if (reason !== null) return reason
  }
  return null
}

/** The expressions of an alias: a list, or lists by format. */
export function aliasTargets(alias: unknown): readonly string[] {
  if (typeof alias === 'string') return [alias]
  if (isList(alias)) return alias.filter((target) => typeof target === 'string')
  if (!isObject(alias) || !isList(alias['targets'])) return []
  return alias['targets'].flatMap((target) => (isObject(target) ? aliasTargets(target['given']) : []))
}

function refusedMessage(message: unknown, at: Path): Refused | null {
  if (message === undefined) return null
  const reason = typeof message === 'string' ? refusedTemplate(message) : 'The message is not a text.'
  return reason === null ? null : { at, message: reason }
}

function checkThen(then: unknown, at: Path): Checked {
  const written: readonly unknown[] = isList(then) ? then : [then]
  const checked: unknown[] = []
  for (const [index, one] of written.entries()) {
    const place = isList(then) ? [...at, index] : at
    const result = checkOne(one, place)
    if ('refused' in result) return result
    checked.push(result.rule)
  }
  return checked.length === 0 ? refuse(at, '`then` is empty.') : { rule: checked }
}

function checkOne(then: unknown, at: Path): Checked {
  if (!isObject(then) || typeof then['function'] !== 'string') return refuse(at, '`then` needs the name of a `function`.')
  const known = coreFunctions.get(then['function'])
  if (known === undefined)
    return refuse(
      [...at, 'function'],
      `The function \`${then['function']}\` is not known; own functions are not run. Known are ${[...coreFunctions.keys()].sort().join(', ')}.`,
    )
  const field = then['field']
  if (field !== undefined && (typeof field !== 'string' || /[(){}]/.test(field)))
    return refuse([...at, 'field'], 'A field is the name of a property, or `@key`; expressions are not run.')
  if (typeof field === 'string' && field.startsWith('$') && 'refused' in parseJsonPath(field))
    return refuse([...at, 'field'], 'The field is not understood.')
  const pattern = dangerousPattern(then['functionOptions'], [...at, 'functionOptions'])
  return pattern === null ? { rule: { ...then, function: known } } : { refused: pattern }
}

/** Keys under which the functions and JSON Schema take regular expressions. */
const patternKeys = new Set(['match', 'notMatch', 'pattern'])

function dangerousPattern(options: unknown, at: Path): Refused | null {
  if (isList(options)) return firstOf(options.map((item, index) => () => dangerousPattern(item, [...at, index])))
  if (!isObject(options)) return null
  return firstOf(
    Object.keys(options).map((key) => () => {
      const value = options[key]
      const patterns =
        patternKeys.has(key) && typeof value === 'string'
          ? [value]
          : key === 'patternProperties' && isObject(value)
            ? Object.keys(value)
            : []
      const bad = patterns.find((pattern) => regexVerdict(bare(pattern)) !== 'safe')
      if (bad !== undefined)
        return { at: [...at, key], message: `The pattern \`${bad.slice(0, 60)}\` can take exponential time, or is no regular expression.` }
      return dangerousPattern(value, [...at, key])
    }),
  )
}

/** Spectral takes `/expression/flags` too. */
function bare(pattern: string): string {
  return /^\/(.+)\/[a-z]*$/.exec(pattern)?.[1] ?? pattern
}

function firstOf(checks: readonly (() => Refused | null)[]): Refused | null {
  for (const check of checks) {
    const refused = check()
    if (refused !== null) return refused
  }
  return null
}

/** Formats by name; undefined where none are written. */
export function checkFormats(formats: unknown, at: Path): Checked {
  if (formats === undefined) return { rule: undefined }
  if (!isList(formats)) return refuse(at, '`formats` is a list of names such as `oas3`.')
  const unknown = formats.findIndex((name) => typeof name !== 'string' || !formatsByName.has(name))
  if (unknown >= 0) return refuse([...at, unknown], `The format \`${String(formats[unknown])}\` is not known.`)
  return { rule: formats.map((name) => formatsByName.get(String(name))) }
}
