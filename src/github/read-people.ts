/** The people facts of a snapshot: as many as the policy can ask about, and none when nothing can be asked. */
import type { PeopleFacts, PolicyTexts } from '../model/snapshot.ts'
import { factsNeeded } from '../policy/facts-needed.ts'
import { readChecks, readPermissions, readReviews, readTeams } from './people.ts'
import type { Comparison } from './pull-request.ts'
import type { RepositoryAccess } from './repository.ts'
import type { Content, SnapshotRequest } from './content.ts'

export interface PeopleRequest {
  readonly request: SnapshotRequest
  readonly comparison: Comparison
  readonly policy: PolicyTexts
  readonly content: Content
}

/** Reviews, teams, permissions, contributors; `gaps` names what GitHub's limits cut. */
export async function readPeople(access: RepositoryAccess, input: PeopleRequest): Promise<{ facts: PeopleFacts; gaps: readonly string[] }> {
  const { request, comparison, policy, content } = input
  const base = { commits: comparison.commits, commitsComplete: comparison.commitsComplete, lastPusher: request.lastPusher }
  const needed = factsNeeded(policy, ownersIn(content))
  const { reviews, complete } =
    request.pull === null ? { reviews: [], complete: true } : await readReviews(access, request.pull.facts.number)
  const opinionated = reviews.filter(({ state, user }) => !user.bot && (state === 'approved' || state === 'changes-requested'))
  const [teams, permissions, checks] = await Promise.all([
    readTeams(access, needed.teams),
    readPermissions(access, [...opinionated.map(({ user }) => user.login), ...needed.logins]),
    needed.checks ? readChecks(access, request.head, request.ownApp) : [],
  ])
  return {
    facts: { ...base, reviews, teams, permissions, checks },
    gaps: complete ? [] : ['The pull request has more reviews than are read.'],
  }
}

const ownerKey = /["']?x-(?:api-)?owner["']?\s*:\s*["']?(@?[\w.-]+(?:\/[\w.-]+)?)/g

/** Owners that the descriptions name; found in their texts, so that their teams can be fetched before anything is parsed. */
function ownersIn({ gathered }: Content): string[] {
  const owners = new Set<string>()
  for (const text of Object.values(gathered.blobs))
    for (const [, owner] of text.matchAll(ownerKey)) if (owner !== undefined) owners.add(owner)
  return [...owners].slice(0, 200)
}
