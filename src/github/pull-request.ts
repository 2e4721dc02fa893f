/** A pull request as it stands now, and how its head compares with the tip of its base branch. From here on everything is read by SHA. */
import type { ChangedFile, CommitFact, Person, PullRequestFacts, RepositoryFacts } from '../model/snapshot.ts'
import type { CommitAndTree, Comparison } from './comparison.ts'
import { ask, askForAll, PermanentFailure, TransientFailure } from './client.ts'
import { comparedCommits, comparedFiles, filePages, perPage } from './limits.ts'
import { personOf } from './person.ts'
import { cacheKey, place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'

export interface PullRequestNow {
  readonly facts: PullRequestFacts
  readonly repository: RepositoryFacts
  readonly open: boolean
  readonly head: string
  readonly requestedTeams: readonly string[]
  /** Comments on the conversation and on lines; 0 spares a request. */
  readonly comments: number
  readonly reviewComments: number
  readonly changedFiles: number
}

/** Reads the pull request. Throws PermanentFailure when it belongs to another repository than the event said. */
export async function readPullRequest(access: RepositoryAccess, number: number): Promise<PullRequestNow> {
  const data = await ask('the pull request', () =>
    access.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...place(access), pull_number: number }),
  )
  const { base, head } = data
  const repositoryId = Number(base.repo.id)
  if (repositoryId !== access.id) throw new PermanentFailure('The pull request belongs to another repository than the event named.')
  return {
    open: data.state === 'open',
    head: head.sha,
    requestedTeams: (data.requested_teams ?? []).map((team) => team.slug),
    comments: data.comments,
    reviewComments: data.review_comments,
    changedFiles: data.changed_files,
    facts: {
      number: data.number,
      title: data.title,
      author: personOf(data.user),
      draft: data.draft === true,
      fork: !isFrom(head.repo, repositoryId),
      baseBranch: base.ref,
      labels: data.labels.map((label) => label.name),
      requestedReviewers: (data.requested_reviewers ?? []).map((user) => user.login),
    },
    repository: {
      owner: base.repo.owner.login,
      name: base.repo.name,
      id: repositoryId,
      visibility: visibilityOf(base.repo),
      defaultBranch: base.repo.default_branch,
      url: base.repo.html_url,
    },
  }
}

/** The repository of the head is null when a fork was deleted, whatever the type says. */
function isFrom(head: { readonly id: number | bigint } | null, id: number): boolean {
  return head !== null && Number(head.id) === id
}

function visibilityOf({
  visibility,
  private: isPrivate,
}: {
  visibility?: string | undefined
  private: boolean
}): RepositoryFacts['visibility'] {
  if (visibility === 'public' || visibility === 'private' || visibility === 'internal') return visibility
  return isPrivate ? 'private' : 'public'
}

/** Compares two commits or the tip of a branch and a commit: one request resolves the branch, finds the merge base and lists what changed. */
export async function compare(access: RepositoryAccess, base: string, head: string): Promise<Comparison> {
  const known = access.cache.comparisons.get(cacheKey(access, `${base}...${head}`))
  if (known !== undefined) return known
  const comparison = await fetchComparison(access, base, head)
  // Two commits never compare otherwise; a branch moves.
  access.cache.comparisons.set(cacheKey(access, `${comparison.base.commit}...${head}`), comparison)
  return comparison
}

async function fetchComparison(access: RepositoryAccess, base: string, head: string): Promise<Comparison> {
  const data = await ask('the comparison with the base branch', () =>
    access.client.request('GET /repos/{owner}/{repo}/compare/{basehead}', { ...place(access), basehead: `${base}...${head}` }),
  )
  if (!Array.isArray(data.commits)) throw new TransientFailure("GitHub's answer about the comparison with the base branch was cut off.")
  const mergeBase = commitAndTree(data.merge_base_commit)
  const last = data.commits.findLast((commit) => commit.sha === head)
  return {
    base: commitAndTree(data.base_commit),
    mergeBase,
    // A tree may be asked for by the commit's id, too: for heads that the list of commits does not reach.
    head: last === undefined ? { commit: head, tree: head === mergeBase.commit ? mergeBase.tree : head } : commitAndTree(last),
    files: (data.files ?? []).map(changedFile),
    filesComplete: (data.files ?? []).length < comparedFiles,
    modified: onlyModified(data.files ?? []),
    commits: data.commits.map(commitFact),
    commitsComplete: data.commits.length >= data.total_commits && data.total_commits <= comparedCommits,
  }
}

function commitAndTree({
  sha,
  commit,
}: {
  readonly sha: string
  readonly commit: { readonly tree: { readonly sha: string } }
}): CommitAndTree {
  return { commit: sha, tree: commit.tree.sha }
}

interface ListedCommit {
  readonly sha: string
  readonly author: unknown
  readonly committer: unknown
}

function commitFact({ sha, author, committer }: ListedCommit): CommitFact {
  const by = accountOf(author)
  const committed = accountOf(committer)
  // `web-flow` is GitHub itself, committing what the author did in the browser.
  return { sha, author: by, committer: committed?.login === 'web-flow' ? by : committed, files: null }
}

/** null where GitHub knows no account for an e-mail address (it then sends null or an empty object). */
function accountOf(user: unknown): Person | null {
  return isAccount(user) ? personOf(user) : null
}

function isAccount(user: unknown): user is { id: number; login: string; type?: string } {
  return (
    typeof user === 'object' &&
    user !== null &&
    'id' in user &&
    typeof user.id === 'number' &&
    'login' in user &&
    typeof user.login === 'string'
  )
}

function onlyModified(files: readonly ListedFile[]): ReadonlyMap<string, string> | null {
  if (files.length >= comparedFiles) return null
  const blobs = new Map<string, string>()
  for (const { filename, status, sha } of files) {
    if (status !== 'modified' || typeof sha !== 'string') return null
    blobs.set(filename, sha)
  }
  return blobs
}

interface ListedFile {
  readonly filename: string
  readonly sha?: string | null
  readonly previous_filename?: string | undefined
  readonly status: string
  readonly patch?: string | undefined
}

/** All changed files, up to GitHub's 3,000; complete says whether that was all. */
export async function listFiles(access: RepositoryAccess, number: number): Promise<{ files: readonly ChangedFile[]; complete: boolean }> {
  const { items, complete } = await askForAll(
    'the changed files',
    (page) =>
      access.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
        ...place(access),
        pull_number: number,
        per_page: perPage,
        page,
      }),
    filePages,
  )
  return { files: items.map(changedFile), complete: complete && items.length < filePages * perPage }
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  added: 'added',
  copied: 'added',
  removed: 'removed',
  renamed: 'renamed',
}

function changedFile({ filename, previous_filename, status, patch }: ListedFile): ChangedFile {
  return {
    path: filename,
    previousPath: status === 'renamed' ? (previous_filename ?? null) : null,
    status: statuses[status] ?? 'modified',
    headLines: patch === undefined ? null : shownLines(patch),
  }
}

/** The line ranges of head that the hunks of a unified diff show: `@@ -1,3 +1,4 @@` shows lines 1 to 4. */
function shownLines(patch: string): [number, number][] {
  const ranges: [number, number][] = []
  for (const [, start = '0', count = '1'] of patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)) {
    if (Number(count) > 0) ranges.push([Number(start), Number(start) + Number(count) - 1])
  }
  return ranges
}
