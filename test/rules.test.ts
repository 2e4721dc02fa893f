/**
 * Every folder below fixtures/rules: two versions of a description, and on the lines where changes are found what they are:
 * `# expect: <rule> <class> [<security effect>]`, several separated by `;`. What is not expected must not be reported.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../src/diff/catalogue.ts'
import { diffDescriptions } from '../src/diff/diff.ts'
import type { DiffOptions } from '../src/diff/diff.ts'
import type { UnplacedChange } from '../src/model/change.ts'
import { placer } from '../src/openapi/locate.ts'
import { readDescription } from '../src/openapi/read.ts'
import type { ApiDescription } from '../src/openapi/types.ts'

const folder = new URL('../fixtures/rules/', import.meta.url).pathname
const rules = readdirSync(folder).sort()
const cases = rules.flatMap((rule) =>
  readdirSync(join(folder, rule))
    .sort()
    .map((name) => [rule, name] as const),
)

/** The day on which the fixtures are read. */
const now = '2026-01-01'

describe.each(cases)('%s: %s', (rule, name) => {
  const at = join(folder, rule, name)
  const texts = { base: readFileSync(join(at, 'base.yaml'), 'utf8'), head: readFileSync(join(at, 'head.yaml'), 'utf8') }
  const changes = report(texts, at)
  const expected = [...expectations('base', texts.base), ...expectations('head', texts.head)].sort()

  test('what is expected is reported, on its line, and nothing else', () => {
    expect(changes.found.sort()).toEqual(expected)
  })

  test(`its name says whether ${rule} is reported`, () => {
    expect(changes.rules.has(rule)).toBe(name.startsWith('reports-'))
    expect(name).toMatch(/^(?:reports|allows)-/)
  })
})

test('every rule has a fixture that reports it, and every folder a rule', () => {
  const reported = cases.filter(([, name]) => name.startsWith('reports-')).map(([rule]) => rule)
  const ids = catalogue.map(({ id }) => id)
  expect(ids.filter((id) => !reported.includes(id))).toEqual([])
  expect(rules.filter((rule) => !ids.includes(rule))).toEqual([])
})

function report(texts: { base: string; head: string }, at: string): { found: string[]; rules: Set<string> } {
  const [base, head] = [read(texts.base), read(texts.head)]
  const { changes } = diffDescriptions(base, head, { now, ...options(at) })
  const place = {
    base: placer(
      base === null ? [] : [base],
      changes.flatMap((change) => change.base ?? []),
    ),
    head: placer(
      head === null ? [] : [head],
      changes.flatMap((change) => change.head ?? []),
    ),
  }
  const line = ({ base: before, head: after }: UnplacedChange): string =>
    after !== null ? `head ${String(place.head(after).line)}` : before !== null ? `base ${String(place.base(before).line)}` : 'nowhere'
  const found = changes.map((change) => [line(change), change.rule, change.class, change.security ?? ''].join(' ').trim())
  return { found, rules: new Set(changes.map((change) => change.rule)) }
}

/** An empty file stands for a description that does not exist. */
function read(text: string): ApiDescription | null {
  if (text.trim() === '') return null
  const result = readDescription({ text, path: 'openapi.yaml' })
  if (!('api' in result)) throw new Error(result.problems[0]?.message ?? 'unreadable')
  return result.api
}

function options(at: string): DiffOptions {
  const path = join(at, 'options.yaml')
  return existsSync(path) ? parse(readFileSync(path, 'utf8')) : {}
}

function expectations(side: string, text: string): string[] {
  return text.split('\n').flatMap((content, index) => {
    const [, written] = content.split('# expect:')
    return written === undefined ? [] : written.split(';').map((part) => `${side} ${String(index + 1)} ${part.trim()}`)
  })
}
