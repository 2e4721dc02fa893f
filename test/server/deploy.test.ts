/** What deploy/ says about the app is true: names, ports, paths, files; and what the image holds is enough to run. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const dockerfile = read('deploy/Dockerfile')
const compose: any = parse(read('deploy/compose.yaml'))
const unit = read('deploy/specgate.service')
const [deployment, service]: any[] = parseAllDocuments(read('deploy/kubernetes/specgate.yaml')).map((document) => document.toJS())
const [container] = deployment.spec.template.spec.containers

const instructions = (name: string): string[][] =>
  dockerfile
    .split('\n')
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.split(/\s+/).slice(1))

/** What the app reads; NODE_ENV is read by it and its libraries. */
const known = new Set(read('src/server/config.ts').match(/\b[A-Z][A-Z0-9]*_[A-Z_]+\b|\bPORT\b|\bHOST\b/g))

test.each<[string, string[]]>([
  [
    'Dockerfile',
    instructions('ENV')
      .flat()
      .map((one) => one.split('=')[0] ?? ''),
  ],
  ['compose.yaml', Object.keys(compose.services.specgate.environment)],
  [
    'specgate.service',
    [...unit.matchAll(/^Environment=(.*)$/gm)].flatMap(([, pairs = '']) => pairs.split(' ').map((one) => one.split('=')[0] ?? '')),
  ],
  ['specgate.yaml', container.env.map(({ name }: { name: string }) => name)],
])('%s sets only what the app reads', (_file, names) => {
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !known.has(name))).toEqual([])
})

test('one port everywhere, and the probed paths are served', () => {
  const env = Object.fromEntries(
    instructions('ENV')
      .flat()
      .map((one) => one.split('=')),
  )
  expect(instructions('EXPOSE')).toEqual([[env['PORT']]])
  expect(compose.services.specgate.ports).toEqual([`${env['PORT']}:${env['PORT']}`])
  expect(container.ports).toEqual([{ containerPort: Number(env['PORT']), name: 'http' }])
  expect(service.spec.ports[0].targetPort).toBe('http')
  expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels)
  const routes = read('src/server/http.ts')
  for (const probe of [container.livenessProbe, container.readinessProbe]) expect(routes).toContain(`'${probe.httpGet.path}'`)
  expect(compose.services.specgate.healthcheck.test.join(' ')).toContain(`127.0.0.1:${env['PORT']}/healthz`)
})

test('keys and data are where the app is told to look for them', () => {
  const env = Object.fromEntries(container.env.map(({ name, value }: any) => [name, value]))
  const mounts = container.volumeMounts.map(({ mountPath }: any) => mountPath)
  expect(mounts).toContain(dirname(env['PRIVATE_KEY_PATH']))
  expect(compose.services.specgate.environment.PRIVATE_KEY_PATH).toBe(`/run/secrets/${compose.services.specgate.secrets[0]}`)
  expect(compose.secrets).toHaveProperty(compose.services.specgate.secrets[0])
  expect(unit).toContain(`SPECGATE_DATA_DIR=/var/lib/${/^StateDirectory=(.*)$/m.exec(unit)?.[1]}`)
  expect(dockerfile).toContain(`VOLUME ${/SPECGATE_DATA_DIR=(\S+)/.exec(dockerfile)?.[1]}`)
})

test('every orchestrator waits longer than the app drains', () => {
  const drain = Number(/drainMs = ([\d_]+)/.exec(read('src/server/lifecycle.ts'))?.[1]?.replace('_', '')) / 1000
  const graces = [
    Number.parseInt(compose.services.specgate.stop_grace_period, 10),
    Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]),
    deployment.spec.template.spec.terminationGracePeriodSeconds,
  ]
  for (const grace of graces) expect(grace).toBeGreaterThan(drain)
})

test('what the image copies is there, and is enough to run', () => {
  const copied = instructions('COPY')
    .filter(([first = '']) => !first.startsWith('--'))
    .flatMap((parts) => parts.slice(0, -1))
  expect(copied).toContain('src')
  const image = mkdtempSync(join(tmpdir(), 'specgate-image-'))
  try {
    for (const path of copied) {
      expect(existsSync(join(root, path)), path).toBe(true)
      cpSync(join(root, path), join(image, path), { recursive: true })
    }
    symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'))
    const [, ...command] = JSON.parse(/^CMD (.*)$/m.exec(dockerfile)?.[1] ?? '[]') as string[]
    const { PATH = '' } = process.env
    const run = (...args: string[]) =>
      spawnSync(process.execPath, args, { cwd: image, encoding: 'utf8', env: { PATH, NODE_ENV: 'production' } })
    expect(run(...command, '--help')).toMatchObject({ status: 0, stderr: '' })
    const refused = run(...command)
    expect(refused.stderr).toContain('Set `APP_ID`')
    expect(refused.status).toBe(2)
    expect(run('src/cli/main.ts', 'explain', 'response-property-removed').status).toBe(0)
  } finally {
    rmSync(image, { recursive: true, force: true })
  }
})
