/** What a resource is given to answer a request, and the shapes of its answer. */
import { notFound } from './errors.ts'
import type { Caller } from './tokens.ts'
import type { Repository, Token, World } from './state.ts'

export interface Context {
  readonly world: World
  readonly operationId: string
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  /** The `Accept` header. */
  readonly accept: string
  readonly caller: Caller | null
  readonly foundRepository: Repository | null
}

export interface Answer {
  readonly status: number
  /** JSON, or text and bytes with a `mediaType`. */
  readonly body?: unknown
  readonly mediaType?: string
  /** The media type under which GitHub's description has this body, where the `content-type` it really sends is another. */
  readonly describedAs?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A list to be cut into pages; `wrap` puts a page into its envelope. */
  readonly pages?: {
    readonly items: readonly unknown[]
    readonly wrap?: (page: readonly unknown[]) => unknown
    readonly defaultPerPage?: number
  }
}

type Handler = (context: Context) => Answer | Promise<Answer>
export type Routes = Readonly<Record<string, Handler>>

export function ok(body: unknown): Answer {
  return { status: 200, body }
}

export function created(body: unknown): Answer {
  return { status: 201, body }
}

export const noContent: Answer = { status: 204 }

/** A list answered in pages, as it is or in an envelope. */
export function list(items: readonly unknown[], wrap?: (page: readonly unknown[]) => unknown): Answer {
  return { status: 200, pages: wrap === undefined ? { items } : { items, wrap } }
}

/** `{ total_count, [key]: page }`. */
export function counted(key: string, items: readonly unknown[]): Answer {
  return list(items, (page) => ({ total_count: items.length, [key]: page }))
}

/** The repository of the path; the server has made sure that the caller may see it. */
export function repositoryOf({ foundRepository }: Context): Repository {
  if (foundRepository === null) throw notFound()
  return foundRepository
}

export function parameter({ parameters }: Context, name: string): string {
  return parameters[name] ?? ''
}

export function numberOf(context: Context, name: string): number {
  return Number(parameter(context, name))
}

/** The token of an installation's call. */
export function tokenOf({ caller }: Context): Token {
  if (caller?.kind !== 'installation') throw notFound()
  return caller.token
}

/** Who writes: the app's bot account, since only the app calls. */
export function botLogin(world: World): string {
  return `${world.app.slug}[bot]`
}

/** Does the caller ask for this of GitHub's media types (`raw`, `object`, `diff`, `sha`)? */
export function wants({ accept }: Context, kind: string): boolean {
  return new RegExp(`application/vnd\\.github\\.(?:v3\\.)?${kind}(?:\\+json)?(?:[;,\\s]|$)`).test(accept)
}

export function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

export function isStringList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
