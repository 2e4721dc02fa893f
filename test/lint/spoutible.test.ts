/** The incident that this product is told by: every field that leaked is an error, whatever else the description says. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lintDescription } from '../../src/lint/lint.ts'
import { described, lineOf } from './lint-text.ts'

const text = readFileSync(join(import.meta.dirname, '../../fixtures/lint-cases/spoutible.yaml'), 'utf8')
const leaked = text.split('\n').flatMap((line, index) => (line.endsWith('# leaked') ? [index + 1] : []))
const others =
  '  /other:\n    post: { security: [{ token: [] }], responses: { "200": { description: Done. } } }\ncomponents:\n  securitySchemes: { token: { type: http, scheme: bearer } }\n'

async function errorLines(of: string): Promise<readonly number[]> {
  const api = described(of)
  const { findings } = await lintDescription(api, null)
  return findings.filter((finding) => finding.severity === 'error').map((finding) => lineOf(api, finding))
}

test.each([
  ['as it was, without any authentication', text],
  ['with authentication elsewhere', text.replace('components:\n', others)],
  [
    'public on purpose',
    text
      .replace('      operationId: userProfileBox\n', '      security: []\n      operationId: userProfileBox\n')
      .replace('components:\n', others),
  ],
])('every leaked field is an error: %s', async (_, of) => {
  const moved = of.split('\n').flatMap((line, index) => (line.endsWith('# leaked') ? [index + 1] : []))
  expect(leaked).toHaveLength(7)
  expect(await errorLines(of)).toEqual(expect.arrayContaining(moved))
})

test('behind authentication the credentials are errors still', async () => {
  const api = described(
    text.replace('components:\n', 'security: [{ token: [] }]\ncomponents:\n  securitySchemes: { token: { type: http, scheme: bearer } }\n'),
  )
  const { findings } = await lintDescription(api, null)
  const errors = findings.filter((finding) => finding.severity === 'error').map((finding) => finding.place.pointer.split('/').at(-1))
  expect(errors.sort()).toEqual(['2fa_backup_code', '2fa_secret', 'em_code', 'password'])
})

test('fields that anybody may know are left alone', async () => {
  const api = described(text)
  const { findings } = await lintDescription(api, null)
  const names = findings.filter((finding) => finding.severity === 'error').map((finding) => finding.place.pointer.split('/').at(-1))
  for (const name of ['id', 'username', 'about', 'avatar', 'created_at']) expect(names).not.toContain(name)
})
