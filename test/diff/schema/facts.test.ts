/** One row an edit: what changes in the set of values, by containment alone. Who is hurt is for the law (test/diff/law.test.ts). */
import { expect, test } from 'vitest'
import { compare, summary, validator } from './describe.ts'
import type { Schema } from './describe.ts'

type Row = readonly [edit: string, base: Schema, head: Schema, facts: readonly string[]]

const text = { type: 'string' }
const whole = { type: 'integer' }
const object = (properties: Record<string, Schema>, more: Record<string, unknown> = {}): Schema => ({ type: 'object', properties, ...more })
const listed = (...values: unknown[]): Schema => ({ enum: values })
const cat = object({ kind: { const: 'cat' } }, { required: ['kind'] })
const dog = object({ kind: { const: 'dog' } }, { required: ['kind'] })

const types: readonly Row[] = [
  ['a type more', text, { type: ['string', 'integer'] }, ['type widens']],
  ['a type less', { type: ['string', 'integer'] }, text, ['type narrows']],
  ['another type', text, whole, ['type incomparable']],
  ['integers become numbers', whole, { type: 'number' }, ['type widens']],
  ['a type where there was none', {}, text, ['type narrows']],
  ['null gained', text, { type: ['string', 'null'] }, ['nullable widens']],
  ['null lost', { type: ['string', 'null'] }, text, ['nullable narrows']],
  ['null gained by a union', text, { oneOf: [text, { type: 'null' }] }, ['nullable widens']],
  ['nothing fits any more', text, false, ['schema narrows']],
  ['true is {}', true, {}, []],
]

const lists: readonly Row[] = [
  ['a value more', listed('a'), listed('a', 'b'), ['enum-value-added widens']],
  ['a value less', listed('a', 'b'), listed('a'), ['enum-value-removed narrows']],
  ['values in another order', listed('a', 'b'), listed('b', 'a'), []],
  ['a list where there was none', text, { ...text, enum: ['a'] }, ['enum narrows']],
  ['no list any more', { ...text, enum: ['a'] }, text, ['enum widens']],
  ['one value is const', { ...text, enum: ['a'] }, { ...text, const: 'a' }, []],
  ['const changed', { const: 'a' }, { const: 'b' }, ['const incomparable']],
  ['const set', text, { const: 'a' }, ['const narrows']],
  ['null in a list without null', { type: ['string', 'null'], enum: ['a'] }, { type: 'string', enum: ['a'] }, []],
  ['null leaves the list', { enum: ['a', null] }, listed('a'), ['nullable narrows']],
  [
    'a value that another keyword refuses',
    { type: 'string', maxLength: 1, enum: ['a'] },
    { type: 'string', maxLength: 1, enum: ['a', 'bb'] },
    [],
  ],
  ['constants in a union', { oneOf: [{ const: 'a' }, { const: 'b' }] }, { type: 'string', enum: ['b', 'a'] }, []],
  ['a constant more in a union', { oneOf: [{ const: 'a' }] }, { oneOf: [{ const: 'a' }, { const: 'b' }] }, ['enum-value-added widens']],
  ['a list beside any text', { anyOf: [listed('a'), text] }, { anyOf: [listed('a', 'b'), text] }, []],
  ['both booleans', { type: 'boolean' }, listed(true, false), []],
  ['the list of another type', text, listed(1, 2), ['type incomparable']],
  ['objects as values', { const: { a: 1, b: [2] } }, { enum: [{ b: [2], a: 1 }] }, []],
]

const numbers: readonly Row[] = [
  ['maximum set', whole, { ...whole, maximum: 5 }, ['maximum narrows']],
  ['maximum dropped', { ...whole, maximum: 5 }, whole, ['maximum widens']],
  ['maximum lowered', { ...whole, maximum: 5 }, { ...whole, maximum: 4 }, ['maximum narrows']],
  ['minimum raised', { ...whole, minimum: 1 }, { ...whole, minimum: 2 }, ['minimum narrows']],
  ['the same integers', { ...whole, minimum: 1 }, { ...whole, exclusiveMinimum: 0 }, []],
  ['the same integers by a fraction', { ...whole, maximum: 5.5 }, { ...whole, maximum: 5 }, []],
  ['not the same numbers', { type: 'number', minimum: 1 }, { type: 'number', exclusiveMinimum: 1 }, ['minimum narrows']],
  ['exclusiveMinimum as a flag', { ...whole, minimum: 0, exclusiveMinimum: true }, { ...whole, exclusiveMinimum: 0 }, []],
  ['a multiple of the multiple', { ...whole, multipleOf: 10 }, { ...whole, multipleOf: 5 }, ['multiple-of widens']],
  ['no multiple of the multiple', { ...whole, multipleOf: 4 }, { ...whole, multipleOf: 6 }, ['multiple-of incomparable']],
  ['decimals are exact', { type: 'number', multipleOf: 0.1 }, { type: 'number', multipleOf: 0.3 }, ['multiple-of narrows']],
  ['every integer is a multiple of 0.5', { ...whole, multipleOf: 0.5 }, whole, []],
  ['int32 within int64', { ...whole, format: 'int64' }, { ...whole, format: 'int32' }, ['format narrows']],
  ['float within double', { type: 'number', format: 'float' }, { type: 'number', format: 'double' }, ['format widens']],
  ['a bound of another type', text, { ...text, maximum: 5 }, []],
]

