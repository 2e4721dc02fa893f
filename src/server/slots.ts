/**
 * Who may use a thread: first come, first served, but no tenant holds every thread while another waits or may come. So a tenant's
 * hostile descriptions cost its own reviews time, and nobody else's.
 */

export interface Slots {
  /** Resolves with the function that gives the slot back, once one is free for this tenant. */
  take(tenant: string): Promise<() => void>
}

interface Waiting {
  readonly tenant: string
  readonly begin: () => void
}

/** With a single thread there is nothing to share. */
export function createSlots(count: number): Slots {
  const most = Math.max(1, count - 1)
  const held = new Map<string, number>()
  const waiting: Waiting[] = []
  let free = count
  const mayTake = (tenant: string): boolean => free > 0 && (held.get(tenant) ?? 0) < most
  const occupy = (tenant: string): void => {
    free -= 1
    held.set(tenant, (held.get(tenant) ?? 0) + 1)
  }
  const release = (tenant: string): void => {
    free += 1
    const left = (held.get(tenant) ?? 1) - 1
    if (left > 0) held.set(tenant, left)
    else held.delete(tenant)
    const next = waiting.findIndex((one) => mayTake(one.tenant))
    const [chosen] = next === -1 ? [] : waiting.splice(next, 1)
    if (chosen === undefined) return
    occupy(chosen.tenant)
    chosen.begin()
  }
  return {
    take: async (tenant) => {
      if (mayTake(tenant)) occupy(tenant)
      else await new Promise<void>((begin) => waiting.push({ tenant, begin }))
      return () => release(tenant)
    },
  }
}
