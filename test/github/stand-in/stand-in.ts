/**
 * A stateful stand-in for GitHub, over real bare git repositories in a temporary folder: what people do here (push, open, review,
 * click "Re-run") reaches the app as signed webhooks, and what the app does reaches the state through GitHub's REST API, judged by
 * GitHub's own description. For tests and the demo; it listens on loopback only.
 *
 *   const github = await GitHubStandIn.start({ webhookUrl: 'http://127.0.0.1:3000/api/github/webhooks' })
 *   github.organisation('acme'); github.user('ana')
 *   const shop = await github.createRepository('acme', 'shop', { 'openapi.yaml': '...' })
 *   await shop.commit('topic', { 'openapi.yaml': '...' }, { author: 'ana' })
 *   const pull = await shop.openPullRequest({ author: 'ana', branch: 'topic' })
 *   await pull.waitForCheckRuns({ 'API review': 'success' })
 *   await github.stop()
 */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { redeliver } from './deliveries.ts'
import { emitInstallation } from './events.ts'
import type { Fault } from './faults.ts'
import { git } from './git.ts'
import { RepositoryHandle } from './handles.ts'
import { readManifest, type Manifest } from './manifest.ts'
import { repositoryJson } from './present/repositories.ts'
import { startServer } from './server.ts'
import {
  accountOf,
  changed,
  findAccount,
  nextId,
  timestamp,
  type Account,
  type AccountType,
  type Delivery,
  type Installation,
  type Limits,
  type LoggedRequest,
  type Repository,
  type RoleName,
  type Team,
  type World,
} from './state.ts'
import { createToken, type TokenWish } from './tokens.ts'
import { waitUntil } from './waiting.ts'
import { WorkingClone, type Files } from './working-clone.ts'
import { loadDescription, type GitHubDescription, type Violation } from '../validate.ts'

export interface StandInOptions {
  /** Where deliveries go; can be set later with `deliverTo`. */
  readonly webhookUrl?: string
  /** What the app may do and hears; `app.yml` when absent. */
  readonly manifest?: Manifest
  readonly limits?: Partial<Limits>
  /** What `html_url` begins with; `https://github.com` when absent. */
  readonly webUrl?: string
  readonly graphql?: World['graphql']
}

const megabyte = 1_048_576

/** GitHub's own numbers. */
const githubLimits: Limits = {
  pullRequestFiles: 3000,
  compareFiles: 300,
  compareCommits: 250,
  patchBytes: 500 * 1024,
  directoryEntries: 1000,
  treeEntries: 100_000,
  contentBytes: megabyte,
  rawBytes: 100 * megabyte,
  tokenLifetimeMs: 3_600_000,
  requestsPerHour: 5000,
  deliveryTimeoutMs: 10_000,
}

const appId = 4711
const appSlug = 'specgate'
/** Making a key takes longer than anything else here, so a process makes one; the description is read once as well. */
let sharedKeys: { publicKey: ReturnType<typeof generateKeyPairSync>['publicKey']; pem: string } | null = null
let sharedDescription: GitHubDescription | null = null

function keys(): NonNullable<typeof sharedKeys> {
  if (sharedKeys === null) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    sharedKeys = { publicKey, pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  }
  return sharedKeys
}

export class GitHubStandIn {
  readonly world: World
  readonly #server: Server

  private constructor(world: World, server: Server) {
    this.world = world
    this.#server = server
  }

  static async start(options: StandInOptions = {}): Promise<GitHubStandIn> {
    const world = createWorld(await mkdtemp(join(tmpdir(), 'github-stand-in-')), options)
    const handles = (name: string): RepositoryHandle | undefined => {
      const found = world.repositories.find((repository) => `${repository.owner}/${repository.name}` === name && !repository.deleted)
      return found === undefined ? undefined : new RepositoryHandle(world, found)
    }
    const server = await startServer(world, async (name, pusher) => handles(name)?.sync(pusher))
    return new GitHubStandIn(world, server)
  }

  /** Waits for what is under way, closes every connection and removes the folder. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    await Promise.allSettled(this.world.underWay)
    await rm(this.world.directory, { recursive: true, force: true, maxRetries: 3 })
  }

  /** Base address of the REST API. */
  get url(): string {
    return this.world.apiUrl
  }

  /** The environment in which the app runs against this GitHub. */
  environment(): Record<string, string> {
    return {
      APP_ID: String(this.world.app.id),
      PRIVATE_KEY: keys().pem,
      WEBHOOK_SECRET: this.world.webhook.secret,
      GITHUB_API_URL: this.world.apiUrl,
    }
  }

