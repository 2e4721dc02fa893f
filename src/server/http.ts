/** The HTTP server: deliveries, two health answers and the metrics, and nothing else. Bounded in time from the first byte. */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webhookPath } from './receiver.ts'

export interface Routes {
  readonly receive: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** null when ready, otherwise why not. */
  readonly notReady: () => Promise<string | null>
  /** null: metrics are served elsewhere. */
  readonly metrics: (() => Promise<string>) | null
}

/** A server with every route. It is not listening yet. */
export function createHttp(routes: Routes): Server {
  const server = bounded((request, response) => void route(request, response, routes))
  return server
}

/** A server for the metrics alone, for `METRICS_PORT`. */
export function createMetricsHttp(metrics: () => Promise<string>): Server {
  return bounded((request, response) => {
    const path = pathOf(request)
    void (path === '/metrics' ? answerMetrics(response, metrics) : Promise.resolve(answer(response, 404, 'Not found.')))
  })
}

function bounded(listener: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 20_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 2_000 },
    listener,
  )
  server.maxHeadersCount = 100
  server.on('clientError', (_error, socket) => socket.destroy())
  return server
}

async function route(request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
  const path = pathOf(request)
  if (path === webhookPath) return routes.receive(request, response)
  request.resume()
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 404, 'Not found.')
  if (path === '/healthz') return answer(response, 200, 'ok')
  if (path === '/readyz') {
    const problem = await routes.notReady()
    return answer(response, problem === null ? 200 : 503, problem ?? 'ready')
  }
  if (path === '/metrics' && routes.metrics !== null) return answerMetrics(response, routes.metrics)
  answer(response, 404, 'Not found.')
}

async function answerMetrics(response: ServerResponse, metrics: () => Promise<string>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(await metrics())
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/'
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

/** Listens and returns the address; rejects with a sentence when the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  const { promise, resolve, reject } = Promise.withResolvers<AddressInfo>()
  server.once('error', (error) => reject(new Error(`The app cannot listen on ${host}:${port}: ${error.message}`)))
  server.listen(port, host, () => {
    const address = server.address()
    if (address === null || typeof address === 'string') return reject(new Error('The server has no port.'))
    resolve(address)
  })
  return promise
}
