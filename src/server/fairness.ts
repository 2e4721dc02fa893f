/**
 * Whose turn it is: of what waits, each group's first job comes before any group's second. A tenant with two hundred pull requests
 * waits for itself, and the others do not wait for it.
 */
import type { Store } from './store.ts'

/** A group's jobs past this many are all equally late; it bounds how far a large tenant can fall behind. */
const mostRanks = 100

/** The priority to store: what matters more comes first, and within that, whoever waits with less. */
export function fairPriority(priority: number, ahead: number): number {
  return priority * mostRanks - Math.min(ahead, mostRanks - 1)
}

export interface Waiting {
  /** How many jobs of the group wait already; counts this one for the next time. */
  readonly next: (group: string) => number
}

export async function waitingOf(
  { sql }: Pick<Store, 'sql'>,
  { queue, groups }: { readonly queue: string; readonly groups: readonly string[] },
): Promise<Waiting> {
  const rows = await sql(
    `select data ->> 'group' as owner, count(*)::int as waiting from specgate.job
     where name = $1 and state < 'active' and data ->> 'group' = any($2::text[]) group by 1`,
    [queue, [...new Set(groups)]],
  )
  const counts = new Map(rows.map((row) => [String(row['owner']), Number(row['waiting'])]))
  return {
    next: (group) => {
      const ahead = counts.get(group) ?? 0
      counts.set(group, ahead + 1)
      return ahead
    },
  }
}