const texts: readonly Row[] = [
  ['maxLength set', text, { ...text, maxLength: 5 }, ['max-length narrows']],
  ['minLength 0', text, { ...text, minLength: 0 }, []],
  ['a wider pattern', { ...text, pattern: '^[a-z]+$' }, { ...text, pattern: '^[a-zA-Z]+$' }, ['pattern widens']],
  ['a narrower pattern', { ...text, pattern: 'a' }, { ...text, pattern: '^a' }, ['pattern narrows']],
  ['the same texts', { ...text, pattern: '^(a|b)+$' }, { ...text, pattern: '^[ab][ab]*$' }, []],
  ['other texts', { ...text, pattern: '^a' }, { ...text, pattern: '^b' }, ['pattern incomparable']],
  ['a pattern that everything has', text, { ...text, pattern: '.*' }, []],
  ['a length as a pattern', { ...text, maxLength: 3 }, { ...text, pattern: '^[\\s\\S]{0,3}$' }, []],
  ['a pattern set', text, { ...text, pattern: '(?=x)' }, ['pattern narrows']],
  ['look-ahead against look-ahead', { ...text, pattern: '(?=x)' }, { ...text, pattern: '(?=y)' }, ['pattern unknown']],
  ['a format set', text, { ...text, format: 'uuid' }, ['format narrows']],
  ['date and date-time', { ...text, format: 'date' }, { ...text, format: 'date-time' }, ['format incomparable']],
  ['an annotation', text, { ...text, format: 'x-colour' }, []],
  ['a uri is a reference', { ...text, format: 'uri' }, { ...text, format: 'uri-reference' }, ['format widens']],
  ['byte is base64', { ...text, format: 'byte' }, { ...text, contentEncoding: 'base64' }, []],
  ['another encoding', { ...text, contentEncoding: 'base16' }, { ...text, contentEncoding: 'base32' }, ['content-encoding incomparable']],
  [
    'another content',
    { ...text, contentMediaType: 'text/csv' },
    { ...text, contentMediaType: 'text/html' },
    ['content-media-type incomparable'],
  ],
]

const objects: readonly Row[] = [
  ['an optional property more', object({}), object({ a: text }), ['properties/a/property-added narrows']],
  ['an optional property more, of any value', object({}), object({ a: {} }), ['properties/a/property-added equal']],
  ['a required property more', object({}), object({ a: text }, { required: ['a'] }), ['properties/a/property-added narrows']],
  ['a property less', object({ a: text }), object({}), ['properties/a/property-removed widens']],
  [
    'a property less, closed',
    object({ a: text }, { additionalProperties: false }),
    object({}, { additionalProperties: false }),
    ['properties/a/property-removed narrows'],
  ],
  [
    'a property more, closed',
    object({}, { additionalProperties: false }),
    object({ a: text }, { additionalProperties: false }),
    ['properties/a/property-added widens'],
  ],
  ['required', object({ a: text }), object({ a: text }, { required: ['a'] }), ['properties/a/property-became-required narrows']],
  ['optional', object({ a: text }, { required: ['a'] }), object({ a: text }), ['properties/a/property-became-optional widens']],
  ['required without being listed', object({}), object({}, { required: ['a'] }), ['properties/a/property-became-required narrows']],
  ['a property that is forbidden', object({}), object({ a: false }), ['properties/a/schema narrows']],
  [
    'inside a property',
    object({ a: object({ b: text }) }),
    object({ a: object({ b: whole }) }),
    ['properties/a/properties/b/type incomparable'],
  ],
  ['closed', object({}), object({}, { additionalProperties: false }), ['additional-properties narrows']],
  ['opened', object({}, { additionalProperties: false }), object({}, { additionalProperties: true }), ['additional-properties widens']],
  ['additionalProperties: {}', object({}), object({}, { additionalProperties: {} }), []],
  ['a schema for all values', object({}), object({}, { additionalProperties: text }), ['additional-properties narrows']],
  [
    'another schema for all values',
    object({}, { additionalProperties: text }),
    object({}, { additionalProperties: whole }),
    ['additionalProperties/type incomparable'],
  ],
  [
    'closed by the other keyword',
    object({ a: text }, { additionalProperties: false }),
    object({ a: text }, { unevaluatedProperties: false }),
    [],
  ],
  [
    'a property of a map gets a name',
    { type: 'object', additionalProperties: text },
    object({ a: text }, { additionalProperties: text }),
    ['properties/a/property-added equal'],
  ],
  ['maxProperties', object({}), object({}, { maxProperties: 2 }), ['max-properties narrows']],
  ['a pattern for names', object({}), object({}, { patternProperties: { '^x': text } }), ['pattern-properties narrows']],
  [
    'what a pattern for names asks',
    object({}, { patternProperties: { '^x': text } }),
    object({}, { patternProperties: { '^x': whole } }),
    ['patternProperties/^x/type incomparable'],
  ],
  ['rules for names', object({}), object({}, { propertyNames: { pattern: '^a' } }), ['property-names narrows']],
  [
    'wider rules for names',
    object({}, { propertyNames: { maxLength: 3 } }),
    object({}, { propertyNames: { maxLength: 5 } }),
    ['property-names widens'],
  ],
  ['a demand', object({}), object({}, { dependentRequired: { a: ['b'] } }), ['dependent-required narrows']],
  [
    'a demand less',
    object({}, { dependentRequired: { a: ['b', 'c'] } }),
    object({}, { dependentRequired: { a: ['b'] } }),
    ['dependent-required widens'],
  ],
  ['a schema on demand', object({}), object({}, { dependentSchemas: { a: { required: ['b'] } } }), ['dependent-schemas narrows']],
]

