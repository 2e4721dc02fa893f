/** One engine: the app, the command line and a replay say the same about the same commits. */
import { readFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderWith, specgate } from '../cli/run-specgate.ts'
import { startApp, type TestApp } from './app.ts'

const description = (extra: string) => `openapi: 3.1.0
info: { title: Orders, version: 1.0.0, contact: { email: api@example.com } }
servers: [{ url: https://api.example.com }]
security: [{ bearer: [] }]
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string }
${extra}`

const policy = `version: 1
mode: enforce
rules:
  - { name: breaking changes need an owner, when: { class: breaking }, require: { approvals: { from: owners } } }
`

const teamRule = `rules:
  no-hashes: { given: '$..properties', severity: error, then: { field: passwordHash, function: falsy } }
`

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.stop())

test('the same titles, findings and lines from all three', async () => {
  const { github } = app
  github.organisation('acme')
  github.user('ana')
  const base = {
    'openapi.yaml': description('        total: { type: integer }\n'),
    '.github/specgate.yml': policy,
    '.github/CODEOWNERS': '* @ana\n',
    '.spectral.yaml': 'extends: [./rules/team.yaml]\n',
    'rules/team.yaml': teamRule,
  }
  const shop = await github.createRepository('acme', 'shop', base)
  await shop.commit('topic', { 'openapi.yaml': description('        passwordHash: { type: string }\n') }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'topic' })
  await pull.waitForCheckRuns({ 'API review': 'failure' })
  const [run] = pull.checkRuns().filter(({ name }) => name === 'API review')

  const clone = folderWith({})
  // Not synchronously: the stand-in serves the clone from this process.
  await promisify(execFile)('git', ['clone', '-q', shop.remoteUrl('ana'), '.'], { cwd: clone })
  const local = specgate(clone, 'review', '--base', 'origin/main', '--head', 'origin/topic', '--format', 'json', '--save', 'snapshot.json')
  const review = JSON.parse(local.stdout)
  const replayed = JSON.parse(specgate(clone, 'replay', 'snapshot.json', '--format', 'json').stdout)
  expect(replayed).toEqual(review)
  expect(run?.title).toBe(review.verdict.reviewTitle)
  expect(review.findings.map(({ rule }: { rule: string }) => rule)).toContain('no-hashes')
  const findings: { id: string; place: { file: string; line: number } }[] = review.findings
  expect(findings.length).toBeGreaterThanOrEqual(2)
  expect(run?.annotations.map((annotation) => `${annotation.path}:${annotation.start_line}`).sort()).toEqual(
    findings.map(({ place }) => `${place.file}:${place.line}`).sort(),
  )
  for (const { id } of findings) expect(JSON.stringify([run?.summary, run?.text, run?.annotations])).toContain(id)
  expect(readFileSync(join(clone, 'snapshot.json'), 'utf8')).toContain('specgate/snapshot@1')
})
