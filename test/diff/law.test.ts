import { expect, test } from 'vitest'
import { catalogue, ruleOf } from '../../src/diff/catalogue.ts'
import { classOf, compareClasses } from '../../src/diff/law.ts'
import { deviationOf, ledger } from '../../src/diff/ledger.ts'

const rule = 'a rule without deviation'

test.each([
  // effect         client         server
  ['narrows', 'breaking', 'nonbreaking'],
  ['widens', 'nonbreaking', 'breaking'],
  ['incomparable', 'breaking', 'breaking'],
  ['unknown', 'dangerous', 'dangerous'],
  ['behaves', 'dangerous', 'docs'],
  ['annotates', 'docs', 'docs'],
] as const)('what %s is %s where the client writes and %s where the server does', (effect, client, server) => {
  expect(classOf({ rule, effect, writer: 'client', guards: [] })).toBe(client)
  expect(classOf({ rule, effect, writer: 'server', guards: [] })).toBe(server)
})

test.each(['sanctioned', 'unstable', 'unbound'] as const)('what is %s breaks nobody', (guard) => {
  expect(classOf({ rule, effect: 'narrows', writer: 'client', guards: [guard] })).toBe('nonbreaking')
  expect(classOf({ rule, effect: 'annotates', writer: 'client', guards: [guard] })).toBe('docs')
})

test('the worse class comes first', () => {
  expect(['docs', 'breaking', 'nonbreaking', 'dangerous'].map((name) => name as 'docs').sort(compareClasses)).toEqual([
    'breaking',
    'dangerous',
    'nonbreaking',
    'docs',
  ])
})

test.each(ledger.map((deviation) => [deviation.rule, deviation.when ?? 'always', deviation] as const))(
  'the ledger says why %s (%s) deviates, and it does',
  (id, _, deviation) => {
    const { effect, writer } = ruleOf(id)
    const guards = deviation.when === undefined ? [] : [deviation.when]
    expect(deviation.reason).toMatch(/^[A-Z].*[.]$/)
    expect(deviationOf({ rule: id, guards })).toBe(deviation)
    expect(classOf({ rule: id, effect, writer, guards })).toBe(deviation.class)
  },
)

test('every rule that deviates is in the catalogue', () => {
  const ids = new Set(catalogue.map(({ id }) => id))
  expect(ledger.map((deviation) => deviation.rule).filter((id) => !ids.has(id))).toEqual([])
})