  deliverTo(url: string | null): void {
    this.world.webhook.url = url
  }

  /** What the app did against GitHub's description; empty when it keeps to it. */
  get violations(): readonly Violation[] {
    return this.world.violations
  }

  /** Where this stand-in itself departs from GitHub's description; must stay empty. */
  get selfViolations(): readonly Violation[] {
    return this.world.selfViolations
  }

  get faults(): Fault[] {
    return this.world.faults
  }

  /** The app's requests so far, oldest first; filtered by operation when one is named. */
  requests(operationId?: string): LoggedRequest[] {
    return this.world.requests.filter((request) => operationId === undefined || request.operationId === operationId)
  }

  deliveries(event?: string, action?: string): Delivery[] {
    return this.world.deliveries.filter(
      (delivery) => (event === undefined || delivery.event === event) && (action === undefined || delivery.action === action),
    )
  }

  async redeliver(delivery: Delivery): Promise<Delivery> {
    return redeliver(this.world, delivery)
  }

  /** Resolves when no delivery is on its way. What the app does later is not awaited. */
  async idle(): Promise<void> {
    while (this.world.underWay.size > 0) await Promise.allSettled(this.world.underWay)
  }

  async waitUntil(
    settled: () => boolean,
    { timeoutMs = 60_000, what = 'a state' }: { timeoutMs?: number; what?: string } = {},
  ): Promise<void> {
    await waitUntil(this.world, settled, { timeoutMs, describe: () => what })
  }

  user(login: string): Account {
    return this.#account(login, 'User')
  }

  /** `name[bot]`. */
  bot(login: string): Account {
    return this.#account(login, 'Bot')
  }

  organisation(login: string, members: readonly string[] = []): Account {
    const account = this.#account(login, 'Organization')
    for (const member of members) {
      this.user(member)
      account.members.set(member.toLowerCase(), 'member')
    }
    return account
  }

  /** Members become members of the organisation, too. A secret team has no parent, as on GitHub. */
  team(
    organisation: string,
    slug: string,
    {
      members,
      secret = false,
      parent = null,
      pending = [],
    }: { members: readonly string[]; secret?: boolean; parent?: string | null; pending?: readonly string[] },
  ): Team {
    const member = (login: string, state: 'active' | 'pending'): [string, { role: 'member'; state: 'active' | 'pending' }] => [
      login.toLowerCase(),
      { role: 'member', state },
    ]
    const everybody = new Map([...members.map((login) => member(login, 'active')), ...pending.map((login) => member(login, 'pending'))])
    this.organisation(organisation, members)
    for (const login of pending) this.user(login)
    const team: Team = {
      id: nextId(this.world),
      organisation,
      slug,
      name: slug,
      privacy: secret ? 'secret' : 'closed',
      parent,
      members: everybody,
      createdAt: timestamp(this.world),
    }
    this.world.teams.push(team)
    return team
  }

