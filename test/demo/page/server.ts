/** Serves the demo's pages on loopback. Reads the stand-in's state at each request; writes nothing. */
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findRepository, type PullRequest, type World } from '../../github/stand-in/state.ts'
import { checksPage } from './checks-page.ts'
import { conversationPage, listPage } from './conversation-page.ts'
import { filePage, readFileAt } from './files.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'

export interface PageServer {
  readonly url: string
  /** What is shown; nothing before the stand-in is there. */
  show(world: World): void
  stop(): Promise<void>
}

/** Nothing but our own style sheet is loaded. */
const headers = {
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}
const style = readFileSync(new URL('style.css', import.meta.url), 'utf8')

export async function startPageServer(): Promise<PageServer> {
  let world: World | null = null
  const server = createServer((request, response) => {
    answer(world, new URL(request.url ?? '/', 'http://127.0.0.1').pathname, response).catch((error: unknown) => {
      send(response, { status: 500, body: layout('Error', html`<main><pre>${String(error)}</pre></main>`) })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (shown) => {
      world = shown
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(response: ServerResponse, { status, body, type = 'text/html' }: { status: number; body: string; type?: string }): void {
  response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` })
  response.end(body)
}

async function answer(world: World | null, path: string, response: ServerResponse): Promise<void> {
  if (path === '/style.css') return send(response, { status: 200, body: style, type: 'text/css' })
  const body = world === null ? null : await pageAt(world, decodeURI(path))
  send(
    response,
    body === null
      ? {
          status: 404,
          body: layout(
            'Not found',
            html`<main>
              <h1>Not found</h1>
              <p>The demo has no page for <code>${path}</code>.</p>
            </main>`,
          ),
        }
      : { status: 200, body },
  )
}

async function pageAt(world: World, path: string): Promise<string | null> {
  if (path === '/') return listPage(world)
  const [, owner = '', name = '', rest = ''] = /^\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? []
  const repository = findRepository(world, owner, name)
  if (repository === undefined) return null
  const [, number, tab, run] = /^\/pull\/(\d+)(?:\/(checks|files|commits))?(?:\/(\d+))?$/.exec(rest) ?? []
  const pull = repository.pullRequests.find((candidate) => candidate.number === Number(number))
  if (pull !== undefined)
    return tab === 'checks' ? checksPage(world, pull, run === undefined ? null : Number(run)) : conversationPage(world, pull)
  const [, id] = /^\/runs\/(\d+)$/.exec(rest) ?? []
  const owning = pullOfRun(world, repository.pullRequests, Number(id))
  if (owning !== undefined) return checksPage(world, owning, Number(id))
  const [, ref, file] = /^\/blob\/([^/]+)\/(.+)$/.exec(rest) ?? []
  const text = ref === undefined || file === undefined ? null : await readFileAt(repository, ref, file)
  return text === null || file === undefined ? null : filePage(file, text)
}

function pullOfRun(world: World, pulls: readonly PullRequest[], id: number): PullRequest | undefined {
  const run = world.checkRuns.find((candidate) => candidate.id === id)
  return run === undefined ? undefined : pulls.find((pull) => pull.heads.includes(run.headSha))
}
