/** What the stand-in for GitHub remembers: accounts, repositories, pull requests, check runs, installations, deliveries. Plain records; no behaviour but looking up. */
import type { KeyObject } from 'node:crypto'
import type { Fault } from './faults.ts'
import type { GitHubDescription, Violation } from '../validate.ts'

export type AccountType = 'User' | 'Organization' | 'Bot'
export type RoleName = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'
export type Level = 'read' | 'write' | 'admin'
export type Permissions = Readonly<Record<string, Level>>

export interface Account {
  readonly id: number
  readonly login: string
  readonly type: AccountType
  /** Address of commits; how GitHub finds the account of an author. */
  readonly email: string
  readonly createdAt: string
  /** Organisations only: members by login in lower case. */
  readonly members: Map<string, 'admin' | 'member'>
}

export interface Team {
  readonly id: number
  readonly organisation: string
  readonly slug: string
  readonly name: string
  readonly privacy: 'closed' | 'secret'
  /** Slug of the parent team; its member list contains ours. */
  readonly parent: string | null
  /** By login in lower case. */
  readonly members: Map<string, { role: 'member' | 'maintainer'; state: 'active' | 'pending' }>
  readonly createdAt: string
}

export interface Repository {
  readonly id: number
  readonly owner: string
  readonly name: string
  visibility: 'public' | 'private' | 'internal'
  defaultBranch: string
  /** Full name of the repository this is a fork of. */
  readonly parent: string | null
  /** Folder of the bare git repository. */
  readonly directory: string
  /** By login in lower case, or `@org/team`. */
  readonly roles: Map<string, RoleName>
  /** Branch heads as last seen; a push is the difference to what git has now. */
  readonly branches: Map<string, string>
  readonly pullRequests: PullRequest[]
  /** Names of protected branches. */
  readonly protectedBranches: Set<string>
  readonly createdAt: string
  pushedAt: string
  deleted: boolean
  /** Code scanning is switched on; private repositories have to pay for it. */
  codeScanning: boolean
}

export interface PullRequest {
  readonly id: number
  readonly number: number
  readonly repository: Repository
  title: string
  body: string | null
  readonly author: string
  state: 'open' | 'closed'
  draft: boolean
  readonly head: { readonly repository: Repository; readonly ref: string; sha: string }
  /** Every head commit so far, the present one last. */
  readonly heads: string[]
  /** `sha` is the tip of the base branch when the head last moved or the base was last changed, as on GitHub: it goes stale. */
  readonly base: { ref: string; sha: string }
  readonly labels: string[]
  readonly requestedUsers: Set<string>
  readonly requestedTeams: Set<string>
  merged: { readonly at: string; readonly by: string; readonly commit: string } | null
  readonly createdAt: string
  updatedAt: string
  closedAt: string | null
  readonly reviews: Review[]
  readonly reviewComments: ReviewComment[]
  readonly comments: IssueComment[]
}

export interface Review {
  readonly id: number
  readonly user: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING'
  body: string
  readonly commit: string
  submittedAt: string
}

export interface ReviewComment {
  readonly id: number
  readonly review: number | null
  readonly user: string
  readonly path: string
  body: string
  readonly side: 'LEFT' | 'RIGHT'
  /** Line when it was written; null for a comment on the file. */
  readonly line: number | null
  readonly startLine: number | null
  readonly startSide: 'LEFT' | 'RIGHT' | null
  readonly subject: 'line' | 'file'
  readonly position: number | null
  readonly hunk: string
  /** Head commit it was written on. */
  readonly commit: string
  readonly inReplyTo: number | null
  readonly createdAt: string
  updatedAt: string
  readonly reactions: Reaction[]
}

export interface IssueComment {
  readonly id: number
  readonly user: string
  body: string
  readonly createdAt: string
  updatedAt: string
  readonly reactions: Reaction[]
  /** Written with a user's token by an app. */
  readonly viaApp: boolean
}

export interface Reaction {
  readonly id: number
  readonly user: string
  /** `+1`, `confused`, … */
  readonly content: string
  readonly createdAt: string
}

/** What was uploaded to code scanning. */
export interface Sarif {
  readonly id: string
  readonly repository: Repository
  readonly ref: string
  readonly commit: string
  readonly sarif: unknown
}

export interface AppIdentity {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly owner: string
  readonly permissions: Permissions
  readonly events: readonly string[]
  readonly publicKey: KeyObject | null
  readonly createdAt: string
}

export interface Installation {
  readonly id: number
  readonly account: string
  /** Full names, or every repository of the account. */
  repositories: 'all' | Set<string>
  permissions: Permissions
  events: readonly string[]
  suspendedAt: string | null
  readonly createdAt: string
}

export interface Token {
  readonly token: string
  readonly installation: Installation
  readonly permissions: Permissions
  /** Repository ids, or everything the installation reaches. */
  readonly repositories: 'all' | Set<number>
  readonly expiresAt: number
  revoked: boolean
}

export interface CheckSuite {
  readonly id: number
  readonly app: AppIdentity
  readonly repository: Repository
  readonly headSha: string
  readonly headBranch: string | null
  readonly before: string | null
  status: CheckStatus
  conclusion: string | null
  readonly createdAt: string
  updatedAt: string
}

