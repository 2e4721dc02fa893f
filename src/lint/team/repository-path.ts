/** Paths within the repository: joined as text, never leaving it. */

/** The path that `relative`, written in the file `from`, means; '' when it would leave the repository. */
export function joinPath(from: string, relative: string): string {
  const parts = relative.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (parts.pop() === undefined) return ''
    } else parts.push(part)
  }
  return parts.join('/')
}
