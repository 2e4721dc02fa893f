/** `specgate doctor` against the stand-in: a healthy app, and each ailment by its sentence. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examine } from '../../src/app/doctor.ts'
import { readManifest } from '../github/stand-in/manifest.ts'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'

let github: GitHubStandIn
beforeAll(async () => {
  github = await GitHubStandIn.start()
})
afterAll(() => github.stop())

const environment = () => ({ ...github.environment(), SPECGATE_DATA_DIR: mkdtempSync(join(tmpdir(), 'specgate-doctor-')) })
const ailing = async (env: Record<string, string>, now = () => new Date()) => (await examine(env, now)).filter(({ healthy }) => !healthy)

test('a healthy app has nothing to say', async () => {
  const examined = await examine(environment(), () => new Date())
  expect(examined.filter(({ healthy }) => !healthy)).toEqual([])
  expect(examined.map(({ name }) => name)).toEqual(['environment', 'database', 'GitHub', 'clock', 'permissions', 'events'])
})

test('a short webhook secret', async () => {
  const [found] = await ailing({ ...environment(), WEBHOOK_SECRET: 'short' })
  expect(found?.sentence).toContain('WEBHOOK_SECRET')
  expect(found?.sentence).not.toContain('short`')
})

test('a clock that is off', async () => {
  const [found] = await ailing(environment(), () => new Date(Date.now() + 3_600_000))
  expect(found).toMatchObject({ name: 'clock', sentence: expect.stringContaining('off by') })
})

test('a GitHub that cannot be reached', async () => {
  const found = await ailing({ ...environment(), GITHUB_API_URL: 'http://127.0.0.1:9' })
  expect(found).toMatchObject([{ name: 'GitHub' }])
})

test('a database that cannot be reached', async () => {
  const found = await ailing({ ...environment(), DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })
  expect(found).toMatchObject([{ name: 'database' }])
})

test('a permission and an event that were not granted', async () => {
  const manifest = readManifest()
  const { members: _members, ...permissions } = manifest.permissions
  const poor = await GitHubStandIn.start({
    manifest: { ...manifest, permissions, events: manifest.events.filter((event) => event !== 'push') },
  })
  const found = await ailing({ ...environment(), ...poor.environment() })
  expect(found.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('members (read)'), expect.stringContaining('push')])
  await poor.stop()
})
