/** Which teams and people GitHub must be asked about before a decision can be made. Names only; nothing here decides. */
import type { PolicyTexts } from '../model/snapshot.ts'
import { readCatalog } from './backstage.ts'
import { readCodeowners } from './codeowners.ts'
import { loadPolicies } from './load-policies.ts'
import { parsePolicy, parseWaivers, type Policy } from './parse-policy.ts'
import { readPrincipal, readWrittenOwner, writePrincipal, type Principal } from './principals.ts'
import type { When } from './written-conditions.ts'
import type { Require } from './written-rules.ts'

export interface FactsNeeded {
  /** `@org/team`, in lower case, sorted. */
  readonly teams: readonly string[]
  /** Logins without `@`, in lower case, sorted: their permission is asked about. */
  readonly users: readonly string[]
}

/**
 * Everybody whom policy, organisation, CODEOWNERS, catalog and waivers name. `extraOwners` are owners as written in descriptions
 * (`x-owner`, both sides); bare team names among them belong to `organisation`. `proposed` waivers name grantors too.
 */
export function factsNeeded(
  texts: PolicyTexts,
  extraOwners: readonly string[] = [],
  more: { readonly organisation?: string; readonly proposed?: PolicyTexts } = {},
): FactsNeeded {
  const loaded = loadPolicies(texts)
  const organisation = more.organisation ?? ''
  const names = [loaded.organisation?.policy, loaded.repository?.policy].flatMap((policy) => (policy === undefined ? [] : namesIn(policy)))
  const grantors = [...(loaded.waivers?.waivers ?? []).map(({ granted_by: by }) => by), ...proposedGrantors(more.proposed)]
  const owners = texts.codeowners === null ? [] : readCodeowners(texts.codeowners.text).lines.flatMap((line) => line.owners)
  const catalog = texts.catalog === null ? [] : (readCatalog(texts.catalog.text, texts.catalog.path) ?? [])
  const written = [...extraOwners, ...catalog.map(({ owner }) => owner)].map((text) => readWrittenOwner(text, organisation))
  return split([...[...names, ...grantors, ...owners].map(readPrincipal), ...written])
}

function split(principals: readonly Principal[]): FactsNeeded {
  const teams = principals.filter(({ kind }) => kind === 'team').map((team) => writePrincipal(team).toLowerCase())
  const users = principals.flatMap((principal) => (principal.kind === 'user' ? [principal.login.toLowerCase()] : []))
  return { teams: [...new Set(teams)].sort(), users: [...new Set(users)].sort() }
}

function namesIn(policy: Policy): string[] {
  const rules = [...(policy.rules ?? []), ...(policy.org?.floor?.rules ?? [])]
  return [
    ...(policy.policy_owners ?? []),
    ...(policy.apis ?? []).flatMap(({ owners, product_owner: productOwner }) => [owners ?? [], productOwner ?? []].flat()),
    ...ownersIn(policy),
    ...(policy.waivers?.grantors ?? []),
    ...(policy.break_glass?.by ?? []),
    ...grantorsIn(policy),
    ...rules.flatMap(({ when, require }) => [...authorsIn(when), ...approversIn(require)]),
    ...(policy.freeze ?? []).flatMap(({ except }) => approversIn(except)),
  ]
}

function ownersIn({ owners }: Policy): string[] {
  const rules = (owners?.rules ?? []).flatMap((rule) => [rule.owners ?? [], rule.also ?? []].flat())
  return [...(owners?.default ?? []), ...rules]
}

function grantorsIn({ waivers }: Policy): string[] {
  return (waivers?.list ?? []).map(({ granted_by: by }) => by)
}

function authorsIn({ pr }: When): readonly string[] {
  return pr?.author ?? []
}

function approversIn(require: Require | undefined): string[] {
  const all = [...(require?.approvals ?? []), ...(require?.any_of ?? []).flatMap(({ approvals }) => approvals)]
  return all.flatMap(({ from }) => from)
}

function proposedGrantors(proposed: PolicyTexts | undefined): string[] {
  if (proposed === undefined) return []
  const waivers = proposed.waivers === null ? null : parseWaivers(proposed.waivers.text, proposed.waivers.path)
  const policy = proposed.repository === null ? null : parsePolicy(proposed.repository.text, proposed.repository.path)
  return [
    ...(waivers !== null && 'waivers' in waivers ? waivers.waivers.map(({ granted_by: by }) => by) : []),
    ...(policy !== null && 'policy' in policy ? grantorsIn(policy.policy) : []),
  ]
}
