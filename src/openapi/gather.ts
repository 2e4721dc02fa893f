/**
 * Which files of a repository a review needs: the changed descriptions, every description that reaches a changed file, and all
 * files these reference, on both sides. The only thing it asks of the world is `read`, so the GitHub and the git reader share it.
 */
import type { PullRequestSnapshot, UnreadableFile } from '../model/snapshot.ts'
import { candidatePath, isDescription } from './discover.ts'
import { neededFiles } from './references.ts'

export interface TreeEntry {
  readonly blob: string
  /** Git file mode, e.g. `100644`, `120000` (symlink), `160000` (submodule). */
  readonly mode: string
  /** Bytes, where known. */
  readonly size: number | null
}

export type Tree = ReadonlyMap<string, TreeEntry>
export type BlobText = { readonly text: string } | { readonly reason: string }

export interface GatherInput {
  readonly base: Tree
  readonly head: Tree
  /** What the policy says of a path: `root`, `ignored`, or nothing. */
  readonly claim: (path: string) => 'root' | 'ignored' | null
  /** A changed file that is no description itself may be part of one: at most this many files a side are searched for it. */
  readonly searchLimit: number
  /** Reads blobs; asked once for each id. */
  readonly read: (blobs: readonly string[]) => Promise<ReadonlyMap<string, BlobText>>
}

export interface Gathered {
  readonly trees: PullRequestSnapshot['trees']
  readonly blobs: PullRequestSnapshot['blobs']
  readonly unreadable: readonly UnreadableFile[]
  /** Sentences about what was left out; non-empty means the search was not complete. */
  readonly gaps: readonly string[]
}

/** Larger files are refused by the reader too (openapi/read.ts). Bytes. */
const largestFile = 20 * 1024 * 1024
/** References are followed to at most this many files a side. */
const largestClosure = 3000

/** Collects texts for both sides. Never throws for what a pull request contains; `read` may throw for what the network does. */
export async function gatherDescriptions(input: GatherInput): Promise<Gathered> {
  const reader = createReader(input.read)
  const changed = changedCandidates(input)
  if (changed.size === 0) return { trees: { base: {}, head: {} }, blobs: {}, unreadable: [], gaps: [] }
  const sides = [createSide('base', input), createSide('head', input)] as const
  for (const side of sides) await load(side, reader, [...changed])
  const roots = new Set<string>()
  for (const side of sides) for (const path of changed) if (isRoot(side, input, path)) roots.add(path)
  for (const side of sides) await close(side, reader, roots)

  const gaps: string[] = []
  const orphans = [...changed].filter(
    (path) => !sides.some((side) => side.reached.has(path)) && sides.some((side) => isFragment(side.texts.get(path))),
  )
  if (orphans.length > 0) gaps.push(...(await searchRoots({ input, sides, reader, changed })))
  return { ...collect(sides, reader), gaps }
}

interface SideState {
  readonly name: 'base' | 'head'
  readonly tree: Tree
  readonly texts: Map<string, string>
  readonly problems: Map<string, string>
  /** Roots and what they reference, transitively. */
  readonly reached: Set<string>
}

function createSide(name: 'base' | 'head', input: GatherInput): SideState {
  return { name, tree: input[name], texts: new Map(), problems: new Map(), reached: new Set() }
}

function changedCandidates(input: GatherInput): Set<string> {
  const changed = new Set<string>()
  const differs = (path: string) =>
    input.base.get(path)?.blob !== input.head.get(path)?.blob || input.base.get(path)?.mode !== input.head.get(path)?.mode
  for (const tree of [input.base, input.head])
    for (const path of tree.keys()) if (isCandidate(input, path) && differs(path)) changed.add(path)
  return changed
}

/** Any YAML or JSON file may be part of a description, also one that may not be the root of one. */
function isCandidate(input: GatherInput, path: string): boolean {
  return candidatePath(path) || input.claim(path) === 'root'
}

function mayBeRoot(input: GatherInput, path: string): boolean {
  return isCandidate(input, path) && input.claim(path) !== 'ignored'
}

function isRoot(side: SideState, input: GatherInput, path: string): boolean {
  const text = side.texts.get(path)
  const claim = input.claim(path)
  if (claim !== null) return claim === 'root' && side.tree.has(path)
  return text !== undefined && isDescription(text)
}

