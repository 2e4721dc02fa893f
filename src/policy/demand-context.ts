/** What every judgement of a group needs to know, and who belongs to the group. */
import type { Person } from '../model/snapshot.ts'
import type { Exclusions } from './exclusions.ts'
import type { Coverage } from './freshness.ts'
import { isBot, type People } from './people.ts'
import type { Principal } from './principals.ts'

export interface DemandContext {
  readonly people: People
  readonly exclusions: Exclusions
  readonly coverage: Coverage
  readonly isText: boolean
  readonly isVetoed: boolean
}

/** A bot belongs to a group only when its very login is written there. */
export function counts(principal: Principal, user: Person, people: People): boolean {
  if (isBot(user) && principal.kind !== 'user') return false
  return people.isMember(principal, user)
}
