/** Who of a group has approved validly, who has not and why, and whether the group could be satisfied at all. */
import type { Person, ReviewFact } from '../model/snapshot.ts'
import type { Demand } from './demands.ts'
import type { Exclusions } from './exclusions.ts'
import type { Content, Coverage } from './freshness.ts'
import { isBot, type People } from './people.ts'
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
}

export interface DemandContext {
  readonly people: People
  readonly exclusions: Exclusions
  readonly coverage: Coverage
  readonly isText: boolean
  readonly isVetoed: boolean
}

/** Judges one demand on everybody's latest opinion. */
export function judgeDemand(demand: Demand, context: DemandContext): JudgedDemand {
  const { people } = context
  const members = people.opinions.filter(({ user }) => demand.principals.some((principal) => counts(principal, user, people)))
  const approved = members
    .filter(({ state }) => state === 'approved')
    .map((review) => ({ review, reason: refusal(review, demand, context) }))
  const memberships = demand.principals.map((principal) => ({ principal, membership: people.membersOf(principal) }))
  return {
    demand,
    approvals: approved.filter(({ reason }) => reason === null).map(({ review }) => review),
    ignored: approved.flatMap(({ review, reason }) => (reason === null ? [] : [ignoredSentence(review, reason)])),
    vetoes: context.isVetoed ? members.filter((review) => review.state === 'changes-requested' && mayVeto(demand, review, people)) : [],
    eligible: eligibleKeys(demand, context),
    unreadable: memberships.flatMap(({ membership }) => (membership.kind === 'unreadable' ? [membership.reason] : [])),
    invalid: memberships.flatMap(({ membership }) => (membership.kind === 'nobody' ? [membership.reason] : [])),
    askable: memberships.flatMap(({ principal, membership }) =>
      isAskable(membership.kind) && hasSomebodyLeft(principal, context) ? [writePrincipal(principal)] : [],
    ),
  }
}

function isAskable(kind: string): boolean {
  return kind !== 'nobody'
}

/** A bot belongs to a group only when its very login is written there. */
function counts(principal: Principal, user: Person, people: People): boolean {
  if (isBot(user) && principal.kind !== 'user') return false
  return people.isMember(principal, user)
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
function eligibleKeys(demand: Demand, context: DemandContext): string[] | null {
  const keys = new Set<string>()
  for (const principal of demand.principals) {
    const membership = context.people.membersOf(principal)
    if (membership.kind === 'open' || membership.kind === 'unreadable') return null
    if (membership.kind === 'people') for (const key of remaining(principal, membership.people, context)) keys.add(key)
  }
  return [...keys]
}

type Named = Pick<Person, 'id' | 'login' | 'bot'>

function remaining(principal: Principal, members: readonly Named[], { exclusions }: DemandContext): string[] {
  return members.filter((person) => exclusions.reasonFor(person) === null && (principal.kind === 'user' || !isBot(person))).map(personKey)
}

/** Accounts by id; somebody of whom only the login is known, by that. */
export function personKey({ id, login }: Pick<Person, 'id' | 'login'>): string {
  return id < 0 ? `@${login.toLowerCase()}` : `#${id}`
}

/** True unless all its members are excluded. */
function hasSomebodyLeft(principal: Principal, context: DemandContext): boolean {
  const membership = context.people.membersOf(principal)
  return membership.kind !== 'people' || remaining(principal, membership.people, context).length > 0
}
