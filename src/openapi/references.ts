/** Which other files a document refers to, read from its text without parsing it: for collecting the files of a description. */
import { discoveryCandidates } from './discovery-files.ts'
import { referenceTarget } from './reference-target.ts'

/** `$ref: ./a.yaml`, `"$ref": "a.json#/b"`, `'$ref': >- ...` on one line; keys and values with or without quotes. */
const reference = /["']?\$ref["']?\s*:\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([^\s"'#{[][^\s,}\]]*))/g

/** A discriminator's mapping may name files that nothing else refers to. Paths are bounded, so that a failed match cannot run to the end of the text. */
const mapped = /:\s*["']?((?:\.{1,2}\/)[^\s"',#}\]]{1,500}\.(?:json|ya?ml))(?:#[^\s"',}\]]{0,500})?["']?\s*(?:[,}\n\r]|$)/gi

/**
 * Repository paths of the files that `text`, standing at `path`, refers to; sorted, without `path` itself. Fast and tolerant: also finds
 * what stands in examples and comments, never what leads out of the repository. Linear in the text.
 */
export function referencedFiles(text: string, path: string): string[] {
  const files = new Set<string>()
  const add = (ref: string): void => {
    const target = referenceTarget(path, ref)
    if (!('refused' in target) && target.file !== path) files.add(target.file)
  }
  for (const match of text.matchAll(reference)) add(unescaped(match[1] ?? match[2] ?? match[3] ?? ''))
  for (const match of text.matchAll(mapped)) add(match[1] ?? '')
  return [...files].sort()
}

/** The files that a review of the description at `path` needs besides: what it refers to, and where discovery documents may lie. */
export function neededFiles(text: string, path: string): readonly string[] {
  return [...referencedFiles(text, path), ...discoveryCandidates(text, path)]
}

/** JSON writes `/` as `\/` at will. */
function unescaped(ref: string): string {
  return ref.includes('\\') ? ref.replaceAll('\\/', '/') : ref
}
