/** From GitHub's state to a report: read, review in a worker thread, render. The same for pull requests and merge groups. */
import type { SnapshotRequest } from '../github/content.ts'
import { readSnapshot } from '../github/snapshot.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { Report } from '../model/report.ts'
import type { Review } from '../model/review.ts'
import { policySettings } from '../policy/settings.ts'
import { waiverTerms } from '../policy/commands/terms.ts'
import { renderReport } from '../render/check-run.ts'
import type { ReportContext } from '../render/context.ts'
import type { WantedOutputs } from './outputs.ts'
import type { Tools } from './tools.ts'

export interface Evaluated {
  readonly review: Review
  readonly report: Report
  readonly reviewers: readonly string[]
  readonly wanted: WantedOutputs
  readonly timings: { readonly snapshotMs: number; readonly reviewMs: number }
}

/** Throws what reading throws, and TooLarge when a worker was stopped. */
export async function evaluate(
  tools: Tools,
  access: RepositoryAccess,
  { request, signal, asked }: { request: SnapshotRequest; signal: AbortSignal; asked?: ReportContext['asked'] | null },
): Promise<Evaluated> {
  const started = performance.now()
  const snapshot = await readSnapshot(access, request)
  const read = performance.now()
  signal.throwIfAborted()
  const review = await tools.pool.review(snapshot, signal)
  const reviewed = performance.now()
  tools.metrics.phase('snapshot', read - started)
  tools.metrics.phase('review', reviewed - read)
  const settings = policySettings(snapshot.policy, snapshot).review
  const report = renderReport(review, {
    repositoryUrl: snapshot.repository.url,
    isPublic: snapshot.repository.visibility === 'public',
    pullRequest: snapshot.pullRequest,
    appSlug: tools.app.slug,
    comments: { on: settings.comments, most: settings.maxComments },
    summary: settings.summary,
    actions: ['recheck', 'draft-waiver', 'explain-policy'],
    ...(asked === undefined || asked === null ? {} : { asked }),
    waiver: waiverTerms(snapshot.policy, snapshot),
    commands: true,
  })
  return {
    review,
    report,
    wanted: { labels: settings.labels, sarif: settings.sarif },
    reviewers: [...new Set(snapshot.people.reviews.map(({ user }) => user.login))],
    timings: { snapshotMs: Math.round(read - started), reviewMs: Math.round(reviewed - read) },
  }
}
