/** Which findings of head the base does not have. Base and head are linted alike; only the difference may be blamed on the change. */
import type { Confidence, Severity, UnplacedFinding } from '../model/finding.ts'
import { tokensOf } from '../openapi/json-pointer.ts'
import type { ApiDescription, Node, Operation } from '../openapi/types.ts'
import { field, isList } from '../openapi/values.ts'
import { componentPointer } from './component-references.ts'
import { componentOf, digestOf, fingerprintOf, keysOf, useKey, withoutParameterNames } from './identity.ts'
import type { RenamedPaths } from './identity.ts'
import type { Hit, Use } from './rule.ts'
import { sameValue } from './same-value.ts'

/** What a finding repeats of its rule: ours or a team's. */
export interface ReportingRule {
  readonly id: string
  readonly why: string
  readonly fix: string
  readonly confidence: Confidence
  readonly category: string | null
  readonly cwe: string | null
}

/** A hit as the rules reported it, with the severity that the ruleset in force gives it. */
export interface Reported {
  readonly rule: ReportingRule
  readonly hit: Hit
  readonly severity: Severity
}

export interface Compared {
  readonly fresh: readonly UnplacedFinding[]
  readonly existing: number
  /** Components in which new findings stand although base has the same there: base may have them by operations that were not looked at. */
  readonly doubtful: ReadonlySet<string>
}

interface Keyed extends Reported {
  readonly uses: readonly Use[]
  readonly keys: readonly string[]
}

/** What the hits are compared with. */
export interface Against {
  readonly hits: readonly Reported[]
  /** What base has besides, in operations that the change cannot have affected. */
  readonly elsewhere?: readonly Reported[]
  readonly api: ApiDescription
  readonly renamed: RenamedPaths
}

/** Findings of head that are new against base; all of them where there is no base. */
export function compareHits(head: readonly Reported[], against: Against | null): Compared {
  if (against === null) return { fresh: head.map(findingOf), existing: 0, doubtful: new Set() }
  const { renamed, api } = against
  const keyed = head.map((reported) => withKeys(reported, renamed))
  const known = against.hits.map((reported) => withKeys(reported))
  const knownKeys = keysByRule([...known, ...(against.elsewhere ?? []).map((reported) => withKeys(reported))])
  const vanished = vanishedHits(known, keyed)
  const fresh: UnplacedFinding[] = []
  const doubtful = new Set<string>()
  let existing = 0
  for (const reported of keyed) {
    const unknown = unknownPart(reported, knownKeys.get(reported.rule.id), renamed)
    if (unknown === null || hasMoved(reported, vanished)) existing += 1
    else {
      fresh.push(findingOf(pointAtChange(unknown, api)))
      const component = unknown.uses.length > 0 ? null : componentPointer(unknown.hit.at.pointer)
      if (component !== null && standsIn(api, unknown.hit.at)) doubtful.add(component)
    }
  }
  return { fresh, existing, doubtful }
}

function withKeys(reported: Reported, renamed?: RenamedPaths): Keyed {
  const uses = reported.hit.identity?.by === 'uses' ? (reported.hit.uses?.() ?? []) : []
  return { ...reported, uses, keys: keysOf(reported.hit, uses, renamed) }
}

