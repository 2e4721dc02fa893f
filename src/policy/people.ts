/** The people of a pull request as the policy sees them: who belongs to what, and everybody's latest opinion. Users are compared by id. */
import type { PeopleFacts, Permission, Person, ReviewFact } from '../model/snapshot.ts'
import { readInstant } from './instants.ts'
import { principalKey, writePrincipal, type Principal, type Role } from './principals.ts'

/** Who a principal may be: these people, anybody who is not known here, or unknown for a reason. */
export type Membership =
  | { readonly kind: 'people'; readonly people: readonly Pick<Person, 'id' | 'login' | 'bot'>[] }
  | { readonly kind: 'open' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'nobody'; readonly reason: string }

export interface SpokenApproval {
  /** As a review at the commit that its writer saw. */
  readonly review: ReviewFact
  readonly fingerprints: ReadonlySet<string>
}

export interface People {
  readonly membersOf: (principal: Principal) => Membership
  readonly isMember: (principal: Principal, person: Person) => boolean
  /** Everybody's latest approval, request for changes or dismissal; comments change nothing. */
  readonly opinions: readonly ReviewFact[]
  /** Approvals of single findings, by command in a comment. */
  readonly spoken: readonly SpokenApproval[]
  readonly permissionOf: (login: string) => Permission | null
}

/** The people of one decision. */
export function createPeople(facts: PeopleFacts): People {
  const permissionOf = (login: string) => ownValue(facts.permissions, login.toLowerCase()) ?? null
  const memberships = new Map<string, Membership>()
  const membersOf = (principal: Principal): Membership => {
    const key = principalKey(principal)
    const known = memberships.get(key)
    if (known !== undefined) return known
    const created = membership(principal, facts)
    memberships.set(key, created)
    return created
  }
  const ids = new Map(
    Object.entries(facts.teams).map(([name, team]) => [name, new Set('members' in team ? team.members.map(({ id }) => id) : [])]),
  )
  return {
    membersOf,
    permissionOf,
    opinions: latestOpinions(facts.reviews),
    spoken: [],
    isMember: (principal, person) => isMemberOf(principal, person, { ids, permissionOf }),
  }
}

export function isBot(person: Pick<Person, 'login' | 'bot'>): boolean {
  return person.bot || person.login.toLowerCase().endsWith('[bot]')
}

function latestOpinions(reviews: readonly ReviewFact[]): ReviewFact[] {
  const ordered = reviews
    .filter(({ state }) => state !== 'commented')
    .map((review) => ({ review, at: readInstant(review.submittedAt) ?? 0 }))
    .sort((a, b) => a.at - b.at || a.review.id - b.review.id)
  return [...new Map(ordered.map(({ review }) => [review.user.id, review])).values()]
}

function membership(principal: Principal, facts: PeopleFacts): Membership {
  switch (principal.kind) {
    case 'user':
      return userMembership(principal.login, facts)
    case 'team':
      return teamMembership(principal, facts)
    case 'role':
    case 'anyone':
      return { kind: 'open' }
    case 'unknown':
      return { kind: 'nobody', reason: `\`${principal.text}\` names no user or team of GitHub.` }
    case 'owners':
    case 'product-owner':
      return { kind: 'nobody', reason: `\`${principal.kind}\` is not resolved here.` }
  }
}

/** A person who is named stands for one approval, wherever their id comes from. */
function userMembership(login: string, facts: PeopleFacts): Membership {
  if (ownValue(facts.permissions, login.toLowerCase()) === 'none')
    return { kind: 'nobody', reason: `\`@${login}\` has no access to this repository.` }
  const known = facts.reviews.find(({ user }) => user.login.toLowerCase() === login.toLowerCase())?.user
  return { kind: 'people', people: [known ?? { id: -1, login, bot: false }] }
}

function teamMembership(principal: Principal, facts: PeopleFacts): Membership {
  const name = writePrincipal(principal)
  const team = ownValue(facts.teams, principalKey(principal))
  if (team === undefined) return { kind: 'unreadable', reason: `The members of \`${name}\` were not read.` }
  if ('problem' in team) return { kind: 'unreadable', reason: `The members of \`${name}\` are not known: ${team.problem}` }
  return { kind: 'people', people: team.members }
}

interface Lookup {
  /** Members of each team that was read, by its key. Accounts are compared by id: ids are never reused, a login may be. */
  readonly ids: ReadonlyMap<string, ReadonlySet<number>>
  readonly permissionOf: (login: string) => Permission | null
}

function isMemberOf(principal: Principal, person: Person, { ids, permissionOf }: Lookup): boolean {
  switch (principal.kind) {
    case 'user':
      return principal.login.toLowerCase() === person.login.toLowerCase() && permissionOf(person.login) !== 'none'
    case 'team':
      return ids.get(principalKey(principal))?.has(person.id) === true
    case 'role':
      return hasRole(permissionOf(person.login), principal.role)
    case 'anyone':
      return true
    case 'owners':
    case 'product-owner':
    case 'unknown':
      return false
  }
}

/** Higher roles include the lower ones (GitHub, "Repository roles for an organization"). */
const rolesIncluded: Readonly<Record<Role, readonly Permission[]>> = {
  write: ['write', 'maintain', 'admin'],
  maintain: ['maintain', 'admin'],
  admin: ['admin'],
}

function hasRole(permission: Permission | null, role: Role): boolean {
  return permission !== null && rolesIncluded[role].includes(permission)
}

/** Keys come from people: only own properties count. */
function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
