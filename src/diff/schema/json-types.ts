/** The seven kinds of JSON values as bits. `integer` and `fraction` together are `number`; keywords bind one group only. */

export const typeBits = { null: 1, boolean: 2, integer: 4, fraction: 8, string: 16, array: 32, object: 64 } as const

/** Every kind. */
export const anyType = 127

export type Group = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object'

/** What keywords speak of: numbers are one group. */
export const groupBits: Readonly<Record<Group, number>> = { null: 1, boolean: 2, number: 12, string: 16, array: 32, object: 64 }

export const groups: readonly Group[] = ['null', 'boolean', 'number', 'string', 'array', 'object']

const writtenBits: ReadonlyMap<string, number> = new Map([
  ['null', 1],
  ['boolean', 2],
  ['integer', 4],
  ['number', 12],
  ['string', 16],
  ['array', 32],
  ['object', 64],
  ['file', 16], // Swagger 2.0: the body is a file
])

/** The bits of a written type name; `undefined` for a name that no version knows. */
export function bitsOfTypeName(name: unknown): number | undefined {
  return typeof name === 'string' ? writtenBits.get(name) : undefined
}

/** The bit of a JSON value. 1.0 is an integer (JSON Schema 2020-12, validation 6.1.1). */
export function typeBitOf(value: unknown): number {
  if (value === null) return typeBits.null
  if (typeof value === 'boolean') return typeBits.boolean
  if (typeof value === 'number') return Number.isInteger(value) ? typeBits.integer : typeBits.fraction
  if (typeof value === 'string') return typeBits.string
  return Array.isArray(value) ? typeBits.array : typeBits.object
}

/** The group of a JSON value. */
export function groupOf(value: unknown): Group {
  const bit = typeBitOf(value)
  return groups.find((group) => (groupBits[group] & bit) !== 0) ?? 'object'
}

/** The shortest list of type names for the bits, in a fixed order. */
export function typeNames(bits: number): readonly string[] {
  const names = groups.filter((group) => group !== 'number' && (bits & groupBits[group]) !== 0).map(String)
  if ((bits & typeBits.fraction) !== 0) names.push((bits & typeBits.integer) !== 0 ? 'number' : 'non-integer number')
  else if ((bits & typeBits.integer) !== 0) names.push('integer')
  return names.sort((left, right) => Number(left === 'null') - Number(right === 'null'))
}
