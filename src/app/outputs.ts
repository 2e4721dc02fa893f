/** What a policy may want besides checks and comments: labels, and the findings in code scanning. Both are extras: their failure is only logged. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { GitHubWrite } from '../github/plan.ts'
import type { PullRequestNow } from '../github/pull-request.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { Review } from '../model/review.ts'
import { labelsOf } from '../render/labels.ts'
import { reviewSarif } from '../render/sarif.ts'
import { pullRequestKey } from './job.ts'
import type { Tools } from './tools.ts'

export interface WantedOutputs {
  readonly labels: boolean
  readonly sarif: boolean
}

export interface PlannedOutputs {
  readonly writes: readonly GitHubWrite[]
  /** To be called when they are written. */
  readonly remember: () => Promise<void>
}

/** Nothing where the policy wants nothing, and nothing twice. */
export async function planOutputs(
  tools: Tools,
  access: RepositoryAccess,
  { wanted, pull, review }: { wanted: WantedOutputs; pull: PullRequestNow; review: Review },
): Promise<PlannedOutputs> {
  const plans = [
    ...(wanted.labels ? [await planLabels(tools, access, { pull, review })] : []),
    ...(wanted.sarif ? [await planSarif(tools, access, { pull, review })] : []),
  ]
  return {
    writes: plans.flatMap(({ writes }) => writes),
    remember: async () => {
      for (const { remember } of plans) await remember()
    },
  }
}

interface About {
  readonly pull: PullRequestNow
  readonly review: Review
}

/** Labels that the app set itself are remembered, because it takes away no others. */
async function planLabels({ ledger }: Tools, { id }: RepositoryAccess, { pull, review }: About): Promise<PlannedOutputs> {
  const mark = `labels:${pullRequestKey(id, pull.facts.number)}`
  const ours = ((await ledger.getMark(mark)) ?? '').split('\n')
  const wanted = labelsOf(review)
  const add = wanted.filter((label) => !pull.facts.labels.includes(label))
  const remove = ours.filter((label) => label !== '' && !wanted.includes(label) && pull.facts.labels.includes(label))
  const left = [...ours.filter((label) => wanted.includes(label)), ...add]
  // Noted first: a label whose writing is never confirmed is still ours to take away.
  if (add.length > 0) await ledger.setMark(mark, [...ours, ...add].join('\n'))
  return {
    writes: [
      ...(add.length === 0 ? [] : [{ kind: 'add-labels', labels: add } as const]),
      ...remove.map((label) => ({ kind: 'remove-label', label }) as const),
    ],
    remember: () => (add.length + remove.length === 0 ? Promise.resolve() : ledger.setMark(mark, left.join('\n'))),
  }
}

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0'

async function planSarif({ ledger }: Tools, { id }: RepositoryAccess, { pull, review }: About): Promise<PlannedOutputs> {
  const mark = `sarif:${pullRequestKey(id, pull.facts.number)}`
  const text = reviewSarif(review, { version })
  const digest = createHash('sha256').update(`${pull.head}\n${text}`).digest('hex')
  if ((await ledger.getMark(mark)) === digest) return { writes: [], remember: () => Promise.resolve() }
  return {
    writes: [{ kind: 'upload-sarif', sarif: gzipSync(text).toString('base64') }],
    remember: () => ledger.setMark(mark, digest),
  }
}
