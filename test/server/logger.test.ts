/** What reaches the log: named fields, without secrets, at every level. */
import { expect, test } from 'vitest'
import { recordLog } from './silent.ts'

const canary = 'canary-secret-value'

test('fields that are not named are dropped, and nested ones with them', () => {
  const { log, lines } = recordLog('trace')
  const fields: any = { delivery: 'd', payload: { canary }, headers: { authorization: canary }, number: { canary } }
  log.info(fields, 'Reviewed')
  expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'info', time: expect.any(String), delivery: 'd', msg: 'Reviewed' })
})

test('known secrets and everything of the shape of a token are cut out, also of messages', () => {
  const { log, lines, describe } = recordLog('info', [canary, `-----BEGIN PRIVATE KEY-----\nMIIBcanarykeyline\n-----END PRIVATE KEY-----`])
  log.error({ error: `it said ${canary}` }, `and MIIBcanarykeyline and ghs_${'a'.repeat(36)} and eyJhbGciOi.eyJpc3MiOiI0.c2lnbmF0dXJl`)
  expect(lines.join('')).not.toMatch(/canary|ghs_a|eyJ/)
  expect(describe(new Error(`no ${canary}\nsecond line`))).toBe('Error: no [secret]')
})

test('libraries may warn, with their message alone', () => {
  const { library, lines } = recordLog('trace')
  library.child({ name: 'octokit' }).debug({ body: canary }, 'GitHub request')
  library.child({ name: 'octokit' }).warn({ body: canary }, 'Secondary limit')
  library.error(new Error(canary))
  const text = lines.join('')
  expect(text).toContain('Secondary limit')
  expect(text).not.toContain('GitHub request')
  expect(text).not.toContain('"body"')
})
