import { expect, test } from 'vitest'
import { renderJson } from '../../src/render/json.ts'
import { diffMarkdown, lintMarkdown } from '../../src/render/markdown.ts'
import { diffText, lintText, reviewText, type Colours } from '../../src/render/text.ts'
import { workflowCommands } from '../../src/render/workflow-commands.ts'
import { change, diffResult, diffSummary, lintFinding, lintResult, place, problem, review } from '../builders.ts'
import { stories } from './stories.ts'

const broken = diffResult({
  changes: [
    change(),
    change({
      rule: 'operation-added',
      class: 'nonbreaking',
      message: '`GET /x` was added.',
      why: '',
      fix: '',
      reaches: [],
      base: null,
      head: place({ line: 7 }),
    }),
  ],
  summary: diffSummary({ breaking: 1, nonbreaking: 1 }),
})

test('a diff in a terminal', () => {
  expect(diffText(broken)).toBe(`breaking Removed response property \`total\`. [response-property-removed]
  Clients that read it get nothing.
  reaches GET /orders, GET /orders/{id}, POST /orders
  fix: Keep the property and mark it \`deprecated: true\`.
  at specs/orders.yaml:214:7

nonbreaking \`GET /x\` was added. [operation-added]
  at specs/orders.yaml:7:3

1 breaking, 1 nonbreaking (3 operations compared)
`)
})

test('a diff without changes, and one that could not be made', () => {
  expect(diffText(diffResult())).toBe('no change (3 operations compared)\n')
  expect(diffText(diffResult({ problems: [problem()] }))).toBe('problem specs/orders.yaml:57:9 The text is neither JSON nor YAML.\n')
})

test('a lint in a terminal', () => {
  const finding = lintFinding({ message: 'The server `http://a` is not encrypted.', why: '', fix: 'Use `https`.', severity: 'warning' })
  expect(lintText(lintResult({ findings: [finding], existing: 2, notes: ['Rule `x` was not run.'] })))
    .toBe(`warning The server \`http://a\` is not encrypted. [server-https]
  fix: Use \`https\`.
  at specs/orders.yaml:214:7

note Rule \`x\` was not run.

1 finding; 2 older findings not counted
`)
})

test('colours mark how bad it is, and nothing else changes', () => {
  const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`
  const colours: Colours = { red: mark('red'), yellow: mark('yellow'), green: mark('green'), dim: mark('dim'), bold: mark('bold') }
  const coloured = diffText(broken, colours)
  expect(coloured).toContain('<red>breaking</red>')
  expect(coloured.replace(/<\/?\w+>/g, '')).toBe(diffText(broken))
})

test.each(Object.keys(stories))('a review in a terminal: %s', async (name) => {
  await expect(reviewText(stories[name]?.() ?? review())).toMatchFileSnapshot(`golden/text/${name.replaceAll(' ', '-')}.txt`)
})

test('a diff and a lint as Markdown', async () => {
  await expect(diffMarkdown(broken)).toMatchFileSnapshot('golden/diff.md')
  await expect(lintMarkdown(lintResult({ findings: [lintFinding()], existing: 3, notes: ['Rule `x` was not run.'] }))).toMatchFileSnapshot(
    'golden/lint.md',
  )
})

test('workflow commands put the worst first and escape what would end them', () => {
  const output = workflowCommands(stories['a break a leak and a lost lock']?.() ?? review()).split('\n')
  expect(output[0]).toMatch(
    /^::error file=specs\/users\.yaml,line=88,endLine=90,title=GET \/users\/\{id\} now returns passwordHash%2C which/,
  )
  expect(output.slice(-3)).toEqual([
    'API review: failure: 1 breaking change · 2 new security findings',
    'API approval: failure: Denied by rule “no-public-secrets”',
    '',
  ])
})

test('JSON is the result itself, its kind first', () => {
  const one = review()
  expect(JSON.parse(renderJson(one))).toEqual(one)
  expect(renderJson(one).startsWith('{\n  "schema": "specgate/review@1"')).toBe(true)
})
