/** What the door lets in: signed bytes within bounds, stored before they are acknowledged; everything else is refused unparsed. */
import { createHmac } from 'node:crypto'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createHttp, listen } from '../../src/server/http.ts'
import { createReceiver } from '../../src/server/receiver.ts'
import type { Delivery } from '../../src/server/receiver.ts'
import { recordLog } from './silent.ts'

const secret = 'a secret of 22 letters'
const previous = 'the secret used before'
const log = recordLog()
let accept: (delivery: Delivery) => Promise<void>
let accepted: Delivery[] = []
let server: Server
let base = ''
let port = 0

beforeAll(async () => {
  const receive = createReceiver({
    secrets: [secret, previous],
    log: log.log,
    events: new Set(['pull_request']),
    // Long enough for 25 MB over loopback on a busy machine, shorter than the trickle below.
    bodyTimeoutMs: 4_000,
    accept: (delivery) => accept(delivery),
  })
  server = createHttp({ receive, notReady: () => Promise.resolve(null), metrics: () => Promise.resolve('m 1\n') })
  port = (await listen(server, 0, '127.0.0.1')).port
  base = `http://127.0.0.1:${port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  accepted = []
  log.lines.length = 0
  accept = (delivery) => {
    accepted.push(delivery)
    return Promise.resolve()
  }
})

const signed = (body: string | Buffer, key = secret): string => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`

interface Sent {
  readonly body?: string
  readonly headers?: Record<string, string | undefined>
  readonly path?: string
  readonly method?: string
}

function deliver({
  body = '{"action":"opened"}',
  headers = {},
  path = '/api/github/webhooks',
  method = 'POST',
}: Sent = {}): Promise<Response> {
  const all = {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': 'd-1',
    'x-hub-signature-256': signed(body),
    ...headers,
  }
  const sent = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return fetch(base + path, { method, headers: sent, ...(method === 'POST' ? { body } : {}) })
}

test('a signed delivery is stored and acknowledged with 202', async () => {
  const response = await deliver()
  expect(response.status).toBe(202)
  expect(accepted).toEqual([{ id: 'd-1', event: 'pull_request', payload: { action: 'opened' } }])
})

test('it is acknowledged only after it is stored', async () => {
  const stored = Promise.withResolvers<void>()
  accept = () => stored.promise
  let answered = false
  const response = deliver().finally(() => (answered = true))
  await setTimeout(150)
  expect(answered).toBe(false)
  stored.resolve()
  expect((await response).status).toBe(202)
})

test('a delivery that cannot be stored is not acknowledged, so that GitHub records it as failed', async () => {
  accept = () => Promise.reject(new Error('the store is away'))
  expect((await deliver()).status).toBe(503)
})

test('the secret used before is accepted while it is configured', async () => {
  const body = '{}'
  expect((await deliver({ body, headers: { 'x-hub-signature-256': signed(body, previous) } })).status).toBe(202)
})

test('the signature is over the raw bytes: emoji, line ends and spaces as they came', async () => {
  const body = '{ "title" : "🚀 naïve\\r\\n",\r\n "n": 1 }'
  expect((await deliver({ body })).status).toBe(202)
  expect(accepted[0]?.payload).toEqual({ title: '🚀 naïve\r\n', n: 1 })
})

test.each<[string, Sent, number]>([
  ['no signature', { headers: { 'x-hub-signature-256': undefined } }, 401],
  [
    'a SHA-1 signature alone',
    {
      headers: {
        'x-hub-signature-256': undefined,
        'x-hub-signature': `sha1=${createHmac('sha1', secret).update('{"action":"opened"}').digest('hex')}`,
      },
    },
    401,
  ],
  [
    'a signature under another secret',
    { headers: { 'x-hub-signature-256': signed('{"action":"opened"}', 'another secret entirely') } },
    401,
  ],
  ['a signature of another body', { headers: { 'x-hub-signature-256': signed('{"action":"closed"}') } }, 401],
  ['a truncated signature', { headers: { 'x-hub-signature-256': signed('{"action":"opened"}').slice(0, -1) } }, 401],
  ['a signature in capitals', { headers: { 'x-hub-signature-256': signed('{"action":"opened"}').toUpperCase() } }, 401],
  ['an empty signature', { headers: { 'x-hub-signature-256': 'sha256=' } }, 401],
  ['a signed body that is not JSON', { body: 'payload=%7B%7D' }, 400],
  ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
  ['no event name', { headers: { 'x-github-event': undefined } }, 400],
  ['a delivery id with other characters', { headers: { 'x-github-delivery': 'a\tb' } }, 400],
  ['another method', { method: 'GET' }, 405],
  ['another path', { path: '/' }, 404],
])('%s is refused and nothing is stored', async (_what, sent, status) => {
  const response = await deliver(sent)
  expect(response.status).toBe(status)
  expect(accepted).toEqual([])
})

test('an event nobody handles is answered 204 without being parsed, but only when signed', async () => {
  const headers = { 'x-github-event': 'watch' }
  expect((await deliver({ body: 'not even JSON', headers })).status).toBe(204)
  expect((await deliver({ headers: { ...headers, 'x-hub-signature-256': signed('x') } })).status).toBe(401)
  expect(accepted).toEqual([])
})

test('the ping of a new webhook is answered', async () => {
  expect((await deliver({ headers: { 'x-github-event': 'ping' } })).status).toBe(200)
})

test('the same delivery twice is accepted twice: what it asks for is the same work', async () => {
  expect([(await deliver()).status, (await deliver()).status]).toEqual([202, 202])
})

/** Writes raw bytes and returns everything that comes back until the connection ends. */
async function raw(head: string, chunks: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  let open = true
  socket.on('data', (chunk) => (said += String(chunk)))
  socket.on('error', () => (open = false))
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('close', () => (open = false))
  socket.write(head)
  for await (const chunk of chunks) {
    if (!open || said !== '') break
    if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed, setTimeout(50)])
  }
  await Promise.race([closed, setTimeout(3_000)])
  socket.destroy()
  return said
}

