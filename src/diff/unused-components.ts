/** Which components of a description nothing leads to. */
import type { ApiDescription } from '../openapi/types.ts'
import { rawOperations, rawWebhooks } from '../openapi/operations.ts'
import { field, isObject, listField } from '../openapi/values.ts'
import { referencesIn } from './references.ts'
import { subtypesOf } from './subtypes.ts'
import { anywhere, targetKey } from './units.ts'
import type { Units } from './units.ts'

/** Keys of the units that operations and webhooks lead to, directly or through others. `null`: that cannot be told, so that all may be. */
export function usedUnits(api: ApiDescription, units: Units): ReadonlySet<string> | null {
  const used = new Set<string>()
  const subtypes = subtypesOf(api, units)
  const waiting: string[] = [...units.keys()].filter((key) => /#(?:paths|webhooks)\//.test(key))
  waiting.push(...schemeKeys(api))
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (used.has(key)) continue
    used.add(key)
    if (key === anywhere) return null
    if (key.endsWith('#*')) waiting.push(...[...units.keys()].filter((other) => other.startsWith(key.slice(0, -1))))
    for (const subtype of subtypes.get(key)?.values() ?? []) waiting.push(subtype.key)
    const unit = units.get(key)
    if (unit !== undefined) waiting.push(...referencesIn(unit.value).map((ref) => targetKey(api, unit.file, ref)))
  }
  return used
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
