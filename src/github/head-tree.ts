/**
 * The tree of a head without asking for it: where the comparison lists only modified regular files, it is the tree of the merge base with
 * their new blobs. What the comparison does not say is the file mode, so a file that may have become a symbolic link is looked up.
 */
import type { Tree, TreeEntry } from '../openapi/gather.ts'
import { candidatePath } from '../openapi/discover.ts'
import { readBlobs } from './blobs.ts'
import { isPolicyPath } from './policy-texts.ts'
import type { Comparison } from './comparison.ts'
import type { RepositoryAccess } from './repository.ts'
import { readTree } from './trees.ts'

/** The files of the comparison's head, given those of its merge base. */
export async function readHeadTree(access: RepositoryAccess, comparison: Comparison, mergeBase: Tree): Promise<Tree> {
  const derived = derivedTree(comparison, mergeBase)
  if (derived === null || (await mayBeLinks(access, derived.changed))) return readTree(access, comparison.head.tree)
  return derived.tree
}

interface Derived {
  readonly tree: Tree
  /** Blobs of the files that matter to a review. */
  readonly changed: readonly string[]
}

function derivedTree({ modified }: Comparison, mergeBase: Tree): Derived | null {
  if (modified === null) return null
  const tree = new Map<string, TreeEntry>(mergeBase)
  const changed: string[] = []
  for (const [path, blob] of modified) {
    const before = mergeBase.get(path)
    if (before === undefined || !before.mode.startsWith('100')) return null
    tree.set(path, { blob, mode: before.mode, size: null })
    if (candidatePath(path) || isPolicyPath(path)) changed.push(blob)
  }
  return { tree, changed }
}

/** A symbolic link's blob is its target: one short line. The blobs are needed anyway, and read once. */
async function mayBeLinks(access: RepositoryAccess, blobs: readonly string[]): Promise<boolean> {
  const texts = await readBlobs(access, blobs)
  return blobs.some((id) => {
    const got = texts.get(id)
    return got === undefined || !('text' in got) || !got.text.includes('\n')
  })
}
