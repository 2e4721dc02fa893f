/**
 * How policy-bot's own test cases read in our grammar. What has no counterpart is listed with its reason; nothing is dropped in silence.
 *
 * Mapping: a rule with `requires` becomes one rule with `require.approvals`; `users` are `@user`, `teams` are `@org/team`, `organizations`
 * become a team of the organisation's members, `admins`, `write_collaborators` and `permissions` become roles; `allow_author` and
 * `allow_contributor` shorten `exclude`; `invalidate_on_push` is `fresh: push` with reviews bound to the commit that was head when they were
 * given; a required status is `evidence`; a disapproval by review is our veto. Approval by comment does not exist here, on purpose.
 */
import type { DecisionInput } from '../../src/model/api-facts.ts'
import type { CommitFact, Person, ReviewFact } from '../../src/model/snapshot.ts'
import { input, person } from './build.ts'

export interface Row {
  readonly id: string
  readonly kind: string
  readonly context?: Context
  readonly rule?: { readonly requires?: Requires; readonly options?: Options }
  readonly policy?: { readonly requires?: Actors; readonly if?: unknown }
  readonly actors?: Actors
  readonly user?: string
  readonly expected: { readonly status?: string } & Record<string, unknown>
}

interface Context {
  readonly author?: string
  readonly head?: string
  readonly reviews?: readonly { readonly author: string; readonly state: string; readonly t?: number; readonly edited_t?: number }[]
  readonly commits?: readonly { readonly sha: string; readonly author?: string; readonly committer?: string }[]
  readonly pushed_at?: Readonly<Record<string, number>>
  readonly statuses?: Readonly<Record<string, string>>
  readonly org_memberships?: Readonly<Record<string, readonly string[]>>
  readonly team_memberships?: Readonly<Record<string, readonly string[]>>
  readonly collaborators?: readonly { readonly name: string; readonly permissions: readonly { readonly permission: string }[] }[]
}

interface Actors {
  readonly users?: readonly string[]
  readonly teams?: readonly string[]
  readonly organizations?: readonly string[]
  readonly admins?: boolean
  readonly write_collaborators?: boolean
  readonly permissions?: readonly string[]
}

interface Requires extends Actors {
  readonly count?: number
  readonly conditions?: { readonly has_status?: { readonly statuses?: readonly string[] } }
}

type Options = Readonly<Record<string, unknown>>

/** Options that only concern what we refuse, or that our freshness makes unnecessary: an update merge does not change the API. */
const options = ['allow_author', 'allow_contributor', 'allow_non_author_contributor', 'invalidate_on_push']

/** Why a row has no counterpart; null when it maps. */
export function notMapped(row: Row): string | null {
  switch (row.kind) {
    case 'approval-rule':
      return approvalNotMapped(row)
    case 'disapproval':
      return row.policy?.if !== undefined ? 'conditions on titles do not exist here' : byReviewOnly(row)
    case 'is-actor':
      return (row.actors?.permissions ?? []).some((one) => !['admin', 'maintain', 'write'].includes(one)) &&
        row.expected.status !== undefined
        ? 'triage and read are no approving roles here'
        : null
    case 'and':
    case 'or':
      return 'rules are ANDed, `any_of` is the only OR; covered by approvals.test.ts'
    case 'sort-commits':
      return 'no order of commits is needed: all of them count (M1)'
    case 'predicate':
      return 'conditions are about findings, not about files, titles or signatures'
    default:
      return 'machinery of policy-bot itself (triggers, simulation, random reviewers, its own policy tree)'
  }
}

function approvalNotMapped(row: Row): string | null {
  const unknown = Object.keys(row.rule?.options ?? {}).filter((option) => !options.includes(option))
  if (unknown.length > 0) return `the option ${unknown.join(', ')} does not exist here`
  const approvers = new Set((row.context?.reviews ?? []).filter(({ state }) => state === 'approved').map(({ author }) => author))
  const named = row.rule?.requires?.users ?? []
  const isByComment = row.expected.status === 'approved' && named.length > 0 && !named.some((user) => approvers.has(user))
  return isByComment ? 'the approval is a comment; comments never approve here' : null
}

function byReviewOnly(row: Row): string | null {
  const reviewers = new Set((row.context?.reviews ?? []).map(({ author }) => author))
  const named = row.policy?.requires?.users ?? []
  return named.every((user) => reviewers.has(user)) ? null : 'disapproval by comment does not exist here'
}

/** The row as a decision, and what its status must be. */
export function toInput(row: Row): DecisionInput {
  if (row.kind === 'is-actor') return actorInput(row)
  const requires: Requires = row.kind === 'disapproval' ? { count: 1, ...row.policy?.requires } : (row.rule?.requires ?? {})
  const context = row.context ?? {}
  const statuses = requires.conditions?.has_status?.statuses ?? []
  const parts = [
    ...(requires.count === undefined ? [] : [`approvals: [{ from: ${JSON.stringify(fromOf(requires))}, count: ${requires.count} }]`]),
    ...(statuses.length > 0 ? [`evidence: ${JSON.stringify(statuses)}`] : []),
    `exclude: ${JSON.stringify(excludeOf(row.rule?.options ?? {}))}`,
  ]
  const repository = `version: 1
mode: enforce
approvals: { fresh: ${row.rule?.options?.['invalidate_on_push'] === true ? 'push' : 'never'} }
evidence: ${JSON.stringify(statuses.map((id) => ({ id, check: id, app: 'ci' })))}
rules:
  - { name: the rule, when: { class: breaking }, require: { ${parts.join(', ')} } }
`
  return { ...input({ policy: { repository } }), ...factsOf(context) }
}