/** The keys of schemas, parameters, responses and path items: what a part of a description is made of. */
const fragmentKey =
  /["']?(?:\$ref|properties|responses|requestBody|parameters|schema|allOf|oneOf|anyOf|enum|securitySchemes|additionalProperties)["']?\s*:|["']?type["']?\s*:\s*["']?(?:string|object|array|integer|number|boolean)\b/

/** The keys of discovery documents (RFC 8414, section 2), which belong to the descriptions whose security schemes they speak of. */
const discoveryKey = /["']?(?:authorization_endpoint|token_endpoint|jwks_uri|grant_types_supported)["']?\s*:/

/** Whether a text could be a part of a description, so that a search for its root is worth the reads. */
function isFragment(text: string | undefined): boolean {
  return text !== undefined && (fragmentKey.test(text) || discoveryKey.test(text))
}

type Reader = (entry: TreeEntry) => BlobText | undefined

interface BlobReader {
  readonly prefetch: (entries: readonly TreeEntry[]) => Promise<void>
  readonly get: Reader
}

function createReader(read: GatherInput['read']): BlobReader {
  const known = new Map<string, BlobText>()
  return {
    prefetch: async (entries) => {
      const wanted = new Set(entries.filter((entry) => refusal(entry) === null && !known.has(entry.blob)).map((entry) => entry.blob))
      if (wanted.size === 0) return
      for (const [blob, text] of await read([...wanted])) known.set(blob, text)
    },
    get: (entry) => {
      const reason = refusal(entry)
      return reason === null ? known.get(entry.blob) : { reason }
    },
  }
}

/** Why a tree entry is not read at all, or null. Modes: git-fast-import(1). */
function refusal(entry: TreeEntry): string | null {
  if (entry.mode === '120000') return 'It is a symbolic link; Specgate reads files only, so that nothing outside the commit can be reached.'
  if (entry.mode === '160000') return 'It is a submodule; its files belong to another repository.'
  if (entry.size !== null && entry.size > largestFile)
    return `It is larger than 20 MB (${String(Math.round(entry.size / 1024 / 1024))} MB).`
  return null
}

async function load(side: SideState, reader: BlobReader, paths: readonly string[]): Promise<void> {
  const entries = paths.flatMap((path) => {
    const entry = side.tree.get(path)
    return entry === undefined || side.texts.has(path) || side.problems.has(path) ? [] : [[path, entry] as const]
  })
  await reader.prefetch(entries.map(([, entry]) => entry))
  for (const [path, entry] of entries) {
    const got = reader.get(entry) ?? { reason: 'It could not be read.' }
    if ('reason' in got) side.problems.set(path, got.reason)
    else if (isLfsPointer(got.text)) side.problems.set(path, 'It is a Git LFS pointer; the file itself is not in the repository.')
    else side.texts.set(path, got.text)
  }
}

function isLfsPointer(text: string): boolean {
  return text.length < 1024 && text.startsWith('version https://git-lfs.github.com/spec/')
}

/** Follows references from the roots, one level a round, so that each round is one batch of reads. */
async function close(side: SideState, reader: BlobReader, roots: Iterable<string>): Promise<void> {
  let frontier = [...roots].filter((path) => side.tree.has(path))
  while (frontier.length > 0 && side.reached.size < largestClosure) {
    await load(side, reader, frontier)
    for (const path of frontier) side.reached.add(path)
    const next = new Set<string>()
    for (const path of frontier) {
      const text = side.texts.get(path)
      if (text === undefined) continue
      for (const target of neededFiles(text, path)) if (side.tree.has(target) && !side.reached.has(target)) next.add(target)
    }
    frontier = [...next]
  }
}

interface Search {
  readonly input: GatherInput
  readonly sides: readonly [SideState, SideState]
  readonly reader: BlobReader
  readonly changed: ReadonlySet<string>
}

/** A changed file that no changed description references may belong to an untouched one: look for it among all candidates. */
async function searchRoots(search: Search): Promise<string[]> {
  const { input, sides, reader, changed } = search
  const gaps: string[] = []
  for (const side of sides) {
    const candidates = [...side.tree.keys()].filter((path) => mayBeRoot(input, path))
    if (candidates.length > input.searchLimit)
      gaps.push(
        `The repository has ${String(candidates.length)} YAML and JSON files; only ${String(input.searchLimit)} were searched for descriptions that reference the changed files. Name your descriptions under \`apis:\` in .github/specgate.yml.`,
      )
    const searched = candidates.sort((a, b) => nearness(b, changed) - nearness(a, changed)).slice(0, input.searchLimit)
    await load(side, reader, searched)
    const probe: SideState = { ...side, reached: new Set() }
    for (const path of searched) {
      if (!isRoot(side, input, path)) continue
      probe.reached.clear()
      await close(probe, reader, [path])
      if ([...probe.reached].some((file) => changed.has(file))) for (const file of probe.reached) side.reached.add(file)
    }
  }
  // A root found on one side is needed on the other as well.
  const both = new Set(sides.flatMap((side) => [...side.reached].filter((path) => isRoot(side, input, path))))
  for (const side of sides) await close(side, reader, both)
  return gaps
}

/** Files that share more folders with a changed file are searched first. */
function nearness(path: string, changed: ReadonlySet<string>): number {
  const folders = path.split('/').slice(0, -1)
  let best = 0
  for (const other of changed) {
    const others = other.split('/').slice(0, -1)
    let shared = 0
    while (shared < folders.length && folders[shared] === others[shared]) shared += 1
    best = Math.max(best, shared)
  }
  return best
}

function collect(sides: readonly [SideState, SideState], reader: BlobReader): Omit<Gathered, 'gaps'> {
  const blobs = new Map<string, string>()
  const unreadable: UnreadableFile[] = []
  const [base, head] = sides.map((side) => {
    const tree = new Map<string, string>()
    for (const path of side.reached) {
      const entry = side.tree.get(path)
      if (entry === undefined) continue
      tree.set(path, entry.blob)
      const reason = side.problems.get(path)
      if (reason !== undefined) unreadable.push({ path, side: side.name, reason })
      const text = reader.get(entry)
      if (reason === undefined && text !== undefined && 'text' in text) blobs.set(entry.blob, text.text)
    }
    return tree
  })
  // `fromEntries` makes own properties of any name, `__proto__` included.
  return {
    trees: { base: Object.fromEntries(base ?? []), head: Object.fromEntries(head ?? []) },
    blobs: Object.fromEntries(blobs),
    unreadable,
  }
}
