/** Which events become which work; a payload as GitHub publishes it always has the fields that are read. */
import { createRequire } from 'node:module'
import { generateKeyPairSync } from 'node:crypto'
import { Probot } from 'probot'
import { beforeEach, expect, test } from 'vitest'
import { handledEvents, listen } from '../../src/app/events.ts'
import { queued, readStored } from '../../src/app/job.ts'
import type { Job } from '../../src/app/job.ts'
import { recordLog } from '../server/silent.ts'

interface Example {
  readonly name: string
  readonly examples: readonly { readonly action?: string }[]
}
const loaded: unknown = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json')
const examples = (Array.isArray(loaded) ? loaded : []) as Example[]

const appId = 29310
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const log = recordLog('info')
const probot = new Probot({
  appId,
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  secret: 'x'.repeat(20),
  log: log.library,
})
let jobs: Job[] = []
let told: string[] = []
listen(probot, {
  ...{ appId, appLogin: 'specgate[bot]', log: log.log },
  put: (job) => {
    jobs.push(job)
    return Promise.resolve()
  },
  askFresh: (repository, number, wish) => {
    told.push(`fresh ${repository}#${number}${wish === 'asked' ? '' : ` (${wish})`}`)
    return Promise.resolve()
  },
  rememberPush: (_repository, head, { login }) => {
    told.push(`${login} pushed ${head.slice(0, 3)}`)
    return Promise.resolve()
  },
})

beforeEach(() => {
  jobs = []
  told = []
  log.lines.length = 0
})

const receive = (name: string, payload: object): Promise<void> => probot.receive({ id: 'd', name, payload } as any)

const sha = 'abc'.padEnd(40, '0')
const origin = {
  installation: { id: 5 },
  repository: { id: 9, name: 'shop', owner: { login: 'acme' } },
  sender: { id: 1, login: 'ana', type: 'User' },
}
const us = { id: 3, login: 'specgate[bot]', type: 'Bot' }
const pull = { number: 7, head: { sha, repo: { id: 9 } } }
const run = { head_sha: sha, external_id: `pr:7:${sha}:${sha}:aa:success`, app: { id: appId }, pull_requests: [] }
const brief = (job: Job): string =>
  `${job.kind} ${'number' in job ? job.number : ''}${'branch' in job ? job.branch : ''}${'numbers' in job ? job.numbers.join() : ''}`.trim()

const spoken: readonly [string, object, string[]][] = [
  ['a command', { body: '/specgate recheck', user: origin.sender }, ['pull-request 7']],
  ['a comment', { body: 'Nice.', user: origin.sender }, []],
  ['a command by a bot', { body: '/specgate recheck', user: us }, []],
  ['a command by a deleted account', { body: '/specgate recheck', user: null }, []],
  ['a comment without a body', { body: null, user: origin.sender }, []],
]

