/**
 * Installs the peers that we measure ourselves against into `bench/peers-installed` (ignored by git): oasdiff and vacuum with Go where there
 * is a Go toolchain, the others from npm. What cannot be installed is named and left out; nothing of it becomes a dependency.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, 'peers-installed')

const goPeers = ['github.com/oasdiff/oasdiff@v1.28.0', 'github.com/daveshanley/vacuum@latest']
const npmPeers = ['@stoplight/spectral-cli@6.16.3', '@redocly/cli@latest', 'openapi-diff@0.24.1', 'api-smart-diff@1.0.6']

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status, error } = spawnSync(command, args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  })
  return error === undefined && status === 0
}

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
for (const peer of goPeers)
  console.log(
    run('go', ['install', peer], { GOBIN: join(folder, 'bin') })
      ? `installed ${peer}`
      : `absent: ${peer} (no Go toolchain, or it does not build)`,
  )
for (const peer of npmPeers)
  console.log(
    run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', peer]) ? `installed ${peer}` : `absent: ${peer}`,
  )