const arrays: readonly Row[] = [
  ['items set', { type: 'array' }, { type: 'array', items: text }, ['items narrows']],
  ['items of another type', { type: 'array', items: text }, { type: 'array', items: whole }, ['items/type incomparable']],
  ['a first item', { type: 'array' }, { type: 'array', prefixItems: [text] }, ['prefix-items narrows']],
  [
    'what the first item is',
    { type: 'array', prefixItems: [text] },
    { type: 'array', prefixItems: [whole] },
    ['prefixItems/0/type incomparable'],
  ],
  ['the first item as all others', { type: 'array', items: text }, { type: 'array', prefixItems: [text], items: text }, []],
  [
    'the old way to write positions',
    { type: 'array', items: [text], additionalItems: whole },
    { type: 'array', prefixItems: [text], items: whole },
    [],
  ],
  ['maxItems', { type: 'array' }, { type: 'array', maxItems: 3 }, ['max-items narrows']],
  ['uniqueItems', { type: 'array' }, { type: 'array', uniqueItems: true }, ['unique-items narrows']],
  ['uniqueItems: false', { type: 'array' }, { type: 'array', uniqueItems: false }, []],
  ['contains', { type: 'array' }, { type: 'array', contains: text }, ['contains narrows']],
  ['contains what is wider', { type: 'array', contains: whole }, { type: 'array', contains: { type: 'number' } }, ['contains widens']],
  ['contains more', { type: 'array', contains: text }, { type: 'array', contains: text, minContains: 2 }, ['min-contains narrows']],
  ['contains none needed', { type: 'array' }, { type: 'array', contains: text, minContains: 0 }, []],
  ['contains at most', { type: 'array', contains: text }, { type: 'array', contains: text, maxContains: 2 }, ['max-contains narrows']],
]

