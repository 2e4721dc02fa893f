/**
 * Lints one description of each repository of the corpus (`../shared/corpus/real`, or the folder given): findings for each hundred operations by
 * severity, by rule and by description, with time and notes. `--rule ID` prints each finding of a rule, `--pairs` lints every pair against its
 * base instead and prints what is new. Usage: node bench/lint-corpus.ts [--rule ID] [--pairs] [--set strict] [FOLDER]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { footprintOf } from '../src/diff/footprint.ts'
import { lintDescription } from '../src/lint/lint.ts'
import type { LintOptions } from '../src/lint/lint.ts'
import type { UnplacedFinding } from '../src/model/finding.ts'
import { rawOperations } from '../src/openapi/operations.ts'
import { readDescription } from '../src/openapi/read.ts'
import type { ApiDescription } from '../src/openapi/types.ts'

const args = process.argv.slice(2)
const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const shown = option('--rule')
const profile = option('--set') === 'strict' ? 'strict' : 'security'
const valueOptions = ['--rule', '--set']
const folder =
  args.find((arg, index) => !arg.startsWith('--') && !valueOptions.includes(args[index - 1] ?? '')) ??
  new URL('../../shared/corpus/real', import.meta.url).pathname
const now = '2026-06-01T00:00:00Z'

interface Pair {
  readonly set: string
  readonly folder: string
  readonly repo: string
  readonly base: string
  readonly head: string
}

if (!existsSync(folder)) {
  console.log(`The corpus is not here (${folder}); nothing was measured.`)
  process.exit(0)
}

function pairs(): readonly Pair[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((set) => set.isDirectory())
    .flatMap((set) =>
      readdirSync(join(folder, set.name)).flatMap((id) => {
        const at = join(folder, set.name, id)
        const file = join(at, 'pair.json')
        if (!existsSync(file)) return []
        const pair = JSON.parse(readFileSync(file, 'utf8'))
        return [
          {
            set: set.name,
            folder: at,
            repo: pair.repo ?? id,
            base: pair.base_root ?? pair.base_file ?? pair.file,
            head: pair.head_root ?? pair.head_file ?? pair.file,
          },
        ]
      }),
    )
}

function read(pair: Pair, side: 'base' | 'head'): ApiDescription | null {
  const root = join(pair.folder, side)
  const files: Record<string, string> = {}
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name)
    if (entry.isFile()) files[relative(root, full)] = readFileSync(full, 'utf8')
  }
  const result = readDescription({ text: files[pair[side]] ?? '', path: pair[side], files })
  return 'api' in result ? result.api : null
}

const totals = new Map<string, number>()
const count = (key: string, by = 1): void => void totals.set(key, (totals.get(key) ?? 0) + by)

function show(name: string, findings: readonly UnplacedFinding[]): void {
  for (const finding of findings) {
    count(`${finding.severity} ${finding.rule}`)
    if (finding.rule === shown) console.log(`  ${name} ${finding.severity} ${finding.place.pointer}\n      ${finding.message}`)
  }
}

async function heads(): Promise<void> {
  const latest = new Map<string, Pair>()
  for (const pair of pairs()) latest.set(`${pair.repo} ${pair.head}`, pair)
  const byRepo = new Map<string, Pair>()
  for (const pair of latest.values()) byRepo.set(pair.repo, pair)
  for (const [repo, pair] of byRepo) {
    const api = read(pair, 'head')
    if (api === null) continue
    const started = process.cpuUsage()
    const { findings, notes } = await lintDescription(api, null, { now, ruleset: profile })
    const used = process.cpuUsage(started)
    const operations = rawOperations(api).length
    const errors = findings.filter((finding) => finding.severity === 'error').length
    const per = (number: number): string => (operations === 0 ? '-' : ((number / operations) * 100).toFixed(1))
    const worse = findings.filter((finding) => finding.severity !== 'notice').length - errors
    console.log(
      `${repo.padEnd(44)} ${String(operations).padStart(5)} operations  errors ${String(errors).padStart(4)} (${per(errors)} per 100)  warnings ${String(worse).padStart(4)}  ${((used.user + used.system) / 1000).toFixed(0)} ms${notes.length > 0 ? `  ${notes.join(' ')}` : ''}`,
    )
    show(repo, findings)
    count('operations', operations)
    count('errors', errors)
    count('warnings', worse)
    count('findings', findings.length)
  }
  const operations = totals.get('operations') ?? 0
  for (const kind of ['errors', 'warnings', 'findings'])
    console.log(`${kind} per 100 operations: ${(((totals.get(kind) ?? 0) / operations) * 100).toFixed(2)}`)
}

async function changes(): Promise<void> {
  for (const pair of pairs()) {
    const [base, head] = [read(pair, 'base'), read(pair, 'head')]
    if (base === null || head === null) continue
    const options: LintOptions = { now, ruleset: profile }
    const scoped = await lintDescription(head, base, { ...options, footprint: footprintOf(base, head) })
    const full = await lintDescription(head, base, options)
    const [a, b] = [scoped.findings, full.findings].map((findings) =>
      findings.map((finding) => `${finding.rule} ${finding.place.pointer} ${finding.severity} ${finding.message}`).sort(),
    )
    if (JSON.stringify(a) !== JSON.stringify(b)) {
      count('pairs where the scoped lint differs')
      console.log(
        `${pair.set} ${pair.folder.split('/').at(-1) ?? ''}: scoped and full lint differ`,
        a?.filter((x) => b?.includes(x) !== true).slice(0, 5),
        b?.filter((x) => a?.includes(x) !== true).slice(0, 5),
      )
    }
    count('pairs')
    count(`new ${pair.set}`, full.findings.length)
    show(`${pair.set} ${pair.folder.split('/').at(-1) ?? ''}`, full.findings)
  }
}

await (args.includes('--pairs') ? changes() : heads())
for (const [key, number] of [...totals].sort()) console.log(`${String(number).padStart(7)}  ${key}`)
