/** Media types, statuses, servers and days: the small sets that are compared by themselves. */
import { expect, test } from 'vitest'
import { calendarDay, daysBetween } from '../../src/diff/dates.ts'
import { isWithin, isXml, normalMediaType } from '../../src/diff/media-type.ts'
import { sameJson } from '../../src/diff/same-json.ts'
import { isSameServer, serverUrl, urlPath } from '../../src/diff/server-url.ts'
import { isSuccess } from '../../src/diff/statuses.ts'

test.each([
  ['Application/JSON', 'application/json'],
  ['application/json; charset=UTF-8', 'application/json'],
  ['application/vnd.acme+json;charset=utf-8;v=2', 'application/vnd.acme+json;v=2'],
  ['text/plain; charset=utf-8', 'text/plain;charset=utf-8'],
  ['text/plain; b="2"; a=1', 'text/plain;a=1;b=2'],
])('%s is %s', (written, normal) => {
  expect(normalMediaType(written)).toBe(normal)
})

test.each([
  ['application/json', 'application/*', true],
  ['application/json', '*/*', true],
  ['application/json;v=2', 'application/*', true],
  ['application/json;v=2', 'application/json', false],
  ['application/problem+json', 'application/json', false],
  ['application/json', 'application/json', false],
  ['application/*', 'application/json', false],
])('%s lies within %s: %s', (type, range, expected) => {
  expect(isWithin(type, range)).toBe(expected)
})

test('XML is told by type or suffix', () => {
  expect(['application/xml', 'text/xml; charset=utf-8', 'application/atom+xml', 'application/xml-dtd'].map(isXml)).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test('statuses below 400 are waited for', () => {
  expect(['200', '2XX', '302', '404', '5XX', 'default', 'ok'].map(isSuccess)).toEqual([true, true, true, false, false, false, false])
})

test.each([
  ['https://API.acme.example:443/v1/', { scheme: 'https', host: 'api.acme.example', path: '/v1' }],
  ['//acme.example', { scheme: '', host: 'acme.example', path: '' }],
  ['/v1', { scheme: '', host: '', path: '/v1' }],
  ['v1', { scheme: '', host: '', path: '/v1' }],
  ['https://{region}.acme.example/{version}', { scheme: 'https', host: '{region}.acme.example', path: '/{version}' }],
])('the server %s', (url, parts) => {
  expect(serverUrl({ url })).toEqual(parts)
})

test('a server that leaves its host or scheme open may be any', () => {
  const same = (base: string, head: string): boolean => isSameServer(serverUrl({ url: base }), serverUrl({ url: head }))
  expect(same('/v1', 'https://acme.example/v1')).toBe(true)
  expect(same('//acme.example', 'https://acme.example')).toBe(true)
  expect(same('https://acme.example', 'http://acme.example')).toBe(false)
  expect(same('https://{a}.example', 'https://{b}.example')).toBe(true)
})

test('server and path are one URL', () => {
  expect(urlPath(serverUrl({ url: 'https://acme.example/v1' }), '/users/{id}')).toBe(
    urlPath(serverUrl({ url: 'https://acme.example' }), '/v1/users/{userId}'),
  )
})

test.each([
  ['2031-12-31', '2031-12-31'],
  ['2031-12-31T00:00:00Z', '2031-12-31'],
  ['2031-02-29', null],
  ['2028-02-29', '2028-02-29'],
  ['31.12.2031', null],
  ['soon', null],
  [20311231, null],
])('the day of %j is %s', (written, day) => {
  expect(calendarDay(written)).toBe(day)
})

test('days are counted across months and leap years', () => {
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
  expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365)
  expect(daysBetween('2026-03-01', '2026-02-01')).toBe(-28)
})

test.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [[1, 2], [2, 1], false],
  [JSON.parse('{"__proto__": {}, "a": 1}'), { a: 1, b: 1 }, false],
  [JSON.parse('{"constructor": 1}'), {}, false],
  [{ a: NaN }, { a: NaN }, true],
])('%j and %j are the same: %s', (left, right, expected) => {
  expect(sameJson(left, right)).toBe(expected)
  expect(sameJson(right, left)).toBe(expected)
})

test('a value that holds itself ends the comparison', () => {
  const left: Record<string, unknown> = {}
  const right: Record<string, unknown> = {}
  left['self'] = left
  right['self'] = right
  expect(sameJson(left, right)).toBe(false)
})
