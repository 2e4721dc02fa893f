/** Judging without compiling: whatever is not `unknown` says the same as a validator that compiles. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainFormats } from '../../src/lint/team/plain-formats.ts'
import { judgePlainly } from '../../src/lint/team/plain-schema.ts'

const addFormats: (ajv: Ajv2020) => void = createRequire(import.meta.url)('ajv-formats')
const ajv = new Ajv2020({ strict: false, allowUnionTypes: true })
addFormats(ajv)

const scalars = [
  '',
  'a',
  'open',
  0,
  1,
  7,
  2.5,
  true,
  null,
  '2026-01-05',
  '2026-01-05T10:00:00Z',
  'https://a.example/b?c=1',
  'git:a/b',
  'x@y.org',
]
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...scalars),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 }),
  ),
})).value

const schema = fc.letrec<{ schema: Record<string, unknown> }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    fc.record(
      {
        type: fc.constantFrom('string', 'integer', 'number', 'boolean'),
        nullable: fc.boolean(),
        format: fc.constantFrom(...plainFormats.keys(), 'colour'),
        enum: fc.uniqueArray(fc.constantFrom('a', 'open', 1, 7), { minLength: 1, maxLength: 3 }),
        minLength: fc.nat(2),
        maximum: fc.nat(3),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      { type: fc.constant('array'), items: tie('schema'), maxItems: fc.nat(2), uniqueItems: fc.boolean() },
      { requiredKeys: ['type'] },
    ),
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schema'), { maxKeys: 2 }),
        required: fc.uniqueArray(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        minProperties: fc.nat(2),
      },
      { requiredKeys: [] },
    ),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }),
      allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
    }),
  ),
})).schema

test('what is judged without a validator is judged alike by one', () => {
  const seen = { valid: 0, invalid: 0, unknown: 0 }
  fc.assert(
    fc.property(schema, value, (one, example) => {
      const judgement = judgePlainly(one, example)
      seen[judgement] += 1
      if (judgement !== 'unknown') expect(ajv.validate(one, example)).toBe(judgement === 'valid')
    }),
    { numRuns: 400 },
  )
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(0)
})

test.each([
  ['a keyword that is not plain', { type: 'string', pattern: '(' }, 'a'],
  ['a keyword of the wrong shape', { type: 'string', maxLength: 'many' }, 'a'],
  ['`nullable` without a type', { nullable: true }, null],
  ['a part nobody looks at that is not plain', { type: 'object', properties: { b: { $ref: '#/x' } } }, { a: 1 }],
  ['a missing property, which may be readOnly', { type: 'object', required: ['a'] }, {}],
])('%s is left to a validator', (_name, one, example) => {
  expect(judgePlainly(one, example)).toBe('unknown')
})
