/**
 * Installs the peers that we measure ourselves against into `bench/peers-installed` (ignored by git): oasdiff and vacuum with Go where there
 * is a Go toolchain, the others from npm. What cannot be installed is named and left out; nothing of it becomes a dependency.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, 'peers-installed')

const goPeers = [
  { name: 'oasdiff', module: 'github.com/oasdiff/oasdiff', version: 'v1.28.0' },
  { name: 'vacuum', module: 'github.com/daveshanley/vacuum', version: 'v0.30.3' },
]
const npmPeers = ['@stoplight/spectral-cli@6.16.3', '@redocly/cli@2.77.0', 'openapi-diff@0.24.1', 'api-smart-diff@1.0.6']

function run(command: string, args: readonly string[], cwd = folder): boolean {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  return error === undefined && status === 0
}

/** Built in a module of its own: `go install` also asks for all versions of a module, which not every proxy lists. */
function buildGo({ name, module, version }: (typeof goPeers)[number]): boolean {
  const own = join(folder, 'go', name)
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'go.mod'), `module peer\n\ngo 1.24\n\nrequire ${module} ${version}\n`)
  return run('go', ['build', '-mod=mod', '-o', join(folder, 'bin', name), module], own)
}

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
for (const peer of goPeers)
  console.log(
    buildGo(peer)
      ? `installed ${peer.name} ${peer.version}`
      : `absent: ${peer.name} ${peer.version} (no Go toolchain, or it does not build)`,
  )
// One by one, so that one that is missing does not keep the others away; saved, or the next would remove the last.
for (const peer of npmPeers)
  console.log(
    run('npm', ['install', '--save-exact', '--no-audit', '--no-fund', '--ignore-scripts', peer]) ? `installed ${peer}` : `absent: ${peer}`,
  )
