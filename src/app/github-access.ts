/**
 * Clients for the app: as the app itself, or for one installation and one repository at a time. There is no client for everything an
 * installation may do, so that a mix-up cannot reach further than the repository of the event.
 */
import type { Probot, ProbotOctokit } from 'probot'
import { createCache } from '../github/cache.ts'
import { LRUCache } from 'lru-cache'
import { ask, PermanentFailure } from '../github/client.ts'
import type { GitHubClient } from '../github/client.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { AppIdentity } from '../github/standing.ts'
import { clientWithToken } from './octokit.ts'
import type { OctokitLog, RequestObserver } from './octokit.ts'

export interface RepositoryName {
  readonly id: number
  readonly owner: string
  readonly name: string
}

export interface GitHubAccess {
  /** As the app, for the delivery log and the list of installations. */
  readonly app: GitHubClient
  /** A client whose token reaches this repository alone. Throws PermanentFailure when the installation is gone or suspended. */
  forRepository(installation: number, repository: RepositoryName, observe: RequestObserver): Promise<RepositoryAccess>
  /** A client for listing what an installation reaches. */
  forInstallation(installation: number, observe: RequestObserver): Promise<GitHubClient>
  /** Has the next client ask for a new token: GitHub did not accept the one we had. */
  forgetTokens(installation: number): void
}

export interface AccessOptions {
  readonly probot: Probot
  readonly Octokit: typeof ProbotOctokit
  readonly baseUrl: string
  readonly log: OctokitLog
}

export async function openGitHub({ probot, Octokit, baseUrl, log }: AccessOptions): Promise<GitHubAccess> {
  const app = await probot.auth()
  const cache = createCache()
  const client = (token: string, installation: number, observe: RequestObserver): GitHubClient =>
    clientWithToken(Octokit, { token, baseUrl, throttleId: String(installation), observe, log })
  const tokens = new LRUCache<string, string>({ max: 5000, ttl: tokenMs })
  const token = createTokens(app, tokens)
  return {
    app,
    forgetTokens: (installation) => {
      for (const key of tokens.keys()) if (key.startsWith(`${installation} `)) tokens.delete(key)
    },
    forInstallation: async (installation, observe) => client(await token(installation, {}), installation, observe),
    forRepository: async (installation, repository, observe) => ({
      client: client(await token(installation, { repository_ids: [repository.id] }), installation, observe),
      cache,
      installation,
      ...repository,
      organisation: async () => {
        try {
          return client(await token(installation, { repositories: ['.github'] }), installation, observe)
        } catch (error) {
          // GitHub refuses a token for a repository that the installation does not include.
          if (error instanceof PermanentFailure) return null
          throw error
        }
      },
    }),
  }
}

interface TokenScope {
  readonly repository_ids?: number[]
  readonly repositories?: string[]
}

/** GitHub's tokens live for an hour; one that is used from here on has at least ten minutes left. */
const tokenMs = 50 * 60_000

/** Installation tokens by scope, each asked for once in its life. */
function createTokens(app: GitHubClient, tokens: LRUCache<string, string>): (installation: number, scope: TokenScope) => Promise<string> {
  return async (installation, scope) => {
    const key = `${installation} ${JSON.stringify(scope)}`
    const known = tokens.get(key)
    if (known !== undefined) return known
    const { token } = await ask('a token for the installation', () =>
      app.request('POST /app/installations/{installation_id}/access_tokens', { installation_id: installation, ...scope }),
    )
    tokens.set(key, token)
    return token
  }
}

/** Who the app is: its id, and the slug under which it writes. Asks GitHub once. */
export async function readAppIdentity(app: GitHubClient): Promise<AppIdentity> {
  const data = await ask('the app', () => app.request('GET /app'))
  if (data === null) throw new PermanentFailure('GitHub does not know the app.')
  return { id: Number(data.id), slug: data.slug ?? '' }
}
