/**
 * Security requirements as a choice between sets of demands, read twice: does each client of base still get in, and does
 * nobody get in who was kept out? Schemes are told by what they are, not by their names.
 */
import type { SecurityEffect } from '../model/change.ts'
import type { JsonObject, SecurityAlternative, SecurityDemand, SecurityScheme } from '../openapi/types.ts'
import { field, objectField, textField } from '../openapi/values.ts'
import { sameJson } from './same-json.ts'
import { code, listed } from './words.ts'

/** How head's requirement stands to base's. */
export type RequirementChange = 'same' | 'weakened' | 'strengthened' | 'changed'

/** An empty list asks for nothing, like a list of one empty alternative. */
export function compareRequirements(base: readonly SecurityAlternative[], head: readonly SecurityAlternative[]): RequirementChange {
  const [before, after] = [alternatives(base), alternatives(head)]
  const isServed = before.every((old) => after.some((now) => isWithin(now, old)))
  const isNoWeaker = after.every((now) => before.some((old) => isWithin(old, now)))
  if (isServed) return isNoWeaker ? 'same' : 'weakened'
  return isNoWeaker ? 'strengthened' : 'changed'
}

/** True when somebody may call without any credentials. */
export function isAnonymous(requirement: readonly SecurityAlternative[]): boolean {
  return alternatives(requirement).some((alternative) => alternative.length === 0)
}

/** Whether another requirement of which neither lies within the other is a weaker or a stronger one; null when that cannot be said. */
export function strengthChange(base: readonly SecurityAlternative[], head: readonly SecurityAlternative[]): SecurityEffect | null {
  const difference = weakest(head) - weakest(base)
  return difference === 0 ? null : difference < 0 ? 'weakening' : 'strengthening'
}

/** Whether a scheme that changed is a weaker or a stronger one now. */
export function schemeStrengthChange(base: SecurityScheme, head: SecurityScheme): SecurityEffect | null {
  const difference = strengthOf(head) - strengthOf(base)
  return difference === 0 ? null : difference < 0 ? 'weakening' : 'strengthening'
}

/** Alternatives, and demands of each, that a sentence names. */
const mostNames = 10

/** `` `bearer` or (`apiKey` and `oauth` with `read`) ``; ``nothing`` for anonymous access. */
export function requirementName(requirement: readonly SecurityAlternative[]): string {
  const names = alternatives(requirement).map((alternative) => alternative.slice(0, mostNames).map(demandName).join(' and '))
  return [...new Set(names)]
    .slice(0, mostNames)
    .map((name) => (name === '' ? 'nothing' : names.length > 1 && name.includes(' and ') ? `(${name})` : name))
    .join(' or ')
}

/** True when the two schemes ask for the same kind of credential in the same place. Flows, URLs and words are compared elsewhere. */
export function isSameKind(base: SecurityScheme, head: SecurityScheme): boolean {
  return sameJson(kindOf(base), kindOf(head))
}

function alternatives(requirement: readonly SecurityAlternative[]): readonly SecurityAlternative[] {
  return requirement.length === 0 ? [[]] : requirement
}

/** Fewer or equal demands: whoever meets `outer` meets `inner` too. Each demand needs a partner of its own, since two schemes of one kind ask twice. */
function isWithin(inner: SecurityAlternative, outer: SecurityAlternative): boolean {
  const free = new Set(outer)
  const byName = [...inner].sort((left, right) => Number(isNamed(right, outer)) - Number(isNamed(left, outer)))
  return byName.every((demand) => {
    const partners = [...free].filter(
      (other) => isSameScheme(demand, other) && demand.scopes.every((scope) => other.scopes.includes(scope)),
    )
    const partner = partners.find(({ name }) => name === demand.name) ?? partners[0]
    if (partner !== undefined) free.delete(partner)
    return partner !== undefined
  })
}

