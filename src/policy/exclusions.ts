/** Whose approval does not count although they belong to the group: whoever had a hand in the change. */
import type { DecisionInput } from '../model/api-facts.ts'
import type { CommitFact, Person } from '../model/snapshot.ts'
import type { Subject } from './subjects.ts'
import type { Exclusion } from './written-rules.ts'

export interface Exclusions {
  /** Why this person is excluded, as the end of a sentence; null when they are not. Bots are judged elsewhere: they need to be named. */
  readonly reasonFor: (person: Pick<Person, 'id' | 'login'>) => string | null
  /** Why it cannot be told who is excluded, in sentences; non-empty means that no approval is proven. */
  readonly unproven: readonly string[]
}

type Facts = Pick<DecisionInput, 'pullRequest' | 'people'>

/** The exclusions of one rule about these findings. */
export function createExclusions(exclude: readonly Exclusion[], subjects: readonly Subject[], facts: Facts): Exclusions {
  const reasons = [
    ...(exclude.includes('author') ? authorReason(facts) : []),
    ...(exclude.includes('last-pusher') ? lastPusherReason(facts) : []),
    ...(exclude.includes('contributors') ? contributorReasons(concerned(facts, subjects)) : []),
  ]
  const byId = new Map([...reasons].reverse().map(({ person, reason }) => [person.id, reason]))
  const byLogin = new Map([...reasons].reverse().map(({ person, reason }) => [person.login.toLowerCase(), reason]))
  return {
    reasonFor: ({ id, login }) => byId.get(id) ?? byLogin.get(login.toLowerCase()) ?? null,
    unproven: [...unknownPusher(exclude, facts), ...unknownContributors(exclude, facts, subjects)],
  }
}

/** The exclusions of a decision's rules: the same for rules about the same APIs, so made once. */
export function rememberExclusions(facts: Facts): (exclude: readonly Exclusion[], subjects: readonly Subject[]) => Exclusions {
  const known = new Map<string, Exclusions>()
  return (exclude, subjects) => {
    const apis = [...new Set(subjects.map(({ finding }) => finding.api))].sort()
    const key = JSON.stringify([exclude, apis])
    const found = known.get(key)
    if (found !== undefined) return found
    const exclusions = createExclusions(exclude, subjects, facts)
    known.set(key, exclusions)
    return exclusions
  }
}

interface Reason {
  readonly person: Pick<Person, 'id' | 'login'>
  readonly reason: string
}

function authorReason({ pullRequest }: Facts): Reason[] {
  return pullRequest === null ? [] : [{ person: pullRequest.author, reason: 'they are the author of the pull request' }]
}

function lastPusherReason({ people }: Facts): Reason[] {
  return people.lastPusher === null ? [] : [{ person: people.lastPusher, reason: 'they pushed last' }]
}

/** Authors and committers of all commits, not of one line of parents: a merged side branch has contributors too. */
function contributorReasons(commits: readonly CommitFact[]): Reason[] {
  return commits.flatMap(({ sha, author, committer }) =>
    [author, committer].flatMap((person) =>
      person === null ? [] : [{ person, reason: `they contributed commit \`${sha.slice(0, 7)}\`` }],
    ),
  )
}

/** Commits that touch a file of an API that the findings are about; commits whose files are not known touch every file. */
function concerned({ people }: Facts, subjects: readonly Subject[]): readonly CommitFact[] {
  const apis = new Set(subjects.map(({ api }) => api))
  if (subjects.length === 0 || apis.has(null)) return people.commits
  const files = new Set([...apis].flatMap((api) => api?.files ?? []))
  if (files.size === 0) return people.commits
  return people.commits.filter((commit) => commit.files === null || commit.files.some((file) => files.has(file)))
}

function unknownPusher(exclude: readonly Exclusion[], { people, pullRequest }: Facts): string[] {
  if (!exclude.includes('last-pusher') || people.lastPusher !== null || pullRequest === null) return []
  return ['Who pushed last is not known, so nobody can be shown to be independent of it.']
}

/** GitHub calls its own merges and edits `web-flow`; it has an account, so it is no gap. */
function unknownContributors(exclude: readonly Exclusion[], facts: Facts, subjects: readonly Subject[]): string[] {
  if (!exclude.includes('contributors')) return []
  const gaps = concerned(facts, subjects)
    .filter(({ author, committer }) => author === null || committer === null)
    .map(
      ({ sha }) =>
        `Commit \`${sha.slice(0, 7)}\` has an author or committer whom GitHub knows no account for, so its author may be among the approvers.`,
    )
  const incomplete = facts.people.commitsComplete ? [] : ['The list of commits is not complete, so contributors may be missing from it.']
  return [...gaps.slice(0, 3), ...incomplete]
}
