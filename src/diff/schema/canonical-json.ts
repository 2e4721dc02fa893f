/** JSON with sorted keys: equal values have equal texts. */
import { isList, isObject } from '../../openapi/values.ts'

/** The text of a JSON value, its keys in order. What JSON cannot write counts as null. */
export function canonicalJson(value: unknown): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
  return `{${entries.join(',')}}`
}
