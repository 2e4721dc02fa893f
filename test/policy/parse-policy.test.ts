import { expect, test } from 'vitest'
import { parseOrganisationPolicy, parsePolicy, parseWaivers } from '../../src/policy/parse-policy.ts'

const rule = (text: string) => `version: 1\nrules:\n  - ${text}\n`
const problemsOf = (text: string) => {
  const result = parsePolicy(text)
  return 'problems' in result ? result.problems : []
}
const said = (text: string) => problemsOf(text).map(({ line, column, message }) => `${line}:${column} ${message}`)

test('the smallest policy', () => {
  expect(parsePolicy('version: 1')).toEqual({ policy: { version: 1 } })
})

test('one value and a list of it are the same', () => {
  const one = parsePolicy(rule('{ name: abc, when: { class: breaking }, require: { approvals: { from: owners } } }'))
  const list = parsePolicy(rule('{ name: abc, when: { class: [breaking] }, require: { approvals: [{ from: [owners] }] } }'))
  expect('policy' in one).toBe(true)
  expect(one).toEqual(list)
})

test('classes may be written with the words of other tools; they mean ours', () => {
  const result = parsePolicy(rule('{ name: abc, when: { class: [risky, additive, documentation, breaking, security] }, deny: true }'))
  expect('policy' in result && result.policy.rules?.[0]?.when.class).toEqual(['dangerous', 'nonbreaking', 'docs', 'breaking', 'security'])
})

test('`off` is a word, not false', () => {
  expect(parsePolicy('version: 1\nmode: off')).toEqual({ policy: { version: 1, mode: 'off' } })
})

test('`x-` keys are free at every level', () => {
  expect(
    parsePolicy(`version: 1\nx-team: a\nrules:\n  - { name: abc, x-a: 1, when: { class: docs, x-b: [1] }, deny: true }`),
  ).toHaveProperty('policy')
})

