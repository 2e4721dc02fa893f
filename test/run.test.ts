/** What only the whole pipeline can show: that the rooms are joined the right way round. */
import { expect, test } from 'vitest'
import { lint } from '../src/run-lint.ts'
import { review } from '../src/run.ts'
import { policyTexts, snapshotOf, textFile } from './builders.ts'

const orders = (more = '') => `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
servers: [{ url: https://api.example.com }]
security: [{ bearer: [] }]
paths:
  /orders:
    get:
      operationId: listOrders
      responses: { '200': { description: The orders. } }
${more}components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
`

const another = `  /carts:
    get:
      operationId: listCarts
      responses: { '200': { description: The carts. } }
`

function ruleset(text: string) {
  return policyTexts({ rulesets: [textFile({ path: '.spectral.yaml', text })] })
}

test('a rule of the team is in force for what the pull request brings', async () => {
  const policy = ruleset(
    'rules: { needs-tags: { given: "$.paths[*][get,put,post]", severity: error, then: { field: tags, function: truthy } } }\n',
  )
  const { findings } = await review(snapshotOf({ 'openapi.yaml': orders() }, { 'openapi.yaml': orders(another) }, { policy }))
  expect(findings.filter(({ rule }) => rule === 'needs-tags').map(({ place }) => place.pointer)).toEqual(['/paths/~1carts/get'])
})

test('a part of the ruleset that is refused is told with its line, and then nothing is green', async () => {
  const policy = ruleset('functions: [mine]\nrules: { own: { given: $, then: { function: mine } } }\n')
  const { verdict, unloaded } = await review(snapshotOf({ 'openapi.yaml': orders() }, { 'openapi.yaml': orders(another) }, { policy }))
  expect(unloaded?.map(({ file, line }) => `${file}:${line}`)).toEqual(['.spectral.yaml:1', '.spectral.yaml:2'])
  expect(verdict.review).toBe('neutral')
  expect(verdict.reviewTitle).toMatch(/ · 2 parts of \.spectral\.yaml not loaded$/)
})

const leaking = `  /users:
    get:
      responses: { '200': { description: A user., content: { application/json: { schema: { properties: { passwordHash: { type: string } } } } } } }
`

test.each([
  ['of a small description everywhere', '', 1, false],
  ['of a large one where the change reaches, and a note says so', `x-padding: ${'long '.repeat(25_000)}\n`, 0, true],
])('older findings are counted %s', async (_, padding, secrets, isNoted) => {
  const [base, head] = [orders(leaking) + padding, orders(leaking + another) + padding]
  const { apis, findings } = await review(snapshotOf({ 'openapi.yaml': base }, { 'openapi.yaml': head }))
  const everything = await lint({ text: base, path: 'openapi.yaml' })
  const old = everything.findings.filter(({ rule }) => rule === 'response-secret').length
  expect(old).toBe(1)
  expect(findings.map(({ rule }) => rule)).not.toContain('response-secret')
  expect((apis[0]?.existing ?? 0) >= everything.findings.length).toBe(secrets === 1)
  expect(apis[0]?.notes.some((note) => note.includes('older findings'))).toBe(isNoted)
})

test.each([
  ['the version on the next line', 'openapi:\n  3.1.0'],
  ['a key with a tag', '!!str openapi: 3.1.0'],
  ['a merged key', 'x-b: &b { openapi: 3.1.0 }\n<<: *b'],
])('a description that would not be found any more after the merge is never green: %s', async (_name, version) => {
  const head = orders().replace('openapi: 3.1.0', version)
  const { verdict } = await review(snapshotOf({ 'openapi.yaml': orders() }, { 'openapi.yaml': head }))
  expect(verdict.review).toBe('failure')
  expect(verdict.notEvaluated.join()).toMatch(/not recognised as an API description/)
})
