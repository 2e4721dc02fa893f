/**
 * The way of one API request: fault, description, caller, permission, limits, resource, answer. Everything a request can meet on
 * GitHub before and after the operation itself; the operations are in `resources/`.
 */
import { createHash } from 'node:crypto'
import type { Answer, Context } from './context.ts'
import { ApiError, badCredentials, forbidden, notFound, unprocessable } from './errors.ts'
import { takeFault, type Fault } from './faults.ts'
import { cutPage } from './pages.ts'
import { allows, isReading, needs, type Need } from './permissions.ts'
import { routes } from './routes.ts'
import { clock, findRepository, nextId, type LoggedRequest, type Repository, type World } from './state.ts'
import { identify, tokenReaches, type Caller } from './tokens.ts'
import type { MatchedRequest, Violation } from '../validate.ts'

interface IncomingRequest {
  readonly method: string
  /** Path below the API's root, percent-encoded. */
  readonly path: string
  /** Address of that root as the caller wrote it, e.g. `http://127.0.0.1:4000/api/v3`. */
  readonly root: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface OutgoingAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly fault: Fault | null
}

interface Exchange {
  readonly world: World
  readonly request: IncomingRequest
  readonly matched: MatchedRequest
  readonly log: LoggedRequest
  readonly fault: Fault | null
}

const supportedApiVersions = ['2022-11-28', '2026-03-10']

/**
 * Known errors of GitHub's description: answers GitHub really gives and the description forbids.
 * A deleted fork's `head.repo` is null; an outdated or file-level comment has no line and no position; the search for a
 * membership answers 302 for those who may not look.
 */
const knownDescriptionErrors = [
  /\/head\/repo must be object/,
  /\/(?:line|position|original_line|original_position) must be integer/,
  /\/pull_requests\/\d+\/head\/repo/,
]

/** Answers one request and writes it into the log. Never throws for what a caller can cause. */
export async function answerRequest(world: World, request: IncomingRequest): Promise<OutgoingAnswer> {
  const parsed = parseBody(request.body)
  const matched = world.description.checkRequest({ method: request.method, path: request.path, query: request.query, body: parsed.value })
  const caller = attempt(() => identify(world, request.headers['authorization']))
  const log = openLog(world, {
    request,
    operationId: matched.operationId,
    body: parsed.value,
    caller: caller instanceof Error ? null : caller,
  })
  world.violations.push(...matched.violations)
  const fault = takeFault(world.faults, { method: request.method, path: request.path, operation: matched.operationId })
  const exchange: Exchange = { world, request, matched, log, fault }
  const finished = await finish(exchange, () => operate(exchange, { caller, parsed }))
  log.status = finished.status
  return finished
}

function parseBody(bytes: Buffer): { value: unknown; broken: boolean } {
  if (bytes.length === 0) return { value: undefined, broken: false }
  try {
    return { value: JSON.parse(bytes.toString('utf8')) as unknown, broken: false }
  } catch {
    return { value: undefined, broken: true }
  }
}

