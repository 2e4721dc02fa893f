/** Pieces of sentences that several rules say. Names stand in backticks; values of secrets never appear. */
import type { Operation } from '../openapi/types.ts'
import type { Use } from './rule.ts'

/** `GET /users/{id}` in backticks. */
export function named(operation: Operation): string {
  return `\`${operation.method} ${operation.path}\``
}

/** The first operation, and how many more: "`GET /users` and 3 more operations". */
export function namedAll(uses: readonly Use[]): string {
  const distinct = [...new Map(uses.map((use) => [named(use.operation), use.operation])).keys()]
  const [first = 'no operation', ...others] = distinct
  if (others.length === 0) return first
  return others.length === 1 ? `${first} and ${others[0] ?? ''}` : `${first} and ${String(others.length)} more operations`
}

/** A list in words: "`a`, `b` and `c`". */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``)
  const last = quoted.at(-1) ?? ''
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`
}
