/** Approvals of single findings, by command in a comment: one counts for a group when it covers everything the group is asked about. */
import type { ReviewFact } from '../model/snapshot.ts'
import type { Demand } from './demands.ts'
import { nameOfSubject } from './freshness.ts'
import { counts, type DemandContext } from './demand-context.ts'
import type { SpokenApproval } from './people.ts'

export interface JudgedSpoken {
  readonly review: ReviewFact
  /** Fingerprints among those that the group is asked about. */
  readonly about: readonly string[]
  /** Why it does not count, as the end of a sentence; null when it does. */
  readonly reason: string | null
  /** It will count once the same person has approved the rest too. */
  readonly isIncomplete: boolean
}

/** What each person of the group has approved by command, all their commands together. The text of a policy is approved by review only. */
export function judgeSpoken(demand: Demand, context: DemandContext): readonly JudgedSpoken[] {
  const { people, isText } = context
  if (isText || people.spoken.length === 0) return []
  const mine = people.spoken.filter(({ review }) => demand.principals.some((principal) => counts(principal, review.user, people)))
  return [...Map.groupBy(mine, ({ review }) => review.user.id).values()].flatMap((spoken) => judgePerson(spoken, demand, context))
}

function judgePerson(spoken: readonly SpokenApproval[], { subjects }: Demand, { exclusions, coverage }: DemandContext): JudgedSpoken[] {
  const named = subjects.filter(({ finding }) => spoken.some(({ fingerprints }) => fingerprints.has(finding.fingerprint)))
  const last = spoken.at(-1)
  if (last === undefined || named.length === 0) return []
  const { review } = last
  const about = named.map(({ finding }) => finding.fingerprint)
  const excluded = exclusions.reasonFor(review.user)
  if (excluded !== null) return [{ review, about, reason: excluded, isIncomplete: false }]
  for (const subject of named) {
    const reasons = spoken
      .filter(({ fingerprints }) => fingerprints.has(subject.finding.fingerprint))
      .map((one) => coverage(one.review.commit, { kind: 'findings', subjects: [subject] }))
    if (!reasons.includes(null)) return [{ review, about, reason: reasons[0] ?? null, isIncomplete: false }]
  }
  const [first] = subjects.filter((subject) => !named.includes(subject))
  if (first === undefined) return [{ review, about, reason: null, isIncomplete: false }]
  const rest = subjects.length - named.length
  const more = rest > 1 ? ` and ${rest - 1} more` : ''
  return [{ review, about, reason: `it does not name ${nameOfSubject(first)}${more}`, isIncomplete: true }]
}

/** Nobody counts twice. */
export function withSpoken(reviews: readonly ReviewFact[], spoken: readonly JudgedSpoken[]): readonly ReviewFact[] {
  const known = new Set(reviews.map(({ user }) => user.id))
  return [...reviews, ...spoken.filter(({ review, reason }) => reason === null && !known.has(review.user.id)).map(({ review }) => review)]
}
