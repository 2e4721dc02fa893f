/** Waivers that the pull request itself adds or changes: each needs its grantor's approval of exactly this commit, and then counts at once. */
import type { DecisionInput } from '../model/api-facts.ts'
import type { TextFile } from '../model/snapshot.ts'
import type { EffectivePolicy } from './effective-policy.ts'
import { createExclusions } from './exclusions.ts'
import { isBot, type People } from './people.ts'
import type { LoadedPolicies } from './load-policies.ts'
import { parsePolicy, parseWaivers } from './parse-policy.ts'
import { readPrincipal } from './principals.ts'
import { grantorsFor, mayGrant } from './waivers.ts'
import type { Waiver } from './written-rules.ts'

export interface ProposedWaivers {
  readonly waivers: readonly { readonly waiver: Waiver; readonly isGrantorAllowed: boolean }[]
  /** Those that their grantor has approved. */
  readonly granted: readonly Waiver[]
}

interface Context {
  readonly input: DecisionInput
  readonly loaded: LoadedPolicies
  readonly policy: EffectivePolicy
  readonly people: People
}

/** What head adds to the waivers of base. A file that the pull request does not touch proposes nothing, even when head is behind base. */
export function proposedWaivers(context: Context): ProposedWaivers {
  const known = new Set(baseWaivers(context.loaded).map(contentOf))
  const added = writtenAtHead(context.input).filter((waiver) => !known.has(contentOf(waiver)))
  const grants = { grantors: context.policy.grantors }
  const waivers = added.map((waiver) => ({ waiver, isGrantorAllowed: mayGrant(waiver, grantorsFor('repository', grants), context.people) }))
  return {
    waivers,
    granted: waivers.filter(({ waiver, isGrantorAllowed }) => isGrantorAllowed && isGranted(waiver, context)).map(({ waiver }) => waiver),
  }
}

/** Waivers of all files on base. */
export function baseWaivers({ organisation, repository, waivers }: LoadedPolicies): Waiver[] {
  return [...(organisation?.policy.waivers?.list ?? []), ...(repository?.policy.waivers?.list ?? []), ...(waivers?.waivers ?? [])]
}

function writtenAtHead({ proposed, changedFiles }: DecisionInput): Waiver[] {
  if (proposed === undefined) return []
  const touched = new Set(changedFiles.map(({ path }) => path))
  const { waivers, repository } = proposed
  return [
    ...(waivers !== null && touched.has(waivers.path) ? inWaiverFile(waivers) : []),
    ...(repository !== null && touched.has(repository.path) ? inPolicyFile(repository) : []),
  ]
}

/** A file with mistakes proposes nothing; they are reported elsewhere. */
function inWaiverFile({ text, path }: TextFile): readonly Waiver[] {
  const parsed = parseWaivers(text, path)
  return 'waivers' in parsed ? parsed.waivers : []
}

function inPolicyFile({ text, path }: TextFile): readonly Waiver[] {
  const parsed = parsePolicy(text, path)
  return 'policy' in parsed ? (parsed.policy.waivers?.list ?? []) : []
}

function contentOf(waiver: Waiver): string {
  return JSON.stringify(Object.entries(waiver).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isGranted(waiver: Waiver, { input, people }: Context): boolean {
  const grantor = readPrincipal(waiver.granted_by)
  const exclusions = createExclusions(['author', 'contributors', 'bots'], [], input)
  return (
    exclusions.unproven.length === 0 &&
    people.opinions.some(
      ({ state, user, commit }) =>
        state === 'approved' &&
        commit === input.commits.head &&
        !isBot(user) &&
        exclusions.reasonFor(user) === null &&
        people.isMember(grantor, user),
    )
  )
}
