/**
 * Which parts of two descriptions may differ: what differs as written, and what reaches it by reference. Everything else is the same
 * on both sides and is never judged, so that the cost of a diff grows with the change.
 */
import type { ApiDescription, Node } from '../openapi/types.ts'
import { childPointer } from '../openapi/json-pointer.ts'
import { field, isObject } from '../openapi/values.ts'
import { referencesIn } from './references.ts'
import { sameJson } from './same-json.ts'
import type { SchemaPair } from './schema/types.ts'
import { once, unitGraphOf } from './unit-graph.ts'
import type { UnitGraph } from './unit-graph.ts'
import { anywhere, labelOf, nodeOfUnit, targetKey, unitKey, wholeFile } from './units.ts'
import type { Unit, Units } from './units.ts'

export interface Footprint {
  /** Nothing at all differs. */
  readonly empty: boolean
  readonly graph: UnitGraph
  /** The two nodes read the same and lead only to what reads the same. `false` is no proof of a difference. */
  readonly unchanged: (base: Node | null, head: Node | null) => boolean
  /** The same of the whole path item (or webhook) of that name, at the cost of a look-up. */
  readonly unchangedPath: (section: 'paths' | 'webhooks', name: string) => boolean
  /** The unit around a node of that side is the same on both, with all it leads to, at the cost of a look-up. */
  readonly inSamePart: (side: 'base' | 'head', node: Node) => boolean
  /** Path items, components and other members of the files of each side that may differ. */
  readonly parts: () => { readonly base: readonly Node[]; readonly head: readonly Node[] }
  /** Subtypes by discriminator that a value of this schema may be and that may differ; each with its tag. */
  readonly subtypePairs: (head: Node) => ReadonlyMap<string, SchemaPair>
  /** What operations take over from the document without naming it, and whether that may differ. */
  readonly inherited: { readonly content: boolean; readonly security: boolean; readonly servers: boolean }
}

/** The last answer about each head: diff and lint ask about the same pair. */
const known = new WeakMap<ApiDescription, { readonly base: ApiDescription; readonly footprint: Footprint }>()

/** Compares both sides unit by unit (path item, component, rest of a file); references are followed backwards from what differs. */
export function footprintOf(base: ApiDescription, head: ApiDescription): Footprint {
  const before = known.get(head)
  if (before?.base === base) return before.footprint
  const footprint = compareUnits(base, head)
  known.set(head, { base, footprint })
  return footprint
}

function compareUnits(base: ApiDescription, head: ApiDescription): Footprint {
  const graph = unitGraphOf(base, head)
  // The same text may mean something else in another version of the specification (`nullable`, `exclusiveMinimum`).
  const isOneVersion = base.version === head.version
  const dirty = once(() => reachedBackwards(graph))
  const isDirty = (key: string): boolean => dirty().has(key) || (!graph.units.head.has(key) && dirty().has(wholeFile(key)))
  return {
    empty: graph.touched.size === 0,
    graph,
    unchanged: (before, after) => isOneVersion && unchanged({ base, head, units: graph.units.head, isDirty }, before, after),
    unchangedPath: (section, name) => isOneVersion && graph.units.head.has(`#${section}/${name}`) && !isDirty(`#${section}/${name}`),
    inSamePart: (side, node) => isOneVersion && inCleanUnit(side === 'base' ? base : head, { units: graph.units.head, isDirty }, node),
    parts: () => ({
      base: differingParts({ own: graph.units.base, other: graph.units.head }, isOneVersion ? isDirty : all),
      head: differingParts({ own: graph.units.head, other: graph.units.base }, isOneVersion ? isDirty : all),
    }),
    subtypePairs: (node) => subtypePairs(node, { head, graph, isDirty }),
    inherited: inheritedChanges(base, head, graph.touched),
  }
}

function all(): boolean {
  return true
}

