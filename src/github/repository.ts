/** One repository as one installation sees it: what every reader of this room gets. */
import type { GitHubCache } from './cache.ts'
import type { GitHubClient } from './client.ts'

export interface RepositoryAccess {
  readonly client: GitHubClient
  readonly cache: GitHubCache
  readonly installation: number
  readonly id: number
  readonly owner: string
  readonly name: string
  /** For the organisation's policy, in `<owner>/.github`: a client that may read it, or null where the app is not installed on it. */
  readonly organisation: () => Promise<GitHubClient | null>
}

/** The path parameters of nearly every route. */
export function place({ owner, name }: RepositoryAccess): { owner: string; repo: string } {
  return { owner, repo: name }
}

/** A cache key that no other installation or repository can meet. */
export function cacheKey({ installation, id }: RepositoryAccess, what: string): string {
  return `${installation}:${id}:${what}`
}
