/** How a test tells a story: a repository to push to and a pull request to act on, each act as a person would do it on GitHub. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { latestRuns, openSuite, requestAction, rerequestRun, rerequestSuite, settle } from './acts/check-runs.ts'
import { createMergeGroup, destroyMergeGroup, type MergeGroup } from './acts/merge-queue.ts'
import {
  addLabel,
  editPullRequest,
  mergePullRequest,
  openPullRequest,
  reopenPullRequest,
  requestReviewers,
  setDraft,
  type PullRequestEdit,
} from './acts/pull-requests.ts'
import { closePull, syncPushes } from './acts/pushes.ts'
import { createIssueComment, createReviewComment, dismissReview, editIssueComment, submitReview } from './acts/reviews.ts'
import { git, listBranches, mergeBase } from './git.ts'
import {
  findAccount,
  fullName,
  nextId,
  timestamp,
  type AppIdentity,
  type CheckRun,
  type IssueComment,
  type PullRequest,
  type Repository,
  type Review,
  type ReviewComment,
  type RoleName,
  type World,
} from './state.ts'
import { waitUntil } from './waiting.ts'
import { WorkingClone, type CommitOptions, type Files } from './working-clone.ts'

/** What `waitForCheckRuns` waits for, by check name: a conclusion, or a status for a run that has none yet. */
type ExpectedRuns = Readonly<Record<string, string>>

interface WaitOptions {
  readonly timeoutMs?: number
  /** Only runs with a higher id count: those made after an act. */
  readonly after?: CheckRun | number
}

export class RepositoryHandle {
  readonly world: World
  readonly state: Repository
  #clone: Promise<WorkingClone> | null = null
  #clones = 0
  /** Branches as our own clone knows them. */
  #seen = ''

  constructor(world: World, state: Repository) {
    this.world = world
    this.state = state
  }

  get fullName(): string {
    return fullName(this.state)
  }

  /** Address for `git push` over HTTP; the user name in it is who pushes. */
  remoteUrl(user: string): string {
    return `${this.world.apiUrl.replace('http://', `http://${encodeURIComponent(user)}:x@`)}/${this.fullName}.git`
  }

  /** A new clone. Push from it by path and call `sync`, or over `remoteUrl`, which needs no `sync`. */
  async clone(): Promise<WorkingClone> {
    this.#clones += 1
    const directory = join(this.world.directory, 'clones', `${this.fullName}-${this.#clones}`)
    await mkdir(directory, { recursive: true })
    await git(directory, ['clone', '--quiet', this.state.directory, '.'])
    return new WorkingClone(this.world, directory)
  }

  /** Commits to a branch and pushes it; a branch that does not exist starts at `from`. Returns the commit's id. */
  async commit(branch: string, files: Files, options: CommitOptions = {}): Promise<string> {
    this.#clone ??= this.clone()
    const clone = await this.#clone
    await this.#fetchIfMoved(clone)
    const { from = this.state.defaultBranch, author = this.state.owner, amend = false } = options
    await clone.switchTo(
      branch,
      this.state.branches.get(branch) ?? this.state.branches.get(from) ?? (options.from === undefined ? null : from),
    )
    const sha = await clone.commit(files, options)
    await clone.push(branch, { force: amend })
    await this.sync(options.pusher ?? findAccount(this.world, author)?.login ?? this.state.owner)
    this.#seen = this.#branchList()
    return sha
  }

  /** Somebody else may have pushed or merged; otherwise our clone already has every commit. */
  async #fetchIfMoved(clone: WorkingClone): Promise<void> {
    if (this.#seen !== this.#branchList()) await git(clone.directory, ['fetch', '--quiet', 'origin'])
  }

