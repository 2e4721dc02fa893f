/**
 * The door for GitHub's deliveries: one path, one method, a size, a time, a signature over the raw bytes, and only then a parser.
 * It answers 202 after the work is stored, never before; it does none of the work itself.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from './logger.ts'
import { readBody } from './read-body.ts'
import { isSignature, SignatureCheck } from './signature.ts'

export const webhookPath = '/api/github/webhooks'

export interface Delivery {
  /** GitHub's GUID, the same when it is delivered again. */
  readonly id: string
  readonly event: string
  readonly payload: unknown
}

export interface ReceiverOptions {
  readonly secrets: readonly string[]
  readonly log: Log
  /** Events that can lead to work; all others are answered without being parsed. */
  readonly events: ReadonlySet<string>
  /** Stores what is to be done; when it resolves the work cannot be lost any more. */
  readonly accept: (delivery: Delivery) => Promise<void>
  readonly bodyTimeoutMs?: number
  /** Told of each answer, with the time it took. */
  readonly observe?: (status: number, milliseconds: number) => void
}

interface Answer {
  readonly status: number
  readonly why: string
}

/** A handler for requests to `webhookPath`. Always answers, never throws. */
export function createReceiver(options: ReceiverOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const started = performance.now()
    const answer = await receive(request, options)
    send(response, answer)
    if (!request.complete) endSoon(request)
    options.observe?.(answer.status, performance.now() - started)
  }
}

async function receive(request: IncomingMessage, options: ReceiverOptions): Promise<Answer> {
  const head = readHead(request)
  if ('status' in head) return refuse(head, request, options)
  const check = new SignatureCheck(options.secrets)
  const read = await readBody(request, {
    onChunk: (chunk) => check.update(chunk),
    ...(options.bodyTimeoutMs === undefined ? {} : { timeoutMs: options.bodyTimeoutMs }),
  })
  if ('refused' in read) return refuse({ status: read.refused, why: bodyRefusals[read.refused] }, request, options)
  if (!check.matches(head.signature)) return refuse({ status: 401, why: 'The signature does not fit.' }, request, options)
  if (head.event === 'ping') return { status: 200, why: 'pong' }
  if (!options.events.has(head.event)) return { status: 204, why: '' }
  return store({ id: head.delivery, event: head.event, body: read.body }, options)
}

async function store({ id, event, body }: { id: string; event: string; body: Buffer }, options: ReceiverOptions): Promise<Answer> {
  let payload: unknown
  try {
    payload = JSON.parse(body.toString('utf8'))
  } catch {
    options.log.warn({ delivery: id, event, bytes: body.length }, 'A signed delivery is not JSON')
    return { status: 400, why: 'The body is not JSON.' }
  }
  try {
    await options.accept({ id, event, payload })
    return { status: 202, why: 'Stored.' }
  } catch (error) {
    options.log.error(
      { delivery: id, event, error: error instanceof Error ? error.message : String(error) },
      'A delivery could not be stored',
    )
    return { status: 503, why: 'The delivery could not be stored.' }
  }
}

const bodyRefusals: Readonly<Record<400 | 408 | 413 | 503, string>> = {
  400: 'The body ended early.',
  408: 'The body took too long.',
  413: 'The body is over 25 MB.',
  503: 'Too much is being received at once.',
}

type Head = { readonly signature: string; readonly event: string; readonly delivery: string } | Answer

/** Everything that can be refused before the body is read. */
function readHead(request: IncomingMessage): Head {
  if (request.method !== 'POST') return { status: 405, why: 'Deliveries are sent with POST.' }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return { status: 415, why: 'Set the content type of the webhook to application/json.' }
  const signature = header(request, 'x-hub-signature-256')
  if (!isSignature(signature)) return { status: 401, why: 'A SHA-256 signature is needed.' }
  const event = header(request, 'x-github-event') ?? ''
  const delivery = header(request, 'x-github-delivery') ?? ''
  if (!/^[a-z_]{1,64}$/.test(event) || !/^[\w-]{1,100}$/.test(delivery))
    return { status: 400, why: 'X-GitHub-Event and X-GitHub-Delivery are needed.' }
  return { signature, event, delivery }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** Logs an id and a length: nothing of an unverified request is worth more. */
function refuse(answer: Answer, request: IncomingMessage, { log }: ReceiverOptions): Answer {
  const delivery = header(request, 'x-github-delivery') ?? ''
  const bytes = Number(request.headers['content-length'] ?? 0)
  log.warn({ ...(/^[\w-]{1,100}$/.test(delivery) ? { delivery } : {}), bytes, status: answer.status }, 'A delivery was refused')
  return answer
}

/** How long the rest of a refused body is thrown away, so that the sender can read the answer before the connection ends. */
const lingerMs = 1000

function endSoon(request: IncomingMessage): void {
  request.resume()
  const timer = setTimeout(() => request.destroy(), lingerMs)
  request.once('close', () => clearTimeout(timer))
}

function send(response: ServerResponse, { status, why }: Answer): void {
  if (response.destroyed) return
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...(status === 405 ? { allow: 'POST' } : {}) }
  response.writeHead(status, headers).end(status === 204 ? undefined : `${why}\n`)
}
