/** Descriptions that were read before, known again by the ids of their blobs: what has the same id has the same text. */
import { isDiscoveryPath } from './discovery-files.ts'
import type { ApiDescription, ReadResult } from './types.ts'

export interface DescriptionMemory {
  readonly get: (key: string) => RememberedDescription | undefined
  readonly set: (key: string, description: RememberedDescription) => void
}

export interface RememberedDescription {
  readonly api: ApiDescription
  /** Blob ids of its files, by path. */
  readonly blobs: ReadonlyMap<string, string | undefined>
}

interface Side {
  readonly tree: Readonly<Record<string, string>>
  readonly memory: DescriptionMemory | undefined
}

/** The description at a path as it was read before, if none of its files is another; else as `read` gives it. */
export function remembered({ tree, memory }: Side, path: string, read: () => ReadResult): ReadResult {
  const blob = tree[path]
  if (memory === undefined || blob === undefined) return read()
  const key = [path, blob, ...discoveryDocuments(tree)].join(' ')
  const known = memory.get(key)
  if (known !== undefined && [...known.blobs].every(([file, id]) => tree[file] === id)) return { api: known.api }
  const result = read()
  // A file that was missing may be there another time, so only what lacks nothing is kept.
  if ('api' in result && result.api.problems.every(({ kind }) => kind !== 'reference'))
    memory.set(key, { api: result.api, blobs: new Map([...result.api.documents.keys()].map((file) => [file, tree[file]])) })
  return result
}

/** Discovery documents are part of a description by their names alone, so that a new one makes it another. */
function discoveryDocuments(tree: Side['tree']): readonly string[] {
  return Object.keys(tree).flatMap((file) => (isDiscoveryPath(file) ? [`${file}:${tree[file] ?? ''}`] : []))
}
