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
 * For each group who fills its places, nobody twice. No other assignment counts more approvals; among those that count as many it prefers
 * one whose open places can be filled by people who are not counted yet, so that the right group is asked.
 * Kuhn's augmenting paths: at most places times people times places steps; a policy has at most a hundred places in a rule.
 */
export function assignApprovers(groups: readonly Places[]): readonly Assignment[] {
  const places = groups.flatMap(({ count, given, possible }, group) =>
    Array.from({ length: count }, (_, index) => ({ group, given, possible: possible ?? [`unknown ${group} ${index}`] })),
  )
  const approved = match(places.map(({ given }) => given))
  if (hasPlenty(groups, places.length + approved.size)) return assignments(groups, places, { best: approved, anybody: null })
  // A place with as many candidates as there are places can always be filled, so more of them need not be looked at.
  const enough = places.length
  const counted = new Set(approved.values())
  const withOthers = places.map(({ given, possible }) => [...given, ...possible.filter((person) => !counted.has(person)).slice(0, enough)])
  const best = match(withOthers, approved)
  const anybody = match(places.map(({ given, possible }) => [...given, ...possible.slice(0, enough)]))
  return assignments(groups, places, { best, anybody })
}

/** Every group has so many people that whoever is counted elsewhere is not missed. */
function hasPlenty(groups: readonly Places[], needed: number): boolean {
  return groups.every(({ possible }) => possible === null || possible.length >= needed)
}

interface Matches {
  readonly best: ReadonlyMap<number, string>
  /** null: every place can be filled. */
  readonly anybody: ReadonlyMap<number, string> | null
}

function assignments(groups: readonly Places[], places: readonly { readonly group: number }[], { best, anybody }: Matches): Assignment[] {
  return groups.map(({ given }, group) => {
    const own = places.flatMap((place, index) => (place.group === group ? [index] : []))
    return {
      given: own.flatMap((index) => best.get(index) ?? []).filter((person) => given.includes(person)),
      unfillable: anybody === null ? 0 : own.filter((index) => !anybody.has(index)).length,
    }
  })
}

/** Who stands in which place; people who already have one keep one, perhaps another. */
function match(candidates: readonly (readonly string[])[], start: ReadonlyMap<number, string> = new Map()): Map<number, string> {
  const personAt = new Map(start)
  const placeOf = new Map([...start].map(([place, person]) => [person, place]))
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
  candidates.forEach((_, place) => {
    if (!personAt.has(place)) fill(place, new Set())
  })
  return personAt
}

/** The same without the demand for different people: each group by itself. */
export function countApprovers(groups: readonly Places[]): readonly Assignment[] {
  return groups.map(({ count, given, possible }) => {
    const there = possible === null ? count : new Set([...given, ...possible]).size
    return { given, unfillable: Math.max(0, count - there) }
  })
}
