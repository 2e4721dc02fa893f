/**
 * Formats that bind values, and how their sets lie to each other. Every other format is an annotation (JSON Schema 2020-12,
 * validation 7.2.1): words for people.
 */
import type { Conjunct } from './term.ts'
import { keyword } from './term.ts'
import type { Group } from './json-types.ts'

/**
 * Known formats by the group they bind. Sources: the OpenAPI format registry; JSON Schema 2020-12, validation 7.3, for the formats that
 * validators check (`password`, `regex` and templates are left to people).
 */
const formatGroups: ReadonlyMap<string, Group> = new Map<string, Group>([
  ...['int32', 'int64', 'float', 'double'].map((name) => [name, 'number'] as const),
  ...['date', 'date-time', 'time', 'duration', 'uuid', 'byte', 'binary'].map((name) => [name, 'string'] as const),
  ...['email', 'idn-email', 'hostname', 'idn-hostname', 'ipv4', 'ipv6'].map((name) => [name, 'string'] as const),
  ...['uri', 'uri-reference', 'iri', 'iri-reference', 'json-pointer'].map((name) => [name, 'string'] as const),
])

/** The smaller format lies within the larger. */
const within: ReadonlyMap<string, readonly string[]> = new Map([
  ['int32', ['int64', 'double']],
  ['float', ['double']],
  ['email', ['idn-email']],
  ['hostname', ['idn-hostname']],
  ['uri', ['uri-reference', 'iri', 'iri-reference']],
  ['uri-reference', ['iri-reference']],
  ['iri', ['iri-reference']],
])

/** No text has two of these. */
const disjoint = new Set(['date', 'date-time', 'time', 'duration', 'uuid', 'email', 'ipv4', 'byte'])

/** The format that binds values of the group; null for none and for annotations. `contentEncoding: base64` is how 3.1 writes `byte`. */
export function bindingFormat(conjunct: Conjunct, group: Group): string | null {
  const written = keyword(conjunct, 'format')
  if (typeof written === 'string' && formatGroups.get(written) === group) return written
  if (group !== 'string') return null
  if (keyword(conjunct, 'type') === 'file') return 'binary'
  const encoding = keyword(conjunct, 'contentEncoding')
  if (encoding === 'base64') return 'byte'
  return encoding === undefined && keyword(conjunct, 'contentMediaType') === 'application/octet-stream' ? 'binary' : null
}

/** The written format when it binds nothing. */
export function annotatedFormat(conjunct: Conjunct): string | null {
  const written = keyword(conjunct, 'format')
  return typeof written === 'string' && !formatGroups.has(written) ? written : null
}

/** Every value of `inner` is a value of `outer`. */
export function formatWithin(inner: string, outer: string): boolean {
  return inner === outer || (within.get(inner)?.includes(outer) ?? false)
}

/** No value has both formats. */
export function formatsDisjoint(left: string, right: string): boolean {
  return left !== right && disjoint.has(left) && disjoint.has(right)
}

const checks: ReadonlyMap<string, RegExp> = new Map([
  ['date', /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/],
  [
    'date-time',
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
  ],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['email', /^[a-z0-9]+@[a-z0-9]+\.[a-z]{2,}$/i],
  ['uri', /^[a-z]+:\/\/[a-z0-9]+(?:\.[a-z0-9]+)*\/?$/i],
  ['ipv4', /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/],
  ['ipv6', /^(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$|^::1?$/i],
  ['time', /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/],
  ['duration', /^P(?:\d+D|T\d+[HMS])$/],
  ['hostname', /^[a-z][a-z0-9]{0,20}(?:\.[a-z][a-z0-9]{0,20}){0,5}$/i],
  ['json-pointer', /^(?:\/[a-z0-9]*){0,9}$/i],
])

/** A text with one of these signs, or short of them, certainly is not of the format. */
const cannotBe: ReadonlyMap<string, RegExp> = new Map([
  ['date', /^(?!\d{4}-\d\d-\d\d$)/],
  ['date-time', /^(?!\d{4}-\d\d-\d\d[Tt ])/],
  ['uuid', /^(?!(?:urn:uuid:)?[0-9a-f-]{36}$)/i],
  ['email', /^[^@]*$/],
  ['uri', /^[^:]*$|^[^a-z]|\s/i],
  ['ipv4', /^(?!\d+\.\d+\.\d+\.\d+$)/],
  ['ipv6', /^[^:]*$/],
  ['time', /^[^:]*$/],
  ['duration', /^(?!P)/],
  ['hostname', /[\s@/:]|^$/],
  ['json-pointer', /^[^/]/],
])

/** Whether a value has a binding format: yes, no, or `undefined` where only a full implementation could tell. */
export function hasFormat(value: string | number, format: string): boolean | undefined {
  if (typeof value === 'number') return hasNumberFormat(value, format)
  if (value.length > 200) return undefined
  if (format === 'byte') return /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0
  const narrower = [...within].filter(([, wider]) => wider.includes(format)).map(([name]) => name)
  if ([format, ...narrower].some((name) => checks.get(name)?.test(value) === true)) return true
  return cannotBe.get(format)?.test(value) === true ? false : undefined
}

function hasNumberFormat(value: number, format: string): boolean | undefined {
  if (format === 'int32') return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31
  if (format === 'int64') return Number.isInteger(value) && Number.isSafeInteger(value) ? true : Number.isInteger(value) ? undefined : false
  return format === 'double' || Math.fround(value) === value ? true : undefined
}

/** Texts with the format, most readable first. */
export const formatSamples: ReadonlyMap<string, readonly string[]> = new Map([
  ['date', ['2024-01-31', '1999-12-28']],
  ['date-time', ['2024-01-31T12:00:00Z', '1999-12-28T00:00:00Z']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000', '00000000-0000-4000-8000-000000000000']],
  ['byte', ['aGk=', '']],
  ['email', ['a@example.org', 'b@example.org']],
  ['uri', ['https://example.org/', 'https://a.example']],
  ['ipv4', ['192.0.2.1', '198.51.100.7']],
  ['ipv6', ['2001:db8:0:0:0:0:0:1', '::1']],
  ['time', ['12:00:00Z']],
  ['duration', ['P1D', 'PT1H']],
  ['hostname', ['example.org', 'a.example']],
  ['json-pointer', ['/a']],
])
