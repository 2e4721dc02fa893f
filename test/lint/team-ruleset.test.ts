import { expect, test } from 'vitest'
import { brief, described, lintText } from './lint-text.ts'
import { lintDescription } from '../../src/lint/lint.ts'
import type { LintOptions } from '../../src/lint/lint.ts'

const api = `openapi: 3.0.3
info: { title: Example, version: 1.0.0, contact: { email: api@example.com } }
servers: [{ url: https://api.example.com }]
security: [{ bearer: [] }]
paths:
  /old:
    get:
      operationId: getOld
      responses: { '200': { description: Done. } }
  /new_things:
    get:
      responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer, bearerFormat: JWT } }
  schemas:
    Thing: { type: object, properties: { snake_case: { type: string }, secret: { type: string } } }
`

const ruleset = (text: string, others: Record<string, string> = {}): LintOptions => ({
  rulesets: [
    { path: '.spectral.yaml', text, from: 'acme/shop@abc' },
    ...Object.entries(others).map(([path, content]) => ({ path, text: content, from: 'acme/shop@abc' })),
  ],
})

async function rulesOf(text: string, others: Record<string, string> = {}) {
  const { findings, problems, notes } = await lintText(api, null, ruleset(text, others))
  return {
    found: findings.map((finding) => `${finding.rule} ${finding.place.pointer}`),
    severities: brief(findings),
    problems: problems.map(({ message, line, file }) => `${file}:${String(line)} ${message}`),
    notes,
  }
}

test('own rules with core functions apply, on the resolved document, at the place where the element stands', async () => {
  const { found, problems } = await rulesOf(`
rules:
  camel-case-properties:
    description: Properties are camel case.
    message: "{{property}} should be camelCase: {{error}}"
    severity: warn
    given: $.paths[*][*]..properties[*]~
    then: { function: casing, functionOptions: { type: camel } }
`)
  expect(problems).toEqual([])
  expect(found).toContain('camel-case-properties /components/schemas/Thing/properties/snake_case')
})

test('our own rules go on beside a ruleset that does not extend them', async () => {
  expect((await rulesOf('extends: spectral:oas')).severities).toContain('response-secret warning')
})

test('a ruleset that extends ours decides about our rules', async () => {
  expect(
    (await rulesOf('extends: specgate:security\nrules: { response-secret: off }')).found.some((line) => line.startsWith('response-secret')),
  ).toBe(false)
  expect((await rulesOf('extends: specgate:security\nrules: { jwt-declared: error, response-secret: error }')).severities).toContain(
    'response-secret error',
  )
  expect((await rulesOf('extends: [[specgate:security, all]]')).found.some((line) => line.startsWith('response-401'))).toBe(true)
})

test('spectral:oas and the OWASP set are known by name, with levels', async () => {
  const { found, problems } = await rulesOf('extends: [[spectral:oas, all], ["@stoplight/spectral-owasp-ruleset", recommended]]')
  expect(problems).toEqual([])
  expect(found).toContain('operation-operationId /paths/~1new_things/get')
  expect(found.some((line) => line.startsWith('owasp:api4:2023-string-limit'))).toBe(true)
  expect((await rulesOf('extends: [[spectral:oas, off]]')).found.some((line) => line.startsWith('operation-operationId'))).toBe(false)
})

test('files of the repository are extended, relative to the file that names them', async () => {
  const { found, problems } = await rulesOf('extends: ./rules/base.yaml', {
    'rules/base.yaml':
      'extends: ../shared/more.json\nrules: { no-old: { given: "$.paths./old", severity: error, then: { function: falsy } } }',
    'shared/more.json':
      '{"rules": {"no-new": {"given": "$.paths[?(@property === \\"/new_things\\")]", "severity": "error", "then": {"function": "falsy"}}}}',
  })
  expect(problems).toEqual([])
  expect(found).toEqual(expect.arrayContaining(['no-new /paths/~1new_things']))
})

test('aliases are honoured, also by format', async () => {
  const { found, problems } = await rulesOf(`
formats: [oas3]
aliases:
  Operation: ["$.paths[*][get,post]"]
  Answer: { targets: [{ formats: [oas3], given: ["#Operation.responses[*]"] }] }
rules:
  answers-have-content: { given: "#Answer", severity: warn, then: { field: content, function: truthy } }
`)
  expect(problems).toEqual([])
  expect(found).toContain('answers-have-content /paths/~1old/get/responses/200')
})

test('overrides by file and by pointer are honoured', async () => {
  const text = `
extends: [[spectral:oas, off]]
rules: { operation-description: error }
overrides:
  - files: ["openapi.yaml#/paths/~1old"]
    rules: { operation-description: off }
  - files: ["other.yaml"]
    rules: { operation-description: off }
`
  expect((await rulesOf(text)).found.filter((line) => line.startsWith('operation-description'))).toEqual([
    'operation-description /paths/~1new_things/get',
  ])
  expect((await rulesOf(text.replace('openapi.yaml#/paths/~1old', '**/*.yaml#/paths/~1new_things'))).found).toContain(
    'operation-description /paths/~1old/get',
  )
  expect((await rulesOf(text.replace('other.yaml', 'openapi.yaml'))).found.some((line) => line.startsWith('operation-description'))).toBe(
    false,
  )
})

