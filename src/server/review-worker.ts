/**
 * What runs in a worker thread: one snapshot in, its review out. It has no network and no credentials, and of earlier reviews it keeps
 * nothing but the descriptions it has read, by repository and blob.
 */
import { LRUCache } from 'lru-cache'
import type { DescriptionMemory, RememberedDescription } from '../openapi/description-memory.ts'
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
  const options = { memory: memoryOf(snapshot.repository.id) }
  return secondOpinion ? reviewWithSecondOpinion(snapshot, options) : review(snapshot, options)
}

/** Characters of description text; read, a description takes some ten times as many bytes (measured: 13 MB of JSON, 100 MB). */
const mostCharacters = 16 * 1024 * 1024

const read = new LRUCache<string, RememberedDescription>({
  maxSize: mostCharacters,
  sizeCalculation: ({ api }) => [...api.documents.values()].reduce((sum, { text }) => sum + text.length, 1),
})

/** Repositories see their own descriptions only: nobody can put words into another one's, not even with a blob of the same id. */
function memoryOf(repository: number): DescriptionMemory {
  return {
    get: (key) => read.get(`${repository} ${key}`),
    set: (key, description) => void read.set(`${repository} ${key}`, description),
  }
}
