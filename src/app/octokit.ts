/**
 * The Octokit of the app: Probot's, with its own pace for each installation, short retries for reads, a timeout for every request, one
 * pinned API version, and a count of what was asked. Longer waits belong to the queue, never to a sleeping handler.
 */
import { ProbotOctokit } from 'probot'
import type { GitHubClient } from '../github/client.ts'

export interface RequestSeen {
  readonly status: number
  /** Requests left in this hour, where GitHub says. */
  readonly remaining: number | null
}

export type RequestObserver = (seen: RequestSeen) => void

/** GitHub answers within this or not at all; its own documentation gives no figure, the slowest comparison measured took 10 s. */
const timeoutMs = 30_000

/** The version whose answers the readers of github/ were written for. GitHub Enterprise Server 3.17 to 3.20 know no other. */
const apiVersion = '2022-11-28'

/** Answers that a repetition does not change; 429 and 403 are limits, which the queue waits for. */
const doNotRetry = [400, 401, 403, 404, 409, 410, 413, 422, 429, 451]

/** A limit that ends this soon is waited for, once. */
const shortWaitSeconds = 5

export interface OctokitOptions {
  /** False against a stand-in on loopback, which has no limits to respect. */
  readonly paced: boolean
}

type Defaults = Parameters<typeof ProbotOctokit.defaults>[0]

/** The class that Probot gets. Options as a function: Probot ignores throttling options given as an object. */
export function createOctokit({ paced }: OctokitOptions): typeof ProbotOctokit {
  // Called with (seconds, request, octokit, retries so far).
  const waitShortly = (seconds: number, ...rest: readonly unknown[]): boolean => seconds <= shortWaitSeconds && rest[2] === 0
  const defaults: Defaults = (options: Record<string, unknown>) => ({
    ...options,
    throttle: { ...recordOf(options['throttle']), enabled: paced, onRateLimit: waitShortly, onSecondaryRateLimit: waitShortly },
    retry: { retries: 2, retryAfterBaseValue: paced ? 1000 : 100, doNotRetry },
  })
  return ProbotOctokit.defaults(defaults)
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** A fetch with a timeout and the pinned version that reports each answer. */
export function observedFetch(observe: RequestObserver): typeof fetch {
  return async (url, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('x-github-api-version', apiVersion)
    const timeout = AbortSignal.timeout(timeoutMs)
    const signal = init.signal === undefined || init.signal === null ? timeout : AbortSignal.any([init.signal, timeout])
    const response = await fetch(url, { ...init, headers, signal })
    const remaining = response.headers.get('x-ratelimit-remaining')
    observe({ status: response.status, remaining: remaining === null ? null : Number(remaining) })
    return response
  }
}

/** What Octokit asks of a logger. */
export interface OctokitLog {
  debug(message: string): unknown
  info(message: string): unknown
  warn(message: string): unknown
  error(message: string): unknown
}

export interface TokenOptions {
  readonly token: string
  readonly baseUrl: string
  /** Requests with the same id share one pace. */
  readonly throttleId: string
  readonly observe: RequestObserver
  readonly log: OctokitLog
}

/** A client that carries one token. */
export function clientWithToken(Octokit: typeof ProbotOctokit, { token, baseUrl, throttleId, observe, log }: TokenOptions): GitHubClient {
  return new Octokit({ auth: { token }, baseUrl, log, throttle: { id: throttleId }, request: { fetch: observedFetch(observe) } })
}
