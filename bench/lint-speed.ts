/**
 * How long linting takes: GitHub's description (13 MB) from `../shared/corpus/real/large`, one operation changed, base and head, and in full; process CPU and
 * the largest heap seen. Usage: node bench/lint-speed.ts [--stock] [FOLDER]
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { footprintOf } from '../src/diff/footprint.ts'
import { lintDescription } from '../src/lint/lint.ts'
import type { LintOptions } from '../src/lint/lint.ts'
import { readDescription } from '../src/openapi/read.ts'
import type { ApiDescription } from '../src/openapi/types.ts'

const args = process.argv.slice(2)
const folder = args.find((arg) => !arg.startsWith('--')) ?? new URL('../../shared/corpus/real/large', import.meta.url).pathname
if (!existsSync(folder)) {
  console.log(`The large descriptions are not here (${folder}); nothing was measured.`)
  process.exit(0)
}
const largest = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.json') && entry.name !== 'pair.json')
  .map((entry) => join(entry.parentPath, entry.name))
  .sort((a, b) => statSync(b).size - statSync(a).size)[0]
const text = readFileSync(largest ?? '', 'utf8')

function read(of: string): ApiDescription {
  const result = readDescription({ text: of, path: 'api.json' })
  if ('problems' in result) throw new Error(result.problems[0]?.message)
  return result.api
}

/** One operation gains a response property that is a secret. */
function changed(): string {
  const root = JSON.parse(text)
  const schema = root.paths['/repos/{owner}/{repo}/contents/{path}'].get.responses['200'].content['application/json'].schema
  root.paths['/repos/{owner}/{repo}/contents/{path}'].get.responses['200'].content['application/json'].schema = {
    allOf: [schema, { type: 'object', properties: { deploy_password: { type: 'string' } } }],
  }
  return JSON.stringify(root)
}

async function measure(name: string, run: () => Promise<unknown>): Promise<void> {
  const started = process.cpuUsage()
  const wall = performance.now()
  const result: any = await run()
  const { user, system } = process.cpuUsage(started)
  console.log(
    `${name.padEnd(58)} ${((user + system) / 1000).toFixed(0).padStart(7)} ms CPU ${(performance.now() - wall).toFixed(0).padStart(7)} ms wall  ${(process.memoryUsage().rss / 1e6).toFixed(0).padStart(5)} MB  findings ${String(result?.findings?.length ?? '')}, existing ${String(result?.existing ?? '')} ${result?.notes?.slice(0, 2).join(' ') ?? ''}`,
  )
}

const stock = {
  rulesets: [
    {
      path: '.spectral.yaml',
      text: 'extends: [spectral:oas, "@stoplight/spectral-owasp-ruleset", specgate:strict, specgate:gdpr, specgate:hipaa, specgate:pci]',
      from: 'bench',
    },
  ],
} satisfies LintOptions
const headText = changed()
console.log(`${largest ?? ''}: ${(text.length / 1e6).toFixed(1)} MB`)
for (let round = 0; round < 3; round += 1) {
  const base = read(text)
  const head = read(headText)
  await measure(`one operation changed, recommended, footprint included`, () =>
    lintDescription(head, base, { footprint: footprintOf(base, head) }),
  )
}
for (let round = 0; round < 3; round += 1) {
  const base = read(text)
  const head = read(headText)
  await measure(`one operation changed, all shipped and stock rulesets`, () =>
    lintDescription(head, base, { ...stock, footprint: footprintOf(base, head) }),
  )
}
if (!args.includes('--scoped')) await measure('all of it, recommended', () => lintDescription(read(text), null))
if (!args.includes('--scoped')) await measure('all of it, strict', () => lintDescription(read(text), null, { ruleset: 'strict' }))
if (!args.includes('--scoped')) await measure('base and head in full, recommended', () => lintDescription(read(headText), read(text)))
if (args.includes('--stock')) await measure('all of it, all shipped and stock rulesets', () => lintDescription(read(text), null, stock))
