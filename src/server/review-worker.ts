/** What runs in a worker thread: one snapshot in, its review out. It has no network, no credentials and no memory of the last one. */
import type { PullRequestSnapshot } from '../model/snapshot.ts'
import type { Review } from '../model/review.ts'
import { reviewWithSecondOpinion } from '../review-with-second-opinion.ts'
import { review } from '../run.ts'

export interface ReviewTask {
  readonly snapshot: PullRequestSnapshot
  /** Another tool is asked as well, and what it says is shown. */
  readonly secondOpinion: boolean
}

export default function reviewInWorker({ snapshot, secondOpinion }: ReviewTask): Promise<Review> {
  return secondOpinion ? reviewWithSecondOpinion(snapshot) : review(snapshot)
}
