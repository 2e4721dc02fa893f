/** The demo as a newcomer runs it: every story ends as told. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

function run(args: readonly string[]): Promise<{ code: number | null; output: string; complaint: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { timeout: 280_000, maxBuffer: 10_000_000 }, (_, output, complaint) =>
      resolve({ code: child.exitCode, output, complaint }),
    )
  })
}

test('`npm run demo -- --exit` tells four stories, finds each as told, and ends with 0', { timeout: 300_000 }, async () => {
  const { code, output, complaint } = await run(['--exit'])
  expect(complaint).toBe('')
  expect(output).not.toContain('not as told')
  expect(output.match(/as told /g)).toHaveLength(6)
  expect(output).toMatch(/passwordHash.*GET/)
  expect(code).toBe(0)
})

test('an argument it does not know is refused with a sentence', async () => {
  const { code, output, complaint } = await run(['--fast'])
  expect([code, output]).toEqual([2, ''])
  expect(complaint).toContain('`--fast`')
})
