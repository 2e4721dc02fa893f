/** What a slice says about numbers: bounds as one lower and one upper limit, multiples as exact fractions. */
import type { Slice } from './engine.ts'
import { typeBits } from './json-types.ts'
import { keyword } from './term.ts'
import type { Conjunct } from './term.ts'

/** A limit, where it comes from, and as which keyword. */
export interface Limit {
  readonly value: number
  readonly exclusive: boolean
  readonly conjunct: Conjunct
  readonly keyword: string
}

export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Only integers are admitted. */
export function wholeNumbers(slice: Slice): boolean {
  return (slice.mask & typeBits.fraction) === 0
}

/** The highest lower limit; null when there is none. `integers`: limits are moved to the integer they mean, inclusive. */
export function lowerLimit(slice: Slice, integers: boolean): Limit | null {
  const limits = slice.conjuncts.flatMap((conjunct) => limitsOf(conjunct, 'minimum', 'exclusiveMinimum'))
  return strictest(
    limits.map((limit) => (integers ? wholeLimit(limit, 1) : limit)),
    1,
  )
}

/** The lowest upper limit. */
export function upperLimit(slice: Slice, integers: boolean): Limit | null {
  const limits = slice.conjuncts.flatMap((conjunct) => limitsOf(conjunct, 'maximum', 'exclusiveMaximum'))
  return strictest(
    limits.map((limit) => (integers ? wholeLimit(limit, -1) : limit)),
    -1,
  )
}

/** 2.0 and 3.0 write `exclusiveMinimum: true` beside `minimum`, 3.1 a number of its own. Either is understood anywhere. */
function limitsOf(conjunct: Conjunct, inclusive: string, exclusive: string): Limit[] {
  const limits: Limit[] = []
  const [bound, excluded] = [keyword(conjunct, inclusive), keyword(conjunct, exclusive)]
  if (typeof bound === 'number') limits.push({ value: bound, exclusive: excluded === true, conjunct, keyword: inclusive })
  if (typeof excluded === 'number') limits.push({ value: excluded, exclusive: true, conjunct, keyword: exclusive })
  return limits
}

function wholeLimit(limit: Limit, direction: 1 | -1): Limit {
  const rounded = direction === 1 ? Math.ceil(limit.value) : Math.floor(limit.value)
  const moved = limit.exclusive && rounded === limit.value ? rounded + direction : rounded
  return { ...limit, value: moved, exclusive: false }
}

function strictest(limits: readonly Limit[], direction: 1 | -1): Limit | null {
  return limits.reduce<Limit | null>((best, limit) => (best === null || compareLimits(limit, best, direction) > 0 ? limit : best), null)
}

/** Positive when `left` is the stricter. `direction`: 1 for lower limits, -1 for upper ones. */
export function compareLimits(left: Limit, right: Limit, direction: 1 | -1): number {
  if (left.value !== right.value) return direction * (left.value - right.value)
  return Number(left.exclusive) - Number(right.exclusive)
}

/** What every number must be a multiple of; null for no demand. Several demands count as their least common multiple. */
export function multipleOf(slice: Slice, integers: boolean): { readonly of: Fraction; readonly conjunct: Conjunct } | null {
  let of: Fraction | null = integers ? { numerator: 1n, denominator: 1n } : null
  let source: Conjunct | null = null
  for (const conjunct of slice.conjuncts) {
    const written = keyword(conjunct, 'multipleOf')
    if (typeof written !== 'number' || !(written > 0) || !Number.isFinite(written)) continue
    const combined = of === null ? fractionOf(written) : leastCommonMultiple(of, fractionOf(written))
    if (of === null || !equalFractions(combined, of)) source = conjunct
    of = combined
  }
  return of === null || source === null ? null : { of, conjunct: source }
}

/** Every multiple of `inner` is one of `outer`. */
export function multiplesWithin(inner: Fraction, outer: Fraction): boolean {
  return (inner.numerator * outer.denominator) % (inner.denominator * outer.numerator) === 0n
}

/** The number is a multiple, exactly as written in decimals. */
export function isMultiple(value: number, of: Fraction): boolean {
  return value === 0 || multiplesWithin(fractionOf(Math.abs(value)), of)
}

export function equalFractions(left: Fraction, right: Fraction): boolean {
  return left.numerator * right.denominator === right.numerator * left.denominator
}

/** The decimal number exactly as it is written. */
export function fractionOf(value: number): Fraction {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  const numerator = BigInt(whole + decimals)
  const shift = Number(exponent) - decimals.length
  return reduced(
    shift >= 0 ? { numerator: numerator * 10n ** BigInt(shift), denominator: 1n } : { numerator, denominator: 10n ** BigInt(-shift) },
  )
}

function reduced({ numerator, denominator }: Fraction): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator)
  return divisor === 0n ? { numerator, denominator } : { numerator: numerator / divisor, denominator: denominator / divisor }
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right]
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

function leastCommonMultiple(left: Fraction, right: Fraction): Fraction {
  const numerator = left.numerator * right.denominator
  const other = right.numerator * left.denominator
  const divisor = greatestCommonDivisor(numerator, other)
  return reduced({ numerator: (numerator / divisor) * other, denominator: left.denominator * right.denominator })
}
