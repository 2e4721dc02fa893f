/** Starting the app where something is in the way: a sentence, never a stack. */
import { expect, test } from 'vitest'
import { folderWith, specgate } from './run-specgate.ts'

test('several private keys in the working directory are named, and what to set', () => {
  const ran = specgate(folderWith({ 'a.pem': 'x', 'b.pem': 'y' }), 'serve')
  expect(ran.status).toBe(2)
  expect(ran.stderr).toContain('`a.pem`, `b.pem`')
  expect(ran.stderr).toContain('PRIVATE_KEY_PATH')
  expect(ran.stderr).not.toMatch(/^\s+at /m)
})
