/**
 * Whether a property, parameter or header reveals something sensitive, told by its name, format, classification and example.
 * A heuristic that prefers silence: names match on whole words at their end, and values that cannot be the secret itself do not count.
 */
import type { Sensitivity } from '../model/change.ts'
import { classificationOf } from './classification.ts'
import { coreVocabulary } from './terms.ts'
import { shapeOf } from './value-shapes.ts'
import { indexTerms, longestTerm } from './vocabulary.ts'
import type { Returned, Term, TermIndex, Vocabulary } from './vocabulary.ts'
import { wordsOf } from './words.ts'

/** What is sensitive about a name, and why we think so. */
export interface SensitiveName {
  readonly sensitivity: Sensitivity
  readonly returned: Returned
  /** True for ordinary contact data. */
  readonly contact: boolean
  readonly because: 'name' | 'format' | 'classification' | 'example'
}

type Schema = Readonly<Record<string, unknown>>

const coreIndex = indexTerms([coreVocabulary])
const indexes = new WeakMap<Vocabulary, TermIndex>()

/** First words that turn a name into a question or a setting: `isPassword`, `hide_secret`, `requires_2fa_code`. */
const askingWords = new Set(
  'is has have had can should will was are hide hides exclude excluded include included allow allows require requires required show shows enable enables disable disables use uses need needs must no without support supports force minimum maximum min max masked redacted'.split(
    ' ',
  ),
)

/** Last words that add nothing to what the value is. */
const fillingWords = new Set(
  'value string str text raw plain plaintext cleartext encoded b64 base64 hex encrypted hashed confirm confirmation confirmed repeat repeated again v1 v2 v3 v4'.split(
    ' ',
  ),
)

/** Formats that say what the value is, whatever its name. */
const formats: ReadonlyMap<string, SensitiveName> = new Map([
  ['password', { sensitivity: 'credential', returned: 'never', contact: false, because: 'format' }],
  ['credit-card', { sensitivity: 'financial', returned: 'authorised', contact: false, because: 'format' }],
  ['iban', { sensitivity: 'financial', returned: 'authorised', contact: false, because: 'format' }],
  ['ssn', { sensitivity: 'personal', returned: 'authorised', contact: false, because: 'format' }],
  ['email', { sensitivity: 'personal', returned: 'authorised', contact: true, because: 'format' }],
  ['idn-email', { sensitivity: 'personal', returned: 'authorised', contact: true, because: 'format' }],
  ['phone', { sensitivity: 'personal', returned: 'authorised', contact: true, because: 'format' }],
])

/** Formats no secret has. */
const harmlessFormats = new Set(['date', 'date-time', 'time', 'duration', 'uri-template', 'regex', 'boolean'])

/** Names of the children that make an object of that name the secret itself: `password: { hash }`. Children that are secrets by their own names speak for themselves. */
const tellingChildren = new Set(['value', 'hash', 'plain', 'plaintext', 'digest', 'raw'])

/**
 * What a property of this name and schema reveals, or null. `schema` is the resolved schema as parsed (anything else counts as "unknown");
 * `vocabulary` is asked before the core one. Pure, linear in the length of the name and the number of direct children.
 */
export function sensitivityOf(name: string, schema: unknown, vocabulary?: Vocabulary): Sensitivity | null {
  return sensitiveName(name, schema, vocabulary)?.sensitivity ?? null
}

/** Like `sensitivityOf`, with the reason and when returning the value is normal. */
export function sensitiveName(name: string, schema: unknown, vocabulary?: Vocabulary): SensitiveName | null {
  const described = isObject(schema) ? schema : {}
  const classified = classificationOf(described)
  const recognised = recognise(name, described, vocabulary)
  if (classified === null) return recognised
  if (recognised?.sensitivity === 'credential' || recognised?.sensitivity === 'token') return recognised
  return classified === 'public' ? null : classifiedAs(classified)
}

function classifiedAs(sensitivity: Sensitivity): SensitiveName {
  const returned = sensitivity === 'credential' ? 'never' : sensitivity === 'token' ? 'sign-in' : 'authorised'
  return { sensitivity, returned, contact: false, because: 'classification' }
}

function recognise(name: string, schema: Schema, vocabulary?: Vocabulary): SensitiveName | null {
  const shape = shapesOf(schema)
  if (!shape.text && !shape.number) return null
  const term = termOf(name, vocabulary)
  if (term !== null && fits(term, shape))
    return { sensitivity: term.sensitivity, returned: term.returned, contact: term.contact === true, because: 'name' }
  if (!shape.text) return null
  return byFormat(schema) ?? byExample(schema)
}

function fits(term: Term, shape: Shapes): boolean {
  if (shape.date) return /birth|dob/.test(term.words)
  if (shape.enumerated && (term.sensitivity === 'credential' || term.sensitivity === 'token')) return false
  return shape.text || term.numeric === true
}

