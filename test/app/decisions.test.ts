/** The ledger of the whole app: a decision is written down before it shows, and can be asked for while the app runs. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderWith, specgateLater, write } from '../cli/run-specgate.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'
import { files, users } from './shop.ts'

let app: TestApp
let folder: string

beforeAll(async () => {
  folder = folderWith({})
  write(folder, { '.env': `SPECGATE_DATA_DIR=${folder}/data\n` })
  app = await startApp({}, { SPECGATE_DATA_DIR: `${folder}/data` })
  app.github.team('acme', 'api-owners', { members: ['mia'] })
  app.github.user('ana')
})
afterAll(async () => {
  await app.stop()
  await rm(folder, { recursive: true, force: true })
})

test('who agreed to a breaking change, at which commit, is known when its checks are green', async () => {
  const shop = await app.github.createRepository('acme', 'shop', files, { roles: { ana: 'write', mia: 'write' } })
  const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
  await shop.commit('drop', { 'api/schemas/users.yaml': withoutName }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'drop' })
  await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' })
  await pull.review('mia', 'approve')
  await pull.waitForCheckRuns({ 'API review': 'success', 'API approval': 'success' })

  const asked = await specgateLater(folder, 'who-approved', 'GET /users/{id}', '--property', 'name', '--all', '--format', 'json')
  const { decisions } = JSON.parse(asked.stdout)
  expect(decisions.map((one: any) => [one.pullRequest, one.author, one.approval, one.approvals])).toEqual([
    [1, 'ana', 'waiting', []],
    [1, 'ana', 'success', [{ login: 'mia', commit: pull.head }]],
  ])
  expect(decisions.at(-1)).toMatchObject({ mode: 'enforce', policy: `repo@${decisions.at(-1).base.slice(0, 7)}` })
  const verified = await specgateLater(folder, 'ledger', 'verify')
  expect(verified).toMatchObject({ status: 0, stderr: '' })
  expect(verified.stdout).toMatch(/It ends with 2:[0-9a-f]{64}/)
  // The log names the entry as well: what is noted there shows whether the ledger was cut off later.
  expect(app.log()).toContain(/2:([0-9a-f]{64})/.exec(verified.stdout)?.[1])
})
