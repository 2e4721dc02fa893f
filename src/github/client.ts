/**
 * What this room needs of an Octokit, and the one way it is called: every failure becomes transient (try again, perhaps later) or
 * permanent (say so), and an answer that was cut off on its way is a failure, never half a fact.
 */
import type { Octokit } from '@octokit/rest'
import { perPage } from './limits.ts'

/** Any Octokit with typed routes; authenticated for one installation and one repository. */
export type GitHubClient = Pick<Octokit, 'request'>

/** The network, GitHub's own trouble, or a limit. The same request may succeed later. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure'
  readonly status: number | null
  /** GitHub's wish, where it expressed one: not before this instant. */
  readonly notBefore: Date | null

  constructor(
    message: string,
    { status = null, notBefore = null, cause }: { status?: number | null; notBefore?: Date | null; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.status = status
    this.notBefore = notBefore
  }
}

/** Something is gone, not granted, or not what the app thinks it is: asking again changes nothing. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure'
  readonly status: number | null

  constructor(message: string, { status = null, cause }: { status?: number | null; cause?: unknown } = {}) {
    super(message, { cause })
    this.status = status
  }
}

/**
 * Runs one request. `what` names it in the failure's sentence: "the pull request", "the members of `@acme/payments`".
 * Throws TransientFailure or PermanentFailure, nothing else.
 */
export async function ask<T>(what: string, request: () => Promise<{ data: T; headers?: { link?: string | undefined } }>): Promise<T> {
  return (await askWithHeaders(what, request)).data
}

async function askWithHeaders<R extends { data: unknown }>(what: string, request: () => Promise<R>): Promise<R> {
  let response: R
  try {
    response = await request()
  } catch (error) {
    throw asFailure(error, what)
  }
  // Octokit hands out the raw text when an answer that should be JSON cannot be parsed.
  if (typeof response.data === 'string') throw new TransientFailure(`GitHub's answer about ${what} was cut off.`)
  return response
}

/**
 * The answer to one request whose 404 is an answer too: null. Everything else as `ask`.
 */
export async function askIfThere<T>(what: string, request: () => Promise<{ data: T }>): Promise<T | null> {
  try {
    return await ask(what, request)
  } catch (error) {
    if (error instanceof PermanentFailure && error.status === 404) return null
    throw error
  }
}

export interface Pages<T> {
  readonly items: readonly T[]
  /** False when there are more pages than were asked for. */
  readonly complete: boolean
}

/** All pages of a list, by GitHub's own `next` links. `request` gets the number of the page, from 1. */
export async function askForAll<T>(
  what: string,
  request: (page: number) => Promise<{ data: readonly T[]; headers: { link?: string | undefined } }>,
  maxPages: number,
): Promise<Pages<T>> {
  const items: T[] = []
  for (let page = 1; page <= maxPages; page += 1) {
    const { data, headers } = await askWithHeaders(what, () => request(page))
    const isList: boolean = Array.isArray(data)
    if (!isList) throw new TransientFailure(`GitHub's answer about ${what} was cut off.`)
    items.push(...data)
    // A full page without a link to the next one may have lost the link on its way; an empty page tells for certain.
    if (!(headers.link ?? '').includes('rel="next"') && data.length < perPage) return { items, complete: true }
  }
  return { items, complete: false }
}

interface HttpError {
  readonly status: number
  readonly message: string
  readonly headers: Readonly<Record<string, unknown>>
}

/** Sorts the error of a request into transient and permanent. What is no error of a request is a fault of ours and stays what it is. */
export function asFailure(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || !('status' in error) || error instanceof TransientFailure || error instanceof PermanentFailure)
    return error
  const http = httpError(error)
  if (http === null) return new TransientFailure(`GitHub could not be reached for ${what}.`, { cause: error })
  const { status } = http
  const notBefore = limitedUntil(http)
  if (notBefore !== null)
    return new TransientFailure(`GitHub's rate limit stopped the request for ${what}.`, { status, notBefore, cause: error })
  const why = permanent[status]
  if (why !== undefined) return new PermanentFailure(`${why} ${what} (GitHub answered ${status}).`, { status, cause: error })
  return new TransientFailure(`GitHub answered ${status} for ${what}.`, { status, cause: error })
}

/** Answers that stay the same however often one asks. 401 is not among them: a token may have expired on its way. */
const permanent: Readonly<Record<number, string>> = {
  400: 'GitHub did not understand the request for',
  403: 'The app is not allowed to read or write',
  404: 'GitHub does not have',
  410: 'GitHub does not have any more',
  422: 'GitHub refused',
  451: 'GitHub may not show',
}

function httpError(error: unknown): HttpError | null {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null
  const response = 'response' in error && isRecord(error.response) ? error.response : null
  // Octokit reports a request that got no answer at all as status 500 without a response.
  if (response === null) return null
  return { status: error.status, message: error.message, headers: isRecord(response['headers']) ? response['headers'] : {} }
}

/** GitHub asks to wait at least this long when it does not say how long (docs.github.com, "Rate limits for the REST API"). */
const waitWithoutWordMs = 60_000

/** When a limit ends; null when the answer is not about a limit. */
function limitedUntil({ status, message, headers }: HttpError): Date | null {
  if (status !== 403 && status !== 429) return null
  const after = Number(headers['retry-after'])
  if (headers['retry-after'] !== undefined && Number.isFinite(after)) return new Date(Date.now() + after * 1000)
  const reset = Number(headers['x-ratelimit-reset'])
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)) return new Date(reset * 1000 + 1000)
  return status === 429 || /rate limit|abuse/i.test(message) ? new Date(Date.now() + waitWithoutWordMs) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
