/** What hostile descriptions and rulesets try, one test for each threat; none of them gets code run, files read, addresses fetched, or time without end. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintDescription } from '../../src/lint/lint.ts'
import type { LintOptions } from '../../src/lint/lint.ts'
import { readDescription } from '../../src/openapi/read.ts'
import { described, lintText } from './lint-text.ts'

const plain = `openapi: 3.0.3
info: { title: Example, version: 1.0.0, contact: { email: api@example.com } }
servers: [{ url: https://api.example.com }]
x: { a: hello, b: [1] }
paths: {}
`
const ruleset = (text: string, path = '.spectral.yaml'): LintOptions => ({ rulesets: [{ path, text, from: 'acme/shop@abc' }] })
const stock = ruleset('extends: [[spectral:oas, all], [specgate:strict, all], ["@stoplight/spectral-owasp-ruleset", all]]')
const given = (expression: string) =>
  ruleset(JSON.stringify({ rules: { evil: { given: expression, severity: 'error', then: { function: 'truthy' } } } }))

async function timed<T>(run: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now()
  const result = await run()
  return { result, ms: performance.now() - started }
}

test.each([
  `$.x[?(@.constructor.constructor("globalThis.PWNED=1")())]`,
  `$.x[?(@root.constructor.constructor("globalThis.PWNED=1")())]`,
  `$.x[?(/a/.constructor.constructor("globalThis.PWNED=1")())]`,
  `$.x[?("".constructor.constructor("globalThis.PWNED=1")())]`,
  `$.x[?(@['constructor']['constructor']("globalThis.PWNED=1")())]`,
  `$.x[?(@.a["con"+"structor"]("globalThis.PWNED=1"))]`,
  `$.x[?(@.a.replace(/h/, globalThis.PWNED=1))]`,
  `$.x[?((() => { globalThis.PWNED = 1 })())]`,
  `$.x[?(@.__proto__)]`,
  `$.x[?(process.exit(1))]`,
  `$.x[?(@.a.match("(a+)+$"))]`,
])('threat 1, code execution from a YAML-only ruleset: %s', async (expression) => {
  const { problems } = await lintText(plain, null, given(expression))
  expect(problems).toHaveLength(1)
  expect(Reflect.get(globalThis, 'PWNED')).toBeUndefined()
})

test.each(['$..[?(@.constructor.constructor("globalThis.PWNED=1")())]', '$[?(globalThis.PWNED=1)]', '$.a[(globalThis.PWNED=1)]'])(
  'threat 2, code execution through `field`: %s',
  async (field) => {
    const { problems } = await lintText(
      plain,
      null,
      ruleset(JSON.stringify({ rules: { evil: { given: '$', then: { field, function: 'truthy' } } } })),
    )
    expect(problems).toHaveLength(1)
    expect(Reflect.get(globalThis, 'PWNED')).toBeUndefined()
  },
)

test.each(['#{{globalThis.PWNED=1}}', '#{{constructor.constructor("globalThis.PWNED=1")()}}', '{{constructor}}'])(
  'threat 3, expressions in messages: %s',
  async (message) => {
    const { problems } = await lintText(
      plain,
      null,
      ruleset(JSON.stringify({ rules: { evil: { given: '$', message, then: { field: 'y', function: 'truthy' } } } })),
    )
    expect(problems).toHaveLength(1)
    expect(Reflect.get(globalThis, 'PWNED')).toBeUndefined()
  },
)

test('threat 4, rulesets in JavaScript, own functions and remote rulesets: nothing is run or fetched, and nothing that could is imported', async () => {
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    response.end('export default {}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const outcome = await lintText(
    plain,
    null,
    ruleset(`extends: ["http://127.0.0.1:${String(port)}/ruleset.js", ./evil.mjs]\nfunctions: [evil]\nfunctionsDir: ./f\n`),
  )
  await new Promise((resolve) => server.close(resolve))
  expect(outcome.problems).toHaveLength(4)
  expect(requests).toBe(0)
  expect((await lintText(plain, null, ruleset('globalThis.PWNED = 1', '.spectral.js'))).problems).toHaveLength(1)
  const folder = join(import.meta.dirname, '../../src/lint')
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(
      /from '(?:@stoplight\/spectral-(?:cli|ruleset-bundler|ruleset-migrator)|nimma|jsonpath-plus|node:)/,
    )
  }
})

test('threat 5, a reference to an address: nothing is fetched', async () => {
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    response.end('{"type":"string"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const text = `${plain}components: { schemas: { A: { $ref: "http://127.0.0.1:${String(port)}/latest/meta-data/iam" } } }\n`
  await lintText(text, null, stock)
  await new Promise((resolve) => server.close(resolve))
  expect(requests).toBe(0)
})

test('threat 6, a reference to a file of the server: nothing is read', async () => {
  for (const ref of ['../../../../../../etc/hostname', '/etc/hostname', 'file:///etc/hostname', '..%2f..%2f..%2f..%2fetc%2fhostname']) {
    const outcome = await lintText(
      `${plain}components: { schemas: { A: { $ref: "${ref}" }, B: { type: string, enum: [a, a] } } }\n`,
      null,
      stock,
    )
    expect(JSON.stringify(outcome)).not.toContain(hostname())
  }
})

test('threat 7, stale files: head is read anew after base', async () => {
  const root = `${plain.replace('paths: {}', '')}security: [{ key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
paths: { /a: { get: { responses: { '200': { description: A., content: { application/json: { schema: { $ref: './a.yaml#/A' } } } } } } } }
`
  const base = described(root, { 'a.yaml': 'A: { type: object, properties: { name: { type: string } } }' })
  const head = described(root, { 'a.yaml': 'A: { type: object, properties: { passwordHash: { type: string } } }' })
  const { findings } = await lintDescription(head, base, stock)
  expect(findings.map((finding) => `${finding.rule} ${finding.place.file}${finding.place.pointer}`)).toContain(
    'response-secret a.yaml/A/properties/passwordHash',
  )
})

test('threat 8, a pattern in the ruleset that takes forever', async () => {
  const text = JSON.stringify({ rules: { slow: { given: '$.x.a', then: { function: 'pattern', functionOptions: { match: '^(a+)+$' } } } } })
  const { result, ms } = await timed(() => lintText(plain.replace('hello', `${'a'.repeat(40)}!`), null, ruleset(text)))
  expect(result.problems).toHaveLength(1)
  expect(ms).toBeLessThan(3_000)
})

test('threat 9, a pattern in the description that takes forever, run by the stock rule for examples', async () => {
  const text = `${plain}components: { schemas: { A: { type: object, example: { a: ${'a'.repeat(40)}! }, properties: { a: { type: string, pattern: '^(a+)+$', example: ${'a'.repeat(40)}! } } } } }\n`
  const { ms } = await timed(() => lintText(text, null, stock))
  expect(ms).toBeLessThan(5_000)
})

test('threat 10, an alias bomb, in the description and in the ruleset', async () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij']
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefghi'[index] ?? ''}`)
          .join(', ')}]`,
    )
    .join('\n')}\n`
  const { result, ms } = await timed(() =>
    Promise.resolve(readDescription({ text: `${plain}x-bomb:\n${bomb.replace(/^/gm, '  ')}`, path: 'openapi.yaml' })),
  )
  expect('problems' in result).toBe(true)
  const { problems } = await lintText(plain, null, ruleset(bomb))
  expect(problems).toHaveLength(1)
  expect(ms).toBeLessThan(3_000)
})

test('threat 11, references that fan out', async () => {
  const levels = 100
  const schemas = Array.from(
    { length: levels },
    (_, n) =>
      `    S${String(n)}: { type: object, example: {}, properties: { a: { $ref: '#/components/schemas/S${String(n + 1)}' }, b: { $ref: '#/components/schemas/S${String(n + 1)}' } } }`,
  )
  const text = `${plain.replace('paths: {}', '')}paths: { /a: { get: { responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/S0' } } } } } } } }
components:
  schemas:
${schemas.join('\n')}
    S${String(levels)}: { type: object, properties: { passwordHash: { type: string } } }
`
  const { result, ms } = await timed(() => lintText(text, null, stock))
  expect(result.findings.map((finding) => finding.rule)).toContain('response-secret')
  expect(ms).toBeLessThan(10_000)
})

test('threat 12, deep nesting', async () => {
  for (const depth of [400, 3_000, 100_000]) {
    const text = JSON.stringify({ openapi: '3.0.3', info: {}, paths: {}, 'x-deep': 0 }).replace(
      '"x-deep":0',
      `"x-deep":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
    )
    const read = readDescription({ text, path: 'openapi.json' })
    if ('api' in read) await lintDescription(read.api, null, stock)
    else expect(read.problems.length).toBeGreaterThan(0)
  }
  const chain = Array.from(
    { length: 5_000 },
    (_, n) => `    S${String(n)}: { allOf: [{ $ref: '#/components/schemas/S${String(n + 1)}' }] }`,
  ).join('\n')
  const { findings } = await lintText(`${plain}components:\n  schemas:\n${chain}\n`, null, stock)
  expect(findings).toBeDefined()
})

test('threat 13, keys of the prototype', async () => {
  const text = plain.replace(
    'paths: {}',
    'paths: { __proto__: { get: {} }, /a: { constructor: { x: 1 }, get: { responses: { "200": { description: A., __proto__: { polluted: true } } } } } }',
  )
  await lintText(
    `${text}components: { schemas: { __proto__: { properties: { __proto__: { type: string }, constructor: { type: string }, toString: { type: string } } } } }\n`,
    null,
    stock,
  )
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
  expect(Reflect.get({}, 'get')).toBeUndefined()
})

test('threat 14, references that go round', async () => {
  const text = `${plain.replace('paths: {}', '')}paths: { /a: { get: { responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } } }
components:
  schemas:
    A: { type: object, properties: { b: { $ref: '#/components/schemas/B' }, self: { $ref: '#/components/schemas/A' } } }
    B: { allOf: [{ $ref: '#/components/schemas/A' }], properties: { passwordHash: { type: string } } }
    C: { $ref: '#/components/schemas/C' }
    D: { $ref: '#/components/schemas/E' }
    E: { $ref: '#/components/schemas/D' }
`
  const { findings } = await lintText(text, null, stock)
  expect(findings.filter((finding) => finding.rule === 'response-secret')).toHaveLength(1)
})

test.each([
  'paths:',
  'paths: { /a: }',
  'paths: { /a: { get: } }',
  'paths: { /a: { get: { parameters: [{ in: 5, name: 7 }, null, 3] } } }',
  'paths: []',
  'components: { schemas: { A: { enum: { constructor: null } } } }\npaths: {}',
  'components: { schemas: { A: { properties: { parameters: { name: { type: string } } } } } }\npaths: {}',
  'paths: { /a: { get: { security: 5, responses: [1] } } }\ncomponents: { securitySchemes: [1], schemas: 7 }',
])('threat 15, one rule that fails does not take the others along: %s', async (part) => {
  const text = plain.replace('paths: {}', part).replace('https://api', 'http://api')
  const { findings } = await lintText(text, null, stock)
  expect(findings.map((finding) => finding.rule)).toContain('server-https')
})

test('threat 16, honest size: a hundred thousand paths', async () => {
  const paths = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, n) => [`/a${String(n)}`, { get: { responses: { 200: { description: 'A.' } } } }]),
  )
  const text = JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'A', version: '1' },
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
    paths,
  })
  const { result, ms } = await timed(() => lintText(text))
  expect(result.findings.length).toBeGreaterThan(0)
  expect(ms).toBeLessThan(40_000)
}, 60_000)

test('threat 17, names with brackets, dollars and dots: one finding, at the right place', async () => {
  const names = ['user[password]', '$password', 'a.b.password', '+1_password', 'x/y~password']
  const schemas = `{ type: object, properties: { ${names.map((name) => `'${name}': { type: string }`).join(', ')} } }`
  const text = `${plain.replace('paths: {}', '')}paths: { '/a[0]/{b}.{c}': { get: { responses: { '200': { description: A., content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } } }\ncomponents: { schemas: { A: ${schemas} } }\n`
  const { findings } = await lintText(text, null, stock)
  const places = findings.filter((finding) => finding.rule === 'response-secret').map((finding) => finding.place.pointer)
  expect(places.sort()).toEqual(
    names.map((name) => `/components/schemas/A/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).sort(),
  )
  const unbounded = findings.filter((finding) => finding.rule === 'owasp:api4:2023-string-limit').map((finding) => finding.place.pointer)
  expect(new Set(unbounded).size).toBe(unbounded.length)
})

test('threat 18, texts of the description in messages: one line, cut, and secrets never', async () => {
  const server = `http://${'a'.repeat(5_000)}.example.org/\\n# heading @everyone`
  const { findings } = await lintText(plain.replace('https://api.example.com', `"${server}"`), null, stock)
  expect(findings.length).toBeGreaterThan(0)
  for (const finding of findings) {
    expect(finding.message.length).toBeLessThanOrEqual(500)
    expect(finding.message).not.toContain('\n')
  }
})
