/**
 * What approvers saw: the descriptions at each commit that somebody approved, compared with that commit's own merge base, so that an
 * approval holds for the content it was given for and for nothing else.
 */
import type { CommentFact, PullRequestSnapshot, ReviewedCommit, ReviewFact } from '../model/snapshot.ts'
import { PermanentFailure } from './client.ts'
import { reviewedCommits } from './limits.ts'
import { compare } from './pull-request.ts'
import type { RepositoryAccess } from './repository.ts'
import { gather } from './content.ts'
import type { Claim, Content } from './content.ts'
import { readHeadTree } from './head-tree.ts'
import { readTree } from './trees.ts'

export interface ReviewedRequest {
  readonly reviews: readonly ReviewFact[]
  /** A command holds for what its writer saw, like a review. */
  readonly comments: readonly CommentFact[]
  readonly head: string
  readonly base: string
  readonly claim: Claim
  readonly content: Content
}

export interface Reviewed {
  readonly commits: readonly ReviewedCommit[]
  readonly blobs: PullRequestSnapshot['blobs']
}

/**
 * The newest approved commits other than head, up to the limit. A commit that git has collected is left out: its approval then does not
 * count. Nothing is read when the pull request touches no description.
 */
export async function readReviewed(access: RepositoryAccess, request: ReviewedRequest): Promise<Reviewed> {
  const { gathered } = request.content
  const touchesNothing = Object.keys(gathered.trees.base).length === 0 && Object.keys(gathered.trees.head).length === 0
  if (touchesNothing) return { commits: [], blobs: {} }
  const commits: ReviewedCommit[] = []
  let blobs: PullRequestSnapshot['blobs'] = {}
  for (const commit of approvedCommits(request)) {
    const read = await readOne(access, commit, request)
    if (read === null) continue
    commits.push(read.reviewed)
    blobs = { ...blobs, ...read.blobs }
  }
  return { commits, blobs }
}

function approvedCommits({ reviews, comments, head }: ReviewedRequest): string[] {
  const approved = reviews.filter(({ state }) => state === 'approved').map(({ commit }) => commit)
  const said = comments.flatMap(({ commit }) => commit ?? [])
  const earlier = [...approved, ...said].filter((commit) => commit !== head && /^[0-9a-f]{40,64}$/.test(commit))
  return [...new Set(earlier.reverse())].slice(0, reviewedCommits)
}

async function readOne(
  access: RepositoryAccess,
  commit: string,
  { base, claim }: ReviewedRequest,
): Promise<{ reviewed: ReviewedCommit; blobs: PullRequestSnapshot['blobs'] } | null> {
  try {
    const comparison = await compare(access, base, commit)
    const { mergeBase } = comparison
    const baseTree = await readTree(access, mergeBase.tree)
    const headTree = await readHeadTree(access, comparison, baseTree)
    const { trees, blobs, unreadable } = await gather(access, { base: baseTree, head: headTree, claim })
    return { reviewed: { commit, mergeBase: mergeBase.commit, trees, unreadable }, blobs }
  } catch (error) {
    if (error instanceof PermanentFailure) return null
    throw error
  }
}