function attempt<T>(action: () => T): T | ApiError {
  try {
    return action()
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

function openLog(
  world: World,
  { request, operationId, body, caller }: { request: IncomingRequest; operationId: string | null; body: unknown; caller: Caller | null },
): LoggedRequest {
  const token = caller?.kind === 'installation' ? caller.token : null
  const log: LoggedRequest = {
    id: `${nextId(world).toString(16).toUpperCase().padStart(4, '0')}:STAND:IN`,
    method: request.method,
    path: request.path,
    query: request.query.toString(),
    operationId,
    status: 0,
    permissions: token?.permissions ?? null,
    installationId: token?.installation.id ?? null,
    headers: request.headers,
    body,
    at: clock(world),
  }
  world.requests.push(log)
  return log
}

/** Everything up to and including the operation. */
async function operate(
  exchange: Exchange,
  { caller, parsed }: { caller: Caller | null | ApiError; parsed: { value: unknown; broken: boolean } },
): Promise<Answer> {
  const { world, request, matched, fault } = exchange
  if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  await fault?.until
  if (fault?.status !== undefined)
    return { status: fault.status, body: fault.body ?? { message: 'Server Error' }, headers: fault.headers ?? {} }
  refuseMalformed(request)
  if (matched.operationId === null) throw notFound()
  if (caller instanceof ApiError) throw caller
  const need = needs[matched.operationId] ?? 'app'
  requireCaller(need, caller)
  countRequest(world, caller)
  const repository = visibleRepository(world, matched, { caller, need })
  requirePermission(need, caller, repository)
  if (caller?.kind === 'installation' && !matched.enabledForApps)
    world.warnings.push(`${matched.operationId} is not offered to installation tokens`)
  if (parsed.broken) throw new ApiError(400, 'Problems parsing JSON')
  refuseViolations(matched.violations)
  const body =
    typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value)
      ? (parsed.value as Record<string, unknown>)
      : {}
  const context: Context = {
    world,
    operationId: matched.operationId,
    parameters: matched.parameters,
    query: request.query,
    body,
    accept: request.headers['accept'] ?? '',
    caller,
    foundRepository: repository,
  }
  const handler = routes[matched.operationId]
  if (handler === undefined) throw new Error(`The stand-in has no resource for ${matched.operationId}.`)
  return handler(context)
}

function refuseMalformed({ headers }: IncomingRequest): void {
  if ((headers['user-agent'] ?? '') === '')
    throw forbidden(
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required).',
    )
  const version = headers['x-github-api-version']
  if (version !== undefined && !supportedApiVersions.includes(version))
    throw new ApiError(400, `The API version "${version}" is not supported.`)
}

/** GitHub ignores unknown query names and clamps `per_page`; wrong paths are unknown, wrong bodies unprocessable. */
function refuseViolations(violations: readonly Violation[]): void {
  if (violations.some(({ where }) => where === 'path' || where === 'operation')) throw notFound()
  const wrong = violations.filter(({ where, message }) => where === 'body' || (where === 'query' && message.includes('must be')))
  if (wrong.length > 0) throw unprocessable(`Invalid request.\n\n${wrong.map(({ message }) => message).join('\n')}`)
}

function requireCaller(need: Need, caller: Caller | null): void {
  if (need === 'app-or-none') return
  if (caller === null) throw badCredentials(need === 'app' ? 'A JSON web token could not be decoded' : 'Requires authentication')
  if (need === 'app' && caller.kind !== 'app') throw badCredentials('A JSON web token could not be decoded')
  if (need !== 'app' && caller.kind === 'app') throw badCredentials()
}

/** Private repositories a token does not reach do not exist for it; public ones can be read by everybody. */
function visibleRepository(
  world: World,
  { parameters }: MatchedRequest,
  { caller, need }: { caller: Caller | null; need: Need },
): Repository | null {
  const { owner, repo } = parameters
  if (owner === undefined || repo === undefined) return null
  const repository = findRepository(world, owner, repo)
  if (repository === undefined) throw notFound()
  if (caller?.kind !== 'installation' || tokenReaches(caller.token, repository)) return repository
  if (repository.visibility !== 'public') throw notFound()
  if (!isReading(need)) throw forbidden()
  return repository
}

function requirePermission(need: Need, caller: Caller | null, repository: Repository | null): void {
  if (caller?.kind !== 'installation') return
  if (repository !== null && !tokenReaches(caller.token, repository)) return
  if (!allows(caller.token.permissions, need)) throw forbidden()
}

function callerKey(caller: Caller | null): string {
  return caller === null ? 'nobody' : caller.kind === 'app' ? 'app' : `installation ${caller.token.installation.id}`
}

function countRequest(world: World, caller: Caller | null): void {
  const key = callerKey(caller)
  const used = (world.usedRequests.get(key) ?? 0) + 1
  if (used > world.limits.requestsPerHour) {
    throw new ApiError(403, `API rate limit exceeded for ${key}.`, { headers: rateLimitHeaders(world, key) })
  }
  world.usedRequests.set(key, used)
}

