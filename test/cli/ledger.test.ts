/** What auditors ask for: who let something in, the whole record, and whether it is whole. */
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvCell } from '../../src/cli/ledger-csv.ts'
import { openDecisionLedger } from '../../src/server/decision-ledger.ts'
import { tellLedger } from '../../src/server/ledger-socket.ts'
import { openStore } from '../../src/server/store.ts'
import { decision } from '../server/decisions.ts'
import { silent } from '../server/silent.ts'
import { folderWith, specgate, specgateLater, write } from './run-specgate.ts'

let folder: string
let exported: string
const env = (): string => `SPECGATE_DATA_DIR=${folder}/data`

beforeAll(async () => {
  folder = folderWith({})
  const store = await openStore({ databaseUrl: null, dataDir: join(folder, 'data') }, silent.log)
  const ledger = openDecisionLedger(store)
  const at = new Date('2026-03-01T12:00:00Z')
  const waiting = { status: 'waiting', verdict: { review: 'failure', approval: 'waiting' }, rules: [] }
  await ledger.record(decision(waiting), at)
  await ledger.record(decision(), new Date('2026-03-02T12:00:00Z'))
  const waiver = { fingerprint: 'f1', id: 'w-1', reason: '=cmd|calc', grantedBy: '@tom', expires: '2026-12-31' }
  await ledger.record(
    decision({ number: 2, author: '@eve', rules: [], waivers: [waiver], repository: { id: 78, owner: 'acme', name: 'bank' } }),
    at,
  )
  const stop = await tellLedger(join(folder, 'data'), ledger.lines)
  write(folder, { '.env': `${env()}\n` })
  // The app runs on this folder: it is asked, and does not have to be stopped.
  exported = (await specgateLater(folder, 'ledger', 'export')).stdout
  stop()
  await store.close()
  write(folder, { 'ledger.jsonl': exported })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the export of a running app has every entry, one a line', () => {
  expect(
    exported
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).sequence),
  ).toEqual([1, 2, 3])
})

test('when no app runs, the folder itself is read, and says the same', () => {
  expect(specgate(folder, 'ledger', 'export')).toEqual({ status: 0, stdout: exported, stderr: '' })
})

test('who approved: people with their commits, and waivers', () => {
  const asked = specgate(folder, 'who-approved', 'GET /users/{userId}', '--property', 'passwordHash', '--from', 'ledger.jsonl')
  expect(asked.status).toBe(0)
  expect(asked.stdout).toContain(`Approved by mia at commit ${'a'.repeat(40)}`)
  expect(asked.stdout).toContain('acme/shop #1')
  expect(asked.stdout).toContain('Waived by @tom until 2026-12-31 (w-1)')
  expect(asked.stdout).not.toContain('nobody')
})

test('who approved, narrowed to a repository, with every step, as JSON', () => {
  const asked = specgate(
    folder,
    'who-approved',
    'get /users/{id}',
    '--repository',
    'Acme/Shop',
    '--all',
    '--format',
    'json',
    '--from',
    'ledger.jsonl',
  )
  const { schema, decisions } = JSON.parse(asked.stdout)
  expect(schema).toBe('specgate/who-approved@1')
  expect(decisions).toMatchObject([
    { approval: 'waiting', approvals: [] },
    { approval: 'success', approvals: [{ login: 'mia' }], pullRequest: 1 },
  ])
})

test.each([
  [['who-approved', 'GET /orders', '--from', 'ledger.jsonl'], 1, 'no decision'],
  [['who-approved', 'GET /users/{id}', '--property', 'name', '--from', 'ledger.jsonl'], 1, 'no decision'],
  [['who-approved', 'users', '--from', 'ledger.jsonl'], 2, 'by method and path'],
  [['who-approved', 'GET /users', '--from', 'nowhere.jsonl'], 2, 'cannot be read'],
  [['ledger', 'verify', 'ledger.jsonl'], 0, 'whole'],
  [['ledger', 'verify', 'ledger.jsonl', '--expect', `2:${'0'.repeat(64)}`], 1, 'cut off or written anew'],
  [['ledger', 'verify', 'ledger.jsonl', '--expect', 'two'], 2, '--expect'],
  [['ledger', 'export', '--since', 'yesterday'], 2, '--since'],
])('%j ends with %i', (args, status, words) => {
  const ran = specgate(folder, ...args)
  expect(ran.stdout + ran.stderr).toContain(words)
  expect(ran.status).toBe(status)
})

test('verify finds the entry that was changed in an exported file', () => {
  write(folder, { 'forged.jsonl': readFileSync(join(folder, 'ledger.jsonl'), 'utf8').replace('"login":"mia"', '"login":"eve"') })
  const ran = specgate(folder, 'ledger', 'verify', 'forged.jsonl', '--format', 'json')
  expect(ran.status).toBe(1)
  expect(JSON.parse(ran.stdout)).toMatchObject({ whole: false, problems: ['Entry 2 was changed: its content does not have its hash.'] })
})

test('the table has a row for each finding, and no cell that a spreadsheet would calculate', () => {
  const { stdout } = specgate(folder, 'ledger', 'export', '--format', 'csv', '--since', '2026-03-02')
  expect(stdout.trim().split('\n')).toHaveLength(2)
  const all = specgate(folder, 'ledger', 'export', '--format', 'csv').stdout
  expect(all).toContain(`"'@eve"`)
  expect(all).toContain(`"'@tom"`)
})

test.each([
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['  =1', `"'  =1"`],
  ['\ufeff=1', `"'\ufeff=1"`],
  ['＝1', `"'＝1"`],
  ['a=1', `"a=1"`],
  ['a,"b"\n=1', `"a,""b""\n=1"`],
  ['', `""`],
])('the cell %j is written as %j', (text, cell) => {
  expect(csvCell(text)).toBe(cell)
})

test('no ledger is said in a sentence', () => {
  const ran = specgate(folderWith({}), 'ledger', 'verify')
  expect(ran.status).toBe(2)
  expect(ran.stderr).toContain('There is no ledger in')
})
