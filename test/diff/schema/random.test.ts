/** Laws of the schema engine on random schemas, judged by a validator: what it proves is so, what it shows is so, and rewritings are nothing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, summary, validator } from './describe.ts'
import { anySchema, components, values } from './random-schemas.ts'
import { edit, refactor } from './rewrites.ts'
import type { Whole } from './rewrites.ts'

const wholes: fc.Arbitrary<Whole> = fc.record({ schema: anySchema, components })
const runs = { numRuns: 60, seed: 11 }

/** Two wholes: one an edit or two away from the other, or unrelated. */
const pairs: fc.Arbitrary<readonly [Whole, Whole]> = fc.oneof(
  { arbitrary: fc.tuple(wholes, edit).map(([whole, change]) => [whole, change(whole)] as const), weight: 4 },
  { arbitrary: fc.tuple(wholes, edit, edit).map(([whole, one, other]) => [whole, other(one(whole))] as const), weight: 2 },
  { arbitrary: fc.tuple(wholes, wholes), weight: 1 },
)

/** Values that only one side admits. */
function differences([base, head]: readonly [Whole, Whole]): { lost: readonly unknown[]; gained: readonly unknown[] } {
  const [inBase, inHead] = [validator(base), validator(head)]
  const lost = values.filter((value) => inBase(value) && !inHead(value))
  const gained = values.filter((value) => inHead(value) && !inBase(value))
  return { lost, gained }
}

test('no value contradicts what was proved about the whole', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const { whole } = compare(...pair)
      const { lost, gained } = differences(pair)
      if (whole === 'equal' || whole === 'widens') expect(lost).toEqual([])
      if (whole === 'equal' || whole === 'narrows') expect(gained).toEqual([])
    }),
    runs,
  )
})

/** Where members of `oneOf` overlap, less of one is more of the whole; it is told as what was edited: less of the member. */
const isExclusive = (pair: readonly [Whole, Whole]): boolean => JSON.stringify(pair).includes('"oneOf"')

test('every value that only one side admits has a fact that tells of it', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      fc.pre(!isExclusive(pair))
      const effects = new Set(compare(...pair).facts.map(({ effect }) => effect))
      const { lost, gained } = differences(pair)
      const told = (one: 'narrows' | 'widens'): boolean => effects.has(one) || effects.has('incomparable') || effects.has('unknown')
      if (lost.length > 0) expect(told('narrows'), JSON.stringify(lost[0])).toBe(true)
      if (gained.length > 0) expect(told('widens'), JSON.stringify(gained[0])).toBe(true)
    }),
    runs,
  )
})

test('a witness is valid on the side that it names, and on that only', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const { facts, witness } = compare(...pair)
      const [inBase, inHead] = [validator(pair[0]), validator(pair[1])]
      for (const fact of facts.slice(0, 3)) {
        const found = witness(fact)
        if (found === undefined) continue
        expect([inBase(found.value), inHead(found.value)], JSON.stringify(found)).toEqual([
          found.validOn === 'base',
          found.validOn === 'head',
        ])
      }
    }),
    runs,
  )
})

test('a rewriting that keeps the meaning is no fact', () => {
  fc.assert(
    fc.property(wholes, fc.array(refactor, { minLength: 1, maxLength: 3 }), (whole, rewritings) => {
      const head = rewritings.reduce((done, rewriting) => rewriting(done), whole)
      expect(summary(compare(whole, head))).toEqual([])
      expect(summary(compare(head, whole))).toEqual([])
    }),
    { ...runs, numRuns: 400 },
  )
})
