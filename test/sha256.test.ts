import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashHex, sha256Hex } from '../src/sha256.ts'

test('any text has the SHA-256 that the platform computes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(sha256Hex(text)).toBe(createHash('sha256').update(text.toWellFormed(), 'utf8').digest('hex'))
    }),
    { numRuns: 200 },
  )
})

test.each([0, 55, 56, 63, 64, 65, 119, 120, 1000])('a text of %i letters is padded as the standard says', (length) => {
  const text = 'é'.repeat(length)
  expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
})

test('the short form is the first 128 bits', () => {
  expect(hashHex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223')
})
