/** Who of a group has approved validly, who has not and why, and whether the group could be satisfied at all. */
import type { Person, ReviewFact } from '../model/snapshot.ts'
import { counts, type DemandContext } from './demand-context.ts'
import type { Demand } from './demands.ts'
import type { Exclusions } from './exclusions.ts'
import type { Content } from './freshness.ts'
import { judgeSpoken, withSpoken, type JudgedSpoken } from './judge-spoken.ts'
import { isBot, type Membership, type People } from './people.ts'
import { writePrincipal, type Principal } from './principals.ts'

export interface JudgedDemand {
  readonly demand: Demand
  /** Approvals that count, by different people. */
  readonly approvals: readonly ReviewFact[]
  /** Sentences about approvals that do not count. */
  readonly ignored: readonly string[]
  /** People of the group whose latest review requests changes. */
  readonly vetoes: readonly ReviewFact[]
  /** Keys of those who may approve at all; null when that cannot be told (a role, anyone, a team that was not read). */
  readonly eligible: readonly string[] | null
  /** Why members are not known, in sentences. */
  readonly unreadable: readonly string[]
  /** Why a named owner is nobody, in sentences. */
  readonly invalid: readonly string[]
  /** Principals that can still give what is missing, as a policy writes them. */
  readonly askable: readonly string[]
  /** Approvals of single findings by command, one for each person. */
  readonly spoken: readonly JudgedSpoken[]
}

/** Judges one demand on everybody's latest opinion. */
export function judgeDemand(demand: Demand, context: DemandContext): JudgedDemand {
  const { people } = context
  const members = people.opinions.filter(({ user }) => demand.principals.some((principal) => counts(principal, user, people)))
  const approved = members
    .filter(({ state }) => state === 'approved')
    .map((review) => ({ review, reason: refusal(review, demand, context) }))
  const spoken = judgeSpoken(demand, context)
  const counted = approved.filter(({ reason }) => reason === null).map(({ review }) => review)
  const memberships = demand.principals.map((principal) => ({ principal, membership: people.membersOf(principal) }))
  return {
    demand,
    approvals: withSpoken(counted, spoken),
    ignored: [...approved, ...spoken].flatMap(({ review, reason }) => (reason === null ? [] : [ignoredSentence(review, reason)])),
    vetoes: context.isVetoed ? members.filter((review) => review.state === 'changes-requested' && mayVeto(demand, review, people)) : [],
    eligible: eligibleKeys(memberships, context),
    unreadable: memberships.flatMap(({ membership }) => (membership.kind === 'unreadable' ? [membership.reason] : [])),
    invalid: memberships.flatMap(({ membership }) => (membership.kind === 'nobody' ? [membership.reason] : [])),
    askable: memberships.flatMap((named) => (isAskable(named, context) ? [writePrincipal(named.principal)] : [])),
    spoken,
  }
}

interface NamedMembership {
  readonly principal: Principal
  readonly membership: Membership
}

/** Somebody is there who is not excluded, as far as is known. */
function isAskable({ principal, membership }: NamedMembership, context: DemandContext): boolean {
  if (membership.kind !== 'people') return membership.kind !== 'nobody'
  return remaining(principal, membership, context).length > 0
}

/** On a public repository anybody may review; of those, only people who may write can stop a pull request. */
function mayVeto(demand: Demand, { user }: ReviewFact, people: People): boolean {
  const named = demand.principals.filter((principal) => principal.kind !== 'anyone')
  if (named.some((principal) => counts(principal, user, people))) return true
  return people.isMember({ kind: 'role', role: 'write' }, user)
}

function refusal(review: ReviewFact, demand: Demand, { exclusions, coverage, isText }: DemandContext): string | null {
  const content: Content = isText ? { kind: 'text' } : { kind: 'findings', subjects: demand.subjects }
  return exclusions.reasonFor(review.user) ?? coverage(review.commit, content)
}

function ignoredSentence({ user, commit }: ReviewFact, reason: string): string {
  return `The approval of \`@${user.login}\` at \`${commit.slice(0, 7)}\` does not count: ${reason}.`
}

/** Everybody who may approve, except the excluded and bots that are not named. */
function eligibleKeys(memberships: readonly NamedMembership[], context: DemandContext): readonly string[] | null {
  const [only, ...others] = memberships
  if (only?.membership.kind === 'people' && others.length === 0) return remaining(only.principal, only.membership, context)
  const keys = new Set<string>()
  for (const { principal, membership } of memberships) {
    if (membership.kind === 'open' || membership.kind === 'unreadable') return null
    if (membership.kind === 'people') for (const key of remaining(principal, membership, context)) keys.add(key)
  }
  return [...keys]
}

type Named = Pick<Person, 'id' | 'login' | 'bot'>

/** The same group under the same exclusions has the same people left: most rules ask the same few groups. */
const remembered = new WeakMap<Exclusions, Map<Membership, readonly string[]>>()

function remaining(principal: Principal, membership: Membership, { exclusions }: DemandContext): readonly string[] {
  const known = remembered.get(exclusions) ?? new Map<Membership, readonly string[]>()
  remembered.set(exclusions, known)
  const found = known.get(membership)
  if (found !== undefined) return found
  const members: readonly Named[] = membership.kind === 'people' ? membership.people : []
  const left = members.filter((person) => exclusions.reasonFor(person) === null && (principal.kind === 'user' || !isBot(person)))
  const keys = left.map(personKey)
  known.set(membership, keys)
  return keys
}

/** Accounts by id; somebody of whom only the login is known, by that. */
export function personKey({ id, login }: Pick<Person, 'id' | 'login'>): string {
  return id < 0 ? `@${login.toLowerCase()}` : `#${id}`
}
