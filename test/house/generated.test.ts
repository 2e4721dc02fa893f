/** What is generated is committed as it is generated; `npm run generate` writes it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { generatedFiles } from '../../scripts/generate.ts'

const root = resolve(import.meta.dirname, '../..')
const files = generatedFiles()

test('docs/rules holds a page for each rule and no other', () => {
  const expected = [...files.keys()].filter((path) => path.startsWith('docs/rules/')).map((path) => path.slice('docs/rules/'.length))
  expect(readdirSync(join(root, 'docs/rules')).sort()).toEqual(expected.sort())
})

test.each([...files])('%s is current', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text)
})
