/** Who would gain or lose operations if the files that name owners were those that a pull request proposes. Words only; decides nothing. */
import type { ApiFacts, ApiFinding, DecisionInput } from '../model/api-facts.ts'
import type { OperationKey } from '../model/change.ts'
import { effectivePolicy } from './effective-policy.ts'
import { readInstant } from './instants.ts'
import { loadPolicies } from './load-policies.ts'
import { createOwnership, ownerNames } from './owners.ts'
import { indexSubjects } from './subjects.ts'

/** One sentence for each owner, most operations first, about the APIs that the pull request changes. */
export function ownerDifferences(base: DecisionInput, proposed: DecisionInput): string[] {
  const before = ownersByOperation(base)
  const after = ownersByOperation(proposed)
  const lost = new Map<string, number>()
  const gained = new Map<string, number>()
  for (const [operation, owners] of before) {
    const next = after.get(operation) ?? new Set<string>()
    for (const owner of owners) if (!next.has(owner)) count(lost, owner)
    for (const owner of next) if (!owners.has(owner)) count(gained, owner)
  }
  return [...sentences(lost, 'would lose the owner'), ...sentences(gained, 'would gain the owner')]
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function sentences(counts: ReadonlyMap<string, number>, verb: string): string[] {
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([owner, many]) => `${many} ${many === 1 ? 'operation' : 'operations'} ${verb} \`${owner}\`.`)
}

function ownersByOperation(input: DecisionInput): ReadonlyMap<string, ReadonlySet<string>> {
  const policy = effectivePolicy(loadPolicies(input.policy), { repository: input.repository, now: readInstant(input.now) })
  const index = indexSubjects(input, policy.apis)
  const ownership = createOwnership(input, policy)
  const all = input.apis.flatMap((api) =>
    Object.entries(api.operations).map(([name, { file }]) => {
      const owners = ownerNames(ownership.groupsOf(index.of(findingIn(api, { operation: keyOf(name), file }))))
      return [`${api.id}\n${name}`, new Set(owners)] as const
    }),
  )
  return new Map(all)
}

function keyOf(name: string): OperationKey {
  const space = name.indexOf(' ')
  return { method: name.slice(0, space), path: name.slice(space + 1) }
}

/** An element of an API, or the document itself, in the shape that ownership is asked in. */
export function findingIn(
  api: ApiFacts,
  { operation, file }: { readonly operation: OperationKey | null; readonly file: string },
): ApiFinding {
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
    place: { file, pointer: '' },
    side: 'base',
    operation,
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
