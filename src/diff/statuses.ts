/** Statuses as sets: `200` lies in `2XX`, and `default` is the rest. */
import type { Response } from '../openapi/types.ts'

export interface StatusPair {
  readonly base: Response
  readonly head: Response
  readonly change: 'narrowed' | 'widened' | null
}

export interface MatchedStatuses {
  readonly pairs: readonly StatusPair[]
  readonly removed: readonly Response[]
  readonly added: readonly Response[]
}

/** True for statuses below 400, which clients wait for. Anything that is no status is none. */
export function isSuccess(status: string): boolean {
  return /^[123](?:\d\d|XX)$/.test(status)
}

/** Pairs equal statuses, then a status with the range that now holds it and a range with the statuses left of it. */
export function matchStatuses(base: readonly Response[], head: readonly Response[]): MatchedStatuses {
  const heads = new Map(head.map((response) => [response.status, response]))
  const bases = new Map(base.map((response) => [response.status, response]))
  const pairs: StatusPair[] = []
  for (const response of bases.values()) {
    const same = heads.get(response.status)
    if (same !== undefined) pairs.push({ base: response, head: same, change: null })
    else pairs.push(...rangePairs(response, { bases, heads }))
  }
  const [left, right] = [new Set(pairs.map((pair) => pair.base)), new Set(pairs.map((pair) => pair.head))]
  return {
    pairs,
    removed: [...bases.values()].filter((response) => !left.has(response)),
    added: [...heads.values()].filter((response) => !right.has(response)),
  }
}

type ByStatus = ReadonlyMap<string, Response>

function rangePairs(base: Response, { bases, heads }: { bases: ByStatus; heads: ByStatus }): readonly StatusPair[] {
  const wider = heads.get(rangeOf(base.status)) ?? (bases.has('default') || !isSuccess(base.status) ? undefined : heads.get('default'))
  if (wider !== undefined && wider.status !== base.status) return [{ base, head: wider, change: 'widened' }]
  if (!base.status.endsWith('XX')) return []
  return [...heads.values()]
    .filter((head) => rangeOf(head.status) === base.status && !bases.has(head.status))
    .map((head) => ({ base, head, change: 'narrowed' }))
}

function rangeOf(status: string): string {
  return /^\d/.test(status) ? `${status.charAt(0)}XX` : status
}
