/** A PostgreSQL cluster of the test's own on a loopback port, to be restarted under load as nobody else's may be. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const installed = '/usr/lib/postgresql'

/** The programs of the newest version that is installed; null where there is none. */
export function postgresPrograms(): string | null {
  if (!existsSync(installed)) return null
  const newest = readdirSync(installed)
    .filter((version) => existsSync(join(installed, version, 'bin/postgres')))
    .sort((left, right) => Number(right) - Number(left))[0]
  return newest === undefined ? null : join(installed, newest, 'bin')
}

export interface Cluster {
  readonly url: string
  /** `immediate` is what a crash does; `fast` is what an administrator does. */
  restart(mode: 'fast' | 'immediate'): Promise<void>
  discard(): Promise<void>
}

export async function startCluster(programs: string): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'specgate-cluster-'))
  const isRoot = process.getuid?.() === 0
  // PostgreSQL refuses to run as root.
  const as = async (program: string, ...args: readonly string[]): Promise<void> => {
    const command = [join(programs, program), ...args].map((part) => `'${part}'`).join(' ')
    await (isRoot ? run('su', ['postgres', '-s', '/bin/bash', '-c', command]) : run('bash', ['-c', command]))
  }
  if (isRoot) {
    const { stdout } = await run('id', ['-u', 'postgres'])
    await chown(folder, Number(stdout), -1)
  }
  const port = await freePort()
  const data = join(folder, 'data')
  await as('initdb', '-D', data, '-U', 'specgate', '--auth=trust', '--no-sync')
  const start = (): Promise<void> =>
    as('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', `-h 127.0.0.1 -p ${port} -k ${folder}`, 'start')
  const stop = (mode: string): Promise<void> => as('pg_ctl', '-D', data, '-w', '-m', mode, 'stop')
  await start()
  await as('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'specgate', 'specgate')
  return {
    url: `postgres://specgate@127.0.0.1:${port}/specgate`,
    restart: async (mode) => {
      await stop(mode)
      await start()
    },
    discard: async () => {
      await stop('immediate')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
