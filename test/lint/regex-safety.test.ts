import { expect, test } from 'vitest'
import { regexVerdict } from '../../src/lint/regex-safety.ts'

test.each([
  '^(a+)+$',
  '(a*)*b',
  '(a|a)*c',
  '(a|aa)+$',
  '^([a-zA-Z0-9])(([-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$',
  '(\\w+\\s?)*$',
  '(x+x+)+y',
  '^(.*a){12,}$',
  '([^"]*"?)*x',
  '(?=(a+)+$)b',
  '^(\\d+)*$',
  '(?:a?)+b?a*(a*)*$',
  '(.|\\s)*x',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(?<name>a+)+$',
  '(a{1,50}){1,50}$',
])('%s can take exponential time', (pattern) => {
  expect(regexVerdict(pattern)).toBe('exponential')
})

test.each([
  '^[a-z]+$',
  '^[a-z0-9]+(-[a-z0-9]+)*$',
  '^([a-z]+\\.)*[a-z]+$',
  '^\\d{4}-\\d{2}-\\d{2}$',
  '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
  '^(GET|POST)$',
  '',
  '^.*$',
  '^a{1,64}$',
  '^(\\+\\d{1,3})?\\d{4,14}$',
  '^([0-9a-f]{2}:){5}[0-9a-f]{2}$',
  '^\\p{L}+$',
  '^https?://[^/]+(/[^/]+)*$',
  '^(?!-)[a-z-]{1,63}$',
  '[\\]\\-a-c]+',
  '^\\$?[A-Z]{3}$',
  '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
])('%s is safe', (pattern) => {
  expect(regexVerdict(pattern)).toBe('safe')
})

test.each(['(', '[', '*a', 'a'.repeat(2_001)])('%s is nothing we can judge', (pattern) => {
  expect(regexVerdict(pattern)).toBe('unknown')
})

test('hostile expressions are judged in bounded time', () => {
  const started = performance.now()
  for (const pattern of [
    '('.repeat(250) + ')'.repeat(250),
    '(a|b|c|d|e|f|g|h)*'.repeat(28),
    '((((a{6}){6}){6}){6}){6}',
    '(a?){6}'.repeat(60),
    '[a-z]*'.repeat(85),
  ])
    regexVerdict(pattern)
  expect(performance.now() - started).toBeLessThan(3_000)
})
