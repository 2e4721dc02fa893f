/** What people and scripts rely on: exit codes, one sentence on standard error, and standard output that parses. */
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith, git, repositoryWith, specgate, write } from './run-specgate.ts'

const users = `openapi: 3.1.0
info: { title: Users, version: 1.0.0, contact: { email: api@example.com } }
servers: [{ url: https://api.example.com }]
security: [{ bearer: [] }]
paths:
  /users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: The user.
          content:
            application/json:
              schema: { $ref: schemas/user.yaml }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
`
const user = `type: object
required: [id]
properties:
  id: { type: string }
  name: { type: string }
`
const leakyUser = `${user}  passwordHash: { type: string }\n`
const withoutId = user.replace('required: [id]\n', '').replace('  id: { type: string }\n', '')

test('diff: 0 when nothing breaks, 1 when something does, and the threshold is the user’s', () => {
  const folder = folderWith({
    'a/openapi.yaml': users,
    'a/schemas/user.yaml': user,
    'b/openapi.yaml': users,
    'b/schemas/user.yaml': withoutId,
  })
  expect(specgate(folder, 'diff', 'a', 'a').status).toBe(0)
  const broken = specgate(folder, 'diff', 'a/openapi.yaml', 'b/openapi.yaml')
  expect(broken.status).toBe(1)
  expect(broken.stdout).toContain('response-property-removed')
  expect(broken.stdout).toContain('schemas/user.yaml')
  expect(specgate(folder, 'diff', 'a', 'b', '--fail-on', 'none').status).toBe(0)
})

test('diff prints JSON with a schema, and nothing else on standard output', () => {
  const folder = folderWith({ 'a.yaml': users, 'schemas/user.yaml': user, 'b.yaml': users.replace('security: [{ bearer: [] }]\n', '') })
  const { stdout, status } = specgate(folder, 'diff', 'a.yaml', 'b.yaml', '--format', 'json', '--fail-on', 'weakening')
  const result = JSON.parse(stdout)
  expect(result).toMatchObject({ schema: 'specgate/diff@1', summary: { weakening: 1, breaking: 0 } })
  expect(status).toBe(1)
})

test('diff reads both sides from git', () => {
  const folder = repositoryWith({ 'openapi.yaml': users, 'schemas/user.yaml': user }, { 'schemas/user.yaml': leakyUser })
  const { stdout, status } = specgate(folder, 'diff', 'main:openapi.yaml', 'HEAD:openapi.yaml', '--format', 'json')
  expect(JSON.parse(stdout).changes).toMatchObject([
    { rule: 'response-property-added', security: 'exposure', head: { file: 'schemas/user.yaml', line: 6 } },
  ])
  expect(status).toBe(0)
})

test.each([
  ['a file that does not exist', ['diff', 'nowhere.yaml', 'nowhere.yaml'], 'nowhere.yaml'],
  ['an unknown flag', ['diff', 'a.yaml', 'a.yaml', '--frmat', 'json'], '--frmat'],
  ['an unknown format', ['diff', 'a.yaml', 'a.yaml', '--format', 'xml'], 'xml'],
  ['an unknown command', ['dif', 'a.yaml', 'a.yaml'], 'dif'],
  ['an unknown revision', ['diff', 'nope:a.yaml', 'HEAD:a.yaml'], 'nope'],
  ['no repository', ['review'], 'repository'],
  ['an unknown rule', ['explain', 'response-property-remove'], 'response-property-removed'],
  ['something that is no snapshot', ['replay', 'a.yaml'], 'a.yaml'],
])('%s: exit code 2, one sentence, nothing on standard output', (_, args, mention) => {
  const { status, stdout, stderr } = specgate(folderWith({ 'a.yaml': users, 'schemas/user.yaml': user }), ...args)
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(mention)
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
  expect(stderr).not.toContain('fault of Specgate')
})

test('an unreadable side: exit code 2, the problem with its line in the output', () => {
  const folder = folderWith({ 'a.yaml': users, 'schemas/user.yaml': user, 'b.yaml': `${users}  broken: [\n` })
  const { status, stdout } = specgate(folder, 'diff', 'a.yaml', 'b.yaml', '--format', 'json')
  expect(status).toBe(2)
  expect(JSON.parse(stdout).problems[0]).toMatchObject({ kind: 'syntax', file: 'b.yaml', line: expect.any(Number) })
})

test('a reference through a symbolic link that leaves the folder is not read', () => {
  const folder = folderWith({ 'a.yaml': users.replace('schemas/user.yaml', 'secret.yaml') })
  const outside = folderWith({ 'secret.yaml': 'type: object\nproperties: { canary: { type: string } }\n' })
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'secret.yaml'))
  const { stdout } = specgate(folder, 'diff', 'a.yaml', 'a.yaml', '--format', 'json')
  expect(JSON.parse(stdout).problems[0]).toMatchObject({ kind: 'reference' })
  expect(stdout).not.toContain('canary')
})

