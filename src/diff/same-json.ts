/** Whether two parsed values are the same JSON: key order does not count, everything else does. */
import { isList, isObject } from '../openapi/values.ts'
import type { JsonObject } from '../openapi/types.ts'

/** Deeper than any description that is read (openapi/limits.ts): values nested further count as different, so that cycles end. */
const maxDepth = 2000

/** True when the values are equal as JSON. Linear in the smaller one; stops at the first difference. */
export function sameJson(left: unknown, right: unknown): boolean {
  return same(left, right, { depth: 0, seen: ignore })
}

/** The same, and hands every map of `right` that was looked at to `seen` on the way: one walk where two would be needed. */
export function sameJsonSeen(left: unknown, right: unknown, seen: (map: JsonObject) => void): boolean {
  return same(left, right, { depth: 0, seen })
}

interface Walk {
  depth: number
  readonly seen: (map: JsonObject) => void
}

function ignore(): void {
  // Nobody looks.
}

function same(left: unknown, right: unknown, walk: Walk): boolean {
  if (typeof left !== 'object' || left === null) return left === right || (Number.isNaN(left) && Number.isNaN(right))
  if (left === right && walk.seen === ignore) return true
  if (walk.depth > maxDepth) return false
  walk.depth += 1
  const isSame = isList(left)
    ? isList(right) && sameList(left, right, walk)
    : isObject(left) && isObject(right) && sameMap(left, right, walk)
  walk.depth -= 1
  return isSame
}

function sameList(left: readonly unknown[], right: readonly unknown[], walk: Walk): boolean {
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index += 1) if (!same(left[index], right[index], walk)) return false
  return true
}

/** `for … in` because it is the fastest by far here; parsed maps inherit nothing enumerable, and `__proto__` is read as an own key only. */
function sameMap(left: JsonObject, right: JsonObject, walk: Walk): boolean {
  walk.seen(right)
  let count = 0
  for (const key in left) {
    count += 1
    const value = right[key]
    if ((value === undefined || key === '__proto__') && !Object.hasOwn(right, key)) return false
    if (!same(left[key], value, walk)) return false
  }
  for (const _ in right) count -= 1
  return count === 0
}
