/**
 * Our schema engine against another implementation, on small generated schemas made of the keywords that both know. Its known wrong
 * verdicts lie outside: keywords that it ignores (enum, pattern, format, ...) are not generated, and bodies, media types, statuses and
 * headers that only one side has are never asked about.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareEngines } from './compare-engines.ts'
import { isIncomparable, schemaPairs } from './generated-schemas.ts'

/** Each takes about 60 ms of the other tool; a wider run wants another seed and more of them. */
const pairsCompared = 60

test('both engines see the same change of the set of values', async () => {
  const comparable = schemaPairs.filter(([base, head]) => !isIncomparable(base) && !isIncomparable(head))
  const pairs = fc.sample(comparable, { numRuns: pairsCompared, seed: 20_250_101 })
  const compared = await compareEngines(pairs, 25_000)
  const both = compared.filter(({ ours, theirs }) => theirs !== null && ours !== 'unknown')
  expect(both.filter(({ ours, theirs }) => ours !== theirs)).toEqual([])
  // "Unknown" and "no answer" are honest, but not for most.
  expect(both.length).toBeGreaterThan(0.8 * pairsCompared)
  expect(new Set(both.map(({ ours }) => ours))).toEqual(new Set(['equal', 'narrows', 'widens', 'incomparable']))
})
