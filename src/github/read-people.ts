/** The people facts of a snapshot: as many as the policy can ask about, and none when nothing can be asked. */
import type { PeopleFacts, PolicyTexts } from '../model/snapshot.ts'
import { readCodeowners } from '../policy/codeowners.ts'
import { factsNeeded } from '../policy/facts-needed.ts'
import type { Content, SnapshotRequest } from './content.ts'
import { readChecks, readPermissions, readReviews, readTeams } from './people.ts'
import { ask } from './client.ts'
import { groupCommits, perPage } from './limits.ts'
import { isPolicyPath } from './policy-texts.ts'
import type { Comparison } from './comparison.ts'
import { place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'

export interface PeopleRequest {
  readonly request: SnapshotRequest
  readonly comparison: Comparison
  readonly policy: PolicyTexts
  readonly content: Content
}

/** Reviews, teams, permissions, contributors; `gaps` names what GitHub's limits cut. */
export async function readPeople(access: RepositoryAccess, input: PeopleRequest): Promise<{ facts: PeopleFacts; gaps: readonly string[] }> {
  const { request, comparison, policy } = input
  const known = { commits: comparison.commits, commitsComplete: comparison.commitsComplete, lastPusher: request.lastPusher }
  if (!mayAsk(input)) return { facts: { ...known, reviews: [], teams: {}, checks: [], ...(await readSaid(access, input)) }, gaps: [] }
  const needed = neededFacts(access, input)
  const pulls = await reviewedPulls(access, input)
  const { reviews, complete } = await readAllReviews(access, pulls)
  const comments = (await Promise.all(pulls.map(request.commentsOf))).flat()
  const opinionated = reviews.filter(({ state }) => state === 'approved' || state === 'changes-requested')
  const [teams, permissions, checks] = await Promise.all([
    readTeams(access, needed.teams),
    readPermissions(access, [...[...opinionated, ...comments].map(({ user }) => user.login), ...needed.users]),
    says(policy, /\bevidence["']?\s*:/) ? readChecks(access, request.head, request.ownApp) : [],
  ])
  return {
    facts: { ...known, reviews, teams, permissions, checks, comments },
    gaps: complete ? [] : ['The pull request has more reviews than are read.'],
  }
}

/** Where nothing is asked of anyone, people may still ask the app for something. */
async function readSaid(access: RepositoryAccess, { request }: PeopleRequest): Promise<Pick<PeopleFacts, 'comments' | 'permissions'>> {
  const comments = request.pull === null || request.isGroup ? [] : await request.commentsOf(request.pull.facts.number)
  return {
    comments,
    permissions: await readPermissions(
      access,
      comments.map(({ user }) => user.login),
    ),
  }
}

/** The pull requests whose reviews count: the one, or all that a merge group holds. */
async function reviewedPulls(access: RepositoryAccess, { request, comparison }: PeopleRequest): Promise<readonly number[]> {
  const numbers = new Set(request.pull === null ? [] : [request.pull.facts.number])
  if (!request.isGroup) return [...numbers]
  for (const { sha } of comparison.commits.slice(-groupCommits)) {
    const pulls = await ask('the pull requests of a commit', () =>
      access.client.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
        ...place(access),
        commit_sha: sha,
        per_page: perPage,
      }),
    )
    for (const pull of pulls) if (pull.state === 'open') numbers.add(pull.number)
  }
  return [...numbers]
}

async function readAllReviews(access: RepositoryAccess, numbers: readonly number[]): Promise<Awaited<ReturnType<typeof readReviews>>> {
  const all = await Promise.all(numbers.map((number) => readReviews(access, number)))
  return { reviews: all.flatMap(({ reviews }) => reviews), complete: all.every(({ complete }) => complete) }
}

/** Without a changed description or policy nobody is asked, unless a rule is about pull requests as such (`pr:`). */
function mayAsk({ content, policy }: PeopleRequest): boolean {
  const { base, head } = content.gathered.trees
  if (Object.keys(base).length + Object.keys(head).length > 0) return true
  return (
    content.changedFiles.some((file) => isPolicyPath(file.path) || (file.previousPath !== null && isPolicyPath(file.previousPath))) ||
    says(policy, /\bpr["']?\s*:/)
  )
}

function says({ repository, organisation }: PolicyTexts, word: RegExp): boolean {
  return [repository, organisation].some((file) => file !== null && word.test(file.text))
}

/** CODEOWNERS may name hundreds of teams; those that own the files of this review are enough. */
function neededFacts(access: RepositoryAccess, { policy, content }: PeopleRequest): ReturnType<typeof factsNeeded> {
  const owners = [...ownersIn(content), ...codeownersOf(policy, content)]
  return factsNeeded({ ...policy, codeowners: null }, owners, { organisation: access.owner, proposed: content.proposed })
}

function codeownersOf({ codeowners }: PolicyTexts, { gathered, changedFiles }: Content): string[] {
  if (codeowners === null) return []
  const { ownersOf } = readCodeowners(codeowners.text)
  const paths = new Set([
    ...Object.keys(gathered.trees.base),
    ...Object.keys(gathered.trees.head),
    ...changedFiles.map(({ path }) => path).filter(isPolicyPath),
  ])
  return [...new Set([...paths].flatMap((path) => ownersOf(path).owners))]
}

const ownerKey = /["']?x-(?:api-)?owner["']?\s*:\s*["']?(@?[\w.-]+(?:\/[\w.-]+)?)/g

/** Owners that the descriptions name; found in their texts, so that their teams can be fetched before anything is parsed. */
function ownersIn({ gathered }: Content): string[] {
  const owners = new Set<string>()
  for (const text of Object.values(gathered.blobs))
    for (const [, owner] of text.matchAll(ownerKey)) if (owner !== undefined) owners.add(owner)
  return [...owners].slice(0, 200)
}
