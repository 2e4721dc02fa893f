/**
 * Which descriptions of base and head belong together. A description is found by its content or by the policy's globs; it has
 * changed when any of its files has, so a change in a referenced file counts even when the root document is untouched.
 * Knows nothing of rules; texts come from the snapshot alone.
 */
import type { ChangedFile, PullRequestSnapshot, UnreadableFile } from '../model/snapshot.ts'
import { candidatePath, isDescription } from './discover.ts'
import { remembered, type DescriptionMemory } from './description-memory.ts'
import { listOperations } from './operations.ts'
import { readDescription } from './read.ts'
import { neededFiles } from './references.ts'
import { withSplits } from './splits.ts'
import type { ApiDescription, DescriptionPair, ReadResult } from './types.ts'

export type { DescriptionPair }

export interface PairInput {
  readonly trees: PullRequestSnapshot['trees']
  readonly blobs: PullRequestSnapshot['blobs']
  readonly changedFiles: readonly ChangedFile[]
  readonly unreadable: readonly UnreadableFile[]
  /** Descriptions that were read before; without it every file is read. */
  readonly memory?: DescriptionMemory
  /** What the policy says of a path: `root` (a description by decree), `ignored`, or nothing. */
  readonly claim: (path: string) => 'root' | 'ignored' | null
}

/** Two descriptions with other paths are one that moved when this share of the base's operations is in the head's. */
const sharedOperationsOfAMove = 0.5

/** The descriptions that the pull request changes, in path order. Unchanged ones are not even parsed. */
export function pairDescriptions(input: PairInput): readonly DescriptionPair[] {
  const base = createSide(input, 'base')
  const head = createSide(input, 'head')
  const pairs: DescriptionPair[] = []
  const baseRoots = rootsOf(base, input)
  const headRoots = rootsOf(head, input)
  // A root on base stays a root at head while the file is there: losing its `openapi:` key is not a way out.
  const disguised = new Set([...baseRoots].filter((path) => !headRoots.has(path) && exists(input, head, path)))
  for (const path of disguised) headRoots.add(path)

  for (const path of headRoots) {
    if (!baseRoots.has(path)) continue
    if (isUnchanged(base, head, path)) continue
    const read = readSide(head, path)
    pairs.push({ path, previousPath: null, base: readSide(base, path), head: disguised.has(path) ? unrecognised(read) : read })
  }
  const gone = [...baseRoots].filter((path) => !headRoots.has(path))
  const fresh = [...headRoots].filter((path) => !baseRoots.has(path))
  return withSplits([...pairs, ...matchMoves(input, { base, head }, { gone, fresh })]).toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

interface SideFiles {
  readonly name: 'base' | 'head'
  readonly tree: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  readonly unreadable: ReadonlyMap<string, string>
  readonly memory: DescriptionMemory | undefined
}

function createSide(input: PairInput, name: 'base' | 'head'): SideFiles {
  const tree = input.trees[name]
  const files = Object.fromEntries(
    Object.entries(tree).flatMap(([path, blob]) => {
      const text = Object.hasOwn(input.blobs, blob) ? input.blobs[blob] : undefined
      return text === undefined ? [] : [[path, text] as const]
    }),
  )
  const unreadable = new Map(input.unreadable.filter((file) => file.side === name).map((file) => [file.path, file.reason]))
  return { name, tree, files, unreadable, memory: input.memory }
}

function rootsOf(side: SideFiles, input: PairInput): Set<string> {
  const roots = new Set<string>()
  for (const [path, text] of Object.entries(side.files)) {
    const claim = input.claim(path)
    if (claim === 'root' || (claim === null && candidatePath(path) && isDescription(text))) roots.add(path)
  }
  return roots
}

function exists(input: PairInput, side: SideFiles, path: string): boolean {
  return input.claim(path) !== 'ignored' && (Object.hasOwn(side.tree, path) || side.unreadable.has(path))
}

/** True when no file of the description differs, judged by blob ids alone. */
function isUnchanged(base: SideFiles, head: SideFiles, root: string): boolean {
  const seen = new Set<string>([root])
  for (const path of seen) {
    if (base.tree[path] !== head.tree[path] || head.unreadable.has(path)) return false
    const text = head.files[path]
    if (text !== undefined) for (const next of neededFiles(text, path)) seen.add(next)
  }
  return true
}

function readSide(side: SideFiles, path: string): ReadResult {
  const text = side.files[path]
  if (text !== undefined) return remembered(side, path, () => readDescription({ text, path, files: side.files }))
  const reason = side.unreadable.get(path) ?? 'The file could not be read.'
  return { problems: [{ kind: 'missing', message: reason, file: path, pointer: '', line: 1, column: 1 }] }
}

/** A description that is still one, but written so that the next pull request would find none: then that one would not be looked at. */
function unrecognised(read: ReadResult): ReadResult {
  if (!('api' in read)) return read
  const message =
    'The version is written in a way by which the file is not recognised as an API description. Write `openapi` or `swagger` as a plain key at the top, with the version on the same line.'
  const problem = { kind: 'not-a-description', message, file: read.api.path, pointer: '', line: 1, column: 1 } as const
  return { api: { ...read.api, problems: [...read.api.problems, problem] } }
}

/** Pairs what vanished with what appeared: by GitHub's rename first, then by the share of operations they have in common. */
function matchMoves(
  input: PairInput,
  sides: { readonly base: SideFiles; readonly head: SideFiles },
  roots: { readonly gone: readonly string[]; readonly fresh: readonly string[] },
): DescriptionPair[] {
  const gone = new Map(roots.gone.map((path) => [path, readSide(sides.base, path)]))
  const renamed = new Map(input.changedFiles.filter((file) => file.previousPath !== null).map((file) => [file.path, file.previousPath]))
  const pairs: DescriptionPair[] = []
  for (const path of roots.fresh) {
    const head = readSide(sides.head, path)
    const byRename = renamed.get(path) ?? null
    const previousPath = byRename !== null && gone.has(byRename) ? byRename : mostAlike(gone, head)
    pairs.push({ path, previousPath, base: previousPath === null ? null : (gone.get(previousPath) ?? null), head })
    if (previousPath !== null) gone.delete(previousPath)
  }
  for (const [path, base] of gone) pairs.push({ path, previousPath: null, base, head: null })
  return pairs
}

function mostAlike(gone: ReadonlyMap<string, ReadResult>, head: ReadResult): string | null {
  if (!('api' in head)) return null
  const headKeys = new Set(operationKeys(head.api))
  let best: { path: string; share: number } | null = null
  for (const [path, base] of gone) {
    if (!('api' in base)) continue
    const keys = operationKeys(base.api)
    const share = keys.length === 0 ? 0 : keys.filter((key) => headKeys.has(key)).length / keys.length
    if (share >= sharedOperationsOfAMove && (best === null || share > best.share)) best = { path, share }
  }
  return best?.path ?? null
}

function operationKeys(api: ApiDescription): string[] {
  return listOperations(api).map((operation) => `${operation.method} ${operation.path}`)
}
