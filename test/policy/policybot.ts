/**
 * How policy-bot's own test cases read in our grammar. What has no counterpart is listed with its reason; nothing is dropped in silence.
 *
 * Mapping: a rule with `requires` becomes one rule with `require.approvals`; `users` are `@user`, `teams` are `@org/team`, `organizations`
 * become a team of the organisation's members, `admins`, `write_collaborators` and `permissions` become roles; `allow_author` and
 * `allow_contributor` shorten `exclude`; `invalidate_on_push` is `fresh: push` with reviews bound to the commit that was head when they were
 * given; a required status is `evidence`; a disapproval by review is our veto. A predicate about author, label, target branch or status is
 * `pr` or `evidence`. An AND is several rules, an OR `any_of`; a skipped child is a rule whose condition does not hold, a failing one a team
 * that could not be read. Approval by comment does not exist here, on purpose.
 */
import type { DecisionInput } from '../../src/model/api-facts.ts'
import type { CommitFact, Person, ReviewFact } from '../../src/model/snapshot.ts'
import type { Decision } from '../../src/model/decision.ts'
import { input, person, review } from './build.ts'

export interface Row {
  readonly id: string
  readonly kind: string
  readonly context?: Context
  readonly rule?: { readonly requires?: Requires; readonly options?: Options }
  readonly policy?: { readonly requires?: Actors; readonly if?: unknown }
  readonly actors?: Actors
  readonly user?: string
  readonly predicate?: Readonly<Record<string, unknown>>
  readonly children?: readonly { readonly status?: string; readonly error?: string }[]
  readonly expected: { readonly status?: string } & Record<string, unknown>
}

interface Context {
  readonly author?: string
  readonly head?: string
  readonly base?: string
  readonly labels?: readonly string[]
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
      return null
    case 'sort-commits':
      return 'no order of commits is needed: all of them count (M1)'
    case 'predicate':
      return conditionOf(row) === null ? 'conditions are about findings, not about files, titles or signatures' : null
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
  if (row.kind === 'predicate') return predicateInput(row)
  if (row.kind === 'and' || row.kind === 'or') return treeInput(row)
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

const rulesText = (rules: readonly string[], more = '') =>
  `version: 1\nmode: enforce\n${more}rules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`

interface Condition {
  /** Each must apply; or, for statuses, each must have succeeded. */
  readonly pr?: readonly object[]
  readonly statuses?: readonly string[]
}

/** What a predicate is in our grammar; null when it has no counterpart. */
function conditionOf({ predicate = {}, context = {} }: Row): Condition | null {
  const [name = '', value] = Object.entries(predicate)[0] ?? []
  if (name === 'has_author_in') return { pr: [{ author: fromOf(value as Actors) }] }
  if (name === 'has_labels') return { pr: (value as string[]).map((label) => ({ label })) }
  if (name === 'targets_branch') {
    const globs = globsOf((value as { pattern?: string }).pattern ?? '')
    return globs === null ? null : { pr: [{ base: globs }] }
  }
  if (name === 'has_successful_status') return { statuses: value as string[] }
  if (name !== 'has_status') return null
  const { statuses = [], conclusions = ['success'] } = value as { statuses?: string[]; conclusions?: string[] }
  // Only `success` is evidence here; where another conclusion would do, the row maps as long as none of that kind was reported.
  const others = conclusions.filter((one) => one !== 'success')
  return statuses.some((one) => others.includes(context.statuses?.[one] ?? '')) ? null : { statuses }
}

/** Expressions that are words, choices of words, or anything. */
function globsOf(pattern: string): string[] | null {
  if (pattern === '.*') return ['**']
  const words = /^\^?\(?([\w/|-]+)\)?\$?$/.exec(pattern)?.[1]
  return words === undefined ? null : words.split('|')
}

function predicateInput(row: Row): DecisionInput {
  const { pr = [], statuses = [] } = conditionOf(row) ?? {}
  const repository = rulesText(
    [
      ...pr.map((condition, index) => `{ name: rule ${index}, when: { class: breaking, pr: ${JSON.stringify(condition)} }, deny: true }`),
      ...(statuses.length === 0
        ? []
        : [`{ name: the rule, when: { class: breaking }, require: { evidence: ${JSON.stringify(statuses)} } }`]),
    ],
    `evidence: ${JSON.stringify(statuses.map((id) => ({ id, check: id, app: 'ci' })))}\n`,
  )
  const facts = factsOf(row.context ?? {})
  const pullRequest =
    facts.pullRequest === null ? null : { ...facts.pullRequest, labels: row.context?.labels ?? [], baseBranch: row.context?.base ?? 'main' }
  return { ...input({ policy: { repository } }), ...facts, pullRequest }
}

/** Children as rules (AND) or as choices of one rule (OR). */
function treeInput({ kind, children = [] }: Row): DecisionInput {
  const nameOf = ({ status, error }: { readonly status?: string; readonly error?: string }) =>
    error !== undefined ? '@acme/unreadable' : status === 'approved' ? '@ada' : '@bob'
  const asking = children.filter(({ status }) => status !== 'skipped')
  const choices = asking.map((child) => ({ approvals: { from: nameOf(child) } }))
  const skipped = ['{ name: a skipped rule, when: { class: docs }, deny: true }']
  const rules =
    kind === 'and' || choices.length < 2
      ? choices.map((require, index) => `{ name: rule ${index}, when: { class: breaking }, require: ${JSON.stringify(require)} }`)
      : [`{ name: the rule, when: { class: breaking }, require: ${JSON.stringify({ any_of: choices })} }`]
  return input({
    policy: { repository: rulesText([...rules, ...skipped]) },
    people: { teams: { '@acme/unreadable': 'GitHub did not answer.' }, reviews: [review('ada')] },
  })
}

/** Whether our decision says what policy-bot's case expects. */
export function agrees(row: Row, { status, rules }: Decision): boolean {
  if (row.kind === 'predicate') {
    const isSatisfied = rules.every((rule) => rule.status === 'denied' || rule.status === 'approved')
    return isSatisfied === (row.expected['satisfied'] === true)
  }
  return expectedStatuses(row).includes(status)
}

/** Ours for policy-bot's: a group that nobody can satisfy is a failure here, pending there. */
export function expectedStatuses(row: Row): readonly string[] {
  if (row.kind === 'is-actor') return row.expected === (true as unknown) ? ['approved'] : ['waiting', 'blocked']
  if (row.expected.status === 'approved') return ['approved']
  if (row.kind === 'and' || row.kind === 'or') {
    if (row.expected['error'] === true) return ['blocked']
    return row.expected.status === 'skipped' ? ['not-applicable'] : ['waiting']
  }
  return row.expected.status === 'disapproved' ? ['blocked'] : ['waiting', 'blocked']
}