function fromOf({ users = [], teams = [], organizations = [], admins, write_collaborators: write, permissions = [] }: Actors): string[] {
  const names = [
    ...users.map((user) => `@${user}`),
    ...teams.map((team) => `@${team}`),
    ...organizations.map((organization) => `@${organization}/members`),
    ...(admins === true ? ['role:admin'] : []),
    ...(write === true ? ['role:write'] : []),
    ...permissions.filter((one) => ['admin', 'maintain', 'write'].includes(one)).map((one) => `role:${one}`),
  ]
  // policy-bot: nobody named means nobody may approve.
  return names.length === 0 ? ['@nobody-named'] : names
}

function excludeOf(options: Options): string[] {
  const isOpen = options['allow_contributor'] === true
  const author = isOpen || options['allow_author'] === true ? [] : ['author']
  const contributors = isOpen || options['allow_non_author_contributor'] === true ? [] : ['contributors']
  return [...author, ...contributors, 'bots']
}

const states: Readonly<Record<string, ReviewFact['state']>> = {
  approved: 'approved',
  changes_requested: 'changes-requested',
  commented: 'commented',
  dismissed: 'dismissed',
}

function factsOf(context: Context): Pick<DecisionInput, 'commits' | 'pullRequest' | 'people'> {
  const head = context.head ?? 'f'.repeat(40)
  const base = input()
  const order = Object.entries(context.pushed_at ?? {}).sort((a, b) => a[1] - b[1])
  const reviews = (context.reviews ?? []).map(({ author, state, t = 0 }, index): ReviewFact => {
    const commit = order.length === 0 ? head : (order.findLast(([, at]) => at <= t)?.[0] ?? 'before')
    return { id: index, user: person(author), state: states[state] ?? 'commented', commit, submittedAt: new Date(t * 1000).toISOString() }
  })
  return {
    commits: { ...base.commits, head },
    pullRequest: base.pullRequest === null ? null : { ...base.pullRequest, author: person(context.author ?? 'author') },
    people: {
      ...base.people,
      reviews,
      teams: teamsOf(context),
      permissions: Object.fromEntries(
        (context.collaborators ?? []).map(({ name, permissions }) => [
          name.toLowerCase(),
          (permissions[0]?.permission ?? 'none') as 'admin',
        ]),
      ),
      commits: (context.commits ?? []).map(commitOf),
      checks: Object.entries(context.statuses ?? {}).map(([name, conclusion]) => ({
        name,
        app: 'ci',
        conclusion: conclusion === 'pending' ? null : conclusion,
        completedAt: null,
      })),
    },
  }
}

function commitOf({
  sha,
  author,
  committer = author,
}: {
  readonly sha: string
  readonly author?: string
  readonly committer?: string
}): CommitFact {
  const who = (login: string | undefined): Person | null => (login === undefined ? null : person(login))
  return { sha, author: who(author), committer: who(committer), files: null }
}

function teamsOf({ org_memberships: organisations = {}, team_memberships: teams = {} }: Context): DecisionInput['people']['teams'] {
  const members = new Map<string, Person[]>([
    ['@does-not-exist/members', []],
    ['@other-org/members', []],
  ])
  const add = (team: string, login: string) => members.set(team.toLowerCase(), [...(members.get(team.toLowerCase()) ?? []), person(login)])
  for (const [login, names] of Object.entries(organisations)) for (const name of names) add(`@${name}/members`, login)
  for (const [login, names] of Object.entries(teams)) for (const name of names) add(`@${name}`, login)
  return Object.fromEntries([...members].map(([team, people]) => [team, { members: people }]))
}

/** Membership shows in whether the user's approval counts. */
function actorInput(row: Row): DecisionInput {
  const from = fromOf(row.actors ?? {})
  const repository = `version: 1\nmode: enforce\nrules:\n  - { name: the rule, when: { class: breaking }, require: { approvals: { from: ${JSON.stringify(from)} } } }\n`
  const context = { ...row.context, reviews: [{ author: row.user ?? '', state: 'approved' }] }
  return { ...input({ policy: { repository } }), ...factsOf(context) }
}

/** Ours for policy-bot's: a group that nobody can satisfy is a failure here, pending there. */
export function expectedStatuses(row: Row): readonly string[] {
  if (row.kind === 'is-actor') return row.expected === (true as unknown) ? ['approved'] : ['waiting', 'blocked']
  if (row.expected.status === 'approved') return ['approved']
  return row.expected.status === 'disapproved' ? ['blocked'] : ['waiting', 'blocked']
}
