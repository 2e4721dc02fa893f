/** A `PlainSchema` in the words of OpenAPI 3.0, the newest that `openapi-diff` reads: one type each, exclusive bounds as flags, null as what is nothing else. */
import type { JsonObject } from '../../openapi/types.ts'
import type { PlainSchema } from './plain-schema.ts'

/** The tool ignores `nullable`, but it can compute with "not any of these". */
const onlyNull: JsonObject = { not: { anyOf: ['boolean', 'object', 'array', 'number', 'string'].map((type) => ({ type })) } }

/** The same set of values in OpenAPI 3.0. */
export function turnDown(schema: PlainSchema): JsonObject {
  const { type, properties, items, additionalProperties, not, allOf, anyOf, oneOf, ...rest } = schema
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...plain } = rest
  const conjuncts = [...(allOf ?? []).map(turnDown), ...typeConjunct(type)]
  return {
    ...plain,
    ...(type?.length === 1 && type[0] !== 'null' ? { type: type[0] } : {}),
    ...lowerBound(minimum, exclusiveMinimum),
    ...upperBound(maximum, exclusiveMaximum),
    ...(properties === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, turnDown(value)])) }),
    ...(items === undefined ? {} : { items: turnDown(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: turnDown(additionalProperties) }),
    ...(not === undefined ? {} : { not: turnDown(not) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(turnDown) }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(turnDown) }),
    ...(conjuncts.length === 0 ? {} : { allOf: conjuncts }),
  }
}

function typeConjunct(type: PlainSchema['type']): readonly JsonObject[] {
  if (type === undefined || (type.length === 1 && type[0] !== 'null')) return []
  return [{ anyOf: type.map((name) => (name === 'null' ? onlyNull : { type: name })) }]
}

/** Of two bounds the tighter one; the exclusive one where they are equal. */
function lowerBound(minimum: number | undefined, exclusive: number | undefined): JsonObject {
  if (exclusive !== undefined && exclusive >= (minimum ?? -Infinity)) return { minimum: exclusive, exclusiveMinimum: true }
  return minimum === undefined ? {} : { minimum }
}

function upperBound(maximum: number | undefined, exclusive: number | undefined): JsonObject {
  if (exclusive !== undefined && exclusive <= (maximum ?? Infinity)) return { maximum: exclusive, exclusiveMaximum: true }
  return maximum === undefined ? {} : { maximum }
}
