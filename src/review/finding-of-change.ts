/** What a change means to people: how serious it is, how sure we are, which security weakness it belongs to, and where to point. */
import type { SecurityEffect, Sensitivity, UnplacedChange } from '../model/change.ts'
import type { Severity, UnplacedFinding } from '../model/finding.ts'
import type { Location, Side } from '../model/place.ts'
import { isPublicByNature } from '../sensitive/public-operations.ts'
import { changesAuthentication, weaknessOf } from './weakness.ts'

/**
 * The finding that a change amounts to. It points at the element in head; for something removed at the nearest enclosing
 * element that still stands in head, else at the element in base.
 */
export function findingOfChange(change: UnplacedChange): UnplacedFinding {
  const { location, side } = whereToPoint(change)
  const weakness = weaknessOf(change)
  return {
    rule: change.rule,
    kind: 'change',
    severity: severityOf(change),
    confidence: isGuess(change) ? 'likely' : 'certain',
    category: weakness?.category ?? null,
    cwe: weakness?.cwe ?? null,
    message: change.message,
    why: change.why,
    fix: change.fix,
    place: location,
    side,
    operation: change.operation,
    reaches: change.reaches,
    direction: change.direction,
    component: change.component,
    sensitivity: change.sensitivity,
    class: change.class,
    security: change.security,
    new: true,
    fingerprint: change.fingerprint,
    digest: change.digest,
    ...(change.witness === undefined ? {} : { witness: change.witness }),
  }
}

const severityOfClass = { breaking: 'error', dangerous: 'warning', nonbreaking: 'notice', docs: 'notice' } as const
const rank = { error: 2, warning: 1, notice: 0 } as const

/** The worse of what the change does to clients and what it does to security. */
function severityOf(change: UnplacedChange): Severity {
  const compatibility = severityOfClass[change.class]
  const security = securitySeverity(change)
  return rank[security] > rank[compatibility] ? security : compatibility
}

const secrets: readonly Sensitivity[] = ['credential', 'token']

function securitySeverity(change: UnplacedChange): Severity {
  const effects: Record<SecurityEffect, () => Severity> = {
    exposure: () => exposureSeverity(change),
    weakening: () => (changesAuthentication(change) ? 'error' : 'warning'),
    strengthening: () => 'notice',
  }
  return change.security === null ? 'notice' : effects[change.security]()
}

/**
 * A secret in a response is an error, but handing out a token is what signing in and making keys are for. An operation added without
 * authentication is a warning, or a notice where it is public by nature (signing in, health); the lint rule's error stands when there is one.
 */
function exposureSeverity(change: UnplacedChange): Severity {
  const isPublic = change.operation !== null && isPublicByNature({ ...change.operation, operationId: null })
  if (exposesSecret(change)) return !handsOutSecrets(change) ? 'error' : isPublic ? 'notice' : 'warning'
  if (change.sensitivity.length > 0) return 'warning'
  return changesAuthentication(change) && !isPublic ? 'warning' : 'notice'
}

/** Paths of operations whose purpose is to give somebody a new secret. */
const handingOut =
  /(?:^|[/_-])(?:log-?in|sign-?(?:in|up)|oauth2?|auth|authenticate|authorize|tokens?|sessions?|(?:api-?)?keys?|secrets?|credentials?)(?:$|[/_-])/i

function handsOutSecrets({ reaches }: UnplacedChange): boolean {
  return reaches.length > 0 && reaches.every(({ method, path }) => method === 'POST' && handingOut.test(lastSegments(path)))
}

/** The last two fixed segments of a path: `/users/{id}/api-keys` is about keys, `/tokens/{id}/owner` too. */
function lastSegments(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('{'))
    .slice(-2)
    .join('/')
}

function exposesSecret(change: UnplacedChange): boolean {
  return change.sensitivity.some((kind) => secrets.includes(kind))
}

/** Names tell what a property holds only by convention, and `dangerous` means that it could not be decided. */
function isGuess(change: UnplacedChange): boolean {
  return change.class === 'dangerous' || (change.security === 'exposure' && change.sensitivity.length > 0)
}

function whereToPoint(change: UnplacedChange): { readonly location: Location; readonly side: Side } {
  const inHead = change.head ?? change.near
  if (inHead !== null) return { location: inHead, side: 'head' }
  return { location: change.base ?? { file: '', pointer: '' }, side: 'base' }
}
