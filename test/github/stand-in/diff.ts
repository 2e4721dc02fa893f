/** The difference of two commits as GitHub's REST API tells it: one entry a file with status, counts and patch; and which lines a comment may stand on. */
import { gitBytes } from './git.ts'

export interface FileDiff {
  readonly path: string
  readonly previousPath: string | null
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed'
  /** Blob at head; at base for a removed file. */
  readonly blob: string
  readonly additions: number
  readonly deletions: number
  /** The hunks, without file headers; null for binary files and for files whose text did not change. */
  readonly patch: string | null
}

const statuses: Readonly<Record<string, FileDiff['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
}

/** Files that differ between two commits, renames found as git finds them. */
export async function diffCommits(directory: string, base: string, head: string): Promise<FileDiff[]> {
  const range = ['-r', '--find-renames', '--full-index', base, head]
  const raw = parseRaw((await gitBytes(directory, ['diff-tree', '--raw', '-z', ...range])).toString('utf8'))
  const sections = splitSections(
    (await gitBytes(directory, ['diff-tree', '-p', '--no-ext-diff', '--no-textconv', ...range])).toString('utf8'),
  )
  const files: FileDiff[] = []
  let next = 0
  for (const entry of raw) {
    // A change of type (file to symbolic link) is two sections: one removes, one adds.
    const count = entry.status === 'changed' ? 2 : 1
    const text = sections
      .slice(next, next + count)
      .map(hunksOf)
      .filter((hunks) => hunks !== '')
      .join('\n')
    next += count
    files.push({ ...entry, ...countLines(text), patch: text === '' ? null : text })
  }
  return files
}

/** The whole difference as text, as the `diff` media type gives it. */
export async function diffText(directory: string, base: string, head: string): Promise<string> {
  return (await gitBytes(directory, ['diff-tree', '-p', '-r', '--find-renames', base, head])).toString('utf8')
}

function parseRaw(text: string): Omit<FileDiff, 'additions' | 'deletions' | 'patch'>[] {
  const fields = text.split('\0')
  const entries: Omit<FileDiff, 'additions' | 'deletions' | 'patch'>[] = []
  for (let index = 0; index + 1 < fields.length;) {
    const [, , from = '', to = '', letter = ''] = (fields[index] ?? '').split(' ')
    const status = statuses[letter.slice(0, 1)] ?? 'modified'
    const moved = status === 'renamed' || status === 'copied'
    const first = fields[index + 1] ?? ''
    const path = moved ? (fields[index + 2] ?? '') : first
    entries.push({ path, previousPath: moved ? first : null, status, blob: status === 'removed' ? from : to })
    index += moved ? 3 : 2
  }
  return entries
}

/** Inside a hunk every line begins with a blank, `+`, `-` or `\`, so a line that begins with `diff --git ` begins a file. */
function splitSections(text: string): string[] {
  return text.split(/^(?=diff --git )/m).filter((section) => section.startsWith('diff --git '))
}

function hunksOf(section: string): string {
  const start = section.search(/^@@ /m)
  return start === -1 ? '' : section.slice(start).replace(/\n$/, '')
}

function countLines(patch: string): { additions: number; deletions: number } {
  const lines = patch.split('\n')
  return { additions: lines.filter((line) => line.startsWith('+')).length, deletions: lines.filter((line) => line.startsWith('-')).length }
}

export interface PatchLine {
  /** Null where the line does not exist on that side. */
  readonly base: number | null
  readonly head: number | null
  /** GitHub's legacy `position`: lines below the first hunk header. */
  readonly position: number
  /** The hunk up to and including this line. */
  readonly hunk: string
}

/** Every line a patch shows, context included: the lines a review comment may stand on. */
export function linesOfPatch(patch: string): PatchLine[] {
  const lines: PatchLine[] = []
  let base = 0
  let head = 0
  let hunk = ''
  patch.split('\n').forEach((text, position) => {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text)
    if (header !== null) {
      base = Number(header[1])
      head = Number(header[2])
      hunk = text
      return
    }
    hunk += `\n${text}`
    const sign = text.slice(0, 1)
    if (sign === '\\') return
    lines.push({ base: sign === '+' ? null : base, head: sign === '-' ? null : head, position, hunk })
    if (sign !== '+') base += 1
    if (sign !== '-') head += 1
  })
  return lines
}

/** Where a line of the base stands in the head; null when the patch changed or removed it. Without a patch nothing moved. */
export function followLine(patch: string | null, line: number): number | null {
  let shift = 0
  for (const shown of patch === null ? [] : linesOfPatch(patch)) {
    if (shown.base === line) return shown.head
    if (shown.base !== null && shown.base > line) break
    if (shown.base === null) shift += 1
    else if (shown.head === null) shift -= 1
  }
  return line + shift
}
