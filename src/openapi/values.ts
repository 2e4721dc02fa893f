/** Guards for parsed values: the border between `unknown` and what the rest of this room works with. */
import type { JsonObject } from './types.ts'

/** True for a map. Its keys may be anything, `__proto__` included: read them with `field` or `Object.hasOwn`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for a list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** The own value under `key`, never an inherited one; `undefined` when `value` is not a map or has no such key. */
export function field(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The map under `key`, or null. */
export function objectField(value: unknown, key: string): JsonObject | null {
  const found = field(value, key)
  return isObject(found) ? found : null
}

/** The list under `key`; empty when there is none. */
export function listField(value: unknown, key: string): readonly unknown[] {
  const found = field(value, key)
  return isList(found) ? found : []
}

/** The text under `key`, or null. */
export function textField(value: unknown, key: string): string | null {
  const found = field(value, key)
  return typeof found === 'string' ? found : null
}

/** The texts in the list under `key`; other items are left out. */
export function textsField(value: unknown, key: string): readonly string[] {
  return listField(value, key).filter((item) => typeof item === 'string')
}

/** True only for a written `true`. */
export function flagField(value: unknown, key: string): boolean {
  return field(value, key) === true
}
