/** Who may call an operation: its effective requirement, and the schemes that both versions name. */
import type { Operation, SecurityScheme } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import type { Fact, Words } from '../fact.ts'
import { sameJson } from '../same-json.ts'
import { compareRequirements, isAnonymous, requirementName, strengthChange } from '../security.ts'
import type { RequirementChange } from '../security.ts'
import { inOperation } from './scope.ts'
import { schemeFacts } from './security-scheme.ts'

const rules: Record<Exclude<RequirementChange, 'same'>, string> = {
  weakened: 'operation-security-weakened',
  strengthened: 'operation-security-strengthened',
  changed: 'operation-security-changed',
}

/** All differences in who may call. Where only the schemes changed, the schemes are the cause and are reported, once each. */
export function* securityFacts(scope: OperationScope): Generator<Fact> {
  const { base, head } = scope.pair
  if (!sameWritten(base, head)) yield* requirementFacts(scope)
  const schemes = { base: schemesOf(base), head: schemesOf(head) }
  for (const [name, scheme] of schemes.base) {
    const other = schemes.head.get(name)
    if (other !== undefined && !scope.unchanged(scheme.node, other.node)) yield* schemeFacts(scope, scheme, other)
  }
}

function* requirementFacts(scope: OperationScope): Generator<Fact> {
  const { base, head } = scope.pair
  const change = compareRequirements(base.security, head.security)
  if (change === 'same') return
  const label = { weakened: 'weakening', strengthened: 'strengthening', changed: strengthChange(base.security, head.security) } as const
  yield inOperation(scope, {
    rule: rules[change],
    place: ['security'],
    words: { where: scope.called, ...requirementWords(base, head) },
    security: label[change],
    base: base.securityAt ?? base.node,
    head: head.securityAt ?? head.node,
    content: [base, head].map(({ security }) => security.map((alternative) => alternative.map(({ name, scopes }) => [name, scopes]))),
  })
}

/** Predicates of the sentence, for one operation and for several. */
function requirementWords(base: Operation, head: Operation): Pick<Words, 'from' | 'to' | 'change' | 'changeOfSeveral'> {
  const [from, to] = [requirementName(base.security), requirementName(head.security)]
  const words = { from: from === 'nothing' ? 'no authentication' : from, to }
  if (to === 'nothing')
    return { ...words, change: 'no longer requires authentication', changeOfSeveral: 'no longer require authentication' }
  if (isAnonymous(head.security) && !isAnonymous(base.security))
    return { ...words, change: 'can now be called without authentication', changeOfSeveral: 'can now be called without authentication' }
  return { ...words, change: `now requires ${to}`, changeOfSeveral: `now require ${to}` }
}

/** The same names and scopes in the same alternatives; whether the names mean the same is another question. */
function sameWritten(base: Operation, head: Operation): boolean {
  const written = ({ security }: Operation): unknown =>
    security.map((alternative) => Object.fromEntries(alternative.map(({ name, scopes }) => [name, [...scopes].sort()])))
  return sameJson(written(base), written(head)) && base.security.length > 0
}

function schemesOf(operation: Operation): ReadonlyMap<string, SecurityScheme> {
  return new Map(operation.security.flat().flatMap(({ name, scheme }) => (scheme === null ? [] : [[name, scheme] as const])))
}
