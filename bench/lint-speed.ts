/**
 * How long linting takes: GitHub's description (13 MB) from `../shared/corpus/real/large`, one operation changed, base and head, and in full; process CPU. Ends with
 * exit code 1 when the change-scoped run finds something else than the full one. Usage: node bench/lint-speed.ts [--scoped] [--stock] [FOLDER]
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { footprintOf } from '../src/diff/footprint.ts'
import { lintDescription } from '../src/lint/lint.ts'
import type { LintOptions, LintOutcome } from '../src/lint/lint.ts'
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

interface Row {
  readonly name: string
  readonly cpuMs: number
  readonly wallMs: number
  readonly outcome: LintOutcome
}

async function run(name: string, lint: () => Promise<LintOutcome>): Promise<Row> {
  const started = process.cpuUsage()
  const wall = performance.now()
  const outcome = await lint()
  const { user, system } = process.cpuUsage(started)
  return { name, cpuMs: (user + system) / 1000, wallMs: performance.now() - wall, outcome }
}

/** The median of the last runs of a warm process; what is read is read anew each time, outside the clock. */
async function warm(name: string, lint: (head: ApiDescription, base: ApiDescription) => Promise<LintOutcome>): Promise<Row> {
  const rows: Row[] = []
  for (let round = 0; round < 5; round += 1) {
    const [head, base] = [read(headText), read(text)]
    rows.push(await run(name, () => lint(head, base)))
  }
  const [middle] = rows
    .slice(2)
    .sort((x, y) => x.cpuMs - y.cpuMs)
    .slice(1)
  if (middle === undefined) throw new Error('Nothing was run.')
  return middle
}

function print({ name, cpuMs, wallMs, outcome }: Row): void {
  const cells = [
    name,
    cpuMs.toFixed(0),
    wallMs.toFixed(0),
    String(outcome.findings.length),
    String(outcome.existing),
    outcome.notes.join(' ').slice(0, 80),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

const shipped = {
  rulesets: [{ path: '.spectral.yaml', text: 'extends: [specgate:strict, specgate:gdpr, specgate:hipaa, specgate:pci]', from: 'bench' }],
} satisfies LintOptions
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
console.log(`\n${(text.length / 1e6).toFixed(1)} MB: ${largest ?? ''}\n`)
console.log('| base and head, one operation changed | CPU ms | wall ms | new | existing | notes |\n|---|--:|--:|--:|--:|---|')
const scoped = await warm('recommended', (head, base) => lintDescription(head, base, { footprint: footprintOf(base, head) }))
print(scoped)
print(await warm('all shipped rulesets', (head, base) => lintDescription(head, base, { ...shipped, footprint: footprintOf(base, head) })))
print(
  await warm('all shipped and stock rulesets', (head, base) =>
    lintDescription(head, base, { ...stock, footprint: footprintOf(base, head) }),
  ),
)
if (args.includes('--scoped')) process.exit()
console.log('\n| in full | CPU ms | wall ms | new | existing | notes |\n|---|--:|--:|--:|--:|---|')
print(await run('recommended, one side', () => lintDescription(read(text), null)))
print(await run('strict, one side', () => lintDescription(read(text), null, { ruleset: 'strict' })))
const full = await run('recommended, both sides', () => lintDescription(read(headText), read(text)))
print(full)
if (args.includes('--stock')) print(await run('all shipped and stock rulesets, one side', () => lintDescription(read(text), null, stock)))

const places = ({ outcome }: Row): string =>
  JSON.stringify(outcome.findings.map(({ rule, place, message }) => [rule, place, message]).sort())
const isSame = places(scoped) === places(full) && scoped.outcome.findings.length > 0
console.log(
  isSame ? '\nThe change-scoped run finds what the full run of both sides finds.' : '\nThe change-scoped run and the full run differ.',
)
process.exitCode = isSame ? 0 : 1
