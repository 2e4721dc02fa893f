/** What runs in a worker thread: one snapshot in, its review out. It has no network, no credentials and no memory of the last one. */
import type { PullRequestSnapshot } from '../model/snapshot.ts'
import type { Review } from '../model/review.ts'
import { review } from '../run.ts'

export default function reviewInWorker(snapshot: PullRequestSnapshot): Promise<Review> {
  return review(snapshot)
}