export type CheckStatus = 'queued' | 'in_progress' | 'completed'

export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column: number | null
  readonly end_column: number | null
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title: string | null
  readonly raw_details: string | null
}

export interface CheckRun {
  readonly id: number
  readonly suite: CheckSuite
  readonly repository: Repository
  readonly headSha: string
  name: string
  status: CheckStatus
  conclusion: string | null
  externalId: string
  detailsUrl: string
  startedAt: string | null
  completedAt: string | null
  title: string | null
  summary: string | null
  text: string | null
  readonly annotations: Annotation[]
  actions: readonly { label: string; description: string; identifier: string }[]
  /** How often it was written to, creation included. */
  writes: number
}

export interface Delivery {
  readonly id: number
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly installationId: number | null
  readonly repositoryId: number | null
  readonly payload: Record<string, unknown>
  readonly redelivery: boolean
  deliveredAt: string
  durationSeconds: number
  /** `OK`, or why it failed; null while under way. */
  status: string | null
  statusCode: number
  requestHeaders: Record<string, string>
  responseHeaders: Record<string, string>
  responseBody: string
}

export interface LoggedRequest {
  readonly id: string
  readonly method: string
  /** Path below the API's root, without the query. */
  readonly path: string
  readonly query: string
  readonly operationId: string | null
  status: number
  /** What the caller's token may do; null for the app's own JWT and for nobody. */
  permissions: Permissions | null
  readonly installationId: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly at: number
}

/** GitHub's limits; tests lower them to reach them cheaply. Sources: REST reference of each operation. */
export interface Limits {
  pullRequestFiles: number
  compareFiles: number
  compareCommits: number
  /** Longest patch GitHub shows of one file, in bytes. */
  patchBytes: number
  directoryEntries: number
  treeEntries: number
  /** Largest file contents gives as base64, and in raw form. */
  contentBytes: number
  rawBytes: number
  tokenLifetimeMs: number
  requestsPerHour: number
  deliveryTimeoutMs: number
}

export interface World {
  readonly directory: string
  readonly description: GitHubDescription
  readonly app: AppIdentity
  /** Where the API is (`http://127.0.0.1:PORT`), without trailing slash. */
  apiUrl: string
  /** What `html_url` begins with. */
  webUrl: string
  readonly accounts: Map<string, Account>
  readonly teams: Team[]
  readonly repositories: Repository[]
  readonly installations: Installation[]
  readonly tokens: Map<string, Token>
  readonly suites: CheckSuite[]
  readonly checkRuns: CheckRun[]
  readonly sarifs: Sarif[]
  readonly deliveries: Delivery[]
  readonly requests: LoggedRequest[]
  /** Deliveries and events still on their way. */
  readonly underWay: Set<Promise<unknown>>
  readonly violations: Violation[]
  readonly selfViolations: Violation[]
  /** Calls of operations GitHub does not offer to installation tokens. */
  readonly warnings: string[]
  readonly faults: Fault[]
  readonly limits: Limits
  readonly usedRequests: Map<string, number>
  webhook: { url: string | null; readonly secret: string }
  graphql: (query: string, variables: Record<string, unknown>, caller: Token | null) => unknown
  /** Added to the clock, so that a test can let a token expire. */
  clockOffsetMs: number
  lastId: number
  /** Called after every change, so that tests can wait for a state. */
  readonly listeners: Set<() => void>
}

export function nextId(world: World): number {
  world.lastId += 1
  return world.lastId
}

/** Milliseconds by the stand-in's clock. */
export function clock(world: World): number {
  return Date.now() + world.clockOffsetMs
}

/** GitHub writes instants to the second. */
export function timestamp(world: World): string {
  return secondsOnly(new Date(clock(world)))
}

export function secondsOnly(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

export function changed(world: World): void {
  for (const listener of world.listeners) listener()
}

export function findAccount(world: World, login: string): Account | undefined {
  return world.accounts.get(login.toLowerCase())
}

/** Throws for an account the test never made: a mistake in the test. */
export function accountOf(world: World, login: string): Account {
  const account = findAccount(world, login)
  if (account === undefined)
    throw new Error(`There is no account \`${login}\` in the stand-in; make it with user(), bot() or organisation().`)
  return account
}

export function fullName(repository: Repository): string {
  return `${repository.owner}/${repository.name}`
}

export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase()
  return world.repositories.find((repository) => !repository.deleted && fullName(repository).toLowerCase() === wanted)
}

export function findTeam(world: World, organisation: string, slug: string): Team | undefined {
  return world.teams.find((team) => team.organisation.toLowerCase() === organisation.toLowerCase() && team.slug === slug.toLowerCase())
}

/** The installation that sees a repository, if any. */
export function installationFor(world: World, repository: Repository): Installation | undefined {
  return world.installations.find((installation) => reaches(installation, repository))
}

export function reaches(installation: Installation, repository: Repository): boolean {
  if (installation.account.toLowerCase() !== repository.owner.toLowerCase()) return false
  return installation.repositories === 'all' || installation.repositories.has(fullName(repository))
}
