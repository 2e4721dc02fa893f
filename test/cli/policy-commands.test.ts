/** `specgate policy`: what is asked before anything is merged. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, git, repositoryWith, specgate, write } from './run-specgate.ts'

const description = (...properties: readonly string[]) => `openapi: 3.0.3
info: { title: Users, version: 1.0.0 }
security: [{ bearer: [] }]
paths:
  /users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
      responses:
        '200':
          description: The user.
          content:
            application/json:
              schema: { type: object, required: [${properties.join(', ')}], properties: { ${properties.map((name) => `${name}: { type: string }`).join(', ')} } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
`
const policy = (rules: string) => `version: 1\nmode: enforce\nrules:\n${rules}`
const needsKim = policy('  - { name: breaking changes, when: { class: breaking }, require: { approvals: { from: "@acme/api" } } }\n')
const changing = () =>
  repositoryWith(
    { 'openapi.yaml': description('id', 'name', 'mail'), '.github/specgate.yml': needsKim },
    { 'openapi.yaml': description('id', 'name') },
  )
const simulate = (folder: string, ...args: readonly string[]) => specgate(folder, 'policy', 'simulate', '--base', 'main', ...args)
const team = ['--author', 'ana', '--team', '@acme/api=kim,tom'] as const

describe('policy simulate', { timeout: 120_000 }, () => {
  test('says who is awaited and what the rule selected', () => {
    const { status, stdout } = simulate(changing(), ...team)
    expect(status).toBe(1)
    expect(stdout).toContain('Waiting for 1 approval of `@acme/api`.')
    expect(stdout).toContain('Rule “breaking changes” selected:')
    expect(stdout).toContain('response-property-removed: ')
  })

  test('an assumed approval is enough, the author’s is not', () => {
    const folder = changing()
    const approved = simulate(folder, ...team, '--approve', 'kim')
    expect([approved.status, approved.stdout.split('\n').find((line) => line === 'Approved.')]).toEqual([0, 'Approved.'])
    expect(simulate(folder, '--author', 'kim', '--team', '@acme/api=kim,tom', '--approve', 'kim').stdout).toContain('does not count')
  })

  test('an approval of an earlier commit counts for what was there already', () => {
    const folder = changing()
    const approvedAt = git(folder, 'rev-parse', 'HEAD')
    write(folder, { 'README.md': 'Nothing about the API.' })
    git(folder, 'add', '-A')
    git(folder, 'commit', '-qm', 'words')
    expect(simulate(folder, ...team, '--approve', `kim@${approvedAt}`)).toMatchObject({ status: 0, stderr: '' })
    write(folder, { 'openapi.yaml': description('id') })
    git(folder, 'commit', '-qam', 'one more')
    const { status, stdout } = simulate(folder, ...team, '--approve', `kim@${approvedAt.slice(0, 10)}`)
    expect(status).toBe(1)
    expect(stdout).toContain('changed after it')
  })

  test('another policy, label or time may be assumed', () => {
    const folder = changing()
    writeFileSync(
      join(folder, 'stricter.yml'),
      policy('  - { name: no breaks, when: { class: breaking, pr: { label: strict } }, deny: true }\n'),
    )
    expect(simulate(folder, '--policy', 'stricter.yml', '--author', 'ana').stdout).not.toContain('forbids')
    const { status, stdout } = simulate(folder, '--policy', 'stricter.yml', '--label', 'strict', '--format', 'json', '--at', '2027-01-31')
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'specgate/simulation@1',
      decision: { status: 'blocked', rules: [{ status: 'denied' }] },
    })
    expect(status).toBe(1)
  })

  test('reads a stored snapshot', () => {
    const folder = changing()
    specgate(folder, 'review', '--base', 'main', '--save', 'snapshot.json')
    expect(specgate(folder, 'policy', 'simulate', 'snapshot.json', ...team, '--approve', 'tom').status).toBe(0)
    expect(specgate(folder, 'policy', 'simulate', 'snapshot.json', ...team, '--approve', 'eve').status).toBe(1)
  })

  test.each([
    ['--team', 'api=kim'],
    ['--permission', 'kim=owner'],
    ['--approve', 'kim@nowhere'],
    ['--policy', 'missing.yml'],
  ])('%s %s is refused with one sentence', (...args) => {
    const { status, stdout, stderr } = simulate(changing(), ...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^specgate: .+\n$/)
  })
})

describe('policy replay', { timeout: 120_000 }, () => {
  const history = () => {
    const folder = changing()
    git(folder, 'checkout', '-q', 'main')
    git(folder, 'merge', '-q', '--no-ff', '-m', 'Merge the removal of mail', 'change')
    write(folder, { 'README.md': 'Nothing about the API.' })
    git(folder, 'add', '-A')
    git(folder, 'commit', '-qm', 'words')
    return folder
  }

  test('tells what a proposed policy would have treated differently', () => {
    const folder = history()
    writeFileSync(join(folder, 'proposed.yml'), policy('  - { name: no breaks, when: { class: breaking }, deny: true }\n'))
    const { status, stdout } = specgate(folder, 'policy', 'replay', '--policy', 'proposed.yml')
    expect(status).toBe(0)
    expect(stdout).toContain('1 change of an API: 1 held more strictly.')
    expect(stdout).toContain('Merge the removal of mail')
    expect(stdout).toContain('Newly: rule “no breaks” forbids 1 finding.')
    expect(stdout).toContain('No longer: rule “breaking changes” asks 1 of `@acme/api` about 1 finding.')
  })

  test('and that nothing is different where nothing is', () => {
    const folder = history()
    writeFileSync(join(folder, 'renamed.yml'), needsKim.replace('name: breaking changes', 'name: another name'))
    const { stdout } = specgate(folder, 'policy', 'replay', '--policy', 'renamed.yml', '--format', 'json')
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'specgate/policy-replay@1', changes: 1, different: [], stricter: 0, milder: 0 })
  })

  test('a policy with mistakes is not replayed', () => {
    const folder = history()
    writeFileSync(join(folder, 'wrong.yml'), 'version: 1\nrulez: []\n')
    expect(specgate(folder, 'policy', 'replay', '--policy', 'wrong.yml')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('wrong.yml:2:1'),
    })
    expect(specgate(folder, 'policy', 'replay', '--last', 'many').status).toBe(2)
  })
})

test('policy schema prints what the manual says to save for editors', { timeout: 60_000 }, () => {
  const folder = folderWith({})
  const schema = specgate(folder, 'policy', 'schema')
  expect(JSON.parse(schema.stdout)).toMatchObject({ title: 'Specgate policy, version 1', properties: { version: { const: 1 } } })
  expect(JSON.parse(specgate(folder, 'policy', 'schema', '--waivers').stdout).properties).toHaveProperty('waivers')
  expect(schema.status).toBe(0)
})

test('policy check notes what is valid and has no effect', { timeout: 60_000 }, () => {
  const folder = folderWith({
    'specgate.yml': `version: 1
apis: [{ id: a, root: a.yaml, compare_with: "tag:v*" }]
rulesets: [acme/rules:all.yaml]
rules:
  - { name: one, when: { rule: sec/auth-removed }, deny: true }
  - { name: two, when: { rule: [respnse-property-removed, "diff/response-*", lint/our-own] }, deny: true }
`,
  })
  const { status, stdout } = specgate(folder, 'policy', 'check', 'specgate.yml', '--format', 'json')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    valid: true,
    notes: [
      'API `a` asks for a comparison with a tag; it is compared with the merge base.',
      'The ruleset `acme/rules:all.yaml` is in another repository; it is not read.',
      expect.stringContaining('No rule of Specgate is called `sec/auth-removed`'),
      'No rule of Specgate is called `respnse-property-removed`, so it selects nothing unless a ruleset of your own has it; did you mean `response-property-removed`?',
    ],
  })
})