const head = (length: string): string =>
  [
    'POST /api/github/webhooks HTTP/1.1',
    'host: x',
    'content-type: application/json',
    'x-github-event: pull_request',
    'x-github-delivery: raw',
    `x-hub-signature-256: ${signed('x')}`,
    length,
    '',
    '',
  ].join('\r\n')

test('a body that says it is over 25 MB is refused before it is read', async () => {
  expect(await raw(head(`content-length: ${26 * 2 ** 20}`), [])).toMatch(/^HTTP\/1\.1 413/)
})

test('a body that turns out to be over 25 MB is refused while it streams, and memory stays flat', async () => {
  const megabyte = Buffer.alloc(2 ** 20, 0x20)
  function* endless(): Iterable<Buffer> {
    for (let index = 0; index < 100; index += 1) yield Buffer.concat([Buffer.from('100000\r\n'), megabyte, Buffer.from('\r\n')])
  }
  const before = process.memoryUsage().rss
  expect(await raw(head('transfer-encoding: chunked'), endless())).toMatch(/^HTTP\/1\.1 413/)
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20)
})

test('a body that trickles is refused after a while', async () => {
  async function* trickle(): AsyncIterable<Buffer> {
    for (let index = 0; index < 100; index += 1) {
      yield Buffer.from(' ')
      await setTimeout(50)
    }
  }
  expect(await raw(head('content-length: 100'), trickle())).toMatch(/^HTTP\/1\.1 408/)
})

test('a body that ends early is not accepted', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write(head('content-length: 100'))
  socket.write('{"half":')
  await setTimeout(100)
  socket.destroy()
  await setTimeout(100)
  expect(accepted).toEqual([])
  expect((await deliver()).status).toBe(202)
})

test('a refusal is logged by id and length alone', async () => {
  await deliver({
    body: '{"canary":"do-not-log-me"}',
    headers: { 'x-hub-signature-256': signed('x'), authorization: 'Bearer do-not-log-me' },
  })
  const text = log.lines.join('')
  expect(text).toContain('"delivery":"d-1"')
  expect(text).not.toContain('do-not-log-me')
  expect(text).not.toContain(signed('x'))
})

test('health, readiness and metrics are served, and nothing else', async () => {
  const answers = await Promise.all(['/healthz', '/readyz', '/metrics', '/probot', '/'].map((path) => fetch(base + path)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404])
})
