/** Which components nothing leads to, on either side. */
import type { ApiDescription } from '../openapi/types.ts'
import { rawOperations, rawWebhooks } from '../openapi/operations.ts'
import { field, isObject, listField } from '../openapi/values.ts'
import type { UnitGraph } from './unit-graph.ts'
import { anywhere, wholeFile } from './units.ts'

/** Those of the touched units for which `isCandidate` holds and that no operation and no webhook leads to. None when that cannot be told. */
export function unusedUnits(
  graph: UnitGraph,
  sides: { readonly base: ApiDescription; readonly head: ApiDescription },
  isCandidate: (key: string) => boolean,
): readonly string[] {
  const candidates = [...graph.touched].filter(isCandidate)
  if (candidates.length === 0 || graph.referrers().has(anywhere)) return []
  const named = candidates.some(isScheme) ? new Set([...schemeKeys(sides.base), ...schemeKeys(sides.head)]) : new Set<string>()
  const inBase = baseReferrers(graph)
  return candidates.filter(
    (key) => !named.has(key) && !isUsed(key, (target) => [...(graph.referrers().get(target) ?? []), ...(inBase.get(target) ?? [])]),
  )
}

/** What the touched units refer to in base; the others refer to the same as in head. */
function baseReferrers(graph: UnitGraph): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const add = (target: string, key: string): void => {
    found.set(target, [...(found.get(target) ?? []), key])
  }
  for (const key of graph.touched) for (const target of graph.targets('base', key)) add(target, key)
  for (const [parent, byTag] of graph.subtypes.base()) for (const { key } of byTag.values()) add(key, parent)
  return found
}

function isUsed(start: string, referrers: (key: string) => readonly string[]): boolean {
  const seen = new Set<string>()
  const waiting = [start]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    if (/#(?:paths|webhooks)\//.test(key)) return true
    waiting.push(...referrers(key), ...referrers(wholeFile(key)))
  }
  return false
}

function isScheme(key: string): boolean {
  return /#(?:components\/securitySchemes|securityDefinitions)\//.test(key)
}

/** Security schemes are named, not referred to. */
function schemeKeys(api: ApiDescription): readonly string[] {
  const section = api.version === '2.0' ? 'securityDefinitions' : 'components/securitySchemes'
  const holders: unknown[] = [api.root, ...[...rawOperations(api), ...rawWebhooks(api)].map(({ node }) => node.value)]
  const names = holders.flatMap((holder) =>
    field(holder, 'security') === undefined
      ? []
      : listField(holder, 'security').flatMap((item) => (isObject(item) ? Object.keys(item) : [])),
  )
  return [...new Set(names)].map((name) => `#${section}/${name}`)
}
