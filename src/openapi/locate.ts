/**
 * Pointers to lines: looked up once, at the end, for the few places that are shown. Nothing is kept per node while parsing. A map entry
 * stands where its key is, a list item where the item is; a pointer that leads nowhere stands where its nearest existing ancestor is.
 */
import { locateInJson } from './locate-json.ts'
import { locateInYaml } from './locate-yaml.ts'
import { pointerTrie } from './pointer-trie.ts'
import type { SourceDocument } from './types.ts'

/** Line and column are 1-based; `endLine` is the last line of the element. */
export interface Range {
  readonly line: number
  readonly column: number
  readonly endLine: number
}

/** The range of each pointer, in one pass over the text. Total: every pointer asked for is in the answer. */
export function locate(document: SourceDocument, pointers: readonly string[]): ReadonlyMap<string, Range> {
  const trie = pointerTrie(pointers)
  if (document.format === 'json') locateInJson(document.text, trie.root)
  else locateInYaml(document.text, trie.root)
  return trie.ranges(document.text)
}
