/** `git clone` and `git push` over HTTP: hands the request to git's own http-backend and tells the stand-in of pushes. */
import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createGunzip } from 'node:zlib'
import { gitEnvironment } from './git.ts'
import { findAccount, findRepository, fullName, type World } from './state.ts'
import { roleOf } from './people.ts'

const writingRoles = new Set(['admin', 'maintain', 'write'])

interface GitExchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: URL
  readonly onPush: (repositoryName: string, pusher: string) => Promise<void>
}

/** Everybody may fetch; a push needs a known user name with write access. Passwords are not looked at. */
export async function serveGit(world: World, exchange: GitExchange): Promise<void> {
  const { request, response, url, onPush } = exchange
  const [, owner = '', name = '', rest = ''] = /^\/([^/]+)\/([^/]+)\.git(\/.*)$/.exec(url.pathname) ?? []
  const repository = findRepository(world, decodeURIComponent(owner), decodeURIComponent(name))
  if (repository === undefined) return refuse(response, 404)
  const pushing = rest === '/git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack'
  const user = basicUser(request.headers.authorization)
  if (pushing && user === null) return refuse(response, 401)
  if (pushing && (user === null || findAccount(world, user) === undefined || !writingRoles.has(roleOf(world, repository, user))))
    return refuse(response, 403)
  const output = await runBackend(exchange, { directory: repository.directory, rest, user: user ?? '' })
  if (rest === '/git-receive-pack' && user !== null) await onPush(fullName(repository), user)
  writeCgi(response, output)
}

function basicUser(authorization: string | undefined): string | null {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'basic') return null
  return Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? null
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {})
  response.end()
}

async function runBackend(
  { request, url }: GitExchange,
  { directory, rest, user }: { directory: string; rest: string; user: string },
): Promise<Buffer> {
  const environment = gitEnvironment({
    GIT_PROJECT_ROOT: directory,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: rest,
    REQUEST_METHOD: request.method ?? 'GET',
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: request.headers['content-type'] ?? '',
    REMOTE_USER: user,
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
  })
  const child = spawn('git', ['-c', 'safe.directory=*', '-c', 'http.receivepack=true', 'http-backend'], {
    cwd: directory,
    env: environment,
  })
  const out: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stdin.on('error', () => undefined)
  const zipped = request.headers['content-encoding'] === 'gzip'
  ;(zipped ? request.pipe(createGunzip()) : request).pipe(child.stdin)
  await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return Buffer.concat(out)
}

/** A CGI answer: headers, an empty line, the body. */
function writeCgi(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n')
  const headers = output
    .subarray(0, end)
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.split(/:\s*/, 2))
  const status = headers.find(([name]) => name?.toLowerCase() === 'status')?.[1]
  const kept = headers.filter(([name]) => name !== undefined && name !== '' && name.toLowerCase() !== 'status')
  response.writeHead(
    status === undefined ? 200 : Number.parseInt(status, 10),
    Object.fromEntries(kept.map(([name = '', value = '']) => [name, value])),
  )
  response.end(output.subarray(end + 4))
}