  #branchList(): string {
    return [...this.state.branches].join('\n')
  }

  /** Plays out whatever was pushed since the last time. */
  async sync(pusher: string): Promise<void> {
    await syncPushes(this.world, this.state, pusher)
  }

  async deleteBranch(branch: string, by: string): Promise<void> {
    await git(this.state.directory, ['update-ref', '-d', `refs/heads/${branch}`])
    await this.sync(by)
  }

  /** Id of a branch's head. */
  head(branch: string = this.state.defaultBranch): string {
    const sha = this.state.branches.get(branch)
    if (sha === undefined) throw new Error(`${this.fullName} has no branch \`${branch}\`.`)
    return sha
  }

  async mergeBase(left: string, right: string): Promise<string | null> {
    return mergeBase(this.state.directory, left, right)
  }

  /** `user` or `@org/team`. */
  grant(who: string, role: RoleName): void {
    this.state.roles.set(who.toLowerCase(), role)
  }

  /** A fork below another account; a pull request may come from it. */
  async fork(owner: string): Promise<RepositoryHandle> {
    const directory = join(this.world.directory, 'repositories', `${owner}--${this.state.name}.git`)
    await git(this.world.directory, ['clone', '--quiet', '--bare', this.state.directory, directory])
    const at = timestamp(this.world)
    const state: Repository = {
      ...this.state,
      id: nextId(this.world),
      owner,
      parent: this.fullName,
      directory,
      roles: new Map(),
      branches: await listBranches(directory),
      pullRequests: [],
      protectedBranches: new Set(),
      createdAt: at,
      pushedAt: at,
      deleted: false,
      codeScanning: false,
    }
    this.world.repositories.push(state)
    return new RepositoryHandle(this.world, state)
  }

  /** The repository goes away; pull requests from it keep their commits. */
  delete(): void {
    this.state.deleted = true
  }

  async openPullRequest(wish: {
    author: string
    branch: string
    title?: string
    body?: string
    base?: string
    draft?: boolean
    labels?: readonly string[]
    from?: RepositoryHandle
  }): Promise<PullRequestHandle> {
    const { branch, from, title = `Change ${branch}`, base = this.state.defaultBranch, ...rest } = wish
    const pull = await openPullRequest(this.world, this.state, { ...rest, title, base, head: { repository: (from ?? this).state, branch } })
    return new PullRequestHandle(this, pull)
  }

  pullRequest(number: number): PullRequestHandle {
    const found = this.state.pullRequests.find((pull) => pull.number === number)
    if (found === undefined) throw new Error(`${this.fullName} has no pull request #${number}.`)
    return new PullRequestHandle(this, found)
  }

  /** Every check run of a commit, oldest first. */
  checkRuns(sha: string): CheckRun[] {
    return this.world.checkRuns.filter((run) => run.repository === this.state && run.headSha === sha)
  }

  /** Waits until the newest run of each name is as expected, and returns those runs by name. */
  async waitForCheckRuns(
    sha: string,
    expected: ExpectedRuns,
    { timeoutMs = 60_000, after }: WaitOptions = {},
  ): Promise<Record<string, CheckRun>> {
    const since = typeof after === 'number' ? after : (after?.id ?? 0)
    const newest = (): CheckRun[] => latestRuns(this.checkRuns(sha).filter((run) => run.id > since && run.suite.app === this.world.app))
    const settled = (): boolean =>
      Object.entries(expected).every(([name, state]) =>
        newest().some((run) => run.name === name && (run.conclusion ?? run.status) === state),
      )
    await waitUntil(this.world, settled, {
      timeoutMs,
      describe: () => `${JSON.stringify(expected)} on ${sha.slice(0, 7)}; there is ${describeRuns(newest())}`,
    })
    return Object.fromEntries(newest().map((run) => [run.name, run]))
  }

  /** A check run of another app, for policies that ask for other evidence. */
  async addForeignCheckRun(
    sha: string,
    { app, name, conclusion }: { app: string; name: string; conclusion: string | null },
  ): Promise<CheckRun> {
    const at = timestamp(this.world)
    const known = this.world.suites.find((suite) => suite.app.slug === app)?.app
    const identity: AppIdentity = known ?? { ...this.world.app, id: nextId(this.world), slug: app, name: app }
    const suite = openSuite(this.world, this.state, { app: identity, headSha: sha, headBranch: null, before: null })
    const done = conclusion !== null
    const run: CheckRun = {
      id: nextId(this.world),
      suite,
      repository: this.state,
      headSha: sha,
      name,
      status: done ? 'completed' : 'in_progress',
      conclusion,
      externalId: '',
      detailsUrl: this.world.webUrl,
      startedAt: at,
      completedAt: done ? at : null,
      title: name,
      summary: '',
      text: null,
      annotations: [],
      actions: [],
      writes: 1,
    }
    this.world.checkRuns.push(run)
    await settle(this.world, run, { created: true, wasCompleted: false, sender: this.state.owner })
    return run
  }

  /** "Re-run" on one check. */
  async rerequest(run: CheckRun, by: string): Promise<void> {
    await rerequestRun(this.world, run, by)
  }

  /** "Re-run all checks" on a commit. */
  async rerequestAll(sha: string, by: string): Promise<void> {
    const suite = this.world.suites.find(
      (candidate) => candidate.headSha === sha && candidate.app === this.world.app && candidate.repository === this.state,
    )
    if (suite === undefined) throw new Error(`There is no check suite of the app on ${sha}.`)
    await rerequestSuite(this.world, suite, by)
  }

  async pressButton(run: CheckRun, identifier: string, by: string): Promise<void> {
    await requestAction(this.world, run, { identifier, sender: by })
  }

  /** Puts pull requests into the merge queue as one group. */
  async mergeGroup(pulls: readonly PullRequestHandle[], by: string): Promise<MergeGroup> {
    return createMergeGroup(
      this.world,
      pulls.map(({ state }) => state),
      by,
    )
  }

  async destroyMergeGroup(group: MergeGroup, { reason, by }: { reason: 'merged' | 'invalidated' | 'dequeued'; by: string }): Promise<void> {
    await destroyMergeGroup(this.world, group, { reason, sender: by })
  }
}

