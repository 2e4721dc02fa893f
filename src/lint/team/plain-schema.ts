/**
 * Judges values against schemas that are made of plain keywords only, without compiling anything. It says `valid` or `invalid` only where every
 * JSON Schema validator says the same, under draft 4 and 2020-12 alike; all else is `unknown` and left to a validator.
 */
import { isList, isObject } from '../../openapi/values.ts'
import { plainFormats } from './plain-formats.ts'

export type Judgement = 'valid' | 'invalid' | 'unknown'

type Schema = Readonly<Record<string, unknown>>
type Shape = (value: unknown) => boolean

const isText: Shape = (value) => typeof value === 'string'
const isFlag: Shape = (value) => typeof value === 'boolean'
const isCount: Shape = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0
const isNumber: Shape = (value) => typeof value === 'number' && Number.isFinite(value)
const anything: Shape = () => true
const isPlainList: Shape = (value) => isList(value) && value.length > 0 && value.every(isPlain)
const isPlainMap: Shape = (value) => isObject(value) && Object.keys(value).every((key) => key !== '__proto__' && isPlain(value[key]))
const isDistinctList: Shape = (value) => isList(value) && value.length > 0 && value.every(isScalar) && new Set(value).size === value.length
const isNames: Shape = (value) => isDistinctList(value) && isList(value) && value.every(isText)
const isType: Shape = (value) => typeof value === 'string' && types.has(value)

const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])

/** Keywords that are understood, and the shape that the meta-schemas of both drafts demand of them. */
const keywords: ReadonlyMap<string, Shape> = new Map([
  ...['title', 'description', 'format'].map((key) => [key, isText] as const),
  ...['deprecated', 'readOnly', 'writeOnly', 'nullable', 'uniqueItems'].map((key) => [key, isFlag] as const),
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map((key) => [key, isCount] as const),
  ...['minimum', 'maximum'].map((key) => [key, isNumber] as const),
  ...['example', 'default', 'xml', 'externalDocs'].map((key) => [key, anything] as const),
  ...['allOf', 'anyOf', 'oneOf'].map((key) => [key, isPlainList] as const),
  ['type', isType],
  ['enum', isDistinctList],
  ['required', isNames],
  ['properties', isPlainMap],
  ['items', isPlain],
  ['additionalProperties', (value) => isFlag(value) || isPlain(value)],
])

const plainness = new WeakMap<object, boolean>()

/** True for a schema of which every part is plain. Remembered by identity; one that contains itself is not. */
function isPlain(schema: unknown): boolean {
  if (!isObject(schema)) return false
  const known = plainness.get(schema)
  if (known !== undefined) return known
  plainness.set(schema, false)
  const plain =
    Object.keys(schema).every((key) => key.startsWith('x-') || keywords.get(key)?.(schema[key]) === true) &&
    (schema['nullable'] === undefined || (typeof schema['type'] === 'string' && schema['type'] !== 'null'))
  plainness.set(schema, plain)
  return plain
}

/** Whether the value is valid against the schema. */
export function judgePlainly(schema: unknown, value: unknown): Judgement {
  return isPlain(schema) && isObject(schema) ? judge(schema, value, 0) : 'unknown'
}

/** Schemas within each other that are followed. */
const maxDepth = 60

function judge(schema: Schema, value: unknown, depth: number): Judgement {
  if (depth > maxDepth) return 'unknown'
  const typed = judgeType(schema, value)
  if (typed !== 'valid') return typed
  return all([
    () => judgeEnum(schema['enum'], value),
    () => judgeScalar(schema, value),
    () => judgeObject(schema, value, depth),
    () => judgeArray(schema, value, depth),
    () => all(members(schema, 'allOf').map((member) => () => judge(member, value, depth + 1))),
    () => judgeAlternatives(schema, value, depth),
  ])
}

/** Invalid as soon as one is; valid when all are. */
function all(judgements: readonly (() => Judgement)[]): Judgement {
  let sum: Judgement = 'valid'
  for (const next of judgements) {
    const judgement = next()
    if (judgement === 'invalid') return 'invalid'
    if (judgement === 'unknown') sum = 'unknown'
  }
  return sum
}

