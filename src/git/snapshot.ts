/** Reads a pull request's snapshot from two refs of a local clone, as GitHub would show it, but for the people, whom git does not know. */
import { gatherRulesets } from '../lint/team/gather-rulesets.ts'
import type { PolicyTexts, PullRequestSnapshot, ReviewedCommit, TextFile } from '../model/snapshot.ts'
import { gatherDescriptions, type Gathered, type TreeEntry } from '../openapi/gather.ts'
import { policyPaths } from '../policy/policy-paths.ts'
import { policySettings } from '../policy/settings.ts'
import { claimOf } from '../policy/claim.ts'
import { git, GitError, resolveCommit } from './git.ts'
import { changedFilesBetween, listTree, readTexts } from './tree.ts'

export interface LocalRequest {
  readonly cwd: string
  /** Branch, tag or commit to compare with; null: the remote's default branch, else `main` or `master`. */
  readonly base: string | null
  readonly head: string
  readonly now: string
  /** Policy texts to review by instead of those at the base branch. */
  readonly policy?: PolicyTexts
  /** Commits that somebody may have approved; what they held is read too. */
  readonly reviewed?: readonly string[]
}

/** A disk is quick: the whole repository may be searched. */
const searchLimit = 20_000

/** The snapshot of `head` against its merge base with `base`. Throws GitError with a sentence when a ref or the repository is missing. */
export async function readLocalSnapshot(request: LocalRequest): Promise<PullRequestSnapshot> {
  const cwd = (await git(request.cwd, 'rev-parse', '--show-toplevel')).trim()
  const base = await resolveCommit(cwd, request.base ?? (await defaultBase(cwd)))
  const head = await resolveCommit(cwd, request.head)
  const mergeBase = (await git(cwd, 'merge-base', base, head)).trim()
  const trees = { base: await listTree(cwd, base), mergeBase: await listTree(cwd, mergeBase), head: await listTree(cwd, head) }
  const policy = request.policy ?? (await readPolicyTexts(cwd, trees.base, base))
  const proposed = await readPolicyTexts(cwd, trees.head, head)
  const claim = claimOf(policySettings(policy))
  const read = (ids: readonly string[]) => readTexts(cwd, ids)
  const gathered = await gatherDescriptions({ base: trees.mergeBase, head: trees.head, claim, searchLimit, read })
  const changedFiles = await changedFilesBetween(cwd, mergeBase, head)
  const snapshot = assemble(request, { base, mergeBase, head }, { policy, proposed, gathered, changedFiles })
  const earlier: Earlier[] = []
  for (const ref of request.reviewed ?? []) earlier.push(await readEarlier(cwd, { base, ref, claim }))
  return {
    ...snapshot,
    blobs: earlier.reduce((all, { blobs }) => ({ ...all, ...blobs }), snapshot.blobs),
    reviewed: earlier.map(({ reviewed }) => reviewed),
  }
}

interface Earlier {
  readonly reviewed: ReviewedCommit
  readonly blobs: PullRequestSnapshot['blobs']
}

/** What an earlier commit of the branch held, against its own merge base. */
async function readEarlier(
  cwd: string,
  { base, ref, claim }: { readonly base: string; readonly ref: string; readonly claim: ReturnType<typeof claimOf> },
): Promise<Earlier> {
  const commit = await resolveCommit(cwd, ref)
  const mergeBase = (await git(cwd, 'merge-base', base, commit)).trim()
  const { trees, blobs, unreadable } = await gatherDescriptions({
    base: await listTree(cwd, mergeBase),
    head: await listTree(cwd, commit),
    claim,
    searchLimit,
    read: (ids) => readTexts(cwd, ids),
  })
  return { reviewed: { commit, mergeBase, trees, unreadable }, blobs }
}

interface Parts {
  readonly policy: PolicyTexts
  readonly proposed: PolicyTexts
  readonly gathered: Gathered
  readonly changedFiles: PullRequestSnapshot['changedFiles']
}

function assemble(request: LocalRequest, commits: PullRequestSnapshot['commits'], parts: Parts): PullRequestSnapshot {
  const { gathered, ...texts } = parts
  return {
    schema: 'specgate/snapshot@1',
    repository: { owner: 'local', name: 'local', id: 0, visibility: 'private', defaultBranch: '', url: '' },
    pullRequest: null,
    commits,
    now: request.now,
    changedFilesComplete: true,
    ...texts,
    trees: gathered.trees,
    blobs: gathered.blobs,
    unreadable: gathered.unreadable,
    people: { reviews: [], teams: {}, permissions: {}, commits: [], commitsComplete: true, lastPusher: null, checks: [] },
    reviewed: [],
    gaps: gathered.gaps,
  }
}

/** The policy files of the checkout at a ref. Throws GitError when the ref or the repository is missing. */
export async function readPolicyAt(folder: string, ref: string): Promise<PolicyTexts> {
  const cwd = (await git(folder, 'rev-parse', '--show-toplevel')).trim()
  const commit = await resolveCommit(cwd, ref)
  return readPolicyTexts(cwd, await listTree(cwd, commit), commit)
}

/** The branch that a pull request would most likely go to. */
async function defaultBase(cwd: string): Promise<string> {
  for (const ref of ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']) {
    const found = await resolveCommit(cwd, ref).then(
      () => true,
      () => false,
    )
    if (found) return ref
  }
  throw new GitError('No base branch was found (tried origin/HEAD, origin/main, origin/master, main, master): name one with --base.')
}

/** The policy files as they stand at one commit. */
async function readPolicyTexts(cwd: string, tree: ReadonlyMap<string, TreeEntry>, commit: string): Promise<PolicyTexts> {
  const read = async (paths: readonly string[]): Promise<readonly TextFile[]> => {
    const wanted = paths.flatMap((path) => {
      const entry = tree.get(path)
      return entry?.mode.startsWith('100') === true ? [{ path, blob: entry.blob }] : []
    })
    const texts = await readTexts(
      cwd,
      wanted.map(({ blob }) => blob),
    )
    return wanted.flatMap(({ path, blob }) => {
      const got = texts.get(blob)
      return got !== undefined && 'text' in got ? [{ path, text: got.text, from: commit }] : []
    })
  }
  const files = new Map((await read([...policyPaths.all, ...policyPaths.rulesets])).map((file) => [file.path, file]))
  const first = (paths: readonly string[]) => paths.map((path) => files.get(path)).find((file) => file !== undefined) ?? null
  const ruleset = first(policyPaths.rulesets)
  return {
    repository: first(policyPaths.repository),
    organisation: null,
    waivers: first(policyPaths.waivers),
    codeowners: first(policyPaths.codeowners),
    catalog: first(policyPaths.catalog),
    rulesets: ruleset === null ? [] : await gatherRulesets(ruleset, read),
  }
}
