/** Webhook deliveries: signed, logged, timed out after ten seconds, never repeated unless somebody asks: as GitHub does it. */
import { createHmac, randomUUID } from 'node:crypto'
import { changed, nextId, timestamp, type Delivery, type World } from './state.ts'

interface Message {
  readonly event: string
  readonly action: string | null
  readonly installationId: number | null
  readonly repositoryId: number | null
  readonly payload: Record<string, unknown>
}

/** Sends a new delivery. The returned promise ends when the answer, or its absence, is in the log. */
export function deliver(world: World, message: Message): Promise<Delivery> {
  return send(world, message, { guid: randomUUID(), redelivery: false })
}

/** Sends an old delivery again: same GUID and payload, new id. */
export function redeliver(world: World, delivery: Delivery): Promise<Delivery> {
  return send(world, delivery, { guid: delivery.guid, redelivery: true })
}

async function send(world: World, message: Message, { guid, redelivery }: { guid: string; redelivery: boolean }): Promise<Delivery> {
  const bytes = Buffer.from(JSON.stringify(message.payload))
  const delivery: Delivery = {
    id: nextId(world),
    guid,
    event: message.event,
    action: message.action,
    installationId: message.installationId,
    repositoryId: message.repositoryId,
    payload: message.payload,
    redelivery,
    deliveredAt: timestamp(world),
    durationSeconds: 0,
    status: null,
    statusCode: 0,
    requestHeaders: headersOf(world, { event: message.event, guid, bytes }),
    responseHeaders: {},
    responseBody: '',
  }
  world.deliveries.push(delivery)
  const sending = post(world, delivery, bytes)
  world.underWay.add(sending)
  await sending
  world.underWay.delete(sending)
  changed(world)
  return delivery
}

function headersOf(world: World, { event, guid, bytes }: { event: string; guid: string; bytes: Buffer }): Record<string, string> {
  const sign = (algorithm: string): string => createHmac(algorithm, world.webhook.secret).update(bytes).digest('hex')
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/5d1e0b3',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': '417',
    'x-github-hook-installation-target-id': String(world.app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  }
}

async function post(world: World, delivery: Delivery, bytes: Buffer): Promise<void> {
  const started = Date.now()
  try {
    if (world.webhook.url === null) throw new Error('no address')
    const answer = await fetch(world.webhook.url, {
      method: 'POST',
      headers: delivery.requestHeaders,
      body: new Uint8Array(bytes),
      signal: AbortSignal.timeout(world.limits.deliveryTimeoutMs),
      redirect: 'manual',
    })
    delivery.responseBody = await answer.text()
    delivery.responseHeaders = Object.fromEntries(answer.headers)
    delivery.statusCode = answer.status
    delivery.status = answer.ok ? 'OK' : `Invalid HTTP Response: ${answer.status}`
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    delivery.statusCode = late ? 504 : 502
    delivery.status = late ? 'timed out' : 'failed to connect to host'
  }
  delivery.durationSeconds = (Date.now() - started) / 1000
}
