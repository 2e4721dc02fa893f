/** How things are called in sentences. */
import type { OperationKey } from '../model/change.ts'
import { isList, isObject } from '../openapi/values.ts'

/** Longer values are described, not shown. */
const longestValue = 60

/** `` `text` ``; backticks within it would end the code span, so they become apostrophes. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

/** `` `GET /orders` ``, or ``webhook `orderShipped` ``. */
export function operationName({ method, path }: OperationKey): string {
  if (path.startsWith('webhook:')) return `webhook ${code(path.slice('webhook:'.length))}`
  if (path.startsWith('callback:')) return `callback ${code(path.slice('callback:'.length).split(' ')[0] ?? '')}`
  return code(`${method} ${path}`)
}

/** A value in a sentence: `nothing` when there is none, a word for what would be too long. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (isList(value) && value.every((item) => typeof item !== 'object' || item === null)) return listed(value)
  if (isObject(value) || isList(value)) return short(value) ?? (isList(value) ? `a list of ${String(value.length)}` : 'a schema')
  return code(typeof value === 'string' ? clipped(value) : (short(value) ?? 'a value'))
}

/** Several values: `` `a`, `b` ``, cut after a handful. */
export function listed(values: readonly unknown[]): string {
  if (values.length === 0) return 'an empty list'
  const first = values.slice(0, 5).map((value) => code(typeof value === 'string' ? clipped(value) : (JSON.stringify(value) ?? '')))
  return values.length > 5 ? `${first.join(', ')} and ${String(values.length - 5)} more` : first.join(', ')
}

function short(value: unknown): string | null {
  if (isObject(value) || isList(value)) {
    const size = isList(value) ? value.length : Object.keys(value).length
    if (size > 6) return null
  }
  const text = JSON.stringify(value) ?? ''
  return text.length > longestValue ? null : isObject(value) || isList(value) ? code(text) : text
}

function clipped(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}

/** Small numbers in words make sentences easier; others stay digits. `counted(1, 'operation')` is `1 operation`. */
export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** The first letter as at the beginning of a sentence; code stays as it is. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
