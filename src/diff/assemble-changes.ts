/** Facts with one cause become one change: the worst reading counts, every operation that meets it is listed, both directions are named. */
import type { Direction, OperationKey, SecurityEffect, UnplacedChange } from '../model/change.ts'
import type { Location } from '../model/place.ts'
import type { ApiDescription, Node } from '../openapi/types.ts'
import { ruleOf } from './catalogue.ts'
import { componentAt } from './components.ts'
import type { Fact, Words } from './fact.ts'
import { anchorOf, digestOf, fingerprintOf } from './fingerprint.ts'
import { classOf, compareClasses } from './law.ts'
import { sentence } from './message.ts'
import { counted, operationName } from './words.ts'

export interface Sides {
  readonly base: ApiDescription | null
  readonly head: ApiDescription | null
  /** A value that shows what a schema fact breaks, where one is found. */
  readonly witness?: (fact: Fact) => { readonly value: unknown } | undefined
}

/** Witnesses looked for in one diff: each costs time, and nobody reads more. */
const mostWitnesses = 50

/** The changes behind the facts, in the order in which the facts were found. */
export function assembleChanges(facts: Iterable<Fact>, sides: Sides): readonly UnplacedChange[] {
  const seen = new Map<string, number>()
  let witnesses = 0
  return [...groupedByCause(facts).values()].map((group) => {
    const judged = judge(group)
    const anchor = anchorOf(group)
    const key = `${judged.leader.rule}\n${anchor}`
    const ordinal = seen.get(key) ?? 0
    seen.set(key, ordinal + 1)
    const change = changeOf(judged, { fingerprint: fingerprintOf(judged.leader.rule, anchor, ordinal), sides })
    if (change.class !== 'breaking' || judged.leader.schema === null || witnesses >= mostWitnesses) return change
    witnesses += 1
    const found = sides.witness?.(judged.leader)
    return found === undefined ? change : { ...change, witness: found.value }
  })
}

function groupedByCause(facts: Iterable<Fact>): ReadonlyMap<string, readonly Fact[]> {
  const groups = new Map<string, Fact[]>()
  for (const fact of facts) {
    const key = causeOf(fact)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [fact])
    else group.push(fact)
  }
  return groups
}

/** The same kind of change at the same element, whichever operation and direction met it. */
function causeOf({ rule, base, head, near, words }: Fact): string {
  const { object, aspect, action } = ruleOf(rule)
  const kind = object === 'schema' ? `${aspect} ${action}` : rule
  return [kind, at(base), at(head), base === null && head === null ? at(near) : '', words.name ?? ''].join('\n')
}

function at(node: Node | null): string {
  return node === null ? '-' : `${node.file}#${node.pointer}`
}

interface Judged {
  readonly group: readonly Fact[]
  /** The fact with the worst class; its rule speaks. */
  readonly leader: Fact
  readonly class: UnplacedChange['class']
}

function judge(group: readonly Fact[]): Judged {
  const [first, ...others] = group.map((fact) => ({ fact, class: classOf(fact) }))
  if (first === undefined) throw new Error('A change needs at least one fact.')
  const worst = others.reduce((left, right) => (speaksBefore(right, left) ? right : left), first)
  return { group, leader: worst.fact, class: worst.class }
}

interface JudgedFact {
  readonly fact: Fact
  readonly class: UnplacedChange['class']
}

/** The worse class speaks; of equals the one that binds somebody, then the request, whichever was met first. */
function speaksBefore(one: JudgedFact, other: JudgedFact): boolean {
  const order = ({ fact: { guards, rule } }: JudgedFact): number =>
    (guards.includes('unbound') ? 2 : 0) + (ruleOf(rule).direction === 'response' ? 1 : 0)
  const byClass = compareClasses(one.class, other.class)
  return byClass === 0 ? order(one) < order(other) : byClass < 0
}

function changeOf(judged: Judged, { fingerprint, sides }: { fingerprint: string; sides: Sides }): UnplacedChange {
  const { group, leader } = judged
  const reaches = operationsOf(group)
  const component = leader.component ?? componentAt(leader.head ?? leader.base)
  const rule = ruleOf(leader.rule)
  return {
    rule: leader.rule,
    class: judged.class,
    security: worstEffect(group),
    message: `${sentence(rule.message, wordsOf(leader, reaches))}${otherDirection(judged)}`,
    why: rule.why,
    fix: rule.fix,
    operation: component === null && (reaches.length === 1 || rule.id === 'operation-moved') ? (leader.operation ?? null) : null,
    reaches,
    direction: directionOf(group),
    component,
    sensitivity: [...new Set(group.flatMap(({ sensitivity }) => sensitivity))],
    base: locationOf(leader.base),
    head: locationOf(leader.head),
    near: leader.head === null ? locationOf(leader.near) : null,
    fingerprint,
    digest: digestOf(fingerprint, [leader], sides),
  }
}

/** What several operations share is spoken of as theirs: `of 3 operations`. */
function wordsOf({ words, operation, component }: Fact, reaches: readonly OperationKey[]): Words {
  if (component !== null || operation === null || reaches.length < 2) return words
  const where = words.where.replace(operationName(operation), counted(reaches.length, 'operation'))
  return { ...words, where, ...(words.changeOfSeveral === undefined ? {} : { change: words.changeOfSeveral }) }
}

function operationsOf(group: readonly Fact[]): readonly OperationKey[] {
  const byKey = new Map<string, OperationKey>()
  for (const { operation } of group) if (operation !== null) byKey.set(`${operation.method} ${operation.path}`, operation)
  return [...byKey.values()]
}

function worstEffect(group: readonly Fact[]): SecurityEffect | null {
  const effects = new Set(group.map(({ security }) => security))
  return (['weakening', 'exposure', 'strengthening'] as const).find((effect) => effects.has(effect)) ?? null
}

/** Directions in which the change binds anybody; those it was met in when it binds nobody. */
function directionOf(group: readonly Fact[]): Direction | null {
  const directions = (facts: readonly Fact[]): Set<Direction | null> => new Set(facts.map(({ rule }) => ruleOf(rule).direction))
  const bound = directions(group.filter(({ guards }) => !guards.includes('unbound')))
  const all = bound.size > 0 ? bound : directions(group)
  if (all.has('request') && all.has('response')) return 'both'
  return [...all][0] ?? null
}

/** Where the change is met in the other direction too, what it means there. */
function otherDirection({ group, leader, class: judgedClass }: Judged): string {
  const own = ruleOf(leader.rule).direction
  const others = group.filter((fact) => ruleOf(fact.rule).direction !== own && !fact.guards.includes('unbound'))
  const [worst] = others.map((fact) => classOf(fact)).sort(compareClasses)
  if (worst === undefined || own === null || (worst === 'docs' && judgedClass === 'docs')) return ''
  const count = operationsOf(others).length
  return ` It stands in ${own === 'request' ? 'responses' : 'requests'} of ${counted(count, 'operation')} too, where it is ${worst}.`
}

function locationOf(node: Node | null): Location | null {
  return node === null ? null : { file: node.file, pointer: node.pointer }
}
