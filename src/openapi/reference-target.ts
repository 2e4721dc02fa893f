/** Where a `$ref` points, as a repository path and a fragment. Knows the rules of relative paths; does not know which files exist. */

/** `fragment` is percent-decoded: '' for the whole file, `/a/b` for a pointer, anything else for an anchor. */
export type ReferenceTarget = { readonly file: string; readonly fragment: string } | { readonly refused: string }

/**
 * Resolves the text of a `$ref` that stands in `from` (a repository path). Refused, with the reason as the end of a sentence:
 * other schemes and hosts, absolute paths, and paths that leave the repository (threat model: no fetching, no files but the repository's).
 */
export function referenceTarget(from: string, ref: string): ReferenceTarget {
  const hash = ref.indexOf('#')
  const location = hash < 0 ? ref : ref.slice(0, hash)
  const fragment = hash < 0 ? '' : percentDecoded(ref.slice(hash + 1))
  if (location === '') return { file: from, fragment }
  if (/^[a-z][a-z0-9+.-]*:/i.test(location) || location.startsWith('//'))
    return { refused: 'leaves the repository, and nothing is fetched from elsewhere' }
  const path = percentDecoded(location)
  if (path.startsWith('/')) return { refused: 'is an absolute path; only paths relative to the file are followed' }
  if (path.includes('\0')) return { refused: 'holds a NUL character' }
  const file = join(from, path)
  return file === null ? { refused: 'leaves the repository: it has more `..` than folders to leave' } : { file, fragment }
}

/** `path` seen from the folder of `from`, normalised; null when it climbs above the root. */
function join(from: string, path: string): string | null {
  const segments = from.split('/').slice(0, -1)
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (!climb(segments)) return null
  }
  return segments.filter((segment, index) => segment !== '.' && (segment !== '' || index === 0)).join('/')
}

/** Leaves the last folder; false when there is none to leave. */
function climb(segments: string[]): boolean {
  let last = segments.pop()
  while (last === '.') last = segments.pop()
  return last !== undefined && last !== '' && last !== '..'
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