function describeRuns(runs: readonly CheckRun[]): string {
  return runs.length === 0
    ? 'no check run'
    : runs.map((run) => `"${run.name}": ${run.conclusion ?? run.status} (${run.title ?? 'no title'})`).join(', ')
}

const reviewStates: Readonly<Record<string, Review['state']>> = {
  approve: 'APPROVED',
  'request-changes': 'CHANGES_REQUESTED',
  comment: 'COMMENTED',
}

export class PullRequestHandle {
  readonly repository: RepositoryHandle
  readonly state: PullRequest

  constructor(repository: RepositoryHandle, state: PullRequest) {
    this.repository = repository
    this.state = state
  }

  get number(): number {
    return this.state.number
  }

  /** The head commit as it is now. */
  get head(): string {
    return this.state.head.sha
  }

  /** One more commit on the pull request's branch. */
  async push(files: Files, options: CommitOptions = {}): Promise<string> {
    const from =
      this.state.head.repository === this.repository.state
        ? this.repository
        : new RepositoryHandle(this.repository.world, this.state.head.repository)
    return from.commit(this.state.head.ref, files, { author: this.state.author, ...options })
  }

  /** A review by a person, on the head commit unless another one is named. */
  async review(
    user: string,
    verdict: 'approve' | 'request-changes' | 'comment',
    { commit = this.head, body = '' }: { commit?: string; body?: string } = {},
  ): Promise<Review> {
    if (user.toLowerCase() === this.state.author.toLowerCase() && verdict !== 'comment')
      throw new Error(`${user} cannot ${verdict} their own pull request.`)
    const text = body === '' && verdict !== 'approve' ? 'See above.' : body
    return submitReview(this.repository.world, this.state, {
      user,
      state: reviewStates[verdict] ?? 'COMMENTED',
      body: text,
      commit,
      comments: [],
    })
  }

  dismiss(review: Review, by: string): void {
    dismissReview(this.repository.world, this.state, { review, sender: by })
  }

  comment(user: string, body: string, { viaApp = false }: { viaApp?: boolean } = {}): IssueComment {
    return createIssueComment(this.repository.world, this.state, { user, body, viaApp })
  }

  /** Anybody with write access may edit anybody's comment. */
  editComment(comment: IssueComment, by: string, body: string): void {
    editIssueComment(this.repository.world, this.state, { comment, body, sender: by })
  }

  /** A reply in the thread of a comment on a line. */
  async reply(user: string, to: ReviewComment, body: string): Promise<ReviewComment> {
    const comment = { path: to.path, body, line: null, side: to.side, startLine: null, startSide: null, position: null } as const
    const wish = { comment: { ...comment, subject: 'line', inReplyTo: to.id } as const, user, commit: this.head }
    return createReviewComment(this.repository.world, this.state, wish)
  }

  async edit(edit: PullRequestEdit, by: string = this.state.author): Promise<void> {
    await editPullRequest(this.repository.world, this.state, { edit, sender: by })
  }

  async setDraft(draft: boolean, by: string = this.state.author): Promise<void> {
    await setDraft(this.repository.world, this.state, { draft, sender: by })
  }

  async label(label: string, by: string): Promise<void> {
    await addLabel(this.repository.world, this.state, { label, sender: by })
  }

  async requestReview(
    { users = [], teams = [] }: { users?: readonly string[]; teams?: readonly string[] },
    by: string = this.state.author,
  ): Promise<void> {
    await requestReviewers(this.repository.world, this.state, { users, teams, sender: by })
  }

  async close(by: string = this.state.author): Promise<void> {
    await closePull(this.repository.world, this.state, { sender: by, mergedAs: null })
  }

  async reopen(by: string = this.state.author): Promise<void> {
    await reopenPullRequest(this.repository.world, this.state, by)
  }

  /** Merges with a real merge commit; returns its id. */
  async merge(by: string): Promise<string> {
    return mergePullRequest(this.repository.world, this.state, by)
  }

  /** Check runs of the head commit. */
  checkRuns(): CheckRun[] {
    return this.repository.checkRuns(this.head)
  }

  async waitForCheckRuns(expected: ExpectedRuns, options: WaitOptions = {}): Promise<Record<string, CheckRun>> {
    return this.repository.waitForCheckRuns(this.head, expected, options)
  }
}
