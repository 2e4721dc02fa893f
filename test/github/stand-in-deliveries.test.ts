/** Deliveries are signed, complete, logged, and sent again only when asked. */
import { verify } from '@octokit/webhooks-methods'
import { ProbotOctokit } from 'probot'
import { expect, test } from 'vitest'
import { exampleOf } from './stand-in/events.ts'
import { startGitHub, startReceiver } from './support.ts'
import type { GitHubStandIn } from './stand-in/stand-in.ts'

function appClient(github: GitHubStandIn): ProbotOctokit {
  const { APP_ID: appId = '', PRIVATE_KEY: privateKey = '' } = github.environment()
  return new ProbotOctokit({ auth: { appId, privateKey }, baseUrl: github.url })
}

test('a delivery is signed over its bytes and names its event', async () => {
  const receiver = await startReceiver()
  const github = await startGitHub({ webhookUrl: receiver.url })
  github.user('ana')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await shop.commit('topic', { 'a.txt': 'b\n' }, { author: 'ana' })
  await shop.openPullRequest({ author: 'ana', branch: 'topic', title: 'Grüße 🚀\r\n' })
  await github.idle()
  const opened = receiver.received.find(({ payload }) => payload['action'] === 'opened')
  expect(opened?.payload).toMatchObject({
    pull_request: { title: 'Grüße 🚀\r\n' },
    installation: { id: github.world.installations[0]?.id },
    repository: { full_name: 'acme/shop' },
  })
  expect(opened?.headers).toMatchObject({
    'x-github-event': 'pull_request',
    'x-github-hook-installation-target-type': 'integration',
    'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  const { WEBHOOK_SECRET: secret = '' } = github.environment()
  expect(await verify(secret, opened?.text ?? '', String(opened?.headers['x-hub-signature-256']))).toBe(true)
  await receiver.stop()
})

test('an app hears what it subscribed to and may read, and what every app hears', async () => {
  const github = await startGitHub({ manifest: { permissions: { contents: 'read', checks: 'write' }, events: ['pull_request', 'push'] } })
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await shop.commit('topic', { 'a.txt': 'b\n' })
  await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  await github.idle()
  // No permission for pull requests, so no pull_request event, subscribed or not.
  expect(github.deliveries().map(({ event, action }) => `${event} ${action}`)).toEqual([
    'installation created',
    'push null',
    'check_suite requested',
  ])
})

test('a payload lacks nothing that GitHub’s own examples have', async () => {
  const github = await startGitHub()
  github.organisation('acme', ['ana', 'mia'])
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' }, { roles: { ana: 'write', mia: 'write' } })
  await shop.commit('topic', { 'a.txt': 'b\n' }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch: 'topic' })
  await pull.review('mia', 'approve')
  await pull.push({ 'a.txt': 'c\n' })
  await shop.mergeGroup([pull], 'ana')
  await shop.addForeignCheckRun(pull.head, { app: 'other', name: 'x', conclusion: 'success' })
  await pull.close()
  const missing = github
    .deliveries()
    .flatMap(({ event, action, payload }) => missingKeys(exampleOf(event, action), payload, `${event}.${action}`))
  expect(missing).toEqual([])
  expect(new Set(github.deliveries().map(({ event }) => event))).toEqual(
    new Set(['installation', 'check_suite', 'pull_request', 'pull_request_review', 'merge_group', 'check_run']),
  )
})

/** Keys of an example, two levels deep, that a payload does not have. Examples of other kinds of account carry keys of their own. */
function missingKeys(example: unknown, payload: unknown, path: string, depth = 2): string[] {
  if (depth === 0 || !isMap(example) || !isMap(payload)) return []
  const optional = new Set(['organization', 'enterprise', 'requested_reviewer', 'requested_team', 'temp_clone_token'])
  return Object.entries(example).flatMap(([key, value]) => {
    if (optional.has(key)) return []
    return Object.hasOwn(payload, key) ? missingKeys(value, payload[key], `${path}.${key}`, depth - 1) : [`${path}.${key}`]
  })
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

test('what failed while the app was away is in the log and can be sent again under the same GUID', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const gone = await startReceiver()
  await gone.stop()
  github.deliverTo(gone.url)
  await shop.commit('topic', { 'a.txt': 'b\n' })
  await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  await github.idle()
  const app = appClient(github)
  const { data: failed } = await app.request('GET /app/hook/deliveries', { status: 'failure', per_page: 1 } as never)
  expect(failed[0]).toMatchObject({ event: 'pull_request', action: 'opened', status_code: 502, redelivery: false })
  const receiver = await startReceiver()
  github.deliverTo(receiver.url)
  const lost = failed[0]
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: Number(lost?.id) })
  await github.idle()
  expect(receiver.received.map(({ headers }) => headers['x-github-delivery'])).toEqual([lost?.guid])
  const again = github.deliveries('pull_request').at(-1)
  const { data: detail } = await app.rest.apps.getWebhookDelivery({ delivery_id: again?.id ?? 0 })
  expect(detail).toMatchObject({
    status: 'OK',
    redelivery: true,
    guid: lost?.guid,
    request: { payload: { action: 'opened' } },
    response: { payload: 'ok' },
  })
  await receiver.stop()
})

test.each([
  ['answers with an error', () => 500, 'Invalid HTTP Response: 500', 500],
  ['does not answer in time', () => null, 'timed out', 504],
])('a delivery to an app that %s has failed and is not repeated', async (_, answer, status, code) => {
  const receiver = await startReceiver(answer)
  const github = await startGitHub({ webhookUrl: receiver.url, limits: { deliveryTimeoutMs: 200 } })
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  await github.idle()
  expect(github.deliveries('installation')).toMatchObject([{ status, statusCode: code }])
  await receiver.stop()
})

test('the log is read from the newest on, by a cursor', async () => {
  const github = await startGitHub()
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  for (const text of ['b', 'c', 'd', 'e']) await shop.commit('topic', { 'a.txt': text })
  await github.idle()
  const app = appClient(github)
  const pages = await app.paginate('GET /app/hook/deliveries', { per_page: 2 })
  const ids = pages.map(({ id }) => id)
  expect(ids).toEqual(
    github
      .deliveries()
      .map(({ id }) => id)
      .reverse(),
  )
  expect(github.requests('apps/list-webhook-deliveries')).toHaveLength(3)
})
