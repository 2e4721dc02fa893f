/** Whether two parsed values are the same JSON: key order does not count, everything else does. */
import { isList, isObject } from '../openapi/values.ts'
import type { JsonObject } from '../openapi/types.ts'

/** Deeper than any description that is read (openapi/limits.ts): values nested further count as different, so that cycles end. */
const maxDepth = 2000

/** True when the values are equal as JSON. Linear in the smaller one; stops at the first difference. */
export function sameJson(left: unknown, right: unknown, depth = 0): boolean {
  if (left === right) return true
  if (depth > maxDepth) return false
  if (isList(left)) return isList(right) && sameList(left, right, depth)
  if (isObject(left)) return isObject(right) && sameMap(left, right, depth)
  return Number.isNaN(left) && Number.isNaN(right)
}

function sameList(left: readonly unknown[], right: readonly unknown[], depth: number): boolean {
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index += 1) if (!sameJson(left[index], right[index], depth + 1)) return false
  return true
}

function sameMap(left: JsonObject, right: JsonObject, depth: number): boolean {
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  for (const key of keys) if (!Object.hasOwn(right, key) || !sameJson(left[key], right[key], depth + 1)) return false
  return true
}
