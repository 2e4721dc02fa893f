import { expect, test } from 'vitest'
import { catalogue, usualClass } from '../../src/diff/catalogue.ts'
import { sentence } from '../../src/diff/message.ts'

test('ids are unique and read as object and fact', () => {
  const ids = catalogue.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)+$/.test(id))).toEqual([])
})

test.each(catalogue.map((rule) => [rule.id, rule] as const))('%s says what, why and what to do', (_, rule) => {
  expect(rule.title).toMatch(/^[A-Z`]/)
  expect(rule.why).toMatch(/^[A-Z].*[.]$/)
  if (['breaking', 'dangerous'].includes(usualClass(rule))) expect(rule.fix).toMatch(/^[A-Z].*[.]$/)
  const example = sentence(rule.message, { where: 'response `200` of `GET /orders`', element: 'the property `total`', ...rule.example })
  expect(example).toMatch(/^(?:[A-Z`]).*[.]$/)
  expect(example).not.toMatch(/\{(?:where|Where|element|name|from|to|reason)\}|  |!/)
})

test('the same aspect and action exist in both directions', () => {
  const asymmetric = new Set([
    // A property that must be sent is another thing than one that is always returned.
    'request-required-property-added',
    // readOnly binds requests, writeOnly responses; the other side only reads about it.
    'request-read-only-set',
    'request-read-only-lifted',
    'request-write-only-changed',
    'response-read-only-changed',
    'response-write-only-set',
    'response-write-only-lifted',
  ])
  const schema = catalogue.filter((rule) => rule.object === 'schema' && !asymmetric.has(rule.id)).map(({ id }) => id)
  const turned = (id: string): string =>
    id.startsWith('request-') ? id.replace('request-', 'response-') : id.replace('response-', 'request-')
  expect(schema.filter((id) => !schema.includes(turned(id)))).toEqual([])
})
