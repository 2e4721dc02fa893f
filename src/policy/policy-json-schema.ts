/** The policy language as a JSON Schema (draft 2020-12), for editors and for looking up which keys a place knows. Generated from the types. */
import { z } from 'zod'
import { policy, waiversDocument } from './written-policy.ts'

type JsonSchema = { readonly [key: string]: unknown }

/** The schema of `.github/specgate.yml` and of an organisation's `specgate.yml`. Plain JSON. */
export function policyJsonSchema(): JsonSchema {
  return schemaOf(policy)
}

/** The schema of the waiver file, whose list may stand directly below its key. */
export function waiversJsonSchema(): JsonSchema {
  return schemaOf(waiversDocument)
}

function schemaOf(type: z.ZodType): JsonSchema {
  const schema = withFreeKeys(z.toJSONSchema(type, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }))
  return isObject(schema) ? schema : {}
}

/** Every object also takes `x-` keys, which Specgate never reads. */
function withFreeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withFreeKeys)
  if (!isObject(value)) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withFreeKeys(inner)]))
  return copy['additionalProperties'] === false ? { ...copy, patternProperties: { '^x-': true } } : copy
}

export function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
