/** What already stands on a pull request: our check runs on its head, our summary comment, our review comments. Ours by app id and by author. */
import type { CommentFact } from '../model/snapshot.ts'
import { mayCommand } from '../policy/commands/read.ts'
import { askForAll, ask } from './client.ts'
import { commentCharacters, commentPages, perPage } from './limits.ts'
import { personOf } from './person.ts'
import type { PullRequestNow } from './pull-request.ts'
import { place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'
import { readExternalId } from './run-identity.ts'
import type { RunIdentity } from './run-identity.ts'

/** The app as GitHub knows it. */
export interface AppIdentity {
  readonly id: number
  readonly slug: string
}

export interface StandingRun {
  readonly id: number
  readonly name: string
  readonly finished: boolean
  readonly conclusion: string | null
  readonly identity: RunIdentity | null
  readonly annotations: number
  /** When GitHub created it, ISO 8601; null when it does not say. */
  readonly startedAt: string | null
}

export interface StandingComment {
  readonly id: number
  readonly body: string
}

export interface Standing {
  /** Newest first. */
  readonly runs: readonly StandingRun[]
  /** Every comment of ours on the conversation and on lines; null: not read, because there cannot be any. */
  readonly conversation: readonly StandingComment[]
  readonly lines: readonly StandingComment[]
}

/** What people say to the app, oldest first, with the reactions that stand there. */
export interface SaidComment extends Omit<CommentFact, 'commit'> {
  readonly reactions: readonly string[]
}

export interface Comments extends Omit<Standing, 'runs'> {
  readonly said: readonly SaidComment[]
}

/** Our check runs on a commit, whatever pull request they are about, newest first. */
export async function readRuns(access: RepositoryAccess, commit: string, app: AppIdentity): Promise<readonly StandingRun[]> {
  const runs: StandingRun[] = []
  for (let page = 1; page <= 10; page += 1) {
    const data = await ask('the check runs of the app', () =>
      access.client.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
        ...{ ...place(access), ref: commit, app_id: app.id, filter: 'all', per_page: perPage, page },
      }),
    )
    for (const run of data.check_runs) {
      if (run.app === null || Number(run.app.id) !== app.id) continue
      runs.push({
        id: Number(run.id),
        name: run.name,
        finished: run.status === 'completed',
        conclusion: run.conclusion,
        identity: readExternalId(run.external_id),
        annotations: run.output.annotations_count,
        startedAt: run.started_at,
      })
    }
    if (data.check_runs.length < perPage) break
  }
  return runs.sort((a, b) => b.id - a.id)
}

/** Our comments and those that speak to us; asks only where GitHub says that there are comments at all. */
export async function readComments(
  access: RepositoryAccess,
  pull: Pick<PullRequestNow, 'comments' | 'reviewComments'> & { readonly facts: Pick<PullRequestNow['facts'], 'number'> },
  app: AppIdentity,
): Promise<Comments> {
  const author = `${app.slug}[bot]`.toLowerCase()
  const number = pull.facts.number
  const [conversation, lines] = await Promise.all([
    pull.comments === 0 ? [] : listConversation(access, number),
    pull.reviewComments === 0 ? [] : listLines(access, number),
  ])
  const isOurs = ({ user }: RawComment): boolean => (user?.login ?? '').toLowerCase() === author
  const ours = lines.filter(isOurs).map(standing)
  const threads = new Map(ours.map(({ id, body }) => [id, findingIn(body)]))
  return {
    conversation: conversation.filter(isOurs).map(standing),
    lines: ours,
    said: [
      ...conversation.filter(speaksToUs).map((comment) => said(comment, 'conversation', null)),
      ...lines.filter(speaksToUs).map((comment) => said(comment, 'line', threads.get(Number(comment.in_reply_to_id ?? 0)) ?? null)),
    ].sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.id - b.id)),
  }
}

interface RawComment {
  readonly id: number | bigint
  readonly body?: string | undefined
  readonly user: { readonly login: string; readonly id: number | bigint; readonly type?: string } | null
  readonly created_at: string
  readonly updated_at: string
  readonly in_reply_to_id?: number | bigint | undefined
  readonly performed_via_github_app?: unknown
  readonly reactions?: Readonly<Record<string, unknown>> | undefined
}

function standing({ id, body }: RawComment): StandingComment {
  return { id: Number(id), body: body ?? '' }
}

/** Machines are not answered: two of them would never end. */
function speaksToUs({ body, user }: RawComment): boolean {
  return body !== undefined && mayCommand(body) && user !== null && !personOf(user).bot
}

/** The words of a command come early; what is longer than GitHub allows was not written there. */
function said(comment: RawComment, where: CommentFact['where'], finding: string | null): SaidComment {
  const { id, body, user, created_at: createdAt, updated_at: updatedAt, reactions } = comment
  return {
    id: Number(id),
    where,
    user: personOf(user),
    body: (body ?? '').slice(0, commentCharacters),
    createdAt,
    edited: updatedAt !== createdAt,
    viaApp: (comment.performed_via_github_app ?? null) !== null,
    finding,
    reactions: Object.entries(reactions ?? {}).flatMap(([content, count]) => (typeof count === 'number' && count > 0 ? [content] : [])),
  }
}

function findingIn(body: string): string | null {
  return /<!--\s*specgate:finding:([0-9a-f]+)\s*-->/.exec(body)?.[1] ?? null
}

async function listConversation(access: RepositoryAccess, number: number): Promise<readonly RawComment[]> {
  const { items } = await askForAll(
    'the comments',
    (page) =>
      access.client.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        ...place(access),
        issue_number: number,
        per_page: perPage,
        page,
      }),
    commentPages,
  )
  return items
}

async function listLines(access: RepositoryAccess, number: number): Promise<readonly RawComment[]> {
  const { items } = await askForAll(
    'the review comments',
    (page) =>
      access.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
        ...place(access),
        pull_number: number,
        per_page: perPage,
        page,
      }),
    commentPages,
  )
  return items
}