test.each<[string, string, object, string[]]>([
  ['opened', 'pull_request', { action: 'opened', pull_request: pull }, ['pull-request 7']],
  ['pushed to', 'pull_request', { action: 'synchronize', pull_request: pull }, ['pull-request 7']],
  ['closed', 'pull_request', { action: 'closed', pull_request: pull }, ['pull-request 7']],
  ['labelled', 'pull_request', { action: 'labeled', pull_request: pull }, ['pull-request 7']],
  ['retargeted', 'pull_request', { action: 'edited', pull_request: pull, changes: { base: {} } }, ['pull-request 7']],
  ['given another title', 'pull_request', { action: 'edited', pull_request: pull, changes: { title: {} } }, []],
  ['assigned', 'pull_request', { action: 'assigned', pull_request: pull }, []],
  ['from a deleted fork', 'pull_request', { action: 'reopened', pull_request: { ...pull, head: { sha, repo: null } } }, ['pull-request 7']],
  [
    'approved',
    'pull_request_review',
    { action: 'submitted', pull_request: pull, review: { user: { id: 2, login: 'mia' } } },
    ['pull-request 7'],
  ],
  [
    'reviewed by a deleted account',
    'pull_request_review',
    { action: 'dismissed', pull_request: pull, review: { user: null } },
    ['pull-request 7'],
  ],
  [
    'commented by us',
    'pull_request_review',
    { action: 'submitted', pull_request: pull, review: { user: { id: 3, login: 'specgate[bot]', type: 'Bot' } } },
    [],
  ],
  ['labelled by us', 'pull_request', { action: 'labeled', pull_request: pull, sender: us }, []],
  ...spoken.flatMap(([what, comment, kinds]): [string, string, object, string[]][] => [
    [what, 'issue_comment', { action: 'created', issue: { number: 7, pull_request: {} }, comment }, kinds],
    [`${what} on a line`, 'pull_request_review_comment', { action: 'created', pull_request: pull, comment }, kinds],
  ]),
  [
    'a command on an issue',
    'issue_comment',
    { action: 'created', issue: { number: 7 }, comment: { body: '/specgate recheck', user: origin.sender } },
    [],
  ],
  [
    'a command edited away',
    'issue_comment',
    {
      ...{ action: 'edited', issue: { number: 7, pull_request: {} }, comment: { body: 'Never mind.', user: origin.sender } },
      changes: { body: { from: '/specgate recheck' } },
    },
    ['pull-request 7'],
  ],
  ['re-run', 'check_run', { action: 'rerequested', check_run: run }, ['commit 7']],
  ['re-run of another app', 'check_run', { action: 'rerequested', check_run: { ...run, app: { id: 1 } } }, []],
  [
    'its button pressed',
    'check_run',
    { action: 'requested_action', check_run: run, requested_action: { identifier: 'recheck' } },
    ['commit 7'],
  ],
  ['an unknown button', 'check_run', { action: 'requested_action', check_run: run, requested_action: { identifier: 'x' } }, []],
  ['a run of ours completed', 'check_run', { action: 'completed', check_run: run }, []],
  [
    're-run all, from a fork',
    'check_suite',
    { action: 'rerequested', check_suite: { head_sha: sha, app: { id: appId }, pull_requests: [] } },
    ['commit'],
  ],
  [
    'queued for merging',
    'merge_group',
    { action: 'checks_requested', merge_group: { head_sha: sha, base_sha: sha, head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-x' } },
    ['merge-group'],
  ],
  [
    'a push to a description',
    'push',
    { ref: 'refs/heads/main', commits: [{ added: [], removed: [], modified: ['api/openapi.yaml'] }] },
    ['branch main'],
  ],
  [
    'a push to the policy',
    'push',
    { ref: 'refs/heads/main', commits: [{ added: ['.github/specgate.yml'], removed: [], modified: [] }] },
    ['branch main'],
  ],
  ['a push of code', 'push', { ref: 'refs/heads/main', commits: [{ added: ['a.ts'], removed: [], modified: [] }] }, []],
  [
    'a push of more commits than it names',
    'push',
    { ref: 'refs/heads/main', commits: Array.from({ length: 2048 }, () => ({ added: ['a.ts'], removed: [], modified: [] })) },
    ['branch main'],
  ],
  ['a push of unknown files', 'push', { ref: 'refs/heads/release/1', commits: [{}] }, ['branch release/1']],
  ['a forced push', 'push', { ref: 'refs/heads/main', forced: true, commits: [] }, ['branch main']],
  ['a tag', 'push', { ref: 'refs/tags/v1', commits: [{}] }, []],
  ['a deleted branch', 'push', { ref: 'refs/heads/main', deleted: true, commits: [{}] }, []],
  ['installed', 'installation', { action: 'created', repositories: [{ id: 9, full_name: 'acme/shop' }] }, ['repository']],
  [
    'repositories added',
    'installation_repositories',
    { action: 'added', repositories_added: [{ id: 9, full_name: 'acme/shop' }] },
    ['repository'],
  ],
])('%s', async (_what, name, payload, kinds) => {
  await receive(name, { ...origin, ...payload })
  expect(jobs.map(brief)).toEqual(kinds)
})

test('who pushed is remembered, and a re-run asks for new runs', async () => {
  await receive('pull_request', { ...origin, action: 'synchronize', pull_request: pull })
  await receive('check_run', { ...origin, action: 'rerequested', check_run: run })
  expect(told).toEqual(['ana pushed abc', 'fresh 9#7'])
})

test('a button says who pressed it', async () => {
  await receive('check_run', { ...origin, action: 'requested_action', check_run: run, requested_action: { identifier: 'draft-waiver' } })
  expect(told).toEqual(['fresh 9#7 (draft-waiver ana)'])
  expect(jobs).toMatchObject([{ kind: 'commit', wish: 'draft-waiver ana' }])
})

test('a job survives being stored, and holds ids only', async () => {
  await receive('pull_request', { ...origin, action: 'opened', pull_request: { ...pull, title: 'secret plans', body: 'secret' } })
  const [job] = jobs
  expect(job).toBeDefined()
  if (job === undefined) return
  const stored = JSON.parse(JSON.stringify(queued(job)))
  expect(readStored(stored)).toEqual({ key: '9#7', group: '5', work: job })
  expect(JSON.stringify(stored)).not.toContain('secret')
  expect(readStored({ ...stored, work: { ...stored.work, kind: 'other' } })).toBeNull()
})

test('a payload without the fields is logged and answered, not thrown', async () => {
  await receive('pull_request', { ...origin, action: 'opened', pull_request: { number: 'seven' } })
  await receive('merge_group', { ...origin, action: 'checks_requested' })
  expect(jobs).toEqual([])
  expect(log.lines.join('')).toContain('pull_request.number')
})

test('a job that cannot be stored makes the delivery fail', async () => {
  const failing = new Probot({
    appId,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    secret: 'x'.repeat(20),
    log: recordLog('silent').library,
  })
  await failing.ready()
  listen(failing, {
    appId,
    appLogin: '',
    log: log.log,
    put: () => Promise.reject(new Error('full')),
    askFresh: () => Promise.resolve(),
    rememberPush: () => Promise.resolve(),
  })
  await expect(
    failing.receive({ id: 'd', name: 'pull_request', payload: { ...origin, action: 'opened', pull_request: pull } } as any),
  ).rejects.toThrow()
})

test('every example that GitHub publishes of our events can be read', async () => {
  let seen = 0
  for (const { name, examples: payloads } of examples.filter(({ name: event }) => handledEvents.has(event))) {
    for (const payload of payloads) {
      seen += 1
      await receive(name, payload)
    }
  }
  expect(seen).toBeGreaterThan(40)
  // Examples of other ways to deliver than to an app carry no installation; every other field is there.
  const missing = new Set(log.lines.flatMap((line) => /missing: ([^"]*)/.exec(line)?.[1]?.split(', ') ?? []))
  expect([...missing].filter((field) => field !== 'installation')).toEqual([])
  expect(jobs.length).toBeGreaterThan(5)
})
