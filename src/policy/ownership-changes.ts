/** A pull request that hands an API over, by changing `x-owner`: who owned it and who is to own it must both agree. */
import type { ApiFacts, ApiFinding } from '../model/api-facts.ts'
import { distinctGroups, type OwnerGroup, type Ownership } from './owners.ts'
import { readWrittenOwner, writePrincipal } from './principals.ts'
import type { SubjectIndex } from './subjects.ts'

export interface OwnershipChange {
  readonly api: ApiFacts
  /** As a policy writes them. Each must agree. */
  readonly groups: readonly { readonly names: readonly string[] }[]
  readonly sentence: string
}

/** The hand-overs of a pull request. An API that is new or removed is not handed over. */
export function ownershipChanges(
  apis: readonly ApiFacts[],
  context: { readonly organisation: string; readonly index: SubjectIndex; readonly ownership: Ownership },
): OwnershipChange[] {
  return apis.flatMap((api) => {
    if (api.sides !== 'both') return []
    const before = ownersWritten(api)
    const after = new Set(api.ownersAtHead.map(normal))
    const gone = [...before].filter((owner) => !after.has(owner))
    const added = [...after].filter((owner) => !before.has(owner))
    if (gone.length === 0 && added.length === 0) return []
    const asPrincipal = (text: string) => readWrittenOwner(text, context.organisation)
    const now = gone.length > 0 ? gone.map((owner) => [asPrincipal(owner)]) : groupsOfApi(api, context).map(({ principals }) => principals)
    const groups = [...now, ...added.map((owner) => [asPrincipal(owner)])]
    return [
      { api, groups: groups.map((principals) => ({ names: principals.map(writePrincipal) })), sentence: sentenceOf(api, gone, added) },
    ]
  })
}

function ownersWritten(api: ApiFacts): Set<string> {
  const ofElements = [...Object.values(api.operations), ...Object.values(api.components)].flatMap(({ owners }) => owners)
  return new Set([...api.owners, ...ofElements, ...Object.values(api.tagOwners).flat()].map(normal))
}

function normal(owner: string): string {
  return owner.trim().toLowerCase()
}

function groupsOfApi(
  api: ApiFacts,
  { index, ownership }: { readonly index: SubjectIndex; readonly ownership: Ownership },
): readonly OwnerGroup[] {
  return distinctGroups(ownership.groupsOf(index.of(documentFinding(api))))
}

function sentenceOf(api: ApiFacts, gone: readonly string[], added: readonly string[]): string {
  const list = (owners: readonly string[]) => owners.map((owner) => `\`${owner}\``).join(', ')
  const parts = [
    ...(gone.length > 0 ? [`${list(gone)} would no longer own parts of it`] : []),
    ...(added.length > 0 ? [`${list(added)} would own parts of it`] : []),
  ]
  return `The pull request changes \`x-owner\` in API \`${api.id}\`: ${parts.join('; ')}.`
}

/** The document itself, in the shape that ownership is asked in. */
function documentFinding(api: ApiFacts): ApiFinding {
  return {
    rule: 'owner-changed',
    kind: 'change',
    severity: 'notice',
    confidence: 'certain',
    category: null,
    cwe: null,
    message: '',
    why: '',
    fix: '',
    place: { file: api.path, pointer: '' },
    side: 'base',
    operation: null,
    reaches: [],
    direction: null,
    component: null,
    sensitivity: [],
    class: null,
    security: null,
    new: true,
    fingerprint: `owner-changed:${api.id}`,
    digest: `owner-changed:${api.id}`,
    api: api.id,
  }
}
