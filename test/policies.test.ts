/** The rulesets we ship: they say the same as the engine, and the stock Spectral command runs them on every fixture. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { lintRules } from '../src/lint/catalogue.ts'
import { profileSeverities } from '../src/lint/profiles.ts'
import type { ProfileName } from '../src/lint/profiles.ts'
import { teamRuleset } from '../src/lint/team/team-ruleset.ts'

const root = join(import.meta.dirname, '..')
const text = (name: string): string => readFileSync(join(root, 'policies', `${name}.yaml`), 'utf8')
const written = (name: string): { extends?: unknown; rules: Record<string, any> } => parse(text(name))
const shipped = ['security', 'strict', 'owasp-2023', 'gdpr', 'hipaa', 'pci']
const severities = { error: 'error', warn: 'warning', info: 'notice' } as const

/** Rules that core functions cannot say, as the head of security.yaml tells. */
const engineOnly = [...text('security').matchAll(/^#\s+engine: (.*)$/gm)].flatMap(([, names]) =>
  (names ?? '').split(/[,\s]+/).filter((name) => name !== ''),
)

test('each rule of the catalogue is in security.yaml, or named there as one that needs the engine', () => {
  const rules = Object.keys(written('security').rules)
  expect([...rules, ...engineOnly].sort()).toEqual(lintRules.map((rule) => rule.id).sort())
})

test('security.yaml gives each rule the title and severity of the catalogue', () => {
  for (const [id, rule] of Object.entries(written('security').rules)) {
    const ours = lintRules.find((one) => one.id === id)
    expect(rule.description, id).toBe(ours?.title)
    if (ours?.severity === 'off') expect(rule.recommended, id).toBe(false)
    else expect(severities[rule.severity as keyof typeof severities], id).toBe(ours?.severity)
  }
})

test.each<ProfileName>(['strict', 'owasp-2023'])('%s.yaml gives each rule the severity of the engine', (name) => {
  const base = written('security').rules
  const adjusted = written(name).rules
  for (const [id, severity] of profileSeverities(name)) {
    if (engineOnly.includes(id)) continue
    const inFile = adjusted[id] ?? base[id].severity
    expect(severities[inFile as keyof typeof severities], id).toBe(severity)
  }
})

test.each(shipped)('%s.yaml is a ruleset that Specgate itself accepts from a repository', (name) => {
  const files = [name, ...shipped.filter((other) => other !== name)].map((one) => ({
    path: `policies/${one}.yaml`,
    text: text(one),
    from: 'test',
  }))
  const { problems, definition } = teamRuleset(files, new Map())
  expect(problems).toEqual([])
  expect(definition).not.toBeNull()
})

/** Fixtures on which the plain ruleset answers otherwise, and why. */
const approximations: Readonly<Record<string, string>> = {
  'response-secret/reports-a-secret-in-an-event-we-send.yaml': 'The expression looks at responses of paths only.',
  'oauth-url-https/reports-a-relative-address-on-a-plain-server.yaml': 'Relative addresses are not resolved against servers.',
  'admin-unprotected/allows-an-api-for-administrators-alone.yaml': 'Whether all operations are administrative is not asked.',
  'admin-unprotected/reports-the-inside-of-the-server.yaml': 'Tags, and paths like `/env`, are not looked at.',
  'credential-in-url/reports-the-bare-token-of-a-caller.yaml': 'A parameter named `token` alone is left out.',
  'error-leak/reports-notes-for-developers-in-any-answer.yaml': 'The expression looks at error answers only.',
  'response-pii/reports-a-number-by-the-object-around-it.yaml': 'Names are matched without the object around them.',
  'unsafe-markdown/allows-it.yaml': 'Data in examples is not told from text about it.',
}

describeCli()

function describeCli(): void {
  const folder = join(root, 'fixtures/lint-rules')
  const fixtures = readdirSync(folder).flatMap((rule) => readdirSync(join(folder, rule)).map((file) => `${rule}/${file}`))
  let results: { code: string; source: string; severity: number }[] = []

  beforeAll(() => {
    const cli = createRequire(import.meta.url)
      .resolve('@stoplight/spectral-cli/package.json')
      .replace('package.json', 'dist/index.js')
    const run = spawnSync(
      process.execPath,
      [cli, 'lint', 'fixtures/lint-rules/*/*.yaml', '--ruleset', 'policies/strict.yaml', '--format', 'json', '--quiet'],
      { cwd: root, encoding: 'utf8', maxBuffer: 64e6 },
    )
    expect(run.error).toBeUndefined()
    results = JSON.parse(run.stdout)
  }, 120_000)

  test.each(fixtures.filter((fixture) => !engineOnly.includes(fixture.split('/')[0] ?? '')))('the stock command on %s', (fixture) => {
    const [rule = '', file = ''] = fixture.split('/')
    const reported = results.some((result) => result.code === rule && result.source.endsWith(`lint-rules/${fixture}`))
    const agrees = reported === file.startsWith('reports-')
    if (fixture in approximations) expect(agrees, 'This approximation has become exact: remove it from the list.').toBe(false)
    else expect(agrees).toBe(true)
  })

  test('the stock command accepts every ruleset', () => {
    const cli = createRequire(import.meta.url)
      .resolve('@stoplight/spectral-cli/package.json')
      .replace('package.json', 'dist/index.js')
    for (const name of ['owasp-2023', 'gdpr', 'hipaa', 'pci']) {
      const run = spawnSync(
        process.execPath,
        [
          cli,
          'lint',
          'fixtures/lint-rules/response-pii/reports-identity-numbers-and-open-profiles.yaml',
          '--ruleset',
          `policies/${name}.yaml`,
          '--format',
          'json',
          '--quiet',
        ],
        { cwd: root, encoding: 'utf8' },
      )
      const codes = JSON.parse(run.stdout).map((result: { code: string }) => result.code)
      expect(codes, name).not.toContain('parser')
      if (name !== 'pci') expect(codes, name).toContain('response-pii')
    }
  }, 120_000)
}
