import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parsePolicy, parseWaivers } from '../../src/policy/parse-policy.ts'
import { policyJsonSchema, waiversJsonSchema } from '../../src/policy/policy-json-schema.ts'

const root = new URL('../../', import.meta.url)
const manual = readFileSync(new URL('docs/policy.md', root), 'utf8')

interface Block {
  readonly words: readonly string[]
  readonly text: string
  readonly line: number
}

const blocks: Block[] = [...manual.matchAll(/^```(\S[^\n]*)\n([^]*?)^```$/gm)].map((match) => ({
  words: (match[1] ?? '').split(' '),
  text: match[2] ?? '',
  line: manual.slice(0, match.index).split('\n').length,
}))

const commands = blocks.filter(({ words }) => words[0] === 'sh')
const read = ({ words, text }: Block) => (words.includes('waivers') ? parseWaivers(text) : parsePolicy(text))
const right = blocks.filter(({ words }) => words[0] === 'yaml' && !words.includes('wrong'))
const wrong = blocks.flatMap((block, index) => {
  const message = blocks[index + 1]
  return block.words.includes('wrong') && message !== undefined ? [{ block, message }] : []
})

test('the manual has examples of both kinds, and nothing between them', () => {
  expect(right.length).toBeGreaterThanOrEqual(9)
  expect(wrong.length).toBeGreaterThanOrEqual(7)
  expect(blocks.length).toBe(right.length + 2 * wrong.length + commands.length)
})

const main = readFileSync(new URL('src/cli/main.ts', root), 'utf8')
const commandLine = main.slice(main.indexOf('const policy = '))
const lines = [
  ...commands.flatMap(({ text }) => text.trim().split('\n')),
  ...[...manual.matchAll(/^\| `(specgate [^`]+)` \|/gm)].map(([, line = '']) => line),
]

test.each(lines)('`%s` is a command with these flags', (line) => {
  const [, command = ''] = /^specgate policy ([a-z]+)/.exec(line) ?? []
  const declared = commandLine.slice(commandLine.indexOf(`.command('${command}`)).split('.command(')[1] ?? ''
  expect(commandLine).toContain(`.command('${command}`)
  for (const [flag] of line.matchAll(/--[a-z-]+/g)) expect(flag === '--format' ? '--format' : declared).toContain(flag)
})

test.each(right.map((block) => [block.line, block] as const))('docs/policy.md:%i is a valid file', (_line, block) => {
  expect(read(block)).not.toHaveProperty('problems')
})

test.each(wrong.map(({ block, message }) => [block.line, block, message] as const))(
  'docs/policy.md:%i fails with the message beneath it',
  (_line, block, message) => {
    const result = read(block)
    const said = 'problems' in result ? result.problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`) : []
    expect(said.join('\n')).toBe(message.text.trim())
  },
)

describe('the JSON Schema for editors', () => {
  const schema = policyJsonSchema()
  const validate = new Ajv2020({ strict: false }).compile(schema)

  test('policies/policy.schema.json is the one that the grammar gives', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../policies/policy.schema.json')
  })

  test('agrees with the manual: what is right there is right for an editor', () => {
    for (const { words, text } of right)
      if (!words.includes('waivers')) expect([validate(parse(text)), validate.errors]).toEqual([true, null])
  })

  test.each([
    { version: 2 },
    { version: 1, rulez: [] },
    { version: 1, rules: [{ name: 'abc', when: { clas: 'breaking' }, deny: true }] },
    { version: 1, rules: [{ name: 'abc', when: { class: 'braking' }, deny: true }] },
    { version: 1, mode: 'on' },
    { version: 1, rules: [{ name: 'abc', when: { class: 'docs' }, require: { approvals: { from: 'acme/api' } } }] },
  ])('refuses %j', (value) => {
    expect(validate(value)).toBe(false)
  })

  test('lets `x-` keys stand', () => {
    expect(validate({ version: 1, 'x-team': 1, review: { 'x-a': 1 } })).toBe(true)
  })
})

const starters = readdirSync(new URL('policies/starters/', root)).sort()

test.each(starters)('the starter %s is valid and names the schema', (name) => {
  const text = readFileSync(new URL(`policies/starters/${name}`, root), 'utf8')
  expect(name.includes('waivers') ? parseWaivers(text) : parsePolicy(text)).not.toHaveProperty('problems')
  const [, file = ''] = /^# yaml-language-server: \$schema=\.\/(specgate(?:-waivers)?\.schema\.json)\n/.exec(text) ?? []
  const schemas: Readonly<Record<string, object>> = {
    'specgate.schema.json': policyJsonSchema(),
    'specgate-waivers.schema.json': waiversJsonSchema(),
  }
  const validate = new Ajv2020({ strict: false }).compile(schemas[file] ?? { not: {} })
  expect([validate(parse(text)), validate.errors]).toEqual([true, null])
})

test('there are starters', () => {
  expect(starters).toEqual(['1-starter.yml', '2-small-team.yml', '3-monorepo.yml', '4-organisation.yml', '5-waivers.yml'])
})
