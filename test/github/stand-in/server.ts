/** The stand-in's HTTP server on loopback: REST at `/` and `/api/v3`, GraphQL, and git's own smart HTTP under `/{owner}/{repo}.git`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiError } from './errors.ts'
import { serveGit } from './git-http.ts'
import { answerRequest, type OutgoingAnswer } from './pipeline.ts'
import { clock, nextId, type World } from './state.ts'
import { identify } from './tokens.ts'

/** Starts on a free loopback port. */
export async function startServer(world: World, onPush: (repositoryName: string, pusher: string) => Promise<void>): Promise<Server> {
  const server = createServer((request, response) => {
    respond(world, { request, response, onPush }).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(`The stand-in failed: ${String(error)}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  world.apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return server
}

async function respond(
  world: World,
  {
    request,
    response,
    onPush,
  }: { request: IncomingMessage; response: ServerResponse; onPush: (name: string, pusher: string) => Promise<void> },
): Promise<void> {
  const url = new URL(request.url ?? '/', world.apiUrl)
  if (/^\/[^/]+\/[^/]+\.git\//.test(url.pathname)) return serveGit(world, { request, response, url, onPush })
  const body = await readBody(request)
  const headers = flatHeaders(request)
  if (['/graphql', '/api/graphql'].includes(url.pathname)) return answerGraphql(world, { headers, body, response })
  const prefix = url.pathname.startsWith('/api/v3/') ? '/api/v3' : ''
  const path = url.pathname.slice(prefix.length)
  send(
    response,
    await answerRequest(world, {
      method: request.method ?? 'GET',
      path,
      root: `${world.apiUrl}${prefix}`,
      query: url.searchParams,
      headers,
      body,
    }),
  )
}

function send(response: ServerResponse, { status, headers, body, fault }: OutgoingAnswer): void {
  if (fault?.reset !== undefined) {
    response.socket?.resetAndDestroy()
    return
  }
  response.writeHead(status, { ...headers, 'content-length': String(body.length) })
  if (fault?.cutBody !== true) {
    response.end(status === 204 ? undefined : body)
    return
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy())
}

async function readBody(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )
}

/** GraphQL is whatever the test says it is. */
function answerGraphql(
  world: World,
  { headers, body, response }: { headers: Record<string, string>; body: Buffer; response: ServerResponse },
): void {
  const log = {
    id: `${nextId(world)}:GRAPHQL`,
    method: 'POST',
    path: '/graphql',
    query: '',
    operationId: 'graphql',
    status: 200,
    permissions: null,
    installationId: null,
    headers,
    body: undefined,
    at: clock(world),
  }
  world.requests.push(log)
  let answer: unknown
  try {
    const caller = identify(world, headers['authorization'])
    if (caller?.kind !== 'installation') throw new ApiError(401, 'Bad credentials')
    const { query = '', variables = {} } = JSON.parse(body.toString('utf8')) as { query?: string; variables?: Record<string, unknown> }
    answer = world.graphql(query, variables, caller.token)
  } catch (error) {
    log.status = error instanceof ApiError ? error.status : 200
    answer = error instanceof ApiError ? error.body : { errors: [{ message: error instanceof Error ? error.message : String(error) }] }
  }
  response.writeHead(log.status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(answer))
}
