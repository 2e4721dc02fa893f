/** A worker that never ends for one owner, and answers all others. */
import type { ReviewTask } from '../../../src/server/review-worker.ts'

export default function byOwner({ snapshot }: ReviewTask): unknown {
  while (snapshot.repository.owner === 'hostile');
  return { owner: snapshot.repository.owner }
}
