/** Trees and differences of a local clone, in the shapes that the snapshot wants. */
import type { ChangedFile } from '../model/snapshot.ts'
import type { BlobText, TreeEntry } from '../openapi/gather.ts'
import { git, readBlobs } from './git.ts'

/** Every file of a commit. Format: git-ls-tree(1), `--long -z`. */
export async function listTree(cwd: string, commit: string): Promise<Map<string, TreeEntry>> {
  const tree = new Map<string, TreeEntry>()
  for (const line of (await git(cwd, 'ls-tree', '-r', '-z', '--long', '--full-tree', commit)).split('\0')) {
    const tab = line.indexOf('\t')
    const [mode, , blob, size] = line.slice(0, tab).split(/ +/)
    if (tab < 0 || mode === undefined || blob === undefined) continue
    tree.set(line.slice(tab + 1), { mode, blob, size: size === undefined || size === '-' ? null : Number(size) })
  }
  return tree
}

/** Texts by blob id; a blob that is not UTF-8 text gives a reason instead. */
export async function readTexts(cwd: string, ids: readonly string[]): Promise<ReadonlyMap<string, BlobText>> {
  const texts = new Map<string, BlobText>()
  for (const [id, bytes] of await readBlobs(cwd, ids)) texts.set(id, textOf(bytes))
  return texts
}

/** Decodes UTF-8 strictly; anything else is named, never guessed. */
export function textOf(bytes: Uint8Array): BlobText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { reason: 'It is not UTF-8 text.' }
  }
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  M: 'modified',
  T: 'modified',
  D: 'removed',
  R: 'renamed',
  C: 'added',
}

/** Files that differ between two commits, renames recognised, with the line ranges of head that a three-line diff shows. */
export async function changedFilesBetween(cwd: string, base: string, head: string): Promise<ChangedFile[]> {
  const fields = (await git(cwd, 'diff', '--no-ext-diff', '--no-textconv', '-M', '-z', '--name-status', base, head)).split('\0')
  const lines = await shownLines(cwd, base, head)
  const files: ChangedFile[] = []
  for (let at = 0; at + 1 < fields.length;) {
    const letter = (fields[at] ?? '').charAt(0)
    const moved = letter === 'R' || letter === 'C'
    const path = fields[at + (moved ? 2 : 1)] ?? ''
    const previousPath = letter === 'R' ? (fields[at + 1] ?? null) : null
    files.push({ path, previousPath, status: statuses[letter] ?? 'modified', headLines: lines.get(path) ?? null })
    at += moved ? 3 : 2
  }
  return files
}

/** Head line ranges of each hunk, by path, from a unified diff with GitHub's three lines of context. */
async function shownLines(cwd: string, base: string, head: string): Promise<Map<string, [number, number][]>> {
  const patch = await git(
    cwd,
    'diff',
    '--no-ext-diff',
    '--no-textconv',
    '-M',
    '-U3',
    '--no-color',
    '--dst-prefix=b/',
    '--src-prefix=a/',
    base,
    head,
  )
  const lines = new Map<string, [number, number][]>()
  let ranges: [number, number][] = []
  for (const line of patch.split('\n')) {
    if (line.startsWith('+++ b/')) {
      ranges = []
      lines.set(line.slice(6).replace(/\t$/, ''), ranges)
    }
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line)
    const start = Number(hunk?.[1] ?? 0)
    const count = Number(hunk?.[2] ?? 1)
    if (hunk !== null && count > 0) ranges.push([start, start + count - 1])
  }
  return lines
}

/** Tracked files with changes that are not committed, by path from the repository's root. */
export async function uncommittedFiles(cwd: string): Promise<string[]> {
  return (await git(cwd, 'diff', '--no-ext-diff', '--name-only', '-z', 'HEAD')).split('\0').filter((path) => path !== '')
}