function rateLimitHeaders(world: World, key: string): Record<string, string> {
  const used = world.usedRequests.get(key) ?? 0
  return {
    'x-ratelimit-limit': String(world.limits.requestsPerHour),
    'x-ratelimit-remaining': String(Math.max(0, world.limits.requestsPerHour - used)),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(Math.floor(clock(world) / 1000) + 3600),
    'x-ratelimit-resource': 'core',
  }
}

/** Runs the operation and turns what comes out, or what was thrown, into bytes and headers. */
async function finish(exchange: Exchange, run: () => Promise<Answer>): Promise<OutgoingAnswer> {
  const { world, request, matched, log, fault } = exchange
  const answer = fault?.reset === 'before' ? { status: 0 } : await runSafely(run)
  const { body, headers: pageHeaders } = paged(exchange, answer)
  const changedBody = fault?.change === undefined ? body : fault.change(body)
  const mediaType = answer.mediaType ?? 'application/json'
  if (matched.operationId !== null && fault === null)
    judgeAnswer(world, {
      operationId: matched.operationId,
      status: answer.status,
      mediaType: answer.describedAs ?? mediaType,
      body: changedBody,
    })
  const bytes = toBytes(changedBody, mediaType)
  const caller = attempt(() => identify(world, request.headers['authorization']))
  const headers: Record<string, string> = {
    'content-type': `${mediaType}; charset=utf-8`,
    'x-github-request-id': log.id,
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': request.headers['x-github-api-version'] ?? '2022-11-28',
    ...rateLimitHeaders(world, callerKey(caller instanceof Error ? null : caller)),
    ...pageHeaders,
    ...answer.headers,
  }
  return conditional(exchange, { status: answer.status, headers, body: bytes, fault })
}

async function runSafely(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body, headers: error.headers }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { status: 500, body: { message: `The stand-in itself failed: ${message}` } }
  }
}

function paged({ request, fault }: Exchange, answer: Answer): { body: unknown; headers: Record<string, string> } {
  if (answer.pages === undefined) return { body: answer.body, headers: {} }
  const { items, wrap = (page: readonly unknown[]) => page, defaultPerPage } = answer.pages
  const page = cutPage(items, { query: request.query, url: `${request.root}${request.path}`, perPage: defaultPerPage })
  return { body: wrap(page.items), headers: page.link === '' || fault?.dropLink === true ? {} : { link: page.link } }
}

function judgeAnswer(
  world: World,
  { operationId, status, mediaType, body }: { operationId: string; status: number; mediaType: string; body: unknown },
): void {
  if (status === 500) world.selfViolations.push({ request: operationId, where: 'response', message: JSON.stringify(body) })
  const plain = typeof body === 'object' && !Buffer.isBuffer(body) ? (JSON.parse(JSON.stringify(body)) as unknown) : body
  const wrong = plain === undefined ? [] : world.description.checkResponse(operationId, { status, mediaType, body: plain })
  world.selfViolations.push(...wrong.filter(({ message }) => !knownDescriptionErrors.some((known) => known.test(message))))
}

function toBytes(body: unknown, mediaType: string): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' && mediaType !== 'application/json' ? body : JSON.stringify(body))
}

/** `ETag` on every successful read; a matching `If-None-Match` gives 304 and costs nothing of the limit. */
function conditional({ world, request }: Exchange, answer: OutgoingAnswer): OutgoingAnswer {
  if (request.method !== 'GET' || answer.status !== 200) return answer
  const etag = `W/"${createHash('sha256').update(answer.body).digest('hex')}"`
  const headers = { ...answer.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' }
  if (request.headers['if-none-match'] !== etag) return { ...answer, headers }
  const caller = attempt(() => identify(world, request.headers['authorization']))
  const key = callerKey(caller instanceof Error ? null : caller)
  world.usedRequests.set(key, (world.usedRequests.get(key) ?? 1) - 1)
  return { ...answer, status: 304, headers: { ...headers, ...rateLimitHeaders(world, key) }, body: Buffer.alloc(0) }
}