test('formats decide where a rule applies', async () => {
  const rule = (format: string) => `rules: { never: { formats: [${format}], given: $.info, severity: error, then: { function: falsy } } }`
  expect((await rulesOf(rule('oas3'))).found).toContain('never /info')
  expect((await rulesOf(rule('oas3.0'))).found).toContain('never /info')
  expect((await rulesOf(rule('oas2'))).found).not.toContain('never /info')
})

test('only what the change introduces is reported, also for rules of teams', async () => {
  const options = ruleset('extends: spectral:oas')
  const head = api.replace('      operationId: getOld\n', '')
  const { findings, existing } = await lintDescription(described(head), described(api), options)
  expect(findings.map((finding) => `${finding.rule} ${finding.place.pointer}`)).toEqual(['operation-operationId /paths/~1old/get'])
  expect(existing).toBeGreaterThan(5)
})

test.each([
  ['rules:\n  a:\n    given: $.info\n    then:\n      function: myFunction\n', 5, 'myFunction'],
  ['functions: [evil]\nrules: {}\n', 1, 'not run'],
  ['extends:\n  - spectral:oas\n  - https://example.com/ruleset.yaml\n', 3, 'nothing is fetched'],
  ['extends: ./local.js\n', 1, 'JavaScript'],
  ['extends: ./missing.yaml\n', 1, 'cannot be extended'],
  ['extends: ../../etc/passwd.yaml\n', 1, 'cannot be extended'],
  ['extends: some-npm-package\n', 1, 'cannot be extended'],
  ['rules:\n  a:\n    given: "$.x[?(@.constructor.constructor(1)())]"\n    then: { function: truthy }\n', 3, 'constructor'],
  ['rules:\n  a:\n    given: "$.x[(@.length-1)]"\n    then: { function: truthy }\n', 3, 'not run'],
  ['rules:\n  a:\n    given: paths\n    then: { function: truthy }\n', 3, '$'],
  ['rules:\n  a:\n    given: "#Nothing"\n    then: { function: truthy }\n', 3, 'alias'],
  ['aliases: { A: ["#A.x"] }\nrules:\n  a:\n    given: "#A"\n    then: { function: truthy }\n', 4, 'itself'],
  ['rules:\n  a:\n    given: $.info\n    message: "#{{process.exit()}}"\n    then: { function: truthy }\n', 4, 'expression'],
  ['rules:\n  a:\n    given: $.info\n    then: { function: pattern, functionOptions: { match: "^(a+)+$" } }\n', 4, 'exponential'],
  [
    'rules:\n  a:\n    given: $.info\n    then: { function: schema, functionOptions: { schema: { properties: { x: { pattern: "(a|a)*$" } } } } }\n',
    4,
    'exponential',
  ],
  ['rules:\n  a:\n    given: $.info\n    then: { function: pattern, functionOptions: { nonsense: 1 } }\n', 2, 'refused'],
  ['rules:\n  a:\n    given: $.info\n    then: { field: "$.x[?(@.y())]", function: truthy }\n', 4, 'field'],
  ['rules:\n  a: { given: $.info, formats: [soap], then: { function: truthy } }\n', 2, 'soap'],
  ['rules:\n  unknown-rule: error\n', 2, 'not defined'],
  ['rules: 7\n', 1, 'map'],
  ['nonsense: true\n', 1, 'not known'],
  ['rules: {\n', 2, 'cannot be read'],
  ['- a\n- b\n', 1, 'not a map'],
])('%j is refused on its line', async (text, line, words) => {
  const { problems } = await rulesOf(text)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(`.spectral.yaml:${String(line)} `)
  expect(problems[0]?.toLowerCase()).toContain(words.toLowerCase())
})

test('what is good beside something refused still applies', async () => {
  const { found, problems } = await rulesOf(`
extends: [spectral:oas, ./evil.js]
functions: [evil]
rules:
  bad: { given: "$.x[?(@.constructor.constructor('x')())]", then: { function: truthy } }
  good: { given: $.info, severity: error, then: { field: license, function: truthy } }
`)
  expect(problems).toHaveLength(3)
  expect(found).toEqual(expect.arrayContaining(['good /info', 'operation-operationId /paths/~1new_things/get']))
})

test('rulesets that extend each other in a circle end', async () => {
  const { problems } = await rulesOf('extends: ./a.yaml', { 'a.yaml': 'extends: ./b.yaml', 'b.yaml': 'extends: ./a.yaml' })
  expect(problems).toHaveLength(1)
})

test('specgate:gdpr brings its vocabulary', async () => {
  const person = api.replace('secret: { type: string }', 'political_opinion: { type: string }')
  const { findings } = await lintDescription(described(person), null, ruleset('extends: specgate:gdpr'))
  expect(brief(findings)).toContain('response-pii warning')
})

test('what the schema of the whole document says of paths stands at their places, each once', async () => {
  const odd = api.replaceAll("'200':", 'fine:')
  const { findings } = await lintText(odd, null, ruleset('extends: [[spectral:oas, off]]\nrules: { oas3-schema: error }\n'))
  expect(findings.filter(({ rule }) => rule === 'oas3-schema').map(({ place }) => place.pointer)).toEqual([
    '/paths/~1old/get/responses/fine',
    '/paths/~1new_things/get/responses/fine',
  ])
})
