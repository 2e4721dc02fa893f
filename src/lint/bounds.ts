/** Whether values are bounded, by whatever keyword says so. Works on effective keywords, so that a bound in an `allOf` sibling counts. */
import { isList, isObject } from '../openapi/values.ts'

type Keywords = Readonly<Record<string, unknown>>

/** Formats of bounded length (OpenAPI format registry, RFC 3339, RFC 9562, RFC 791, RFC 4291). */
const boundedFormats = new Set([
  'date',
  'date-time',
  'time',
  'duration',
  'uuid',
  'ipv4',
  'ipv6',
  'mac',
  'currency',
  'country',
  'byte-fixed',
  'ulid',
  'binary',
])

/** Bounded by length, listed values, a format of fixed size, or an anchored pattern without an endless repetition. */
export function isBoundedString(keywords: Keywords): boolean {
  if (typeof keywords['maxLength'] === 'number' || isEnumerated(keywords)) return true
  if (typeof keywords['format'] === 'string' && boundedFormats.has(keywords['format'])) return true
  return typeof keywords['pattern'] === 'string' && isBoundedPattern(keywords['pattern'])
}

/** Bounded by the number of items, or made of listed ones. */
export function isBoundedArray(keywords: Keywords): boolean {
  if (typeof keywords['maxItems'] === 'number' || isEnumerated(keywords)) return true
  return isObject(keywords['items']) && isEnumerated(keywords['items']) && keywords['uniqueItems'] === true
}

/** Bounded on both ends, or by a format or listed values. */
export function isBoundedInteger(keywords: Keywords): boolean {
  if (isEnumerated(keywords) || keywords['format'] === 'int32') return true
  const below = ['minimum', 'exclusiveMinimum'].some((keyword) => typeof keywords[keyword] === 'number')
  return below && ['maximum', 'exclusiveMaximum'].some((keyword) => typeof keywords[keyword] === 'number')
}

function isEnumerated(keywords: Keywords): boolean {
  return isList(keywords['enum']) || 'const' in keywords
}

/** `^...$` without `*`, `+` or `{n,}` outside character classes. */
function isBoundedPattern(pattern: string): boolean {
  if (!pattern.startsWith('^') || !pattern.endsWith('$')) return false
  const bare = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  return !/[*+]|\{\d+,\}/.test(bare) && !bare.includes('|')
}

/** True for a schema that only refers to another: the other one is looked at in its own place. */
export function isReference(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, '$ref')
}
