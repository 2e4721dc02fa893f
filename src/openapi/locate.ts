/**
 * Pointers to lines: looked up once, at the end, for the few places that are shown. Nothing is kept per node while parsing. A map entry
 * stands where its key is, a list item where the item is; a pointer that leads nowhere stands where its nearest existing ancestor is.
 */
import type { Location, Place } from '../model/place.ts'
import { locateInJson } from './locate-json.ts'
import { locateInYaml } from './locate-yaml.ts'
import { pointerTrie, type Range } from './pointer-trie.ts'
import type { ApiDescription, SourceDocument } from './types.ts'

export type { Range }

/** The range of each pointer, in one pass over the text. Total: every pointer asked for is in the answer. */
export function locate(document: SourceDocument, pointers: readonly string[]): ReadonlyMap<string, Range> {
  const trie = pointerTrie(pointers)
  if (document.format === 'json') locateInJson(document.text, trie.root)
  else locateInYaml(document.text, trie.root)
  return trie.ranges(document.text)
}

/** The place of one location. For many, use `placer`, which reads each file once. */
export function placeLocation(api: ApiDescription, location: Location): Place {
  return placer([api], [location])(location)
}

/**
 * A function that places these locations (and no others), after one pass over each file they stand in. A file of several descriptions is
 * read in the first of them. Locations in unknown files are placed on line 1.
 */
export function placer(apis: readonly ApiDescription[], locations: readonly Location[]): (location: Location) => Place {
  const pointers = new Map<string, Set<string>>()
  for (const { file, pointer } of locations) {
    const ofFile = pointers.get(file)
    if (ofFile === undefined) pointers.set(file, new Set([pointer]))
    else ofFile.add(pointer)
  }
  const ranges = new Map([...pointers].map(([file, ofFile]) => [file, rangesIn(apis, file, [...ofFile])]))
  return ({ file, pointer }) => ({ file, pointer, ...(ranges.get(file)?.get(pointer) ?? { line: 1, column: 1 }) })
}

function rangesIn(apis: readonly ApiDescription[], file: string, pointers: readonly string[]): ReadonlyMap<string, Range> {
  const document = apis.map((api) => api.documents.get(file)).find((found) => found !== undefined)
  return document === undefined ? new Map<string, Range>() : locate(document, pointers)
}
