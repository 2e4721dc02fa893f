/**
 * Which parts of two descriptions differ as written, and what reaches them by reference. Everything else is the same on both
 * sides and is never judged, so that the cost of a diff grows with the change.
 */
import type { ApiDescription, Node } from '../openapi/types.ts'
import { field } from '../openapi/values.ts'
import { referencesIn } from './references.ts'
import { sameJson } from './same-json.ts'
import type { SchemaPair } from './schema/types.ts'
import { subtypesOf } from './subtypes.ts'
import type { Subtypes } from './subtypes.ts'
import { anywhere, labelOf, referrersOf, targetKey, unitsOf, wholeFile } from './units.ts'
import type { Units } from './units.ts'

export interface Footprint {
  /** Nothing at all differs. */
  readonly empty: boolean
  /** Keys of the units that differ as written, or stand on one side only. */
  readonly touched: ReadonlySet<string>
  readonly units: { readonly base: Units; readonly head: Units }
  /** The two nodes read the same and lead only to what reads the same. `false` is no proof of a difference. */
  readonly unchanged: (base: Node | null, head: Node | null) => boolean
  /** Subtypes by discriminator that a value of this schema may be and that may differ; each with its tag. */
  readonly subtypePairs: (head: Node) => ReadonlyMap<string, SchemaPair>
  /** What operations take over from the document without naming it, and whether that may differ. */
  readonly inherited: { readonly content: boolean; readonly security: boolean; readonly servers: boolean }
}

/** Compares both sides unit by unit (path item, component, rest of a file); references are followed backwards from what differs. */
export function footprintOf(base: ApiDescription, head: ApiDescription): Footprint {
  const units = { base: unitsOf(base), head: unitsOf(head) }
  const touched = touchedUnits(units.base, units.head)
  // The same text may mean something else in another version of the specification (`nullable`, `exclusiveMinimum`).
  const isOneVersion = base.version === head.version
  const reach = once(() => reachOf(base, head, { units, touched }))
  return {
    empty: touched.size === 0,
    touched,
    units,
    unchanged: (before, after) => isOneVersion && unchanged({ base, head, isDirty: (key) => reach().isDirty(key) }, before, after),
    subtypePairs: (node) => reach().subtypePairs(node),
    inherited: inheritedChanges(base, head, touched),
  }
}

interface Sides {
  readonly units: { readonly base: Units; readonly head: Units }
  readonly touched: ReadonlySet<string>
}

interface Reach {
  readonly isDirty: (key: string) => boolean
  readonly subtypePairs: (head: Node) => ReadonlyMap<string, SchemaPair>
}

/** Follows references through head: a unit that is not touched has the same references on both sides. Computed only when something asks. */
function reachOf(base: ApiDescription, head: ApiDescription, { units, touched }: Sides): Reach {
  const subtypes = { base: subtypesOf(base, units.base), head: subtypesOf(head, units.head) }
  const dirty = reachedBackwards(units.head, touched, referrers(head, units.head, subtypes.head))
  const isDirty = (key: string): boolean => dirty.has(key) || (!units.head.has(key) && dirty.has(wholeFile(key)))
  return { isDirty, subtypePairs: (node) => subtypePairs(node, { api: head, units: units.head, subtypes, isDirty }) }
}

function touchedUnits(base: Units, head: Units): ReadonlySet<string> {
  const touched = new Set<string>()
  for (const [key, unit] of base) {
    const other = head.get(key)
    if (other === undefined || !sameJson(unit.value, other.value)) touched.add(key)
  }
  for (const key of head.keys()) if (!base.has(key)) touched.add(key)
  return touched
}

/** Who refers to whom; a parent refers to its subtypes, although nothing in it says so. */
function referrers(api: ApiDescription, units: Units, subtypes: Subtypes): ReadonlyMap<string, readonly string[]> {
  const found = new Map(referrersOf(api, units))
  for (const [parent, byTag] of subtypes) for (const { key } of byTag.values()) found.set(key, [...(found.get(key) ?? []), parent])
  return found
}

function reachedBackwards(
  head: Units,
  touched: ReadonlySet<string>,
  referrers: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set([...touched, ...[...touched].map(wholeFile), anywhere])
  // A key that names no unit leads into a part that has another shape than expected: it may be anywhere in its file.
  for (const [target, keys] of referrers) if (!head.has(target) && reached.has(wholeFile(target))) for (const key of keys) reached.add(key)
  const waiting = [...reached]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const referrer of referrers.get(key) ?? []) {
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
  readonly isDirty: (key: string) => boolean
}

function unchanged({ base, head, isDirty }: Known, before: Node | null, after: Node | null): boolean {
  if (before === null || after === null) return before === after
  if (labelOf(base, before.file) !== labelOf(head, after.file) || !sameJson(before.value, after.value)) return false
  for (const ref of referencesIn(after.value)) if (isDirty(targetKey(head, after.file, ref))) return false
  return true
}

interface Search {
  readonly api: ApiDescription
  readonly units: Units
  readonly subtypes: { readonly base: Subtypes; readonly head: Subtypes }
  readonly isDirty: (key: string) => boolean
}

/** Goes down from the node through what may differ, and collects the subtypes of every parent met. */
function subtypePairs(node: Node, { api, units, subtypes, isDirty }: Search): ReadonlyMap<string, SchemaPair> {
  const pairs = new Map<string, SchemaPair>()
  if (subtypes.head.size === 0) return pairs
  const seen = new Set<string>()
  const waiting = referencesIn(node.value).map((ref) => targetKey(api, node.file, ref))
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const unit = units.get(key)
    if (seen.has(key) || unit === undefined || !isDirty(key)) continue
    seen.add(key)
    waiting.push(...referencesIn(unit.value).map((ref) => targetKey(api, unit.file, ref)))
    for (const [tag, subtype] of subtypes.head.get(key) ?? []) {
      waiting.push(subtype.key)
      const base = subtypes.base.get(key)?.get(tag)
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

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: compute() }).value
}
