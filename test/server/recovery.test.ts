/** Looking for lost work: what refuses to be looked at keeps nothing else from being found. */
import { Octokit } from '@octokit/rest'
import { expect, test } from 'vitest'
import { createMetrics } from '../../src/server/metrics.ts'
import { createRecovery } from '../../src/server/recovery.ts'
import { silent } from './silent.ts'

type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown }>>

/** A GitHub that knows these answers by method and path, and nothing else. */
function client(answers: Answers): Octokit {
  const fetch = (url: string, { method }: { method: string }): Promise<Response> => {
    const { status = 200, body } = answers[`${method} ${new URL(url).pathname}`] ?? { status: 404, body: { message: 'Not Found' } }
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }))
  }
  return new Octokit({ request: { fetch }, log: { debug() {}, info() {}, warn() {}, error() {} } })
}

const shop = { status: 200, body: { total_count: 1, repositories: [{ id: 7, name: 'shop', owner: { login: 'acme' }, archived: false }] } }

async function look(app: Answers, refusing: { readonly status: number }) {
  const marks = new Map<string, string>()
  const [scanned, accepted]: [string[], string[]] = [[], []]
  let forgotten = 0
  const recovery = createRecovery({
    app: client(app),
    forInstallation: (id) =>
      Promise.resolve(client({ 'GET /installation/repositories': id === 1 ? { ...refusing, body: { message: 'No' } } : shop })),
    ledger: {
      rememberPush: () => Promise.resolve(),
      pusherOf: () => Promise.resolve(null),
      rememberUnfinished: () => Promise.resolve(),
      forgetRuns: () => Promise.resolve(),
      unfinishedOf: () => Promise.resolve([]),
      unfinishedFor: () => Promise.resolve([]),
      setMark: (name, value) => Promise.resolve(void marks.set(name, value)),
      getMark: (name) => Promise.resolve(marks.get(name) ?? null),
      takeMark: () => Promise.resolve(null),
      tidy: () => Promise.resolve(),
    },
    forgetOld: () => Promise.resolve(void (forgotten += 1)),
    store: { sql: () => Promise.resolve([]) },
    log: silent.log,
    metrics: createMetrics({
      depth: () => Promise.resolve({ waiting: 0, deferred: 0, active: 0, oldestWaitingSeconds: 0 }),
      killedWorkers: () => 0,
    }),
    events: new Set(['push']),
    accept: ({ id }) => Promise.resolve(void accepted.push(id)),
    finish: () => Promise.resolve(),
    scan: ({ name }) => Promise.resolve(void scanned.push(name)),
    describe: String,
  })
  await recovery.once()
  await recovery.once()
  return { scanned, accepted, marks, forgotten }
}

test.each([
  [403, true],
  [502, false],
])('an installation that answers %i keeps no other from being looked at', async (status, isDone) => {
  const app = { 'GET /app/installations': { body: [{ id: 1 }, { id: 2 }] }, 'GET /app/hook/deliveries': { body: [] } }
  const { scanned, forgotten, marks } = await look(app, { status })
  expect([scanned, forgotten]).toEqual([['shop', 'shop'], 2])
  // What may still answer is looked at again from the same instant on.
  expect(marks.has('scanned')).toBe(isDone)
})

test('a delivery that GitHub does not hand out keeps no other from arriving', async () => {
  const lost = (id: number) => ({ id, guid: `lost-${id}`, event: 'push', status: 'failed', delivered_at: '2026-03-01T12:00:00Z' })
  const { accepted, marks } = await look(
    {
      'GET /app/installations': { body: [] },
      'GET /app/hook/deliveries': { body: [lost(1), lost(2)] },
      'POST /app/hook/deliveries/2/attempts': { status: 202, body: {} },
      'GET /app/hook/deliveries/2': { body: { request: { payload: {} } } },
    },
    { status: 200 },
  )
  expect(accepted).toEqual(['lost-2'])
  expect(marks.get('deliveries-seen')).toBe('2026-03-01T11:50:00.000Z')
})