function members(schema: Schema, keyword: string): readonly Schema[] {
  const list = schema[keyword]
  return isList(list) ? list.filter(isObject) : []
}

function judgeType({ type, nullable }: Schema, value: unknown): Judgement {
  if (type === undefined) return 'valid'
  if (value === null) return type === 'null' || nullable === true ? 'valid' : 'invalid'
  if (isList(value)) return verdict(type === 'array')
  if (typeof value === 'number') return verdict(type === 'number' || (type === 'integer' && Number.isInteger(value)))
  return verdict(type === typeof value)
}

function verdict(isValid: boolean): Judgement {
  return isValid ? 'valid' : 'invalid'
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

function judgeEnum(listed: unknown, value: unknown): Judgement {
  return isList(listed) ? verdict(isScalar(value) && listed.includes(value)) : 'valid'
}

function judgeScalar(schema: Schema, value: unknown): Judgement {
  const { minimum, maximum, minLength, maxLength, format } = schema
  if (typeof value !== 'number' && typeof value !== 'string') return 'valid'
  const size = typeof value === 'number' ? value : [...value].length
  const [least, most] = typeof value === 'number' ? [minimum, maximum] : [minLength, maxLength]
  if ((typeof least === 'number' && size < least) || (typeof most === 'number' && size > most)) return 'invalid'
  if (typeof format !== 'string') return 'valid'
  return plainFormats.get(format)?.(value) === true ? 'valid' : 'unknown'
}

function judgeObject(schema: Schema, value: unknown, depth: number): Judgement {
  if (!isObject(value)) return 'valid'
  const keys = Object.keys(value)
  if (isOutside(keys.length, schema['minProperties'], schema['maxProperties'])) return 'invalid'
  const { properties, additionalProperties: additional, required } = schema
  const declared = isObject(properties) ? properties : {}
  // Whether readOnly and writeOnly properties are required depends on the direction, which is not known here.
  if (isList(required) && !required.every((name) => typeof name === 'string' && Object.hasOwn(value, name))) return 'unknown'
  return all(
    keys.map((key) => () => {
      const property: unknown = Object.hasOwn(declared, key) ? declared[key] : undefined
      if (isObject(property)) return judge(property, value[key], depth + 1)
      return isObject(additional) ? judge(additional, value[key], depth + 1) : verdict(additional !== false)
    }),
  )
}

function judgeArray(schema: Schema, value: unknown, depth: number): Judgement {
  if (!isList(value)) return 'valid'
  if (isOutside(value.length, schema['minItems'], schema['maxItems'])) return 'invalid'
  if (schema['uniqueItems'] === true && value.length > 1) return 'unknown'
  const { items } = schema
  return isObject(items) ? all(value.map((item) => () => judge(items, item, depth + 1))) : 'valid'
}

function isOutside(size: number, least: unknown, most: unknown): boolean {
  return (typeof least === 'number' && size < least) || (typeof most === 'number' && size > most)
}

function judgeAlternatives(schema: Schema, value: unknown, depth: number): Judgement {
  const judged = (keyword: string): readonly Judgement[] => members(schema, keyword).map((member) => judge(member, value, depth + 1))
  const any = judged('anyOf')
  const one = judged('oneOf')
  const count = (judgements: readonly Judgement[], of: Judgement): number => judgements.filter((judgement) => judgement === of).length
  const ofAny = any.length === 0 || count(any, 'valid') > 0 ? 'valid' : count(any, 'unknown') > 0 ? 'unknown' : 'invalid'
  const ofOne =
    one.length === 0 || (count(one, 'valid') === 1 && count(one, 'unknown') === 0)
      ? 'valid'
      : count(one, 'unknown') > 0 && count(one, 'valid') < 2
        ? 'unknown'
        : 'invalid'
  return all([() => ofAny, () => ofOne])
}