  /** A repository with one commit, made over `git push`. The app is installed on its owner's account unless told otherwise. */
  async createRepository(
    owner: string,
    name: string,
    files: Files,
    {
      visibility = 'private',
      roles = {},
      install = true,
      author = owner,
    }: { visibility?: Repository['visibility']; roles?: Readonly<Record<string, RoleName>>; install?: boolean; author?: string } = {},
  ): Promise<RepositoryHandle> {
    if (findAccount(this.world, owner) === undefined) this.organisation(owner)
    const directory = join(this.world.directory, 'repositories', `${owner}--${name}.git`)
    await git(this.world.directory, ['init', '--quiet', '--bare', directory])
    await git(directory, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
    const at = timestamp(this.world)
    const state: Repository = {
      id: nextId(this.world),
      owner: accountOf(this.world, owner).login,
      name,
      visibility,
      defaultBranch: 'main',
      parent: null,
      directory,
      roles: new Map(Object.entries(roles).map(([who, role]) => [who.toLowerCase(), role])),
      branches: new Map(),
      pullRequests: [],
      protectedBranches: new Set(['main']),
      createdAt: at,
      pushedAt: at,
      deleted: false,
      codeScanning: false,
    }
    this.world.repositories.push(state)
    const handle = new RepositoryHandle(this.world, state)
    await handle.commit('main', files, { author, message: 'First commit' })
    if (install && !this.world.installations.some(({ account }) => account === state.owner)) this.install(state.owner)
    return handle
  }

  repository(name: string): RepositoryHandle {
    const found = this.world.repositories.find((repository) => `${repository.owner}/${repository.name}` === name && !repository.deleted)
    if (found === undefined) throw new Error(`There is no repository ${name}.`)
    return new RepositoryHandle(this.world, found)
  }

  /** Installs the app on an account: on every repository, or on the named ones (full names). */
  install(account: string, repositories: 'all' | readonly string[] = 'all'): Installation {
    const { permissions, events } = this.world.app
    const chosen = repositories === 'all' ? 'all' : new Set(repositories)
    const installation: Installation = {
      id: nextId(this.world),
      account: accountOf(this.world, account).login,
      repositories: chosen,
      permissions,
      events,
      suspendedAt: null,
      createdAt: timestamp(this.world),
    }
    this.world.installations.push(installation)
    this.#tellInstallation(installation, 'created')
    return installation
  }

  suspend(installation: Installation): void {
    installation.suspendedAt = timestamp(this.world)
    this.#tellInstallation(installation, 'suspend')
  }

  uninstall(installation: Installation): void {
    this.world.installations.splice(this.world.installations.indexOf(installation), 1)
    this.#tellInstallation(installation, 'deleted')
  }

  /** An installation token, as the app would get it; for tests that call the API themselves. */
  token(account: string, wish: TokenWish = {}): string {
    const installation = this.world.installations.find((candidate) => candidate.account === account)
    if (installation === undefined) throw new Error(`The app is not installed on ${account}.`)
    return createToken(this.world, installation, wish).token
  }

  /** Lets time pass for tokens and timestamps. */
  advanceClock(ms: number): void {
    this.world.clockOffsetMs += ms
  }

  /** A clone of a repository over HTTP, as a person would make it. */
  async cloneOverHttp(repository: RepositoryHandle, user: string): Promise<WorkingClone> {
    const directory = await mkdtemp(join(this.world.directory, 'http-clone-'))
    await git(directory, ['clone', '--quiet', repository.remoteUrl(user), '.'])
    return new WorkingClone(this.world, directory)
  }

  #account(login: string, type: AccountType): Account {
    const known = findAccount(this.world, login)
    if (known !== undefined) return known
    const id = nextId(this.world)
    const account: Account = {
      id,
      login,
      type,
      email: `${id}+${login}@users.noreply.github.com`,
      createdAt: timestamp(this.world),
      members: new Map(),
    }
    this.world.accounts.set(login.toLowerCase(), account)
    return account
  }

  #tellInstallation(installation: Installation, action: string): void {
    const seen = this.world.repositories.filter((repository) => repository.owner === installation.account && !repository.deleted)
    const repositories = seen.map((repository) => {
      const { id, node_id: nodeId, name, full_name: fullName, private: isPrivate } = repositoryJson(this.world, repository)
      return { id, node_id: nodeId, name, full_name: fullName, private: isPrivate }
    })
    emitInstallation(this.world, { event: 'installation', action, installation, payload: { repositories, requester: null } })
    changed(this.world)
  }
}

function createWorld(directory: string, options: StandInOptions): World {
  sharedDescription ??= loadDescription()
  const manifest = options.manifest ?? readManifest()
  const at = '2026-01-05T08:00:00Z'
  const owner = 'specgate-owner'
  const account = (id: number, login: string, type: AccountType): [string, Account] => [
    login,
    { id, login, type, email: `${id}+${login}@users.noreply.github.com`, createdAt: at, members: new Map() },
  ]
  return {
    directory,
    description: sharedDescription,
    app: {
      id: appId,
      slug: appSlug,
      name: 'Specgate',
      owner,
      permissions: { metadata: 'read', ...manifest.permissions },
      events: manifest.events,
      publicKey: keys().publicKey,
      createdAt: at,
    },
    apiUrl: '',
    webUrl: options.webUrl ?? 'https://github.com',
    accounts: new Map([account(1001, owner, 'User'), account(1002, `${appSlug}[bot]`, 'Bot')]),
    teams: [],
    repositories: [],
    installations: [],
    tokens: new Map(),
    suites: [],
    checkRuns: [],
    sarifs: [],
    deliveries: [],
    requests: [],
    underWay: new Set(),
    violations: [],
    selfViolations: [],
    warnings: [],
    faults: [],
    limits: { ...githubLimits, ...options.limits },
    usedRequests: new Map(),
    webhook: { url: options.webhookUrl ?? null, secret: 'a secret of the stand-in, 32 chars' },
    graphql: options.graphql ?? (() => ({ errors: [{ message: 'This test gave no GraphQL.' }] })),
    clockOffsetMs: 0,
    lastId: 20_000,
    listeners: new Set(),
  }
}
