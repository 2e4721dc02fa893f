/** Which units of two descriptions differ as written, and who refers to whom. */
import type { ApiDescription } from '../openapi/types.ts'
import { addReferences, referencesIn } from './references.ts'
import { sameJsonSeen } from './same-json.ts'
import { subtypesOf } from './subtypes.ts'
import type { Subtypes } from './subtypes.ts'
import { targetKey, unitsOf } from './units.ts'
import type { Unit, Units } from './units.ts'

export interface UnitGraph {
  readonly units: { readonly base: Units; readonly head: Units }
  /** Keys of the units that differ as written, or stand on one side only. */
  readonly touched: ReadonlySet<string>
  /** Keys that a unit of that side refers to. */
  readonly targets: (side: 'base' | 'head', key: string) => ReadonlySet<string>
  /** By key: the keys of the units of head that refer to it, a parent's subtypes included. Computed when asked for. */
  readonly referrers: () => ReadonlyMap<string, readonly string[]>
  readonly subtypes: { readonly base: () => Subtypes; readonly head: () => Subtypes }
}

/** Compares unit by unit; one walk finds out what differs and what refers to what. */
export function unitGraphOf(base: ApiDescription, head: ApiDescription): UnitGraph {
  const units = { base: unitsOf(base), head: unitsOf(head) }
  const { touched, written } = compareUnits(units.base, units.head)
  const subtypes = { base: once(() => subtypesOf(base, units.base)), head: once(() => subtypesOf(head, units.head)) }
  const keys = { base: new Map<string, ReadonlySet<string>>(), head: new Map<string, ReadonlySet<string>>() }
  const apis = { base, head }
  const targets: UnitGraph['targets'] = (side, key) => {
    const known = keys[side].get(key)
    if (known !== undefined) return known
    const unit = units[side].get(key)
    const refs = (touched.has(key) ? undefined : written.get(key)) ?? referencesIn(unit?.value)
    const found = unit === undefined ? new Set<string>() : targetKeys(apis[side], unit, refs)
    keys[side].set(key, found)
    return found
  }
  return {
    units,
    touched,
    targets,
    subtypes,
    referrers: once(() => referrersOf(units.head, subtypes.head(), (key) => targets('head', key))),
  }
}

/** What differs, and the references written in the units that do not. */
function compareUnits(
  base: Units,
  head: Units,
): { readonly touched: ReadonlySet<string>; readonly written: ReadonlyMap<string, readonly string[]> } {
  const touched = new Set<string>()
  const written = new Map<string, readonly string[]>()
  for (const [key, unit] of base) {
    const other = head.get(key)
    const found: string[] = []
    if (other !== undefined && sameJsonSeen(unit.value, other.value, (map) => addReferences(map, found))) written.set(key, found)
    else touched.add(key)
  }
  for (const key of head.keys()) if (!base.has(key)) touched.add(key)
  return { touched, written }
}

function targetKeys(api: ApiDescription, { file }: Unit, refs: readonly string[]): ReadonlySet<string> {
  return new Set([...new Set(refs)].map((ref) => targetKey(api, file, ref)))
}

function referrersOf(
  units: Units,
  subtypes: Subtypes,
  targets: (key: string) => ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const add = (target: string, key: string): void => {
    const known = found.get(target)
    if (known === undefined) found.set(target, [key])
    else known.push(key)
  }
  for (const key of units.keys()) for (const target of targets(key)) add(target, key)
  for (const [parent, byTag] of subtypes) for (const { key } of byTag.values()) add(key, parent)
  return found
}

/** The value, computed at the first call. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: compute() }).value
}
