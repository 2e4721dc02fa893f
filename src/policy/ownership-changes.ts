/** A pull request that hands an API over, by changing `x-owner`: who owned it and who is to own it must both agree. */
import type { ApiFacts } from '../model/api-facts.ts'
import { findingIn } from './owner-differences.ts'
import { distinctGroups, type OwnerGroup, type Ownership } from './owners.ts'
import { readWrittenOwner, writePrincipal } from './principals.ts'
import type { SubjectIndex } from './subjects.ts'

export interface OwnershipChange {
  readonly api: ApiFacts
  /** As a policy writes them. Each must agree. */
  readonly groups: readonly { readonly names: readonly string[] }[]
  readonly sentence: string
}

interface Context {
  readonly organisation: string
  readonly index: SubjectIndex
  readonly ownership: Ownership
}

/** The hand-overs of a pull request. An API that is new or removed is not handed over. */
export function ownershipChanges(apis: readonly ApiFacts[], context: Context): OwnershipChange[] {
  return apis.flatMap((api) => {
    const before = byName(ownersBefore(api))
    const after = byName(api.ownersAtHead)
    const gone = [...before].flatMap(([name, owner]) => (after.has(name) ? [] : [owner]))
    const added = [...after].flatMap(([name, owner]) => (before.has(name) ? [] : [owner]))
    if (!isComparable(api) || (gone.length === 0 && added.length === 0)) return []
    const asPrincipal = (text: string) => readWrittenOwner(text, context.organisation)
    const now = gone.length > 0 ? gone.map((owner) => [asPrincipal(owner)]) : groupsOfApi(api, context).map(({ principals }) => principals)
    const groups = [...now, ...added.map((owner) => [asPrincipal(owner)])]
    return [
      { api, groups: groups.map((principals) => ({ names: principals.map(writePrincipal) })), sentence: sentenceOf(api, gone, added) },
    ]
  })
}

/** Without the list of base, an empty list of head says nothing: it may not have been computed either. */
function isComparable({ sides, ownersAtBase, ownersAtHead }: ApiFacts): boolean {
  return sides === 'both' && (ownersAtBase !== undefined || ownersAtHead.length > 0)
}

function ownersBefore(api: ApiFacts): readonly string[] {
  if (api.ownersAtBase !== undefined) return api.ownersAtBase
  const ofElements = [...Object.values(api.operations), ...Object.values(api.components)].flatMap(({ owners }) => owners)
  return [...api.owners, ...ofElements, ...Object.values(api.tagOwners).flat()]
}

/** Names on GitHub do not distinguish case. */
function byName(owners: readonly string[]): ReadonlyMap<string, string> {
  return new Map(owners.map((owner) => [owner.trim().toLowerCase(), owner.trim()]))
}

function groupsOfApi(
  api: ApiFacts,
  { index, ownership }: { readonly index: SubjectIndex; readonly ownership: Ownership },
): readonly OwnerGroup[] {
  return distinctGroups(ownership.groupsOf(index.of(findingIn(api, { operation: null, file: api.path }))))
}

function sentenceOf(api: ApiFacts, gone: readonly string[], added: readonly string[]): string {
  const list = (owners: readonly string[]) => owners.map((owner) => `\`${owner}\``).join(', ')
  const parts = [
    ...(gone.length > 0 ? [`${list(gone)} would no longer own parts of it`] : []),
    ...(added.length > 0 ? [`${list(added)} would own parts of it`] : []),
  ]
  return `The pull request changes \`x-owner\` in API \`${api.id}\`: ${parts.join('; ')}.`
}