/** Keys with the worst severity known: a finding that becomes worse is a new one. */
function keysByRule(known: readonly Keyed[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byRule = new Map<string, Map<string, number>>()
  for (const { rule, keys, severity } of known) {
    let ofRule = byRule.get(rule.id)
    if (ofRule === undefined) byRule.set(rule.id, (ofRule = new Map<string, number>()))
    for (const key of keys) ofRule.set(key, Math.max(ofRule.get(key) ?? 0, weight[severity]))
  }
  return byRule
}

const weight: Readonly<Record<Severity, number>> = { notice: 1, warning: 2, error: 3 }

/** What of the finding base does not have; null when base has all of it. */
function unknownPart(reported: Keyed, known: ReadonlyMap<string, number> | undefined, renamed: RenamedPaths): Keyed | null {
  const isKnown = (key: string): boolean => (known?.get(key) ?? 0) >= weight[reported.severity]
  if (!reported.keys.some((key) => !isKnown(key))) return null
  if (reported.uses.length === 0 || reported.keys.every((key) => !isKnown(key))) return reported
  const uses = reported.uses.filter((use) => !isKnown(useKey(use, renamed)))
  return { ...reported, uses, keys: uses.map((use) => useKey(use, renamed)), hit: { ...reported.hit, uses: () => uses } }
}

/**
 * Points at what the change did. An old property that an operation newly reaches is not to blame: the reference that leads to it is. Of the
 * schemas on the way, the deepest that base does not have as it is.
 */
function pointAtChange(reported: Keyed, base: ApiDescription): Keyed {
  const [use] = reported.uses
  if (use?.way === undefined || !standsIn(base, reported.hit.at)) return reported
  const changed = [...(use.carrier === undefined ? [] : [use.carrier]), ...use.way()].filter((node) => !standsIn(base, node)).at(-1)
  const at = changed ?? use.carrier ?? use.operation.node
  return { ...reported, hit: { ...reported.hit, at } }
}

/** True when base has the same value at the same place. */
function standsIn(base: ApiDescription, node: Node): boolean {
  let value: unknown = base.documents.get(node.file)?.value
  for (const token of tokensOf(node.pointer)) value = isList(value) ? value[Number(token)] : field(value, token)
  return value !== undefined && sameValue(value, node.value)
}

/** Hits of base that head does not have, by rule: one of them may turn up elsewhere in head. */
function vanishedHits(base: readonly Keyed[], head: readonly Keyed[]): Map<string, Keyed[]> {
  const inHead = keysByRule(head)
  const vanished = new Map<string, Keyed[]>()
  for (const reported of base) {
    if (contentOf(reported.hit) === undefined || reported.keys.some((key) => inHead.get(reported.rule.id)?.has(key) === true)) continue
    vanished.set(reported.rule.id, [...(vanished.get(reported.rule.id) ?? []), reported])
  }
  return vanished
}

/** True when base had the same at another place that is gone; each vanished hit excuses one. */
function hasMoved(reported: Keyed, vanished: Map<string, Keyed[]>): boolean {
  const content = contentOf(reported.hit)
  const candidates = vanished.get(reported.rule.id)
  if (content === undefined || candidates === undefined) return false
  const found = candidates.findIndex(
    (candidate) => weight[candidate.severity] >= weight[reported.severity] && sameValue(contentOf(candidate.hit), content),
  )
  if (found < 0) return false
  candidates.splice(found, 1)
  return true
}

function contentOf(hit: Hit): unknown {
  if (hit.identity === undefined) return { name: hit.at.pointer.split('/').at(-1), value: hit.at.value }
  return hit.identity.by === 'place' ? hit.identity.content : undefined
}

/** The finding as the rest of the product sees it. */
function findingOf(reported: Reported): UnplacedFinding {
  const { rule, hit, severity } = reported
  const uses = hit.uses?.() ?? []
  const keys = keysOf(hit, hit.identity?.by === 'uses' ? uses : [])
  const component = componentOf(hit.at.pointer)
  return {
    rule: rule.id,
    kind: 'lint',
    severity,
    confidence: hit.confidence ?? rule.confidence,
    category: rule.category,
    cwe: rule.cwe,
    message: oneLine(typeof hit.message === 'string' ? hit.message : hit.message(uses)),
    why: rule.why,
    fix: rule.fix,
    place: { file: hit.at.file, pointer: hit.at.pointer },
    side: 'head',
    operation: component === null ? operationAround(hit.at, uses) : null,
    reaches: reachesOf(uses),
    direction: hit.direction ?? null,
    component: component?.name ?? null,
    sensitivity: hit.sensitivity ?? [],
    class: null,
    security: null,
    new: true,
    fingerprint: fingerprintOf(rule.id, keys),
    digest: digestOf(rule.id, hit.at, keys),
  }
}

/** Messages repeat names and addresses of the description; longer ones are cut. */
const longestMessage = 500

function oneLine(message: string): string {
  const line = message.replace(/\s+/g, ' ')
  return line.length > longestMessage ? `${line.slice(0, longestMessage - 1)}…` : line
}

/** The operation that the place stands in, if it is one of those that meet it. */
function operationAround(at: Node, uses: readonly Use[]): { method: string; path: string } | null {
  const around = uses.find(
    ({ operation: { node } }) => node.file === at.file && (at.pointer === node.pointer || at.pointer.startsWith(`${node.pointer}/`)),
  )
  return around === undefined ? null : { method: around.operation.method, path: around.operation.path }
}

function reachesOf(uses: readonly Use[]): UnplacedFinding['reaches'] {
  const distinct = new Map(
    uses.map(({ operation }) => [`${operation.method} ${operation.path}`, { method: operation.method, path: operation.path }]),
  )
  return [...distinct.values()]
}

/**
 * Paths of head that base has under another name: the same path but for the names of its parameters, or the same `operationId` and method. Only where
 * the path is new in head and the other one gone from it, so that no finding hides behind an operation that is still there.
 */
export function renamedPaths(head: readonly Operation[], base: readonly Operation[]): RenamedPaths {
  const inBase = new Set(base.map(({ path }) => path))
  const inHead = new Set(head.map(({ path }) => path))
  const gone = new Map(
    base.filter(({ path }) => !inHead.has(path)).flatMap((operation) => namesOf(operation).map((name) => [name, operation.path] as const)),
  )
  const renamed = new Map<string, string>()
  for (const operation of head) {
    const before = inBase.has(operation.path)
      ? undefined
      : namesOf(operation)
          .map((name) => gone.get(name))
          .find((path) => path !== undefined)
    if (before !== undefined) renamed.set(operation.path, before)
  }
  return renamed
}

/** What an operation may be recognised by under another path. */
function namesOf({ kind, method, path, operationId }: Operation): readonly string[] {
  return [`${kind} ${withoutParameterNames(path)}`, ...(operationId === null ? [] : [`${kind} ${method} ${operationId}`])]
}