const unions: readonly Row[] = [
  ['one member', text, { oneOf: [text] }, []],
  ['types as members', { anyOf: [text, whole] }, { type: ['string', 'integer'] }, []],
  ['a member more', { oneOf: [cat] }, { oneOf: [cat, dog] }, ['one-of widens']],
  ['a member less', { oneOf: [cat, dog] }, { oneOf: [cat] }, ['one-of narrows']],
  ['members in another order', { oneOf: [cat, dog] }, { oneOf: [dog, cat] }, []],
  ['one of, where at most one can match', { oneOf: [cat, dog] }, { anyOf: [cat, dog] }, []],
  [
    'a member that overlaps',
    { oneOf: [object({ a: text }, { required: ['a'] })] },
    { oneOf: [object({ a: text }, { required: ['a'] }), object({ b: text }, { required: ['b'] })] },
    ['one-of incomparable'],
  ],
  ['a member within another', { anyOf: [text] }, { anyOf: [text, { ...text, maxLength: 5 }] }, []],
  ['a member within another, exclusively', { oneOf: [text] }, { oneOf: [text, { ...text, maxLength: 5 }] }, ['one-of narrows']],
  [
    'inside a member',
    { oneOf: [cat, dog] },
    { oneOf: [{ ...(cat as object), maxProperties: 3 }, dog] },
    ['oneOf/cat/max-properties narrows'],
  ],
  [
    'a shared property moves out of the members',
    {
      oneOf: [
        object({ kind: { const: 'cat' }, id: text }, { required: ['kind'] }),
        object({ kind: { const: 'dog' }, id: text }, { required: ['kind'] }),
      ],
    },
    { properties: { id: text }, oneOf: [cat, dog] },
    [],
  ],
  ['the tag taken apart', object({ kind: listed('cat', 'dog') }, { required: ['kind'] }), { oneOf: [cat, dog] }, []],
  [
    'null twice is no null',
    { type: ['string', 'null'] },
    { oneOf: [{ type: ['string', 'null'] }, { type: 'null' }] },
    ['nullable narrows'],
  ],
  [
    'anyOf becomes oneOf',
    { anyOf: [object({ a: text }), object({ b: text })] },
    { oneOf: [object({ a: text }), object({ b: text })] },
    ['one-of narrows'],
  ],
  [
    'allOf with one member more',
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text }), { required: ['a'] }] },
    ['properties/a/property-became-required narrows'],
  ],
  ['allOf that repeats', object({ a: text }), { allOf: [object({ a: text }), { type: 'object' }] }, []],
  ['not, narrower', { not: { ...text, maxLength: 10 } }, { not: { ...text, maxLength: 5 } }, ['not widens']],
  ['not, set', text, { ...text, not: { pattern: '^x' } }, ['not narrows']],
  ['not, of a whole type', {}, { not: text }, ['type narrows']],
  [
    'not, of a whole type and then of less',
    { not: { type: 'null' } },
    { not: { ...whole, minimum: 3 } },
    ['not narrows', 'nullable widens'],
  ],
  ['not, of another type', text, { ...text, not: whole }, []],
  ['if and then', object({}), object({}, { if: { required: ['a'] }, then: { required: ['b'] } }), ['if-then-else narrows']],
  ['if without then', object({}), object({}, { if: { required: ['a'] } }), []],
  [
    'inside then',
    object({}, { if: { required: ['a'] }, then: { required: ['b'] } }),
    object({}, { if: { required: ['a'] }, then: {} }),
    ['then/properties/b/property-became-optional widens'],
  ],
  [
    'unevaluated properties',
    { allOf: [object({ a: text })] },
    { allOf: [object({ a: text })], unevaluatedProperties: false },
    ['unevaluated-properties narrows'],
  ],
  [
    'unevaluated items',
    { type: 'array', prefixItems: [text] },
    { type: 'array', prefixItems: [text], unevaluatedItems: false },
    ['unevaluated-items narrows'],
  ],
]

const tables = { types, lists, numbers, texts, objects, arrays, unions }

/** Differences of which no value can be shown. */
const withoutValue = new Set(['another encoding', 'another content'])

/** Those, and differences that validators do not see. */
const withoutWitness = new Set([...withoutValue, 'float within double', 'a pattern set', 'a uri is a reference'])

const effectOf = (fact: string): string => fact.split(' ').at(-1) ?? ''

for (const [name, rows] of Object.entries(tables)) {
  test.each(rows)(`${name}: %s`, (_edit, base, head, facts) => {
    expect(summary(compare({ schema: base }, { schema: head }))).toEqual(facts)
  })

  test.each(rows)(`${name}, the other way round: %s`, (_edit, base, head, facts) => {
    const turned = facts.map(effectOf).map((effect) => ({ narrows: 'widens', widens: 'narrows' })[effect] ?? effect)
    const found = summary(compare({ schema: head }, { schema: base })).map(effectOf)
    expect(found.sort()).toEqual(turned.sort())
  })

  test.each(rows)(`${name}: the whole agrees: %s`, (edit, base, head, facts) => {
    const effects = new Set(facts.map(effectOf).filter((effect) => effect !== 'equal'))
    const [only = 'equal'] = effects.size > 1 ? ['incomparable'] : effects
    expect(compare({ schema: base }, { schema: head }).whole).toBe(withoutValue.has(edit) ? 'unknown' : only)
  })

  test.each(rows.filter(([, , , facts]) => facts.length > 0))(
    `${name}: a witness is valid on the side it names: %s`,
    (edit, base, head, facts) => {
      const outcome = compare({ schema: base }, { schema: head })
      const [inBase, inHead] = [validator({ schema: base }), validator({ schema: head })]
      for (const [at, fact] of outcome.facts.entries()) {
        const witness = outcome.witness(fact)
        const isShown = ['narrows', 'widens', 'incomparable'].includes(effectOf(facts[at] ?? '')) && !withoutWitness.has(edit)
        if (isShown) expect(witness).toBeDefined()
        if (witness === undefined) continue
        expect([inBase(witness.value), inHead(witness.value)]).toEqual([witness.validOn === 'base', witness.validOn === 'head'])
      }
    },
  )
}
