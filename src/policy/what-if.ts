/** What would be decided if people said something else: the snapshot with assumed reviews, members, labels or another policy. Pure. */
import type { Person, PullRequestFacts, PullRequestSnapshot, ReviewFact, TextFile } from '../model/snapshot.ts'
import { isBot } from './people.ts'

export interface Assumptions {
  /** Reviews on top of those that there are, in the order given; `commit` null is head. */
  readonly reviews: readonly { readonly login: string; readonly commit: string | null; readonly state: ReviewFact['state'] }[]
  /** Members of teams, by `@org/team`. */
  readonly teams: readonly { readonly team: string; readonly members: readonly string[] }[]
  readonly permissions: readonly { readonly login: string; readonly permission: 'admin' | 'maintain' | 'write' | 'read' }[]
  readonly labels: readonly string[]
  /** Author of the pull request; null keeps the one there is. */
  readonly author: string | null
  /** Another policy in place of the repository's; null keeps it. */
  readonly policy: TextFile | null
}

/** The snapshot under these assumptions. Accounts keep their ids; somebody not known yet gets one of their own. */
export function assume(snapshot: PullRequestSnapshot, assumptions: Assumptions): PullRequestSnapshot {
  const personOf = createPeople(snapshot)
  const { people } = snapshot
  const added = assumptions.reviews.map((review, index): ReviewFact => ({
    id: Number.MAX_SAFE_INTEGER - assumptions.reviews.length + index,
    user: personOf(review.login),
    state: review.state,
    commit: review.commit ?? snapshot.commits.head,
    submittedAt: snapshot.now,
  }))
  const teams = assumptions.teams.map(({ team, members }) => [team.toLowerCase(), { members: members.map(personOf) }] as const)
  const permissions = assumptions.permissions.map(({ login, permission }) => [login.toLowerCase(), permission] as const)
  return {
    ...snapshot,
    pullRequest: pullRequestOf(snapshot, assumptions, personOf),
    policy: assumptions.policy === null ? snapshot.policy : { ...snapshot.policy, repository: assumptions.policy },
    people: {
      ...people,
      reviews: [...people.reviews, ...added],
      teams: { ...people.teams, ...Object.fromEntries(teams) },
      permissions: { ...people.permissions, ...Object.fromEntries(permissions) },
    },
  }
}

/** A local review has no pull request until somebody says who wrote it. */
function pullRequestOf(
  { pullRequest, repository }: PullRequestSnapshot,
  { author, labels }: Assumptions,
  personOf: (login: string) => Person,
): PullRequestFacts | null {
  if (pullRequest === null && author === null && labels.length === 0) return null
  const known: PullRequestFacts = pullRequest ?? {
    number: 0,
    title: '',
    author: personOf(author ?? 'author'),
    draft: false,
    fork: false,
    baseBranch: repository.defaultBranch,
    labels: [],
    requestedReviewers: [],
  }
  return { ...known, author: author === null ? known.author : personOf(author), labels: [...known.labels, ...labels] }
}

function createPeople({ people, pullRequest }: PullRequestSnapshot): (login: string) => Person {
  const members = Object.values(people.teams).flatMap((team) => ('members' in team ? team.members : []))
  const contributors = people.commits.flatMap(({ author, committer }) => [author, committer].filter((person) => person !== null))
  const there = [
    ...members,
    ...contributors,
    ...people.reviews.map(({ user }) => user),
    ...(pullRequest === null ? [] : [pullRequest.author]),
  ]
  const known = new Map(there.map((person) => [person.login.toLowerCase(), person]))
  const free = Math.max(0, ...there.map(({ id }) => id)) + 1
  return (login) => {
    const key = login.toLowerCase()
    const person = known.get(key) ?? { id: free + known.size, login, bot: isBot({ login, bot: false }) }
    known.set(key, person)
    return person
  }
}