function isNamed({ name }: SecurityDemand, alternative: SecurityAlternative): boolean {
  return alternative.some((other) => other.name === name)
}

/** By definition; where several schemes of one kind differ in their flows or URLs, the name or the whole definition must agree. */
function isSameScheme(one: SecurityDemand, other: SecurityDemand): boolean {
  if (one.scheme === null || other.scheme === null) return one.name === other.name
  if (!isSameKind(one.scheme, other.scheme)) return false
  return one.name === other.name || sameJson(issuerOf(one.scheme), issuerOf(other.scheme))
}

function kindOf({ type, node: { value } }: SecurityScheme): unknown {
  switch (type) {
    case 'apiKey': {
      const place = textField(value, 'in')
      const name = textField(value, 'name')
      return [type, place, place === 'header' ? name?.toLowerCase() : name]
    }
    case 'http':
      return [type, textField(value, 'scheme')?.toLowerCase()]
    case 'basic':
      return ['http', 'basic']
    default:
      return [type]
  }
}

/** Who hands out the credentials: what tells two OAuth or OpenID Connect schemes apart. Swagger 2.0 has one flow, written flat. */
function issuerOf({ type, node: { value } }: SecurityScheme): unknown {
  if (type === 'openIdConnect') return field(value, 'openIdConnectUrl')
  return type === 'oauth2'
    ? [...flowsOf(value)].map(([flow, { authorizationUrl, tokenUrl, deviceAuthorizationUrl }]) => [
        flow,
        authorizationUrl,
        tokenUrl,
        deviceAuthorizationUrl,
      ])
    : null
}

/** OpenAPI 3's names of Swagger 2.0's flows. */
const flowNames: Readonly<Record<string, string>> = {
  accessCode: 'authorizationCode',
  application: 'clientCredentials',
  implicit: 'implicit',
  password: 'password',
}

/** The OAuth flows of a scheme by name, in alphabetical order, so that the order they are written in does not count. */
export function flowsOf(value: JsonObject): ReadonlyMap<string, JsonObject> {
  const flat = textField(value, 'flow')
  if (flat !== null) return new Map([[flowNames[flat] ?? flat, value]])
  const flows = objectField(value, 'flows') ?? {}
  return new Map(
    Object.keys(flows)
      .filter((name) => !name.startsWith('x-'))
      .sort()
      .map((name) => [name, objectField(flows, name) ?? {}]),
  )
}

/** diff-semantics.md section 3: the order in which kinds of authentication are weaker. It orders only the label. */
const strengths: Readonly<Record<string, number>> = {
  mutualTLS: 9,
  openIdConnect: 8,
  oauth2: 8,
  'http bearer': 7,
  'apiKey header': 6,
  'apiKey cookie': 5,
  'http digest': 4,
  'http basic': 3,
  'apiKey query': 2,
  'oauth2 unsafe': 1,
}

function weakest(requirement: readonly SecurityAlternative[]): number {
  return Math.min(
    ...alternatives(requirement).map((alternative) =>
      Math.max(0, ...alternative.map(({ scheme }) => (scheme === null ? 0 : strengthOf(scheme)))),
    ),
  )
}

function strengthOf(scheme: SecurityScheme): number {
  return strengths[strengthName(scheme)] ?? 7
}

function strengthName({ type, node: { value } }: SecurityScheme): string {
  switch (type) {
    case 'http':
      return `http ${textField(value, 'scheme')?.toLowerCase() ?? ''}`
    case 'basic':
      return 'http basic'
    case 'apiKey':
      return `apiKey ${textField(value, 'in') ?? ''}`
    case 'oauth2':
      return [...flowsOf(value).keys()].every((flow) => flow === 'implicit' || flow === 'password') ? 'oauth2 unsafe' : type
    default:
      return type
  }
}

function demandName({ name, scopes }: SecurityDemand): string {
  return scopes.length === 0 ? code(name) : `${code(name)} with ${listed(scopes)}`
}
