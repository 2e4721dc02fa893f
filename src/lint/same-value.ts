/** Whether two parsed values are the same JSON; the order of keys does not count. */
import { isList, isObject } from '../openapi/values.ts'

/** Deeper than any description that is read; values nested further count as different, so that cycles end. */
const maxDepth = 600

/** True when the values are equal as JSON. Stops at the first difference. */
export function sameValue(left: unknown, right: unknown, depth = 0): boolean {
  if (left === right) return true
  if (depth > maxDepth) return false
  if (isList(left))
    return isList(right) && left.length === right.length && left.every((item, index) => sameValue(item, right[index], depth + 1))
  if (!isObject(left) || !isObject(right)) return Number.isNaN(left) && Number.isNaN(right)
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key], depth + 1))
  )
}
