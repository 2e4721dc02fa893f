/** Everything CI runs, in order, each step with its time; stops at the first failure. */
import { spawnSync } from 'node:child_process'

const steps = ['format', 'lint', 'types', 'unused', 'test', 'generate'] as const

for (const step of steps) {
  const started = performance.now()
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: 'inherit' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${step} (${seconds} s)`)
  if (status !== 0) process.exit(1)
}

// Generated pages and schemas must be committed as they are generated.
const { status } = spawnSync('git', ['diff', '--exit-code', '--stat', '--', 'docs', 'policies'], { stdio: 'inherit' })
console.log(status === 0 ? 'ok   generated files are up to date' : 'FAIL generated files differ: run `npm run generate` and commit')
process.exit(status === 0 ? 0 : 1)
