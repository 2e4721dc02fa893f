/** What already stands on a pull request: our check runs on its head, our summary comment, our review comments. Ours by app id and by author. */
import { askForAll, ask } from './client.ts'
import { commentPages, perPage } from './limits.ts'
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
      })
    }
    if (data.check_runs.length < perPage) break
  }
  return runs.sort((a, b) => b.id - a.id)
}

/** Our comments on a pull request; asks only where GitHub says that there are comments at all. */
export async function readComments(access: RepositoryAccess, pull: PullRequestNow, app: AppIdentity): Promise<Omit<Standing, 'runs'>> {
  const author = `${app.slug}[bot]`.toLowerCase()
  const number = pull.facts.number
  const [conversation, lines] = await Promise.all([
    pull.comments === 0 ? [] : listConversation(access, number),
    pull.reviewComments === 0 ? [] : listLines(access, number),
  ])
  return { conversation: conversation.filter((one) => one.author === author), lines: lines.filter((one) => one.author === author) }
}

type Listed = StandingComment & { readonly author: string }

interface RawComment {
  readonly id: number | bigint
  readonly body?: string | undefined
  readonly user: { readonly login: string } | null
}

function listed({ id, body, user }: RawComment): Listed {
  return { id: Number(id), body: body ?? '', author: (user?.login ?? '').toLowerCase() }
}

async function listConversation(access: RepositoryAccess, number: number): Promise<Listed[]> {
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
  return items.map(listed)
}

async function listLines(access: RepositoryAccess, number: number): Promise<Listed[]> {
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
  return items.map(listed)
}
