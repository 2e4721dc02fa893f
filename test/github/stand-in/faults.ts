/** Faults a test asks for: which request goes wrong, and how. Everything else behaves. */

export interface Fault {
  readonly method?: string
  /** Compared with the path below the API's root, e.g. `/repos/acme/shop/pulls/1`; a string may hold `*` for anything. */
  readonly path?: string | RegExp
  /** `checks/create`, instead of method and path. */
  readonly operation?: string
  /** Which of the matching requests, 1-based; all of them when absent. */
  readonly calls?: readonly number[] | { readonly from: number }
  /** Answer this instead of doing anything. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Wait before answering. */
  readonly delayMs?: number
  /** Hold the request up until this resolves: a state a test can rely on, however busy the machine is. */
  readonly until?: Promise<unknown>
  /** Cut the connection: before anything is done, or after it was done but before the answer is sent. */
  readonly reset?: 'before' | 'after'
  /** Send only the first half of the answer's bytes, then cut the connection. */
  readonly cutBody?: boolean
  /** Change the answer's JSON body, e.g. to leave out entries. */
  readonly change?: (body: unknown) => unknown
  /** Leave out the `Link` header, so that a list looks complete when it is not. */
  readonly dropLink?: boolean
  /** How many requests matched so far; counted by the stand-in. */
  seen?: number
}

/** Secondary rate limit, as GitHub sends it. */
export function secondaryRateLimit(retryAfterSeconds: number): Pick<Fault, 'status' | 'headers' | 'body'> {
  return {
    status: 403,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
    },
  }
}

/** Primary rate limit, as GitHub sends it. `resetAt` in seconds since 1970. */
export function primaryRateLimit(resetAt: number): Pick<Fault, 'status' | 'headers' | 'body'> {
  return {
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetAt) },
    body: {
      message: 'API rate limit exceeded for installation.',
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
    },
  }
}

/** Finds the fault for a request and counts it. */
export function takeFault(faults: readonly Fault[], request: { method: string; path: string; operation: string | null }): Fault | null {
  for (const fault of faults) {
    if (!matches(fault, request)) continue
    fault.seen = (fault.seen ?? 0) + 1
    if (isDue(fault.calls, fault.seen)) return fault
  }
  return null
}

function matches(fault: Fault, { method, path, operation }: { method: string; path: string; operation: string | null }): boolean {
  if (fault.method !== undefined && fault.method !== method) return false
  if (fault.operation !== undefined && fault.operation !== operation) return false
  if (fault.path === undefined) return true
  return typeof fault.path === 'string' ? glob(fault.path).test(path) : fault.path.test(path)
}

function glob(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )
}

function isDue(calls: Fault['calls'], call: number): boolean {
  if (calls === undefined) return true
  return 'from' in calls ? call >= calls.from : calls.includes(call)
}
