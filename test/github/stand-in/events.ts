/** Turns what happens in a repository into webhook messages for the app, complete as GitHub sends them: our facts over GitHub's own examples. */
import { createRequire } from 'node:module'
import { deliver } from './deliveries.ts'
import { simpleUser } from './present/accounts.ts'
import { installationJson, organisationField, repositoryJson } from './present/repositories.ts'
import { installationFor, type Installation, type Repository, type World } from './state.ts'

type Json = Record<string, unknown>

interface WebhookExamples {
  readonly name: string
  readonly examples: readonly Json[]
}

/** Sent to every app that may write checks or is installed, whether it asked for them or not. */
const always = new Set(['check_run', 'check_suite', 'installation', 'installation_repositories', 'installation_target', 'ping'])

/** The permission an event needs before the app can get it (GitHub's "Webhook events and payloads"). */
const permissionOf: Readonly<Record<string, string>> = {
  check_run: 'checks',
  check_suite: 'checks',
  pull_request: 'pull_requests',
  pull_request_review: 'pull_requests',
  pull_request_review_comment: 'pull_requests',
  pull_request_review_thread: 'pull_requests',
  issue_comment: 'issues',
  merge_group: 'merge_queues',
  push: 'contents',
}

let examples: readonly WebhookExamples[] | null = null

/** GitHub's example of an event and action, so that a payload lacks nothing that real ones have. */
export function exampleOf(event: string, action: string | null): Json {
  examples ??= createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly WebhookExamples[]
  const candidates = examples.find(({ name }) => name === event)?.examples ?? []
  return candidates.find((example) => action === null || example['action'] === action) ?? candidates[0] ?? {}
}

interface RepositoryEvent {
  readonly event: string
  readonly action: string | null
  readonly repository: Repository
  readonly sender: string
  readonly payload: Json
}

/** Sends the event to the app if it is installed on the repository, may get it and asked for it. Does not wait for the delivery. */
export function emit(world: World, { event, action, repository, sender, payload }: RepositoryEvent): void {
  const installation = installationFor(world, repository)
  if (installation === undefined || installation.suspendedAt !== null || !isSubscribed(installation, event)) return
  const ours: Json = {
    ...(action === null ? {} : { action }),
    ...payload,
    repository: repositoryJson(world, repository),
    ...organisationField(world, repository),
    sender: simpleUser(world, sender),
    installation: { id: installation.id, node_id: `MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u${installation.id}` },
  }
  void deliver(world, {
    event,
    action,
    installationId: installation.id,
    repositoryId: repository.id,
    payload: overExample(event, action, ours),
  })
}

/** An event about the installation itself. */
export function emitInstallation(
  world: World,
  { event, action, installation, payload }: { event: string; action: string; installation: Installation; payload: Json },
): void {
  const ours: Json = { action, ...payload, installation: installationJson(world, installation), sender: simpleUser(world, world.app.owner) }
  void deliver(world, { event, action, installationId: installation.id, repositoryId: null, payload: overExample(event, action, ours) })
}

function isSubscribed(installation: Installation, event: string): boolean {
  const permission = permissionOf[event]
  if (permission !== undefined && installation.permissions[permission] === undefined) return false
  return always.has(event) || installation.events.includes(event)
}

/** Our values win; the example only fills what we do not tell, one level into objects. */
function overExample(event: string, action: string | null, ours: Json): Json {
  const example = exampleOf(event, action)
  const filled = Object.entries(ours).map(([key, value]) => {
    const sample = example[key]
    return [key, isMap(value) && isMap(sample) && key !== 'repository' ? { ...sample, ...value } : value]
  })
  return Object.fromEntries(filled) as Json
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
