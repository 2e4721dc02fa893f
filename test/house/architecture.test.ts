/** The layer rules of ARCHITECTURE.md, and one seeded violation for each, so that a rule that no longer bites is noticed. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const config = JSON.parse(readFileSync(join(root, '.dependency-cruiser.json'), 'utf8'))

async function violations(baseDir: string) {
  const options: ICruiseOptions = { ...config.options, validate: true, ruleSet: { forbidden: config.forbidden }, baseDir }
  const { output } = await cruise(['src'], options, undefined, { tsConfig: undefined })
  const result = output as ICruiseResult
  return { modules: result.modules.length, found: result.summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`) }
}

test('the rooms keep to their laws', async () => {
  const { modules, found } = await violations(root)
  expect(found).toEqual([])
  // A cruiser that silently cruises nothing reports no violations either.
  expect(modules).toBeGreaterThan(60)
})

/** rule → [file, its text, other files that must exist]. */
const seeds: Record<string, readonly [string, string, Record<string, string>?]> = {
  'model-imports-nothing': ['src/model/a.ts', `import '../openapi/b.ts'`, { 'src/openapi/b.ts': 'export {}' }],
  'core-does-no-io': ['src/diff/a.ts', `import 'node:fs'`],
  'core-knows-no-shell': ['src/review/a.ts', `import type { X } from '../github/x.ts'`, { 'src/github/x.ts': 'export type X = 1' }],
  'producers-are-strangers': ['src/diff/a.ts', `import '../lint/b.ts'`, { 'src/lint/b.ts': 'export {}' }],
  'openapi-knows-no-rule': ['src/openapi/a.ts', `import '../diff/b.ts'`, { 'src/diff/b.ts': 'export {}' }],
  'render-reads-a-review': ['src/render/a.ts', `import '../openapi/b.ts'`, { 'src/openapi/b.ts': 'export {}' }],
  'spectral-only-in-lint': ['src/diff/a.ts', `import '@stoplight/spectral-core'`],
  'octokit-only-in-github': ['src/policy/a.ts', `import '@octokit/rest'`],
  'openapi-diff-only-in-second-opinion': ['src/diff/a.ts', `import 'openapi-diff'`],
  'queue-only-in-server': ['src/app/a.ts', `import 'pg-boss'`],
  'processes-only-in-git': ['src/cli/a.ts', `import 'node:child_process'`],
  'nobody-imports-a-front-end': ['src/review/a.ts', `import '../cli/b.ts'`, { 'src/cli/b.ts': 'export {}' }],
  'no-cycles': ['src/diff/a.ts', `import './b.ts'`, { 'src/diff/b.ts': `import './a.ts'` }],
  'src-knows-no-tests': ['src/diff/a.ts', `import '../../test/b.ts'`, { 'test/b.ts': 'export {}' }],
  'no-dev-dependencies-at-run-time': ['src/diff/a.ts', `import 'fast-check'`],
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'specgate-seeds-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every layer rule has a seeded violation', () => {
  expect(Object.keys(seeds).sort()).toEqual(config.forbidden.map((rule: { name: string }) => rule.name).sort())
})

test.each(Object.entries(seeds))('%s catches its seeded violation', async (rule, [file, text, others = {}]) => {
  const home = join(folder, rule)
  for (const [path, content] of Object.entries({ ...others, [file]: text })) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), `${content}\n`)
  }
  for (const name of ['package.json', 'tsconfig.json']) writeFileSync(join(home, name), readFileSync(join(root, name)))
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
  const { found } = await violations(home)
  expect(found.some((violation) => violation.startsWith(`${rule}: `))).toBe(true)
})
