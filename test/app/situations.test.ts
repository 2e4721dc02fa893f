/** What can happen to descriptions in a pull request: moved, split, deleted, imported, unreadable in every way; and what the checks say. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { RepositoryHandle } from '../github/stand-in/handles.ts'
import type { Files } from '../github/stand-in/working-clone.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'

let app: TestApp
let mono: RepositoryHandle

const policy = `version: 1
mode: enforce
rules:
  - { name: breaking changes need an owner, when: { class: breaking }, require: { approvals: { from: "@acme/api-owners" } } }
`

function description(title: string, operations: readonly string[], property = 'name'): string {
  const paths = operations.map(
    (name) => `  /${name}:
    get:
      operationId: ${name}
      responses:
        "200":
          description: All of them
          content: { application/json: { schema: { type: object, required: [${property}], properties: { ${property}: { type: string, maxLength: 20 } } } } }
`,
  )
  return `openapi: 3.0.3
info: { title: ${title}, version: 1.0.0, x-owner: "@acme/api-owners" }
servers: [{ url: "https://api.acme.example" }]
security: [{ key: [] }]
paths:
${paths.join('')}components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
`
}

const pets = ['cats', 'dogs', 'birds', 'fish']
const files = {
  '.github/specgate.yml': policy,
  'apis/pets/openapi.yaml': description('Pets', pets),
  'apis/orders/openapi.yaml': description('Orders', ['orders']),
  'apis/broken/openapi.yaml': `${description('Broken', ['broken'])}\n  [unclosed\n`,
  'src/a.ts': 'export const a = 1\n',
}

beforeAll(async () => {
  app = await startApp()
  app.github.team('acme', 'api-owners', { members: ['mia'] })
  app.github.user('ana')
  mono = await app.github.createRepository('acme', 'mono', files, { roles: { ana: 'write', mia: 'write', '@acme/api-owners': 'write' } })
})
afterAll(() => app.stop())
afterEach(() => {
  expect(app.github.violations).toEqual([])
})

let branches = 0
async function open(changes: Files, { title = 'Change', repository = mono }: { title?: string; repository?: RepositoryHandle } = {}) {
  const branch = `topic-${(branches += 1)}`
  await repository.commit(branch, changes, { author: 'ana' })
  return repository.openPullRequest({ author: 'ana', branch, title })
}

/** The same files elsewhere, where what a story does slows nothing else down. */
async function another(name: string): Promise<RepositoryHandle> {
  return app.github.createRepository('acme', name, files, { roles: { ana: 'write', mia: 'write', '@acme/api-owners': 'write' } })
}

const megabyte = 1_048_576
const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`

test.each<[string, Files, string, RegExp]>([
  ['an additive change', { 'apis/pets/openapi.yaml': description('Pets', [...pets, 'mice']) }, 'success', /^No breaking change/],
  [
    'a description that moves',
    { 'apis/pets/openapi.yaml': null, 'apis/animals/openapi.yaml': description('Pets', pets) },
    'success',
    /moved to apis\/animals/,
  ],
  [
    'a description that moves and breaks',
    { 'apis/pets/openapi.yaml': null, 'apis/animals/openapi.yaml': description('Pets', pets.slice(1)) },
    'failure',
    /^1 breaking change/,
  ],
  [
    'a description split in two: what is in either half was moved, not removed',
    {
      'apis/pets/openapi.yaml': null,
      'apis/pets/mammals.yaml': description('Mammals', pets.slice(0, 2)),
      'apis/pets/others.yaml': description('Others', pets.slice(2)),
    },
    'success',
    /^No breaking change/,
  ],
  ['a deleted description', { 'apis/pets/openapi.yaml': null }, 'failure', /^API removed: pets \(4 operations\)/],
  ['a first import', { 'apis/new/openapi.yaml': description('New', ['new']) }, 'success', /^No breaking change/],
  [
    'two APIs at once, one of which breaks',
    {
      'apis/pets/openapi.yaml': description('Pets', pets.slice(1)),
      'apis/orders/openapi.yaml': description('Orders', ['orders', 'carts']),
    },
    'failure',
    /^1 breaking change/,
  ],
  [
    'a base that cannot be read and a head that can',
    { 'apis/broken/openapi.yaml': description('Broken', ['broken']) },
    'neutral',
    /^Not compared/,
  ],
  [
    'a head that cannot be read',
    { 'apis/orders/openapi.yaml': `${description('Orders', ['orders'])}  [unclosed\n` },
    'failure',
    /cannot be read/,
  ],
  ['an LFS pointer', { 'apis/orders/openapi.yaml': lfs }, 'failure', /cannot be read|Not evaluated/],
  ['a binary file', { 'apis/orders/openapi.yaml': Buffer.from([0, 1, 2, 3]) }, 'failure', /cannot be read|Not evaluated/],
  [
    'another encoding',
    { 'apis/orders/openapi.yaml': Buffer.from('\uFEFFopenapi: 3.0.3\n', 'utf16le') },
    'failure',
    /cannot be read|Not evaluated/,
  ],
  [
    'a file over 20 MB',
    { 'apis/orders/openapi.yaml': `${description('Orders', ['orders'])}# ${'x'.repeat(21 * megabyte)}\n` },
    'failure',
    /cannot be read|Not evaluated/,
  ],
  ['a symbolic link', { 'apis/orders/openapi.yaml': { link: '../pets/openapi.yaml' } }, 'failure', /cannot be read|Not evaluated/],
  ['a submodule', { 'apis/orders/openapi.yaml': { submodule: '1'.repeat(40) } }, 'failure', /cannot be read|Not evaluated/],
  ['an empty file', { 'apis/orders/openapi.yaml': '' }, 'failure', /cannot be read|Not evaluated|API removed/],
])('%s', async (_what, changes, conclusion, title) => {
  const pull = await open(changes)
  const runs = await pull.waitForCheckRuns({ 'API review': conclusion })
  expect(runs['API review']?.title).toMatch(title)
  await app.quiet()
  expect(pull.checkRuns().filter(({ name, status }) => name === 'API review' && status !== 'completed')).toEqual([])
})

