/**
 * The stock rulesets (spectral:oas, and the npm OWASP set) through our engine and through the stock `spectral` command, on the same files: what each costs,
 * and whether anything that Spectral finds is lost. Ends with exit code 1 when something is. The OWASP set runs without `no-numeric-ids`, which
 * makes plain Spectral reject GitHub's description as a whole. `--large` adds GitHub's 13 MB (plain Spectral needs minutes for it);
 * `--only TEXT` takes the descriptions whose name has the text. Usage: node bench/lint-against-spectral.ts [--large] [--only TEXT] [--show]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lintDescription } from '../src/lint/lint.ts'
import { readDescription } from '../src/openapi/read.ts'
import { measure } from './measure.ts'
import { measuredPairs, type Pair } from './pairs.ts'

const args = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'specgate-bench-'))
const cli = createRequire(import.meta.url)
  .resolve('@stoplight/spectral-cli/package.json')
  .replace('package.json', 'dist/index.js')
const owasp = createRequire(import.meta.url)
  .resolve('@stoplight/spectral-owasp-ruleset')
  .replace(/\.js$/, '.mjs')

const rulesets: Readonly<Record<string, { readonly ours: string; readonly plain: string }>> = {
  'spectral:oas': { ours: 'extends: [spectral:oas]\n', plain: 'extends: ["spectral:oas"]\n' },
  'npm OWASP set': {
    ours: 'extends: ["@stoplight/spectral-owasp-ruleset"]\nrules: { "owasp:api1:2023-no-numeric-ids": off }\n',
    plain: `extends: [${JSON.stringify(owasp)}]\nrules: { "owasp:api1:2023-no-numeric-ids": off }\n`,
  },
}

interface PlainResult {
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly source?: string
}

/** A finding as both engines know it: the rule and the place. */
function keyOf(rule: string, pointer: string): string {
  return `${rule} ${pointer}`
}

function pointerOf(path: readonly (string | number)[]): string {
  return path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

async function plain(
  file: string,
  ruleset: string,
): Promise<{ readonly results: readonly PlainResult[] | null; readonly cpuMs: number; readonly peakMb: number }> {
  const rules = join(folder, 'rules.yaml')
  writeFileSync(rules, ruleset)
  const command = [cli, 'lint', file, '--ruleset', rules, '--format', 'json', '--quiet', '--output', join(folder, 'plain.json')]
  writeFileSync(join(folder, 'plain.json'), '')
  const cost = await measure({ file: process.execPath, args: ['--max-old-space-size=6000', ...command] })
  const text = readFileSync(join(folder, 'plain.json'), 'utf8')
  return { results: text === '' ? null : JSON.parse(text), ...cost }
}

async function ours(text: string, path: string, ruleset: string) {
  const started = process.cpuUsage()
  const read = readDescription({ text, path })
  if ('problems' in read) throw new Error(read.problems[0]?.message)
  const outcome = await lintDescription(read.api, null, { rulesets: [{ path: '.spectral.yaml', text: ruleset, from: 'bench' }] })
  const { user, system } = process.cpuUsage(started)
  return { ...outcome, cpuMs: (user + system) / 1000 }
}

/** What its parser and resolver say of the file; ours say it as problems of the description. */
const remarks = new Set(['parser', 'unrecognized-format', 'invalid-ref'])

/** What Spectral finds and we do not. Its parser's own remarks are left out; a place that it maps to the parent of the real one is no loss where we have the real one. */
function lost(results: readonly PlainResult[], found: ReadonlySet<string>): readonly string[] {
  const above = new Set([...found].flatMap((key) => ancestors(key)))
  const keys = new Set(results.filter(({ code }) => !remarks.has(code)).map(({ code, path }) => keyOf(code, pointerOf(path))))
  return [...keys].filter((key) => !found.has(key) && !above.has(key))
}

function ancestors(key: string): readonly string[] {
  const parts = key.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'))
}

let isLost = false

async function row(pair: Pair, [name, ruleset]: readonly [string, { readonly ours: string; readonly plain: string }]): Promise<string> {
  const text = readFileSync(pair.head, 'utf8')
  const path = pair.head.split('/').at(-1) ?? 'openapi.yaml'
  const mine = await ours(text, path, ruleset.ours)
  const theirs = await plain(pair.head, ruleset.plain)
  const found = new Set(mine.findings.map(({ rule, place }) => keyOf(rule, place.pointer)))
  const missing = theirs.results === null ? null : lost(theirs.results, found)
  if (missing !== null && missing.length > 0) isLost = true
  if (args.includes('--show')) for (const key of (missing ?? []).slice(0, 20)) console.log(`  lost: ${key}`)
  const cells = [
    pair.name,
    name,
    mine.cpuMs.toFixed(0),
    theirs.cpuMs.toFixed(0),
    `${(theirs.cpuMs / mine.cpuMs).toFixed(1)} ×`,
    theirs.peakMb.toFixed(0),
    String(found.size),
    theirs.results === null ? 'no answer' : String(theirs.results.length),
    missing === null ? '-' : String(missing.length),
  ]
  return `| ${cells.join(' | ')} |`
}

if (spawnSync(process.execPath, [cli, '--version']).status !== 0) {
  console.log('absent: @stoplight/spectral-cli (npm ci installs it)')
  process.exit(0)
}
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '') : ''
const pairs = measuredPairs()
  .filter(({ name }) => name.includes(only))
  .filter(({ name }) => (args.includes('--large') ? !name.startsWith('11 MB') : !/GitHub/.test(name)))
console.log(
  '\n| description | ruleset | ours, CPU ms | spectral, CPU ms | ratio | spectral, peak MB | places found by us | results of spectral | lost |',
)
console.log('|---|---|--:|--:|--:|--:|--:|--:|--:|')
for (const pair of pairs) for (const ruleset of Object.entries(rulesets)) console.log(await row(pair, ruleset))
console.log(isLost ? '\nSomething that Spectral finds is lost: see the last column.' : '\nNothing is lost.')
process.exitCode = isLost ? 1 : 0
