/** Cold processes side by side: the command line as it is published (built first), against the peers that are installed. */
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { interleaved, type Command } from './measure.ts'
import { measuredPairs, type Pair } from './pairs.ts'

const root = resolve(import.meta.dirname, '..')
const installed = resolve(import.meta.dirname, 'peers-installed')
const main = join(root, 'dist/cli/main.js')
const specgate = (...args: string[]): Command => ({ file: process.execPath, args: [main, ...args], cwd: root })
const rounds = 5

/** Peers by name: the file that must exist, and the command. */
function peers(kind: string, pair: Pair): Record<string, Command> {
  const bin = (name: string) => join(installed, 'bin', name)
  const module = (name: string) => join(installed, 'node_modules/.bin', name)
  const all: Record<string, readonly [string, string, Command]> = {
    'oasdiff changelog': ['diff', bin('oasdiff'), { file: bin('oasdiff'), args: ['changelog', pair.base, pair.head] }],
    'oasdiff breaking': ['diff', bin('oasdiff'), { file: bin('oasdiff'), args: ['breaking', pair.base, pair.head] }],
    'openapi-diff (npm)': [
      'diff',
      module('openapi-diff'),
      { file: process.execPath, args: [module('openapi-diff'), pair.base, pair.head] },
    ],
    'vacuum lint': ['lint', bin('vacuum'), { file: bin('vacuum'), args: ['lint', '-b', pair.head] }],
    'spectral lint (spectral:oas)': [
      'lint',
      module('spectral'),
      { file: process.execPath, args: [module('spectral'), 'lint', '-r', spectralRules(), pair.head] },
    ],
    'redocly lint (recommended)': [
      'lint',
      module('redocly'),
      { file: process.execPath, args: [module('redocly'), 'lint', '--extends', 'recommended', pair.head] },
    ],
  }
  const present: Record<string, Command> = {}
  for (const [name, [of, file, command]] of Object.entries(all)) {
    if (of !== kind) continue
    if (existsSync(file)) present[name] = command
    else console.log(`absent: ${name} (npm run bench:peers installs it)`)
  }
  return present
}

function spectralRules(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'specgate-bench-')), 'rules.yaml')
  writeFileSync(file, 'extends: ["spectral:oas"]\n')
  return file
}

async function table(title: string, commands: Readonly<Record<string, Command>>): Promise<void> {
  console.log(`\n## ${title}\n\n| | CPU ms | wall ms | peak MB | exit | runs |\n|---|--:|--:|--:|--:|--:|`)
  for (const [name, cost] of Object.entries(await interleaved(commands, rounds)))
    console.log(
      `| ${name} | ${cost.cpuMs.toFixed(0)} | ${cost.wallMs.toFixed(0)} | ${cost.peakMb.toFixed(0)} | ${cost.status === null ? 'not ended in 300 s' : String(cost.status)} | ${String(cost.runs)} |`,
    )
}

const [kind = 'diff'] = process.argv.slice(2)
spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (kind === 'startup') {
  const demo = join(root, 'fixtures/demo/repository/apis/orders/openapi.yaml')
  await table('Start-up', {
    'specgate --help': specgate('--help'),
    'specgate diff of two small files': specgate('diff', demo, demo),
    'node (nothing)': { file: process.execPath, args: ['-e', '0'] },
  })
} else {
  for (const pair of measuredPairs()) {
    const ours =
      kind === 'diff'
        ? { 'specgate diff': specgate('diff', pair.base, pair.head) }
        : { 'specgate lint': specgate('lint', pair.head), 'specgate lint --base': specgate('lint', pair.head, '--base', pair.base) }
    await table(`${kind}: ${pair.name}`, { ...ours, ...peers(kind, pair) })
  }
}
