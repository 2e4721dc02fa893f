/**
 * What never changes is fetched once: blobs and trees by their ids. Every key carries the installation and the repository, because
 * knowing the id of a private blob must not be enough to read it.
 */
import { LRUCache } from 'lru-cache'
import type { Comparison } from './comparison.ts'
import type { BlobText, Tree } from '../openapi/gather.ts'

/** Someone's word that holds for a little while: an organisation's policy. */
interface Spoken {
  readonly value: unknown
}

export interface GitHubCache {
  readonly blobs: LRUCache<string, BlobText>
  readonly trees: LRUCache<string, Tree>
  /** By two commits, never by a branch. */
  readonly comparisons: LRUCache<string, Comparison>
  /** Facts that may change, kept for a minute so that a burst of events does not ask again and again. */
  readonly spoken: LRUCache<string, Spoken>
}

/** Characters of text kept; two bytes each at most. */
const blobCharacters = 96 * 2 ** 20
/** Tree entries kept, about 200 bytes each. */
const treeEntries = 400_000
/** Files and commits of comparisons kept, a few hundred bytes each. */
const comparedItems = 100_000
const spokenMs = 60_000

export function createCache(): GitHubCache {
  return {
    blobs: new LRUCache({
      maxSize: blobCharacters,
      sizeCalculation: (blob) => 200 + ('text' in blob ? blob.text.length : blob.reason.length),
    }),
    comparisons: new LRUCache({ maxSize: comparedItems, sizeCalculation: ({ files, commits }) => 1 + files.length + commits.length }),
    trees: new LRUCache({ maxSize: treeEntries, sizeCalculation: (tree) => tree.size + 1 }),
    spoken: new LRUCache({ max: 10_000, ttl: spokenMs }),
  }
}
