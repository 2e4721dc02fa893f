/**
 * Which operation of head is which operation of base: by path, by URL (a prefix may have moved into the servers), and where the
 * URL is gone by `operationId` or by equal content.
 */
import type { RawOperation } from '../openapi/operations.ts'
import { effectiveServers } from '../openapi/servers.ts'
import type { ApiDescription, JsonObject } from '../openapi/types.ts'
import { textField } from '../openapi/values.ts'
import type { DiffOptions, PathPrefix } from './options.ts'
import { sameJson } from './same-json.ts'
import { erased, serverUrl, urlPath } from './server-url.ts'

export interface RawPair {
  readonly base: RawOperation
  readonly head: RawOperation
}

export interface OperationMatches {
  /** Same URL. */
  readonly pairs: readonly RawPair[]
  /** Another URL. */
  readonly moved: readonly RawPair[]
  readonly removed: readonly RawOperation[]
  readonly added: readonly RawOperation[]
}

export interface Sides {
  readonly base: { readonly api: ApiDescription; readonly operations: readonly RawOperation[] }
  readonly head: { readonly api: ApiDescription; readonly operations: readonly RawOperation[] }
  readonly prefixes: DiffOptions['prefixes']
}

/** Each operation of either side stands in exactly one of the four lists. Linear but for the few that are left at the end. */
export function matchOperations(sides: Sides): OperationMatches {
  const { base, head, prefixes } = sides
  const left = new Set(base.operations)
  const right = new Set(head.operations)
  const take = (pairs: readonly RawPair[]): readonly RawPair[] => {
    for (const pair of pairs) {
      left.delete(pair.base)
      right.delete(pair.head)
    }
    return pairs
  }
  const path =
    (prefix: PathPrefix | undefined) =>
    (operation: RawOperation): readonly string[] => [prefixed(operation.key.path, prefix)]
  const template =
    (prefix: PathPrefix | undefined) =>
    (operation: RawOperation): readonly string[] => [erased(prefixed(operation.key.path, prefix))]
  const url =
    (api: ApiDescription) =>
    (operation: RawOperation): readonly string[] =>
      effectiveServers(api, operation).map((server) => urlPath(serverUrl(server), operation.key.path))
  const pairs = [
    ...take(pairsByKey(left, right, { base: path(prefixes?.base), head: path(prefixes?.head) })),
    ...take(pairsByKey(left, right, { base: template(prefixes?.base), head: template(prefixes?.head) })),
    ...take(pairsByKey(left, right, { base: url(base.api), head: url(head.api) })),
  ]
  const moved = [...take(pairsByName(left, right)), ...take(pairsByContent(left, right))]
  return { pairs, moved, removed: [...left], added: [...right] }
}

interface Keys {
  readonly base: (operation: RawOperation) => readonly string[]
  readonly head: (operation: RawOperation) => readonly string[]
}

/** Pairs of one method that share a key. Where several do, the first whose parameters read the same, else the first. */
function pairsByKey(left: ReadonlySet<RawOperation>, right: ReadonlySet<RawOperation>, keys: Keys): readonly RawPair[] {
  if (left.size === 0 || right.size === 0) return []
  const byKey = new Map<string, RawOperation[]>()
  for (const head of right) for (const key of keys.head(head)) append(byKey, `${head.key.method} ${key}`, head)
  const taken = new Set<RawOperation>()
  return [...left].flatMap((base) => {
    const candidates = keys
      .base(base)
      .flatMap((key) => byKey.get(`${base.key.method} ${key}`) ?? [])
      .filter((head) => !taken.has(head))
    const head =
      candidates.length < 2
        ? candidates[0]
        : (candidates.find((candidate) => sameJson(candidate.pathItem.value['parameters'], base.pathItem.value['parameters'])) ??
          candidates[0])
    if (head === undefined) return []
    taken.add(head)
    return [{ base, head }]
  })
}

/** Pairs that share a method and an `operationId` which nothing else on their side has. */
function pairsByName(left: ReadonlySet<RawOperation>, right: ReadonlySet<RawOperation>): readonly RawPair[] {
  const name = ({ key, node }: RawOperation): string | null => {
    const id = textField(node.value, 'operationId')
    return id === null ? null : `${key.method} ${id}`
  }
  return uniquePairs(left, right, name)
}

/** Pairs of one method that read the same but for names and words, and that nothing else on their side reads like. */
function pairsByContent(left: ReadonlySet<RawOperation>, right: ReadonlySet<RawOperation>): readonly RawPair[] {
  const bases = [...left]
  const heads = [...right]
  if (bases.length * heads.length > 250_000) return []
  const alike = (one: RawOperation, other: RawOperation): boolean =>
    one.key.method === other.key.method && sameJson(contentOf(one), contentOf(other))
  return bases.flatMap((base) => {
    const [head, ...others] = heads.filter((candidate) => alike(base, candidate))
    const isUnique = others.length === 0 && head !== undefined && bases.filter((other) => alike(other, head)).length === 1
    return isUnique ? [{ base, head }] : []
  })
}

function uniquePairs(
  left: ReadonlySet<RawOperation>,
  right: ReadonlySet<RawOperation>,
  key: (operation: RawOperation) => string | null,
): readonly RawPair[] {
  const bases = Map.groupBy(left, key)
  const heads = Map.groupBy(right, key)
  return [...bases].flatMap(([name, [base, ...otherBases]]) => {
    const [head, ...otherHeads] = heads.get(name) ?? []
    return name !== null && base !== undefined && head !== undefined && otherBases.length + otherHeads.length === 0 ? [{ base, head }] : []
  })
}

/** What is written in the operation, without what may differ when it moves. */
function contentOf({ node }: RawOperation): JsonObject {
  const { operationId: _operationId, summary: _summary, description: _description, tags: _tags, ...content } = node.value
  return content
}

function prefixed(path: string, prefix: PathPrefix | undefined): string {
  const stripped = prefix?.strip !== undefined && path.startsWith(prefix.strip) ? path.slice(prefix.strip.length) : path
  return `${prefix?.add ?? ''}${stripped}`
}

function append(map: Map<string, RawOperation[]>, key: string, operation: RawOperation): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [operation])
  else known.push(operation)
}