test('lint: errors exit with 1; with --base only what is new counts', () => {
  const folder = repositoryWith({ 'openapi.yaml': users, 'schemas/user.yaml': leakyUser }, { 'README.md': 'Hello.\n' })
  const all = specgate(folder, 'lint', 'openapi.yaml', '--format', 'json')
  expect(all.status).toBe(1)
  expect(JSON.parse(all.stdout).findings).toEqual(
    expect.arrayContaining([expect.objectContaining({ rule: 'response-secret', severity: 'error' })]),
  )
  const fresh = specgate(folder, 'lint', 'openapi.yaml', '--base', 'main', '--format', 'json')
  expect(fresh.status).toBe(0)
  expect(JSON.parse(fresh.stdout)).toMatchObject({ findings: [], existing: expect.any(Number) })
})

const policy = `version: 1
mode: enforce
rules:
  - { name: breaking changes need an owner, when: { class: breaking }, require: { approvals: { from: owners } } }
  - { name: no secrets in responses, when: { sensitivity: credential }, deny: true }
`

test('review says what the pull request would get, and replay of the saved snapshot says the same', () => {
  const folder = repositoryWith(
    { 'openapi.yaml': users, 'schemas/user.yaml': user, '.github/specgate.yml': policy, '.github/CODEOWNERS': '* @acme/api\n' },
    { 'schemas/user.yaml': leakyUser },
  )
  const reviewed = specgate(folder, 'review', '--base', 'main', '--format', 'json', '--save', 'snapshot.json')
  expect(reviewed.status).toBe(1)
  const review = JSON.parse(reviewed.stdout)
  expect(review).toMatchObject({ schema: 'specgate/review@1', verdict: { review: 'failure', approval: 'failure' } })
  expect(review.findings[0]).toMatchObject({ blocking: true, place: { file: 'schemas/user.yaml', line: 6 } })
  const replayed = specgate(folder, 'replay', 'snapshot.json', '--format', 'json')
  expect(JSON.parse(replayed.stdout)).toEqual(review)
  expect(replayed.status).toBe(1)
})

test.each(['text', 'json', 'markdown', 'sarif', 'github'])('review in the format %s has a result and no escape codes', (format) => {
  const folder = repositoryWith({ 'openapi.yaml': users, 'schemas/user.yaml': user }, { 'schemas/user.yaml': leakyUser })
  const { stdout, status } = specgate(folder, 'review', '--base', 'main', '--format', format)
  expect(status).toBe(0)
  expect(stdout).toContain('passwordHash')
  expect(stdout).not.toContain('\u001b')
})

test('a branch without API changes is fine', () => {
  const folder = repositoryWith({ 'openapi.yaml': users, 'schemas/user.yaml': user }, { 'README.md': 'Hello.\n' })
  const { stdout, status } = specgate(folder, 'review', '--base', 'main')
  expect(stdout).toContain('No API description changed')
  expect(status).toBe(0)
})

test('policy check names each mistake with its line', () => {
  const folder = folderWith({ 'good.yml': policy, 'bad.yml': policy.replace('mode: enforce', 'mode: enforced\nrulez: []') })
  expect(specgate(folder, 'policy', 'check', 'good.yml').status).toBe(0)
  const bad = specgate(folder, 'policy', 'check', 'bad.yml')
  expect(bad.status).toBe(1)
  expect(bad.stdout).toContain('bad.yml:2')
  expect(bad.stdout).toContain('bad.yml:3')
})

test('policy explain says where each rule is written', () => {
  const folder = repositoryWith({ '.github/specgate.yml': policy }, {})
  expect(specgate(folder, 'policy', 'explain').stdout).toContain('.github/specgate.yml:5')
})

test('rules lists the whole catalogue and explain prints a page', () => {
  const folder = folderWith({})
  const { rules } = JSON.parse(specgate(folder, 'rules', '--format', 'json').stdout)
  expect(rules.length).toBeGreaterThan(100)
  expect(specgate(folder, 'explain', rules[0].id).stdout).toContain(rules[0].id)
})

test('a pipe that is closed early is no fault', () => {
  const folder = folderWith({})
  expect(specgate(folder, '--help').status).toBe(0)
  expect(specgate(folder, '--version').stdout.trim()).toBe(
    JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version,
  )
})

test('an uncommitted change is not reviewed, and the review says so', () => {
  const folder = repositoryWith({ 'openapi.yaml': users, 'schemas/user.yaml': user }, {})
  write(folder, { 'schemas/user.yaml': leakyUser })
  const { stdout, stderr } = specgate(folder, 'review', '--base', 'main')
  expect(stdout).toContain('No API description changed')
  expect(stderr).toContain('not committed')
  git(folder, 'checkout', '-q', '--', '.')
  writeFileSync(join(folder, 'note.txt'), 'x')
  expect(specgate(folder, 'review', '--base', 'main').stderr).toBe('')
  rmSync(folder, { recursive: true })
})
