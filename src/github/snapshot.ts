/**
 * Reads everything a review needs from GitHub, once, into plain data. The order spares requests: what a pull request changed decides
 * whether trees, texts and people are asked for at all. All by SHA after the base branch was resolved; nothing is written here.
 */
import type { PolicyTexts, PullRequestSnapshot } from '../model/snapshot.ts'
import { claimOf } from '../policy/claim.ts'
import { policySettings } from '../policy/settings.ts'
import { readContent } from './content.ts'
import type { SnapshotRequest } from './content.ts'
import { readPeople } from './read-people.ts'
import { readExtendedPolicy, readOrganisationPolicy, readPolicyTexts } from './policy-texts.ts'
import { compare } from './pull-request.ts'
import type { RepositoryAccess } from './repository.ts'
import { readReviewed } from './reviewed.ts'
import { readTree } from './trees.ts'

/** The snapshot of a pull request or merge group. Throws TransientFailure or PermanentFailure; never returns half of it. */
export async function readSnapshot(access: RepositoryAccess, request: SnapshotRequest): Promise<PullRequestSnapshot> {
  const comparison = await compare(access, request.base, request.head)
  const baseTree = await readTree(access, comparison.base.tree)
  const [policyAt, organisation] = await Promise.all([
    readPolicyTexts(access, baseTree, comparison.base.commit),
    readOrganisationPolicy(access),
  ])
  const extended = await readExtendedPolicy(access, policyAt.texts.repository)
  const policy: PolicyTexts = { ...policyAt.texts, organisation, ...(extended === null ? {} : { extended }) }
  const claim = claimOf(policySettings(policy))
  const content = await readContent(access, { comparison, request, claim, baseTree, policy })
  const people = await readPeople(access, { request, comparison, policy, content })
  const reviewed = await readReviewed(access, {
    reviews: people.facts.reviews,
    comments: people.facts.comments ?? [],
    head: request.head,
    base: comparison.base.commit,
    claim,
    content,
  })
  return {
    schema: 'specgate/snapshot@1',
    repository: request.repository,
    pullRequest: request.pull?.facts ?? null,
    commits: { base: comparison.base.commit, mergeBase: comparison.mergeBase.commit, head: request.head },
    now: request.now,
    changedFiles: content.changedFiles,
    changedFilesComplete: true,
    trees: content.gathered.trees,
    unreadable: content.gathered.unreadable,
    blobs: { ...content.gathered.blobs, ...reviewed.blobs },
    policy,
    proposed: content.proposed,
    people: people.facts,
    reviewed: reviewed.commits,
    gaps: [...policyAt.gaps, ...content.gaps, ...people.gaps],
  }
}
