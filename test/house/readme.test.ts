/** The README's promises: its example runs, its links lead somewhere, its commands and variables exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { diff, parsePolicy } from '../../src/index.ts'

const root = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '')
}

test('the library example gives what its comment says', () => {
  const example = blocks('ts')[0] ?? ''
  const texts = [...example.matchAll(/text: '([^']+)'/g)].map((match) => match[1] ?? '')
  const promised = /\/\/ '([^']+)'/.exec(example)?.[1]
  expect(diff({ text: texts[0] ?? '' }, { text: texts[1] ?? '' }).changes[0]?.rule).toBe(promised)
})

test('the policy example is valid', () => {
  expect(blocks('yaml').map((text) => parsePolicy(text))).toEqual([expect.objectContaining({ policy: expect.anything() })])
})

test('every npm script it names exists', () => {
  const named = [...readme.matchAll(/npm (?:run (?:--silent )?)?(start|test|demo|specgate|check|bench)\b/g)].map((match) => match[1] ?? '')
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
})

const pages = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'SECURITY.md', ...markdownBelow('docs')]

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
}

test.each(pages)('links of %s lead to files that exist', (page) => {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '')
  const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
  expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([])
})

const forbidden = /\/work\/|\/root\/|\b(subagent|sub-agent|claude|anthropic|chatgpt|openai assistant|workplace)\b/i

test('no page speaks of anything but the product', () => {
  for (const page of pages) expect(forbidden.exec(readFileSync(join(root, page), 'utf8'))?.[0]).toBeUndefined()
})
