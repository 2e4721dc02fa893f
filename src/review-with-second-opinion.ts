/** A review, and what another tool says about the operations that changed (docs/decisions/0005-second-opinion.md). The verdict knows nothing of it. */
import { secondOpinion, type ComparedApi } from './diff/second-opinion/second-opinion.ts'
import type { Review } from './model/review.ts'
import type { PullRequestSnapshot } from './model/snapshot.ts'
import { reviewApis, type ReviewOptions } from './run.ts'

/** Milliseconds for all operations of a review together; people wait for the review meanwhile. */
const budgetMs = 3_000

/** As `review`, with `secondOpinion` where there was something to ask. Takes up to three seconds longer. */
export async function reviewWithSecondOpinion(snapshot: PullRequestSnapshot, options: ReviewOptions = {}): Promise<Review> {
  const { review, apis } = await reviewApis(snapshot, options)
  const compared = apis.flatMap(({ input, sides: { base, head }, changes }): ComparedApi[] =>
    base === null || head === null || changes.length === 0 ? [] : [{ api: input.id, base, head, changes }],
  )
  if (compared.length === 0) return review
  const opinion = await secondOpinion(compared, { budgetMs })
  return opinion.operations.length === 0 ? review : { ...review, secondOpinion: opinion }
}