/** Units as nodes; of what is left of a file beside them, the members that are not the same on the other side. */
function differingParts(
  { own, other }: { readonly own: Units; readonly other: Units },
  isDirty: (key: string) => boolean,
): readonly Node[] {
  const parts: Node[] = []
  for (const [key, unit] of own) {
    if (!isDirty(key)) continue
    const node = nodeOfUnit(key, unit)
    if (node !== null) parts.push(node)
    else if (!isObject(unit.value)) parts.push({ file: unit.file, pointer: '', value: unit.value })
    else parts.push(...differingMembers(unit, other.get(key)?.value))
  }
  return parts
}

function differingMembers({ file, value }: Unit, other: unknown): readonly Node[] {
  if (!isObject(value)) return []
  return Object.keys(value).flatMap((name) =>
    sameJson(value[name], field(other, name)) && referencesIn(value[name]).length === 0
      ? []
      : [{ file, pointer: childPointer('', name), value: value[name] }],
  )
}

/** The touched units and all that lead to them. The references of head suffice: a unit that is not touched has the same on both sides. */
function reachedBackwards({ units, touched, referrers }: UnitGraph): ReadonlySet<string> {
  const reached = new Set([...touched, ...[...touched].map(wholeFile), anywhere])
  const found = referrers()
  // A key that names no unit leads into a part that has another shape than expected: it may be anywhere in its file.
  for (const [target, keys] of found)
    if (!units.head.has(target) && reached.has(wholeFile(target))) for (const key of keys) reached.add(key)
  const waiting = [...reached]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const referrer of found.get(key) ?? []) {
      for (const next of [referrer, wholeFile(referrer)]) {
        if (reached.has(next)) continue
        reached.add(next)
        waiting.push(next)
      }
    }
  }
  return reached
}

interface Known {
  readonly base: ApiDescription
  readonly head: ApiDescription
  readonly units: Units
  readonly isDirty: (key: string) => boolean
}

function unchanged(known: Known, before: Node | null, after: Node | null): boolean {
  if (before === null || after === null) return before === after
  const { base, head, isDirty } = known
  if (labelOf(base, before.file) !== labelOf(head, after.file)) return false
  if (before.pointer === after.pointer && inCleanUnit(head, known, after)) return true
  if (!sameJson(before.value, after.value)) return false
  for (const ref of referencesIn(after.value)) if (isDirty(targetKey(head, after.file, ref))) return false
  return true
}

/** The unit around the node is the same on both sides, with all it leads to: a look-up instead of a walk. */
function inCleanUnit(api: ApiDescription, { units, isDirty }: Pick<Known, 'units' | 'isDirty'>, node: Node): boolean {
  const key = unitKey(api, node)
  return units.has(key) && !isDirty(key)
}

interface Search {
  readonly head: ApiDescription
  readonly graph: UnitGraph
  readonly isDirty: (key: string) => boolean
}

/** Goes down from the node through what may differ, and collects the subtypes of every parent met. */
function subtypePairs(node: Node, { head, graph, isDirty }: Search): ReadonlyMap<string, SchemaPair> {
  const pairs = new Map<string, SchemaPair>()
  const parents = graph.subtypes.head()
  if (parents.size === 0) return pairs
  const seen = new Set<string>()
  const waiting = referencesIn(node.value).map((ref) => targetKey(head, node.file, ref))
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key) || !graph.units.head.has(key) || !isDirty(key)) continue
    seen.add(key)
    waiting.push(...graph.targets('head', key))
    for (const [tag, subtype] of parents.get(key) ?? []) {
      waiting.push(subtype.key)
      const base = graph.subtypes.base().get(key)?.get(tag)
      if (base !== undefined && isDirty(subtype.key)) pairs.set(`${key} ${tag}`, { base: base.node, head: subtype.node })
    }
  }
  return pairs
}

function inheritedChanges(base: ApiDescription, head: ApiDescription, touched: ReadonlySet<string>): Footprint['inherited'] {
  const differs = (...keys: readonly string[]): boolean => keys.some((key) => !sameJson(field(base.root, key), field(head.root, key)))
  const isOther = base.version !== head.version
  return {
    content: isOther || differs('consumes', 'produces'),
    security:
      isOther || differs('security') || [...touched].some((key) => /#(?:components\/securitySchemes|securityDefinitions)\//.test(key)),
    servers: isOther || differs('servers', 'host', 'basePath', 'schemes'),
  }
}
