/** What a rule's `approvals` ask for, group by group: these people, this many, for these findings. */
import type { OwnerGroup, Ownership } from './owners.ts'
import { principalKey, readPrincipal, writePrincipal, type Principal } from './principals.ts'
import type { Subject } from './subjects.ts'
import type { Approval } from './written-rules.ts'

export interface Demand {
  /** For people: `@acme/api-owners`, `owners (@acme/payments)`. */
  readonly label: string
  readonly principals: readonly Principal[]
  readonly count: number
  readonly subjects: readonly Subject[]
  /** Where the owners come from, when the policy only says `owners`. */
  readonly note: string | null
}

/** One demand for each group that must agree. Owners are asked for their own findings only. */
export function demandsOf(approval: Approval, subjects: readonly Subject[], ownership: Ownership): Demand[] {
  const count = approval.count ?? 1
  const named = approval.from.filter((name) => name !== 'owners' && name !== 'product-owner').map(readPrincipal)
  const resolved = [
    ...(approval.from.includes('owners') ? ownerGroups(subjects, ownership, approval.each_owner ?? false) : []),
    ...(approval.from.includes('product-owner') ? productOwnerGroups(subjects) : []),
  ]
  if (resolved.length === 0) return [{ label: listed(named), principals: named, count, subjects, note: null }]
  return resolved.map((group) => ({
    label: [`${group.word} (${listed(group.principals)})`, ...named.map(writePrincipal)].join(' or '),
    principals: [...group.principals, ...named],
    count,
    subjects: group.subjects,
    note: group.note,
  }))
}

interface ResolvedGroup {
  readonly word: string
  readonly principals: readonly Principal[]
  readonly subjects: readonly Subject[]
  readonly note: string | null
}

const remembered = new WeakMap<
  readonly Subject[],
  { readonly ownership: Ownership; readonly each: Map<boolean, readonly ResolvedGroup[]> }
>()

/** Remembered for the list: rules about the same findings ask the same owners. */
function ownerGroups(subjects: readonly Subject[], ownership: Ownership, isEachOwner: boolean): readonly ResolvedGroup[] {
  const known = remembered.get(subjects)
  const each = known?.ownership === ownership ? known.each : new Map<boolean, readonly ResolvedGroup[]>()
  if (each !== known?.each) remembered.set(subjects, { ownership, each })
  const groups = each.get(isEachOwner) ?? findOwnerGroups(subjects, ownership, isEachOwner)
  each.set(isEachOwner, groups)
  return groups
}

function findOwnerGroups(subjects: readonly Subject[], ownership: Ownership, isEachOwner: boolean): ResolvedGroup[] {
  type Owned = { readonly group: Pick<OwnerGroup, 'principals' | 'isUnowned'>; readonly owned: Subject[] }
  const groups = new Map<string, Owned>()
  const ownedBy = (key: string, group: Owned['group']): Subject[] => {
    const known = groups.get(key)
    if (known !== undefined) return known.owned
    const owned: Subject[] = []
    groups.set(key, { group, owned })
    return owned
  }
  if (subjects.length === 0) ownedBy('', ownership.fallback)
  for (const subject of subjects) {
    for (const group of ownership.groupsOf(subject)) {
      if (!isEachOwner) ownedBy(group.key, group).push(subject)
      else for (const one of group.principals) ownedBy(principalKey(one), { ...group, principals: [one] }).push(subject)
    }
  }
  return [...groups.values()].map(({ group, owned }) => ({
    word: 'owners',
    principals: group.principals,
    subjects: owned,
    note: group.isUnowned ? `Nobody is named as owner, so ${listed(group.principals)} decides; name an owner in \`owners.default\`.` : null,
  }))
}

function productOwnerGroups(subjects: readonly Subject[]): ResolvedGroup[] {
  const byName = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const name = subject.entry?.product_owner ?? ''
    byName.set(name, [...(byName.get(name) ?? []), subject])
  }
  return [...byName].map(([name, owned]) => ({
    word: 'product-owner',
    principals: [name === '' ? missingProductOwner(owned) : readPrincipal(name)],
    subjects: owned,
    note: null,
  }))
}

function missingProductOwner(subjects: readonly Subject[]): Principal {
  return { kind: 'unknown', text: `product owner of ${subjects[0]?.finding.api ?? 'the API'}` }
}

function listed(principals: readonly Principal[]): string {
  return principals.map(writePrincipal).join(', ')
}
