/**
 * Findings that may ship nevertheless: granted by somebody who may, with a reason and an end. Waivers are read at base; one that the pull
 * request itself adds counts in the same run as soon as its grantor has approved exactly this commit.
 */
import type { AppliedWaiver } from '../model/decision.ts'
import type { Origin } from './effective-policy.ts'
import { dayMs, readEndOfDay, readInstant } from './instants.ts'
import type { People } from './people.ts'
import { principalKey, readPrincipal, type Principal } from './principals.ts'
import type { Subject } from './subjects.ts'
import type { Waiver } from './written-rules.ts'

export interface Grants {
  readonly people: People
  readonly grantors: { readonly organisation: readonly string[]; readonly repository: readonly string[] }
  readonly longestWaiver: number | null
  readonly now: number | null
}

export interface Waivers {
  /** True when there are none at all: then nobody needs to look for one. */
  readonly isEmpty: boolean
  /** The waiver that lifts a rule of this origin for a finding, or why one that names it does not. */
  readonly find: (subject: Subject, origin: Origin) => { readonly waiver: AppliedWaiver } | { readonly refused: readonly string[] }
}

/** The waivers of one decision, in the order in which they apply. */
export function createWaivers(waivers: readonly Waiver[], grants: Grants): Waivers {
  const byFingerprint = new Map<string, Waiver[]>()
  for (const waiver of waivers) if (waiver.fingerprint !== undefined) listIn(byFingerprint, waiver.fingerprint).push(waiver)
  const byMatch = waivers.filter(({ match }) => match !== undefined)
  return {
    isEmpty: waivers.length === 0,
    find: (subject, origin) => {
      const named = [...(byFingerprint.get(subject.finding.fingerprint) ?? []), ...byMatch.filter((waiver) => matches(waiver, subject))]
      const refused: string[] = []
      for (const waiver of named) {
        const reason = refusal(waiver, { subject, origin, grants })
        if (reason === null) return { waiver: applied(waiver) }
        refused.push(`Waiver \`${waiver.id}\` does not apply: ${reason}.`)
      }
      return { refused }
    },
  }
}

function listIn(map: Map<string, Waiver[]>, key: string): Waiver[] {
  const list = map.get(key) ?? []
  map.set(key, list)
  return list
}

function applied({ id, reason, granted_by: grantedBy, expires, ticket, kind }: Waiver): AppliedWaiver {
  return { id, reason, grantedBy, expires, ...(ticket === undefined ? {} : { ticket }), ...(kind === undefined ? {} : { kind }) }
}

/** A waiver for an operation lifts what concerns that operation alone, not what a shared component does to others as well. */
function matches({ match }: Waiver, { finding, elements }: Subject): boolean {
  if (match === undefined) return false
  const isRule = match.rule === finding.rule || match.rule === `${finding.kind === 'lint' ? 'lint' : 'diff'}/${finding.rule}`
  if (!isRule || (match.api !== finding.api && !finding.api.startsWith(`${match.api}/`))) return false
  if (match.component !== undefined && finding.component !== match.component && !(finding.component ?? '').endsWith(`/${match.component}`))
    return false
  if (match.operation === undefined) return true
  const wanted = operationKey(match.operation)
  return elements.every(({ operation }) => operation !== null && operationKey(`${operation.method} ${operation.path}`) === wanted)
}

function operationKey(operation: string): string {
  const space = operation.indexOf(' ')
  return `${operation.slice(0, space).toUpperCase()} ${operation.slice(space + 1)}`
}

interface Case {
  readonly subject: Subject
  readonly origin: Origin
  readonly grants: Grants
}

/** Why a waiver that names a finding does not lift it, as the end of a sentence. */
function refusal(waiver: Waiver, { subject, origin, grants }: Case): string | null {
  if (waiver.digest !== undefined && waiver.digest !== subject.finding.digest) return 'what it was granted for has changed'
  return (
    timeRefusal(waiver, grants) ??
    (mayGrant(waiver, grantorsFor(origin, grants), grants.people)
      ? null
      : `\`${waiver.granted_by}\` may not grant it; ${listed(grantorsFor(origin, grants))} may`)
  )
}

function timeRefusal({ expires, granted }: Waiver, { now, longestWaiver }: Grants): string | null {
  const end = readEndOfDay(expires)
  if (now === null || end === null) return 'the time is not known'
  if (now > end) return `it expired on ${expires}`
  const start = granted === undefined ? now : (readInstant(granted) ?? now)
  if (start > now) return `it is granted from ${granted ?? ''} on`
  return longestWaiver !== null && end - start > longestWaiver + dayMs ? 'it lasts longer than the policy allows (`max_age`)' : null
}

/** The organisation's rules are lifted by the organisation's grantors only. */
export function grantorsFor(origin: Origin, { grantors }: Pick<Grants, 'grantors'>): readonly string[] {
  return origin === 'organisation' ? grantors.organisation : grantors.repository
}

/** The grantor is named among the grantors, or belongs to a team or role that is. */
export function mayGrant(waiver: Pick<Waiver, 'granted_by'>, grantors: readonly string[], people: People): boolean {
  const grantor = readPrincipal(waiver.granted_by)
  return grantors
    .map(readPrincipal)
    .some((allowed) => principalKey(allowed) === principalKey(grantor) || includes(allowed, grantor, people))
}

function includes(allowed: Principal, grantor: Principal, people: People): boolean {
  if (grantor.kind !== 'user') return false
  const login = grantor.login.toLowerCase()
  if (allowed.kind === 'role') return people.isMember(allowed, { id: -1, login: grantor.login, bot: false })
  const members = people.membersOf(allowed)
  return allowed.kind === 'team' && members.kind === 'people' && members.people.some((member) => member.login.toLowerCase() === login)
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' or ')
}
