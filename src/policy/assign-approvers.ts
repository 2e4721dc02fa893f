/** One person, one place: the largest possible assignment of approvers to the places that groups have (maximum bipartite matching). */

export interface Places {
  /** How many approvals the group needs. */
  readonly count: number
  /** Who has approved. */
  readonly given: readonly string[]
  /** Who might approve, whether they have or not; null when anybody unknown might. */
  readonly possible: readonly string[] | null
}

export interface Assignment {
  /** Approvers that stand in the group's places. */
  readonly given: readonly string[]
  /** Places that nobody can ever fill. */
  readonly unfillable: number
}

/**
 * For each group who fills its places, nobody twice. No other assignment counts more approvals; among those that count as many it takes
 * one whose open places the people who have not approved yet can fill, if there is one.
 * Kuhn's augmenting paths, first over approvals, then over everybody; an augmenting path never takes a place from everybody who had one.
 */
export function assignApprovers(groups: readonly Places[]): readonly Assignment[] {
  const places = groups.flatMap(({ count, given, possible }, group) =>
    Array.from({ length: count }, (_, index) => ({ group, given, everybody: [...given, ...(possible ?? [`unknown ${group} ${index}`])] })),
  )
  const personAt = new Map<number, string>()
  const given = createFilling(
    places.map((place) => place.given),
    personAt,
  )
  places.forEach((_, place) => given(place))
  const everybody = createFilling(
    places.map((place) => place.everybody),
    personAt,
  )
  places.forEach((_, place) => {
    if (!personAt.has(place)) everybody(place)
  })
  const approvers = new Set(groups.flatMap((group) => group.given))
  return groups.map((_, group) => {
    const own = places.flatMap((place, index) => (place.group === group ? [personAt.get(index) ?? null] : []))
    return {
      given: own.filter((person) => person !== null && approvers.has(person)),
      unfillable: own.filter((person) => person === null).length,
    }
  })
}

/** Fills one place, moving people between places where that helps. */
function createFilling(candidates: readonly (readonly string[])[], personAt: Map<number, string>): (place: number) => boolean {
  const placeOf = new Map([...personAt].map(([place, person]) => [person, place]))
  const fill = (place: number, tried: Set<string>): boolean => {
    for (const person of candidates[place] ?? []) {
      if (tried.has(person)) continue
      tried.add(person)
      const taken = placeOf.get(person)
      if (taken !== undefined && !fill(taken, tried)) continue
      placeOf.set(person, place)
      personAt.set(place, person)
      return true
    }
    return false
  }
  return (place) => fill(place, new Set())
}

/** The same without the demand for different people: each group by itself. */
export function countApprovers(groups: readonly Places[]): readonly Assignment[] {
  return groups.map(({ count, given, possible }) => {
    const there = possible === null ? count : new Set([...given, ...possible]).size
    return { given, unfillable: Math.max(0, count - there) }
  })
}
