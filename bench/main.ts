/**
 * `npm run bench [-- diff|lint|review|service|policy|read|accuracy]`: what Specgate costs beside its peers, on the same work in the same run.
 * Without the corpus (`../shared/corpus`) it measures the demo's descriptions and says so. Peers are those that `npm run bench:peers` installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const benches: Readonly<Record<string, readonly string[]>> = {
  diff: ['cold.ts diff', 'warm.ts diff'],
  lint: ['lint-speed.ts', 'lint-against-spectral.ts', 'cold.ts lint', 'warm.ts lint', 'lint-peers.ts', 'lint-corpus.ts'],
  review: ['warm.ts review', 'phases.ts', 'curves.ts'],
  startup: ['cold.ts startup'],
  service: ['service.ts'],
  policy: ['policy.ts'],
  read: ['read-corpus.ts'],
  accuracy: ['diff-corpus.ts'],
}

const [name, ...rest] = process.argv.slice(2)
const wanted = name === undefined ? ['startup', 'diff', 'lint', 'review'] : [name]
for (const one of wanted) {
  const scripts = benches[one]
  if (scripts === undefined) {
    console.error(`There is no bench \`${one}\`; there are ${Object.keys(benches).join(', ')}.`)
    process.exit(2)
  }
  for (const script of scripts) {
    const [file, ...args] = script.split(' ')
    const path = join(import.meta.dirname, file ?? '')
    if (!existsSync(path)) continue
    console.log(`\n# ${one}: ${script}`)
    spawnSync(process.execPath, ['--expose-gc', path, ...args, ...rest], { stdio: 'inherit' })
  }
}
