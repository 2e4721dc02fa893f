/**
 * Writes a schema out as a `PlainSchema`: references followed, circles cut to "any value", properties that the direction never carries left
 * out. Bounded by `room`, so that schemas which grow exponentially when written out end early.
 */
import { follow, resolve } from '../../openapi/resolve.ts'
import { childPointer } from '../../openapi/json-pointer.ts'
import type { ApiDescription, JsonObject, SchemaNode } from '../../openapi/types.ts'
import { field, flagField, isList, isObject, listField, objectField, textField, textsField } from '../../openapi/values.ts'
import { bitsOfTypeName, typeBitOf } from '../schema/json-types.ts'
import { every, none, plainBounds, type PlainBounds, type PlainSchema } from './plain-schema.ts'

/** What one side of a question shares. */
export interface Simplifying {
  readonly api: ApiDescription
  readonly direction: 'request' | 'response'
  /** Numbers for names, the same on both sides. */
  readonly names: Map<string, string>
  /** Schemas that may still be written; below zero, nothing that was written counts. */
  readonly room: { left: number }
  /** The written schemas around the one at hand. */
  readonly around: Set<object>
}

/** Members of one `oneOf` or `anyOf`: the tool's time is exponential in them (oneOf of 2, 4, 8 objects: 0.3 s, 14 s, more than 20 s). */
const mostAlternatives = 4

/** The schema as the tool can read it. `room.left < 0` afterwards: it was too large, and what came back is not the schema. */
export function simplifySchema(to: Simplifying, schema: SchemaNode | null): PlainSchema {
  to.room.left -= 1
  if (to.room.left < 0 || schema === null) return every
  const { value } = schema
  if (value === false) return none
  if (!isObject(value) || to.around.has(value)) return every
  to.around.add(value)
  const plain = writtenOut(to, schema, value)
  to.around.delete(value)
  return plain
}

function writtenOut(to: Simplifying, schema: SchemaNode, value: JsonObject): PlainSchema {
  const ref = textField(value, '$ref')
  if (ref === null) return keywords(to, schema, value)
  const target = resolve(to.api, schema, ref)
  const dialect = schema.dialect === '2.0-parameter' ? '2.0' : schema.dialect
  const followed = simplifySchema(to, target === undefined ? null : { ...target, dialect: isParameter(schema, target?.value) ?? dialect })
  // Before 3.1, what stands beside a reference is ignored.
  return schema.dialect === '3.1' ? { allOf: [followed, keywords(to, schema, value)] } : followed
}

/** The fields of a form of Swagger 2.0 are references to parameters, which are schemas of their own kind. */
function isParameter(schema: SchemaNode, target: unknown): '2.0-parameter' | null {
  return schema.dialect === '2.0-parameter' && field(target, 'in') !== undefined ? '2.0-parameter' : null
}

function keywords(to: Simplifying, schema: SchemaNode, value: JsonObject): PlainSchema {
  return {
    ...types(schema, value),
    ...bounds(value),
    ...ofObjects(to, schema, value),
    ...ofArrays(to, schema, value),
    ...logic(to, schema),
  }
}

function types({ dialect }: SchemaNode, value: JsonObject): PlainSchema {
  const written = value['type']
  const names = (isList(written) ? written : [written])
    .filter((name) => typeof name === 'string')
    .filter((name) => bitsOfTypeName(name) !== undefined)
    .map((name) => (name === 'file' ? 'string' : name))
  const nullable = dialect === '3.0' ? 'nullable' : dialect === '3.1' ? null : 'x-nullable'
  if (names.length > 0 && nullable !== null && flagField(value, nullable)) names.push('null')
  return names.length > 0 ? { type: [...new Set(names)].sort() } : typesOfValues(value)
}

/** A list of values is as far as its types; that much can be said. */
function typesOfValues(value: JsonObject): PlainSchema {
  const values = Object.hasOwn(value, 'const') ? [value['const']] : listField(value, 'enum')
  const bits = values.reduce<number>((sum, one) => sum | typeBitOf(one), 0)
  return bits === 0 ? {} : { type: namesOf(bits) }
}

