/**
 * A description that was split: operations that one description lost and a new one of the same pull request has were moved, not removed. Each new
 * part is compared with what it was in the old description, so that a break or a weakening on the way is found and the move itself is none.
 */
import { rawOperations } from './operations.ts'
import type { RawOperation } from './raw-operation.ts'
import type { ApiDescription, DescriptionPair, JsonObject } from './types.ts'
import { isObject } from './values.ts'

/** A new description continues an old one when this share of its operations comes from there. */
const shareOfAPart = 0.5

/** The pairs with every new part of a split paired with its operations as they were. */
export function withSplits(pairs: readonly DescriptionPair[]): readonly DescriptionPair[] {
  const fresh = pairs.filter((pair) => pair.base === null && apiOf(pair.head) !== null)
  const losing = pairs.filter((pair) => apiOf(pair.base) !== null && (pair.head === null || apiOf(pair.head) !== null))
  if (fresh.length === 0 || losing.length === 0) return pairs
  let result = pairs
  for (const part of fresh) result = withPart(result, part)
  return result
}

function withPart(pairs: readonly DescriptionPair[], part: DescriptionPair): readonly DescriptionPair[] {
  const own = keysOf(apiOf(part.head))
  const candidates = pairs
    .map((pair) => ({ pair, moved: lostBy(pair).filter((key) => own.has(key)) }))
    .filter(({ moved }) => moved.length > 0 && moved.length >= own.size * shareOfAPart)
    .sort((left, right) => right.moved.length - left.moved.length)
  const [best] = candidates
  const whole = apiOf(best?.pair.base ?? null)
  if (best === undefined || whole === null) return pairs
  const moved = new Set(best.moved)
  const [there, rest] = [restricted(whole, (key) => moved.has(key)), restricted(whole, (key) => !moved.has(key))]
  if (there === null || rest === null) return pairs
  return pairs.flatMap((pair) => {
    if (pair.path === part.path) return [{ ...pair, previousPath: best.pair.previousPath ?? best.pair.path, base: { api: there } }]
    if (pair !== best.pair) return [pair]
    // Nothing is left of what is gone: all of it is somewhere else.
    return pair.head === null && rawOperations(rest).length === 0 ? [] : [{ ...pair, base: { api: rest } }]
  })
}

function apiOf(result: DescriptionPair['base']): ApiDescription | null {
  return result !== null && 'api' in result ? result.api : null
}

function keyOf({ key }: RawOperation): string {
  return `${key.method} ${key.path}`
}

function keysOf(api: ApiDescription | null): ReadonlySet<string> {
  return new Set(api === null ? [] : rawOperations(api).map(keyOf))
}

/** Operations of base that head does not have. */
function lostBy({ base, head }: DescriptionPair): readonly string[] {
  const [before, after] = [apiOf(base), apiOf(head)]
  if (before === null || (head !== null && after === null)) return []
  const kept = keysOf(after)
  return [...keysOf(before)].filter((key) => !kept.has(key))
}

/** The description with these operations only; null where a path item stands elsewhere and is wanted in part. Pointers stay what they are. */
function restricted(api: ApiDescription, keep: (key: string) => boolean): ApiDescription | null {
  const { paths } = api.root
  const document = api.documents.get(api.path)
  if (!isObject(paths) || document === undefined) return null
  const dropped = new Map<string, string[]>()
  for (const raw of rawOperations(api))
    if (!keep(keyOf(raw))) dropped.set(raw.key.path, [...(dropped.get(raw.key.path) ?? []), raw.key.method])
  const kept = new Set(rawOperations(api).flatMap((raw) => (keep(keyOf(raw)) ? [raw.key.path] : [])))
  const items: [string, unknown][] = []
  for (const [path, item] of Object.entries(paths)) {
    const gone = dropped.get(path)
    if (gone === undefined) items.push([path, item])
    else if (kept.has(path)) {
      const left = withoutMethods(item, gone)
      if (left === null) return null
      items.push([path, left])
    }
  }
  const root: JsonObject = { ...api.root, paths: Object.fromEntries(items) }
  return { ...api, root, documents: new Map([...api.documents, [api.path, { ...document, value: root }]]) }
}

function withoutMethods(item: unknown, gone: readonly string[]): unknown {
  if (!isObject(item) || item['$ref'] !== undefined || item['additionalOperations'] !== undefined) return null
  const methods = new Set(gone.map((method) => method.toLowerCase()))
  return Object.fromEntries(Object.entries(item).filter(([key]) => !methods.has(key)))
}