test('3,050 changed files, the description last of them: all is seen', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 3050 }, (_, index) => [`src/generated/${String(index).padStart(4, '0')}.ts`, `export const a = ${index}\n`]),
  )
  const pull = await open(
    {
      ...many,
      'zz/openapi.yaml': description('Last', ['last']),
      'apis/pets/openapi.yaml': description('Pets', pets.slice(1)),
    },
    { repository: await another('large') },
  )
  const runs = await pull.waitForCheckRuns({ 'API review': 'failure' }, { timeoutMs: 180_000 })
  expect(runs['API review']?.title).toMatch(/^1 breaking change/)
  expect(runs['API review']?.summary).toContain('zz/openapi.yaml')
}, 240_000)

test('a force push that takes the break back settles everything; a revert of a merged change is a change like any other', async () => {
  const pull = await open({ 'apis/pets/openapi.yaml': description('Pets', pets, 'label') })
  await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' })
  await pull.push({ 'apis/pets/openapi.yaml': files['apis/pets/openapi.yaml'], 'src/a.ts': 'export const a = 2\n' }, { amend: true })
  await pull.waitForCheckRuns({ 'API review': 'success', 'API approval': 'success' })
  await app.quiet()
  expect(pull.state.comments).toHaveLength(1)
  expect(pull.state.comments[0]?.body).toContain('settled')

  const added = await open({ 'apis/orders/openapi.yaml': description('Orders', ['orders', 'invoices']) })
  await added.waitForCheckRuns({ 'API review': 'success' })
  await added.merge('mia')
  const revert = await open({ 'apis/orders/openapi.yaml': files['apis/orders/openapi.yaml'] }, { title: 'Revert "Change"' })
  const runs = await revert.waitForCheckRuns({ 'API review': 'failure' })
  expect(runs['API review']?.title).toMatch(/^1 breaking change/)
})

test('fifty pushes: one summary, and a comment for each finding at most', async () => {
  const variants = ['name', 'label', 'title', 'text'].map((property) => description('Pets', pets, property))
  const pull = await open({ 'apis/pets/openapi.yaml': variants[1] ?? '' }, { repository: await another('busy') })
  await pull.waitForCheckRuns({ 'API review': 'failure' })
  for (let push = 0; push < 50; push += 1) {
    await pull.push({ 'apis/pets/openapi.yaml': `${variants[(push % 3) + 1] ?? ''}# ${push}\n` }, { author: 'ana' })
    if (push % 10 === 9) await pull.waitForCheckRuns({ 'API review': 'failure' })
  }
  await app.quiet()
  await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' })
  expect(pull.state.comments).toHaveLength(1)
  const findings = pull.state.reviewComments.map(({ body }) => /specgate:finding:(\w+)/.exec(body)?.[1])
  expect(findings.length).toBeLessThanOrEqual(10)
  expect(new Set(findings).size).toBe(findings.length)
  console.log(
    `50 pushes: ${pull.state.comments.length} summary, ${findings.length} comments on lines for ${new Set(findings).size} findings`,
  )
}, 300_000)
