/** Links into the repository under review, the only links there are. */
import type { Place, Side } from '../model/place.ts'
import type { Review } from '../model/review.ts'
import { code } from './escape.ts'

/** An address that may stand in a Markdown link as it is. */
const safeAddress = /^https?:\/\/[\w.:/~-]+$/

/** A link to a longer path costs more room than it is worth. */
const longestPath = 1000

/** `file:line` in code, linked to the line at the commit it was read from; not linked without a repository address. */
export function linkToPlace(place: Place, side: Side, target: { readonly review: Review; readonly repositoryUrl: string }): string {
  const { commits } = target.review
  const text = code(`${place.file}:${place.line}`)
  return linkToFile(
    text,
    { path: place.file, commit: side === 'head' ? commits.head : commits.mergeBase, line: place.line },
    target.repositoryUrl,
  )
}

/** Ready Markdown linked to a file at a commit. */
export function linkToFile(
  markdown: string,
  file: { readonly path: string; readonly commit: string; readonly line?: number },
  repositoryUrl: string,
): string {
  if (!safeAddress.test(repositoryUrl) || !/^[0-9a-f]{7,64}$/i.test(file.commit)) return markdown
  const path = file.path.split('/').map(encodeSegment).join('/')
  if (path.length > longestPath) return markdown
  return `[${markdown}](${repositoryUrl}/blob/${file.commit}/${path}${file.line === undefined ? '' : `#L${file.line}`})`
}

/** encodeURIComponent leaves some characters that mean something in Markdown, and refuses lone surrogates. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
