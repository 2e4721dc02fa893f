/** Pointers become lines, once, at the very end, and only for what is shown. Each document is read through once for all its pointers. */
import type { Change, UnplacedChange } from '../model/change.ts'
import type { UnplacedFinding } from '../model/finding.ts'
import type { Location, Place, Side } from '../model/place.ts'
import { locate, type Range } from '../openapi/locate.ts'
import type { ApiDescription, SourceDocument } from '../openapi/types.ts'
import { suggestionFor } from './suggestion.ts'

/** Both sides of a description; null where it does not exist or could not be read. */
export interface Sides {
  readonly base: ApiDescription | null
  readonly head: ApiDescription | null
}

type Described = Sides | readonly { readonly sides: Sides }[]

/** The findings with line and column, and with a suggested change where the fix is mechanical. An unknown file is placed at its first line. */
export function placeFindings<Unplaced extends UnplacedFinding>(
  findings: readonly Unplaced[],
  described: Described,
): (Unplaced & { readonly place: Place })[] {
  const documents = documentsOf(described)
  const wanted = findings.map((finding) => ({ side: finding.side, location: finding.place }))
  const placeOf = lookUp(wanted, documents)
  return findings.map((finding) => {
    const placed = { ...finding, place: placeOf(finding.place, finding.side) }
    const suggestion = finding.side === 'head' ? suggestionFor(placed, documents.head.get(finding.place.file)) : undefined
    return suggestion === undefined ? placed : { ...placed, suggestion }
  })
}

/** The changes with line and column on each side. */
export function placeChanges(changes: readonly UnplacedChange[], described: Described): Change[] {
  const documents = documentsOf(described)
  const wanted = changes.flatMap(({ base, head, near }) => [
    ...(base === null ? [] : [{ side: 'base' as const, location: base }]),
    ...(head === null ? [] : [{ side: 'head' as const, location: head }]),
    ...(near === null ? [] : [{ side: 'head' as const, location: near }]),
  ])
  const placeOf = lookUp(wanted, documents)
  const placed = (location: Location | null, side: Side) => (location === null ? null : placeOf(location, side))
  return changes.map((change) => ({
    ...change,
    base: placed(change.base, 'base'),
    head: placed(change.head, 'head'),
    near: placed(change.near, 'head'),
  }))
}

type Documents = Record<Side, ReadonlyMap<string, SourceDocument>>

/** A path names one text on each side, also when several descriptions share it. */
function documentsOf(described: Described): Documents {
  const all = isList(described) ? described.map((one) => one.sides) : [described]
  const ofSide = (side: Side) => new Map(all.flatMap((sides) => [...(sides[side]?.documents ?? [])]))
  return { base: ofSide('base'), head: ofSide('head') }
}

function isList(described: Described): described is readonly { readonly sides: Sides }[] {
  return Array.isArray(described)
}

interface Wanted {
  readonly side: Side
  readonly location: Location
}

function lookUp(wanted: readonly Wanted[], documents: Documents): (location: Location, side: Side) => Place {
  const ranges = { base: rangesOf(wanted, 'base', documents), head: rangesOf(wanted, 'head', documents) }
  return ({ file, pointer }, side) => {
    const range = ranges[side].get(file)?.get(pointer)
    return { file, pointer, ...(range ?? { line: 1, column: 1 }) }
  }
}

function rangesOf(wanted: readonly Wanted[], side: Side, documents: Documents): ReadonlyMap<string, ReadonlyMap<string, Range>> {
  const pointers = new Map<string, Set<string>>()
  for (const one of wanted) {
    if (one.side !== side) continue
    const ofFile = pointers.get(one.location.file)
    if (ofFile === undefined) pointers.set(one.location.file, new Set([one.location.pointer]))
    else ofFile.add(one.location.pointer)
  }
  return new Map(
    [...pointers].flatMap(([file, ofFile]) => {
      const document = documents[side].get(file)
      return document === undefined ? [] : [[file, locate(document, [...ofFile])] as const]
    }),
  )
}
