/** Every rule against its fixtures: `# expect: <rule-id>` at the end of a line says that the rule reports there, and nowhere else. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintRules } from '../../src/lint/catalogue.ts'
import { lintDescription } from '../../src/lint/lint.ts'
import { described, lineOf } from './lint-text.ts'

const folder = join(import.meta.dirname, '../../fixtures/lint-rules')
const cases = readdirSync(folder).flatMap((rule) => readdirSync(join(folder, rule)).map((file) => [rule, file] as const))

test.each(cases)('%s %s', async (rule, file) => {
  const text = readFileSync(join(folder, rule, file), 'utf8')
  const api = described(text)
  const { findings, notes } = await lintDescription(api, null, { ruleset: 'strict', now: '2026-06-01T00:00:00Z' })
  const reported = findings.filter((finding) => finding.rule === rule).map((finding) => lineOf(api, finding))
  expect(reported.sort((a, b) => a - b)).toEqual(expectedLines(text, rule))
  expect(file.startsWith('reports-')).toBe(reported.length > 0)
  expect(notes).toEqual([])
})

function expectedLines(text: string, rule: string): readonly number[] {
  return text.split('\n').flatMap((line, index) =>
    /# expect: (.*)$/
      .exec(line)?.[1]
      ?.split(/[\s,]+/)
      .includes(rule) === true
      ? [index + 1]
      : [],
  )
}

test('every rule has a fixture that it reports and one that it allows', () => {
  for (const { id } of lintRules) {
    const files = cases.filter(([rule]) => rule === id).map(([, file]) => file)
    expect(
      files.some((file) => file.startsWith('reports-')),
      `${id} reports`,
    ).toBe(true)
    expect(
      files.some((file) => file.startsWith('allows-')),
      `${id} allows`,
    ).toBe(true)
  }
})

test('every fixture belongs to a rule, and every rule says what, why and what to do in full sentences', () => {
  const ids = lintRules.map((rule) => rule.id)
  expect([...new Set(cases.map(([rule]) => rule))].filter((rule) => !ids.includes(rule))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  for (const rule of lintRules) {
    for (const sentence of [rule.title, rule.why, rule.fix]) expect(sentence, rule.id).toMatch(/^[A-Z].*\.$/s)
    expect(rule.cwe).toMatch(/^CWE-\d+$/)
    expect(rule.category).toMatch(/^API\d+:2023$/)
  }
})
