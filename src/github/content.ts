/** What a pull request changed: the descriptions on both sides, the policy it proposes, and the list of files, made complete by the trees. */
import type { ChangedFile, CommentFact, Person, PolicyTexts, PullRequestSnapshot } from '../model/snapshot.ts'
import { candidatePath } from '../openapi/discover.ts'
import { gatherDescriptions } from '../openapi/gather.ts'
import type { Gathered, Tree } from '../openapi/gather.ts'
import { readBlobs } from './blobs.ts'
import { searchedFiles } from './limits.ts'
import { readHeadTree } from './head-tree.ts'
import { isPolicyPath, readPolicyTexts } from './policy-texts.ts'
import { listFiles } from './pull-request.ts'
import type { Comparison } from './comparison.ts'
import type { PullRequestNow } from './pull-request.ts'
import type { RepositoryAccess } from './repository.ts'
import { readTree } from './trees.ts'

export interface SnapshotRequest {
  /** As read at the beginning of this review; null for a merge group that belongs to no pull request we can name. */
  readonly pull: PullRequestNow | null
  /** A merge group may hold several pull requests; the reviews of all of them count for what they were given for. */
  readonly isGroup: boolean
  readonly repository: PullRequestSnapshot['repository']
  /** Name of the base branch, or the SHA a merge group builds on. */
  readonly base: string
  readonly head: string
  readonly lastPusher: Person | null
  /** ISO 8601. */
  readonly now: string
  /** Our own check runs are no evidence. */
  readonly ownApp: number
  /** What people say to the app on a pull request. */
  readonly commentsOf: (number: number) => Promise<readonly CommentFact[]>
}

/** What claims of the policy and the names of files say about a path. */
export type Claim = (path: string) => 'root' | 'ignored' | null

export interface Content {
  readonly gathered: Gathered
  readonly proposed: PolicyTexts
  readonly changedFiles: readonly ChangedFile[]
  readonly gaps: readonly string[]
}

const nothing: Gathered = { trees: { base: {}, head: {} }, blobs: {}, unreadable: [], gaps: [] }

/** False only when GitHub's list of changed files is complete and nothing in it can belong to a description or to the policy. */
function touchesApis(comparison: Comparison, { pull }: SnapshotRequest, claim: Claim): boolean {
  const { files, filesComplete } = comparison
  if (!filesComplete || (pull !== null && files.length !== pull.changedFiles)) return true
  return files.some((file) => [file.path, file.previousPath].some((path) => path !== null && matters(path, claim)))
}

/** A file that may not be the root of a description may still be a part of one. */
function matters(path: string, claim: Claim): boolean {
  return candidatePath(path) || isPolicyPath(path) || claim(path) === 'root'
}

export interface ContentRequest {
  readonly comparison: Comparison
  readonly request: SnapshotRequest
  readonly claim: Claim
  readonly baseTree: Tree
}

/** Reads what changed, or nothing when GitHub's complete list of files shows nothing that a review is about. */
export async function readContent(access: RepositoryAccess, input: ContentRequest & { readonly policy: PolicyTexts }): Promise<Content> {
  const { comparison, request, claim, policy } = input
  if (touchesApis(comparison, request, claim)) return readChanged(access, input)
  return { gathered: nothing, proposed: policy, changedFiles: comparison.files, gaps: [] }
}

async function readChanged(access: RepositoryAccess, { comparison, request, claim, baseTree }: ContentRequest): Promise<Content> {
  const { base, mergeBase, head } = comparison
  const mergeBaseTree = mergeBase.commit === base.commit ? baseTree : await readTree(access, mergeBase.tree)
  const headTree = await readHeadTree(access, comparison, mergeBaseTree)
  const gathered = await gather(access, { base: mergeBaseTree, head: headTree, claim })
  const proposed = await readPolicyTexts(access, headTree, head.commit)
  const changedFiles = await completeFiles(access, { comparison, request, base: mergeBaseTree, head: headTree })
  // A policy file that head breaks is the policy's own business; only its text is looked at here.
  return { gathered, proposed: proposed.texts, changedFiles, gaps: gathered.gaps }
}

/** The descriptions that differ between two trees, with all they reference. */
export function gather(access: RepositoryAccess, sides: { base: Tree; head: Tree; claim: Claim }): Promise<Gathered> {
  return gatherDescriptions({ ...sides, searchLimit: searchedFiles, read: (ids) => readBlobs(access, ids) })
}

interface Listing {
  readonly comparison: Comparison
  readonly request: SnapshotRequest
  readonly base: Tree
  readonly head: Tree
}

/**
 * All changed files. GitHub's lists end at 300 and 3,000 files and tell renames and lines; the two trees tell the rest, so that the
 * list is complete whatever GitHub cut.
 */
async function completeFiles(access: RepositoryAccess, { comparison, request, base, head }: Listing): Promise<readonly ChangedFile[]> {
  const { files, filesComplete } = comparison
  const listed = filesComplete || request.pull === null ? files : (await listFiles(access, request.pull.facts.number)).files
  const known = new Set(listed.flatMap((file) => (file.previousPath === null ? [file.path] : [file.path, file.previousPath])))
  return [...listed, ...differences(base, head).filter((file) => !known.has(file.path))]
}

function differences(base: Tree, head: Tree): ChangedFile[] {
  const changed: ChangedFile[] = []
  for (const [path, entry] of head) {
    const before = base.get(path)
    if (before === undefined) changed.push({ path, previousPath: null, status: 'added', headLines: null })
    else if (before.blob !== entry.blob || before.mode !== entry.mode)
      changed.push({ path, previousPath: null, status: 'modified', headLines: null })
  }
  for (const path of base.keys()) if (!head.has(path)) changed.push({ path, previousPath: null, status: 'removed', headLines: null })
  return changed
}
