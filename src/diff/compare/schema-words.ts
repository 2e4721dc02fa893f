/** What became of a keyword, in words. */
import { isList, isObject } from '../../openapi/values.ts'
import type { SchemaFact } from '../schema/types.ts'
import { code, shown } from '../words.ts'

/** As many types as JSON Schema knows, null and integers apart. */
const allTypes = 5

/** `` from `1` to `3` ``; for schemas, which are too long to be shown, what came or went; nothing where neither helps. */
export function changeWords({ aspect, base, head, subject, baseValue, headValue, effect }: SchemaFact): string {
  if (aspect === 'schema') return effect === 'narrows' ? ': it admits no value any more' : ': it admits values now'
  if (aspect === 'type') return ` from ${typeWords(baseValue)} to ${typeWords(headValue)}`
  const isMember = aspect === 'one-of' || aspect === 'any-of'
  if (isMember && head === null) return `: it lost ${memberName(subject)}`
  if (isMember && base === null) return `: it gained ${memberName(subject)}`
  if (isMember || [baseValue, headValue].every((value) => isObject(value) || isList(value))) return ''
  if (baseValue === undefined) return headValue === undefined ? '' : `: it was not set and is now ${shown(headValue)}`
  return headValue === undefined ? `: it was ${shown(baseValue)} and is no longer set` : ` from ${shown(baseValue)} to ${shown(headValue)}`
}

/** Why something is not known, as an addition to the sentence; the whole sentence where there is nothing else to say. */
export function reasonWords({ aspect, reason }: SchemaFact): string {
  const text = reason.replace(/\.$/, '')
  if (text === '') return ''
  return aspect === 'undecided' ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : ` (${text.charAt(0).toLowerCase()}${text.slice(1)})`
}

function memberName(subject: string): string {
  return subject === '' ? 'an alternative' : `the alternative ${code(subject)}`
}

function typeWords(value: unknown): string {
  if (value === undefined) return 'any type'
  return isList(value) && value.length >= allTypes ? 'any type' : shown(value)
}
