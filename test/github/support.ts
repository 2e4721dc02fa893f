/** What the tests of the stand-in share: a manifest, a client, a place that receives webhooks. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Octokit } from '@octokit/rest'
import { afterEach, expect } from 'vitest'
import type { Manifest } from './stand-in/manifest.ts'
import { GitHubStandIn, type StandInOptions } from './stand-in/stand-in.ts'
import type { TokenWish } from './stand-in/tokens.ts'

export const manifest: Manifest = {
  permissions: { metadata: 'read', contents: 'read', checks: 'write', pull_requests: 'write', members: 'read', merge_queues: 'read' },
  events: ['pull_request', 'pull_request_review', 'merge_group'],
}

const running: GitHubStandIn[] = []

/** A stand-in that ends with the test, and fails it when one of its answers departs from GitHub's description. */
export async function startGitHub(options: StandInOptions = {}): Promise<GitHubStandIn> {
  const github = await GitHubStandIn.start({ manifest, ...options })
  running.push(github)
  return github
}

afterEach(async () => {
  const ended = running.splice(0)
  await Promise.all(ended.map((github) => github.stop()))
  for (const github of ended) expect(github.selfViolations).toEqual([])
})

/** A client with an installation token. */
export function clientOf(github: GitHubStandIn, account: string, wish: TokenWish = {}): Octokit {
  return new Octokit({
    auth: github.token(account, wish),
    baseUrl: github.url,
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  })
}

function ignore(): void {
  // Refusals are what these tests are about.
}

/** Status and message of a refusal. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await call
  } catch (error) {
    const { status, message } = error as { status: number; message: string }
    return { status, message }
  }
  throw new Error('The call was expected to be refused.')
}

interface ReceivedDelivery {
  readonly headers: IncomingMessage['headers']
  readonly text: string
  readonly payload: Record<string, any>
}

interface Receiver {
  readonly url: string
  readonly received: ReceivedDelivery[]
  stop(): Promise<void>
}

/** A webhook address; `answer` says with which status, `null` never answers. */
export async function startReceiver(answer: (delivery: ReceivedDelivery) => number | null = () => 202): Promise<Receiver> {
  const received: ReceivedDelivery[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const delivery = { headers: request.headers, text, payload: JSON.parse(text) as Record<string, any> }
      received.push(delivery)
      const status = answer(delivery)
      if (status !== null) response.writeHead(status).end('ok')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`, received, stop }
}

export function lines(count: number, word = 'line'): string {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}\n`).join('')
}