/** The term a name ends in, or null: filling words at the end are passed over, a leading question word rules everything out. */
function termOf(name: string, vocabulary?: Vocabulary): Term | null {
  const words = [...wordsOf(name)]
  if (words.length > 1 && askingWords.has(words[0] ?? '')) return null
  while (words.length > 0) {
    const term = (vocabulary === undefined ? null : longestTerm(words, indexOf(vocabulary))) ?? longestTerm(words, coreIndex)
    if (term !== null) return term
    const last = words.pop() ?? ''
    if (!fillingWords.has(last) && !/^\d+$/.test(last)) return null
  }
  return null
}

function indexOf(vocabulary: Vocabulary): TermIndex {
  const known = indexes.get(vocabulary)
  if (known !== undefined) return known
  const index = indexTerms([vocabulary])
  indexes.set(vocabulary, index)
  return index
}

function byFormat(schema: Schema): SensitiveName | null {
  const format = schema['format']
  return typeof format === 'string' ? (formats.get(format.toLowerCase()) ?? null) : null
}

/** A password hash or private key in the example of a property gives away what it holds. Tokens are left to their names: any text may hold one. */
function byExample(schema: Schema): SensitiveName | null {
  const telling = examplesOf(schema).some((example) => /password|private|one-time/.test(shapeOf(example)?.name ?? ''))
  return telling ? { sensitivity: 'credential', returned: 'never', contact: false, because: 'example' } : null
}

function examplesOf(schema: Schema): readonly string[] {
  const listed: unknown = schema['examples']
  const examples: readonly unknown[] = [schema['example'], schema['default'], ...(isList(listed) ? listed.slice(0, 5) : [])]
  return examples.filter((example) => typeof example === 'string')
}

/** Which kinds of scalar a schema admits. `date`: the text can only be a date; `enumerated`: all values are written down, so none is a secret. */
interface Shapes {
  readonly text: boolean
  readonly number: boolean
  readonly date: boolean
  readonly enumerated: boolean
}

const nothing: Shapes = { text: false, number: false, date: false, enumerated: false }
const anyText: Shapes = { ...nothing, text: true }

function shapesOf(schema: Schema, depth = 0): Shapes {
  const types = typesOf(schema)
  const unknown = types.length === 0
  const members = unknown ? alternativesOf(schema) : []
  if (members.length > 0 && depth < 4) return together(members.map((member) => (isObject(member) ? shapesOf(member, depth + 1) : nothing)))
  if (types.includes('array') || (unknown && schema['items'] !== undefined)) return ofItems(schema, depth)
  return {
    text: admitsText(types, schema),
    number: types.includes('integer') || types.includes('number'),
    date: isDate(schema),
    enumerated: isEnumerated(schema),
  }
}

function alternativesOf(schema: Schema): readonly unknown[] {
  const written: readonly unknown[] = [schema['allOf'], schema['anyOf'], schema['oneOf']]
  return written.find(isList)?.slice(0, 20) ?? []
}

function admitsText(types: readonly string[], schema: Schema): boolean {
  if (types.includes('string')) return true
  if (types.length === 0 && looksScalar(schema)) return true
  return isObjectLike(types, schema) && hasTellingChild(schema)
}

function isDate(schema: Schema): boolean {
  const format = schema['format']
  return typeof format === 'string' && harmlessFormats.has(format)
}

function ofItems(schema: Schema, depth: number): Shapes {
  const items = schema['items']
  if (items === undefined) return anyText
  return isObject(items) && depth < 4 ? shapesOf(items, depth + 1) : nothing
}

function together(members: readonly Shapes[]): Shapes {
  return {
    text: members.some((member) => member.text),
    number: members.some((member) => member.number),
    date: members.some((member) => member.date) && members.every((member) => member.date || !member.text),
    enumerated: members.some((member) => member.enumerated),
  }
}

function isEnumerated(schema: Schema): boolean {
  return (Array.isArray(schema['enum']) && schema['enum'].length > 0) || 'const' in schema
}

/** The types a schema names, those of its enum and const included; empty when it names none. */
function typesOf(schema: Schema): readonly string[] {
  const type = schema['type']
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.filter((member) => typeof member === 'string')
  const values = Array.isArray(schema['enum']) ? schema['enum'].slice(0, 20) : 'const' in schema ? [schema['const']] : []
  return values.map((value) => typeof value)
}

function looksScalar(schema: Schema): boolean {
  return schema['properties'] === undefined && schema['additionalProperties'] === undefined
}

function isObjectLike(types: readonly string[], schema: Schema): boolean {
  return types.includes('object') || (types.length === 0 && schema['properties'] !== undefined)
}

function hasTellingChild(schema: Schema): boolean {
  const properties = schema['properties']
  return (
    isObject(properties) &&
    Object.keys(properties)
      .slice(0, 100)
      .some((child) => tellingChildren.has(child.toLowerCase()))
  )
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