const namesByBit = [
  ['null', 1],
  ['boolean', 2],
  ['integer', 4],
  ['number', 8],
  ['string', 16],
  ['array', 32],
  ['object', 64],
] as const

function namesOf(bits: number): readonly string[] {
  return namesByBit.flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name]))
}

function bounds(value: JsonObject): PlainBounds {
  const numbers = Object.fromEntries(plainBounds.flatMap((name) => pair(name, numberField(value, name))))
  return { ...numbers, ...numericBound(value, 'minimum', 'exclusiveMinimum'), ...numericBound(value, 'maximum', 'exclusiveMaximum') }
}

/** Until 3.0 an exclusive bound is a flag beside the bound, since 3.1 a bound of its own. */
function numericBound(
  value: JsonObject,
  inclusive: 'minimum' | 'maximum',
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
): PlainBounds {
  const bound = numberField(value, inclusive)
  if (flagField(value, exclusive)) return Object.fromEntries(pair(exclusive, bound))
  return Object.fromEntries([...pair(inclusive, bound), ...pair(exclusive, numberField(value, exclusive))])
}

function ofObjects(to: Simplifying, schema: SchemaNode, value: JsonObject): PlainSchema {
  const properties = objectField(value, 'properties') ?? {}
  const names = Object.keys(properties)
  const carried = names.filter((name) => !isHidden(to, below(schema, 'properties', name)))
  const hidden = new Set(names.filter((name) => !carried.includes(name)))
  const required = textsField(value, 'required').filter((name) => !hidden.has(name))
  const additional = value['additionalProperties']
  return {
    ...(carried.length === 0
      ? {}
      : {
          properties: Object.fromEntries(
            carried.map((name) => [nameIn(to, name), simplifySchema(to, below(schema, 'properties', name))] as const),
          ),
        }),
    ...(required.length === 0 ? {} : { required: [...new Set(required.map((name) => nameIn(to, name)))].sort() }),
    ...(additional === undefined ? {} : { additionalProperties: simplifySchema(to, below(schema, 'additionalProperties')) }),
  }
}

/** Requests carry nothing that is `readOnly`, responses nothing that is `writeOnly`. */
function isHidden(to: Simplifying, property: SchemaNode): boolean {
  const flag = to.direction === 'request' ? 'readOnly' : 'writeOnly'
  return flagField(property.value, flag) || flagField(follow(to.api, property)?.value, flag)
}

function ofArrays(to: Simplifying, schema: SchemaNode, value: JsonObject): PlainSchema {
  const isForAll = Object.hasOwn(value, 'items') && !isList(value['items']) && !Object.hasOwn(value, 'prefixItems')
  return isForAll ? { items: simplifySchema(to, below(schema, 'items')) } : {}
}

function logic(to: Simplifying, schema: SchemaNode): PlainSchema {
  const members = (name: 'allOf' | 'anyOf' | 'oneOf'): readonly PlainSchema[] => {
    const list = listField(schema.value, name)
    if (name !== 'allOf' && list.length > mostAlternatives) to.room.left = -1
    return list.map((_, index) => simplifySchema(to, below(schema, name, index)))
  }
  const lists = (['allOf', 'anyOf', 'oneOf'] as const).map((name) => [name, members(name)] as const).filter(([, list]) => list.length > 0)
  const not = field(schema.value, 'not')
  return { ...Object.fromEntries(lists), ...(not === undefined ? {} : { not: simplifySchema(to, below(schema, 'not')) }) }
}

function below(schema: SchemaNode, ...tokens: readonly (string | number)[]): SchemaNode {
  let { pointer, value } = schema
  for (const token of tokens) {
    pointer = childPointer(pointer, token)
    value = isList(value) ? value[Number(token)] : field(value, String(token))
  }
  return { ...schema, pointer, value }
}

function nameIn({ names }: Simplifying, name: string): string {
  const known = names.get(name) ?? `p${String(names.size)}`
  names.set(name, known)
  return known
}

function numberField(value: JsonObject, name: string): number | null {
  const found = field(value, name)
  return typeof found === 'number' && Number.isFinite(found) ? found : null
}

function pair(name: string, value: number | null): readonly (readonly [string, number])[] {
  return value === null ? [] : [[name, value]]
}
