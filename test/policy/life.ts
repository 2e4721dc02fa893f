/**
 * The life of a pull request as a small model: what is edited, pushed, rebased, rewritten, reviewed, waived and governed, and what must be
 * decided after each event, computed from that model alone. The product computes it from the texts.
 */
import type { PullRequestSnapshot, ReviewFact, ReviewedCommit } from '../../src/model/snapshot.ts'
import { snapshotOf } from '../builders.ts'
import { base as baseSha, commit, people, person, pullRequest, review, texts } from './build.ts'

/** `users.mail`: the property `mail` of the response of `GET /users` is removed. */
export type Edit = string

export interface Version {
  readonly sha: string
  readonly edits: ReadonlySet<Edit>
  readonly style: number
}

export interface Life {
  readonly base: Version
  /** The base branch as it was when the pull request last took it in. */
  readonly mergeBase: Version
  readonly head: Version
  /** Every pushed version with the merge base it had. */
  readonly pushed: readonly { readonly head: Version; readonly mergeBase: Version }[]
  readonly contributors: readonly string[]
  readonly reviews: readonly ReviewFact[]
  readonly policy: number
  readonly waived: readonly Edit[]
  readonly labels: readonly string[]
  readonly proposesPolicy: boolean
  readonly now: string
  readonly events: number
}

export const apis = ['users', 'orders'] as const
export const properties = ['id', 'mail', 'name'] as const
export const reviewers = ['kim', 'tom', 'ana', 'eve', 'zoe'] as const
const team = ['kim', 'tom']

/** Policies that the base branch may have, each with what it asks. */
export const policies = [
  { count: 1, mode: 'enforce', fresh: 'api-change' },
  { count: 2, mode: 'enforce', fresh: 'api-change' },
  { count: 1, mode: 'advise', fresh: 'api-change' },
  { count: 1, mode: 'enforce', fresh: 'push' },
] as const

export function born(): Life {
  const empty: Version = { sha: sha(0), edits: new Set(), style: 0 }
  const head: Version = { sha: sha(1), edits: new Set(['users.mail']), style: 0 }
  return {
    base: empty,
    mergeBase: empty,
    head,
    pushed: [{ head, mergeBase: empty }],
    contributors: ['ana'],
    reviews: [],
    policy: 0,
    waived: [],
    labels: [],
    proposesPolicy: false,
    now: '2026-11-22T12:00:00Z',
    events: 1,
  }
}

function sha(number: number): string {
  return number.toString(16).padStart(40, 'a')
}

/** A push of the pull request's branch. */
export function push(life: Life, edits: ReadonlySet<Edit>, { style = life.head.style, mergeBase = life.mergeBase } = {}): Life {
  const head: Version = { sha: sha(life.events + 1), edits, style }
  return { ...life, head, mergeBase, pushed: [...life.pushed, { head, mergeBase }], events: life.events + 1 }
}

/** Somebody else's pull request is merged. */
export function mergeElsewhere(life: Life, edit: Edit): Life {
  return {
    ...life,
    base: { sha: sha(life.events + 1), edits: new Set([...life.base.edits, edit]), style: life.base.style },
    events: life.events + 1,
  }
}

/** Takes the base branch in; what the pull request itself edits stays. */
export function rebase(life: Life): Life {
  const own = [...life.head.edits].filter((edit) => !life.mergeBase.edits.has(edit))
  return push(life, new Set([...life.base.edits, ...own]), { mergeBase: life.base })
}

export function say(life: Life, login: string, state: ReviewFact['state']): Life {
  const submittedAt = `2026-11-22T10:${String(Math.floor(life.events / 60)).padStart(2, '0')}:${String(life.events % 60).padStart(2, '0')}Z`
  return { ...life, reviews: [...life.reviews, review(login, { state, commit: life.head.sha, submittedAt })], events: life.events + 1 }
}

/** The description with some properties gone, written in one of several ways that mean the same. */
export function describe({ edits, style }: Version): string {
  const kept = (api: string) => properties.filter((property) => !edits.has(`${api}.${property}`))
  const schema = (api: string) => ({
    type: 'object',
    required: style % 2 === 0 ? kept(api) : [...kept(api)].reverse(),
    properties: Object.fromEntries(kept(api).map((property) => [property, { type: 'string', description: style > 2 ? 'Words.' : '' }])),
  })
  const name = (api: string) => `${api}${style > 1 ? 'Resource' : ''}`
  const isInline = style === 1
  const paths = apis.map((api) => [
    `/${api}`,
    {
      get: {
        responses: {
          200: {
            description: 'Done',
            content: { 'application/json': { schema: isInline ? schema(api) : { $ref: `#/components/schemas/${name(api)}` } } },
          },
        },
      },
    },
  ])
  const schemas = Object.fromEntries(apis.map((api) => [name(api), schema(api)]))
  const document = {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '1.0.0' },
    paths: Object.fromEntries(paths),
    ...(isInline ? {} : { components: { schemas } }),
  }
  return JSON.stringify(document, null, style)
}

/** Ways in which a description may be written. */
export const styles = 4