test.each([
  [
    'an unknown key, and what was meant',
    rule('{ name: abc, whn: { class: breaking }, deny: true }'),
    /3:5 `when` is missing/,
    /3:18 Unknown key `whn` in `rules`; did you mean `when`\?/,
  ],
  [
    'an unknown key deep inside',
    rule('{ name: abc, when: { any: [{ clas: breaking }] }, deny: true }'),
    /3:34 Unknown key `clas` in `any`; did you mean `class`\?/,
  ],
  ['an unknown key with nothing near', 'version: 1\nteams: {}', /2:1 Unknown key `teams` at the top of the file. Known: `version`/],
  ['a mistyped word', rule('{ name: abc, when: { class: braking }, deny: true }'), /3:33 `class` is `braking`; did you mean `breaking`\?/],
  [
    'a mistyped word in a list',
    rule('{ name: abc, when: { severity: [error, warnig] }, deny: true }'),
    /3:44 `severity` is `warnig`; did you mean `warning`\?/,
  ],
  ['a wrong type', rule('{ name: abc, when: { class: breaking }, deny: true, mode: [enforce] }'), /`mode` is a list; possible: `off`/],
  [
    'a name without @',
    rule('{ name: abc, when: { class: breaking }, require: { approvals: { from: acme/api } } }'),
    /`from` is `acme\/api`. A name is `@user`/,
  ],
  [
    'a count that is none',
    rule('{ name: abc, when: { class: breaking }, require: { approvals: { from: owners, count: 0 } } }'),
    /`count` is at least 1/,
  ],
  ['a rule without a condition', rule('{ name: abc, deny: true }'), /`when` is missing/],
  ['an empty condition', rule('{ name: abc, when: {}, deny: true }'), /A condition cannot be empty/],
  ['a rule that asks for nothing', rule('{ name: abc, when: { class: breaking } }'), /A rule asks for something/],
  [
    'a rule that denies and requires',
    rule('{ name: abc, when: { class: docs }, deny: true, require: { approvals: { from: owners } } }'),
    /either requires or denies/,
  ],
  [
    'the same name twice',
    `${rule('{ name: abc, when: { class: docs }, deny: true }')}  - { name: ABC, when: { class: docs }, deny: true }`,
    /4:13 Two rules have the same name/,
  ],
  [
    'a label as a requirement',
    rule('{ name: abc, when: { class: docs }, require: { approvals: { from: owners }, label: ok } }'),
    /Labels can switch a rule on .* never off/,
  ],
  [
    'evidence that nobody declared',
    rule('{ name: abc, when: { class: docs }, require: { evidence: tests } }'),
    /The evidence `tests` is not declared/,
  ],
  ['a newer version', 'version: 2', /1:10 `version: 2` needs a newer Specgate. Version 1 is read by Specgate 0.1 and later/],
  ['no version', 'mode: advise', /`version` is missing: begin the file with `version: 1`/],
  ['a version as text', 'version: "1"', /`version` is `1`; write `version: 1`/],
  ['an alias', 'version: 1\na: &x 1\nb: *x', /3:4 The alias `\*x` is not allowed/],
  ['a key twice', 'version: 1\nmode: off\nmode: enforce', /3:1 Map keys must be unique/],
  ['a tag', 'version: !!js/function 1', /1:10 /],
  ['no map', '- version: 1', /The file is a list; a map belongs there/],
  ['nothing', '', /The file is empty; a map belongs there/],
  ['no YAML', 'version: [', /end with a/],
  ['two documents', 'version: 1\n---\nversion: 1', /multiple documents|Source contains multiple/],
  ['a prototype key', 'version: 1\n__proto__: { mode: off }', /2:1 Unknown key `__proto__`/],
  ['a constructor key', 'version: 1\nconstructor: 1', /2:1 Unknown key `constructor`/],
  ['a branch in extends', 'version: 1\nextends: acme/policies:specgate.yml@main', /all 40 digits of the commit/],
  [
    'a pattern with too many wildcards',
    rule(`{ name: abc, when: { path: "${'/*'.repeat(13)}" }, deny: true }`),
    /at most 12 wildcards; this one has 13/,
  ],
  ['an operation without a method', rule('{ name: abc, when: { operation: /users }, deny: true }'), /An operation is written `GET/],
  ['a count condition', rule('{ name: abc, when: { class: docs, count: "20" }, deny: true }'), /A count is written `> 20`/],
  ['an API without a root', 'version: 1\napis:\n  - { id: shop }', /An API has an `id` and a `root`/],
  [
    'a waiver without an end',
    'version: 1\nwaivers: { list: [{ id: a, fingerprint: abcdef, reason: twenty characters long, granted_by: "@a" }] }',
    /`expires` is missing/,
  ],
  [
    'a waiver for everything',
    'version: 1\nwaivers: { list: [{ id: a, match: { api: a, rule: b }, reason: twenty characters long, granted_by: "@a", expires: 2027-01-01 }] }',
    /A waiver is for one element/,
  ],
  [
    'a waiver without a subject',
    'version: 1\nwaivers: { list: [{ id: a, reason: twenty characters long, granted_by: "@a", expires: 2027-01-01 }] }',
    /either a `fingerprint` or a `match`/,
  ],
  [
    'a waiver with a poor reason',
    'version: 1\nwaivers: { list: [{ id: a, fingerprint: abcdef, reason: because, granted_by: "@a", expires: 2027-01-01 }] }',
    /at least 20 characters/,
  ],
  [
    'a date that is none',
    'version: 1\nwaivers: { list: [{ id: a, fingerprint: abcdef, reason: twenty characters long, granted_by: "@a", expires: 2027-02-30 }] }',
    /A date is written `2027-01-31`/,
  ],
  [
    'a freeze that ends before it begins',
    'version: 1\nfreeze: [{ name: year end, from: 2027-01-04, to: 2026-12-18 }]',
    /A freeze ends after it begins/,
  ],
  ['approvals by command only', 'version: 1\napprovals: { by: [command] }', /comment commands alone are not supported/],
  ['another waiver file', 'version: 1\nwaivers: { file: elsewhere.yml }', /Waivers are read from/],
])('%s is reported at its line', (_name, text, ...expected) => {
  for (const pattern of expected) expect(said(text)).toContainEqual(expect.stringMatching(pattern))
})

test('all mistakes are reported at once, in the order of the file', () => {
  const lines = said(rule('{ name: ab, when: { clas: x }, require: { approvals: { from: me, count: many } }, mode: On }'))
  expect(lines.length).toBeGreaterThanOrEqual(5)
  expect(lines).toEqual([...lines].sort((a, b) => parseFloat(a.slice(2)) - parseFloat(b.slice(2))))
})

test('a problem names the file, the pointer and its kind', () => {
  const result = parseOrganisationPolicy('version: 1\nrules: [{ name: abc, when: { class: x/y }, deny: true }]')
  expect('problems' in result && result.problems[0]).toMatchObject({
    file: 'specgate.yml',
    pointer: '/rules/0/when/class',
    line: 2,
    kind: 'policy',
  })
})

test.each([
  ['a file of more than 64 KiB', `version: 1\n# ${'x'.repeat(70_000)}`, 'too-large'],
  ['deep nesting', `version: 1\nx-a: ${'['.repeat(3000)}`, 'too-large'],
  ['moderately deep nesting', `version: 1\nx-a: ${'['.repeat(60)}${']'.repeat(60)}`, 'too-large'],
])('threat 16: %s is refused', (_name, text, kind) => {
  expect(problemsOf(text)[0]?.kind).toBe(kind)
})

test('threat 16: more than 200 rules are refused', () => {
  const rules = Array.from({ length: 201 }, (_, index) => `  - { name: rule ${index}, when: { class: docs }, deny: true }`)
  expect(said(`version: 1\nrules:\n${rules.join('\n')}`)[0]).toMatch(/`rules` has at most 200 entries/)
})

test('threat 18: prototype keys stay keys', () => {
  parsePolicy('version: 1\nx-a: { __proto__: { polluted: true }, constructor: { prototype: { polluted: true } } }')
  expect(({} as { polluted?: boolean }).polluted).toBe(undefined)
})

test.each([
  'version: 1\nwaivers:\n  list:\n    - { id: a, fingerprint: abcdef, reason: twenty characters long, granted_by: "@a", expires: 2027-01-01 }',
  'version: 1\nwaivers:\n  - { id: a, fingerprint: abcdef, reason: twenty characters long, granted_by: "@a", expires: 2027-01-01 }',
])('waivers stand below `waivers` or `waivers.list`', (text) => {
  expect(parseWaivers(text)).toMatchObject({ waivers: [{ id: 'a', expires: '2027-01-01' }] })
})

test('a mistake in a waiver file has its line', () => {
  const result = parseWaivers('version: 1\nwaivers:\n  - id: a\n    fingerprnt: abcdef')
  expect('problems' in result && result.problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toContainEqual(
    '.github/specgate-waivers.yml:4 Unknown key `fingerprnt` in `waivers`; did you mean `fingerprint`?',
  )
})