/** What GitHub would tell about it. Texts of the policy are the same objects as long as they are the same texts. */
export function snapshotAt(life: Life): PullRequestSnapshot {
  const files = (version: Version) => ({ 'openapi.yaml': describe(version) })
  const plain = snapshotOf(files(life.mergeBase), files(life.head))
  const reviewed = life.pushed.filter(({ head }) => life.reviews.some(({ commit: at }) => at === head.sha) && head.sha !== life.head.sha)
  const earlier = reviewed.map(({ head, mergeBase }) => ({ head, mergeBase, ids: snapshotOf(files(mergeBase), files(head)) }))
  // Blob ids are the texts themselves here: the same text, the same blob.
  const texted = (tree: Readonly<Record<string, string>>, blobs: PullRequestSnapshot['blobs']) =>
    Object.fromEntries(Object.entries(tree).map(([path, id]) => [path, blobs[id] ?? '']))
  const trees = (one: PullRequestSnapshot) => ({ base: texted(one.trees.base, one.blobs), head: texted(one.trees.head, one.blobs) })
  const all = [plain, ...earlier.map(({ ids }) => ids)].flatMap((one) => Object.values(one.blobs))
  return {
    ...plain,
    pullRequest: pullRequest({ author: person('ana'), labels: life.labels }),
    commits: { base: baseSha, mergeBase: life.mergeBase.sha, head: life.head.sha },
    now: life.now,
    trees: trees(plain),
    blobs: Object.fromEntries(all.map((text) => [text, text])),
    policy: policyTexts(life),
    proposed: life.proposesPolicy ? texts({ repository: 'version: 1\nmode: off' }) : texts(),
    changedFiles: [
      ...plain.changedFiles,
      ...(life.proposesPolicy ? [{ path: '.github/specgate.yml', previousPath: null, status: 'modified' as const, headLines: null }] : []),
    ],
    people: people({
      teams: { '@acme/api': team },
      permissions: { zoe: 'admin' },
      reviews: life.reviews,
      commits: life.contributors.map((login) => commit(login)),
      lastPusher: person('ana'),
    }),
    reviewed: earlier.map(({ head, mergeBase, ids }): ReviewedCommit => ({
      commit: head.sha,
      mergeBase: mergeBase.sha,
      trees: trees(ids),
      unreadable: [],
    })),
  }
}

const known = new Map<string, ReturnType<typeof texts>>()
function policyTexts({ policy, waived }: Life): ReturnType<typeof texts> {
  const { count, mode, fresh } = policies[policy] ?? policies[0]
  const repository = `version: 1
mode: ${mode}
approvals: { fresh: ${fresh} }
waivers: { grantors: "@gus" }
rules: [{ name: breaking changes, when: { class: breaking }, require: { approvals: { from: "@acme/api", count: ${count} } } }]`
  const waivers = waived.map((edit, index) => ({
    id: `w${index}`,
    match: { api: 'openapi', rule: 'response-property-removed', operation: `GET /${edit.split('.')[0] ?? ''}` },
    reason: 'The property was never filled in production.',
    granted_by: '@gus',
    expires: '2026-12-01',
  }))
  const key = `${repository}\n${JSON.stringify(waivers)}`
  const found = known.get(key) ?? texts({ repository, waivers: JSON.stringify({ version: 1, waivers }) })
  known.set(key, found)
  return found
}

/** What must be decided. */
export function expected(life: Life): { readonly status: string; readonly mode: string } {
  const { mode } = policies[life.policy] ?? policies[0]
  const statuses = [ruleStatus(life), ...(life.proposesPolicy ? [policyChangeStatus(life)] : [])].filter((status) => status !== null)
  const worst = ['blocked', 'waiting', 'approved'].find((status) => statuses.includes(status))
  return { status: worst ?? 'not-applicable', mode }
}

/** The removals that the pull request introduces. */
export function introduced({ head, mergeBase }: { readonly head: Version; readonly mergeBase: Version }): readonly Edit[] {
  return [...head.edits].filter((edit) => !mergeBase.edits.has(edit))
}

function ruleStatus(life: Life): string | null {
  const { count, fresh } = policies[life.policy] ?? policies[0]
  const found = introduced(life)
  if (found.length === 0) return null
  const isWaived = (edit: Edit) => life.now < '2026-12-02' && life.waived.some((other) => other.split('.')[0] === edit.split('.')[0])
  const open = found.filter((edit) => !isWaived(edit))
  if (open.length === 0) return 'approved'
  const latest = latestOpinions(life)
  if (team.some((login) => latest.get(login)?.state === 'changes-requested')) return 'blocked'
  const eligible = team.filter((login) => !life.contributors.includes(login))
  const covers = ({ commit: at }: ReviewFact) => {
    if (at === life.head.sha) return true
    const then = life.pushed.find(({ head }) => head.sha === at)
    return fresh === 'api-change' && then !== undefined && open.every((edit) => introduced(then).includes(edit))
  }
  const given = eligible.flatMap((login) => latest.get(login) ?? []).filter((opinion) => opinion.state === 'approved' && covers(opinion))
  if (given.length >= count) return 'approved'
  return eligible.length < count ? 'blocked' : 'waiting'
}

/** Administrators approve changes of the policy, at the very commit. */
function policyChangeStatus(life: Life): string {
  const opinion = latestOpinions(life).get('zoe')
  if (opinion?.state === 'changes-requested') return 'blocked'
  return opinion?.state === 'approved' && opinion.commit === life.head.sha ? 'approved' : 'waiting'
}

function latestOpinions({ reviews }: Life): ReadonlyMap<string, ReviewFact> {
  return new Map(reviews.filter(({ state }) => state !== 'commented').map((one) => [one.user.login, one]))
}
