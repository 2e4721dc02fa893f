/** A problem before its line is looked up. */
import type { Location, Problem, ProblemKind } from '../model/place.ts'
import { locate } from './locate.ts'
import type { SourceDocument } from './types.ts'

export interface Complaint extends Location {
  readonly kind: ProblemKind
  readonly message: string
}

/** The complaints with their lines: one pass over each file that has any. Order is kept. */
export function placeComplaints(complaints: readonly Complaint[], documents: ReadonlyMap<string, SourceDocument>): readonly Problem[] {
  const pointers = new Map<string, string[]>()
  for (const { file, pointer } of complaints) pointers.set(file, [...(pointers.get(file) ?? []), pointer])
  const ranges = new Map([...pointers].map(([file, ofFile]) => [file, rangesIn(documents.get(file), ofFile)]))
  return complaints.map((complaint) => {
    const range = ranges.get(complaint.file)?.get(complaint.pointer)
    return { ...complaint, line: range?.line ?? 1, column: range?.column ?? 1 }
  })
}

function rangesIn(document: SourceDocument | undefined, pointers: readonly string[]): ReturnType<typeof locate> {
  return document === undefined ? new Map() : locate(document, pointers)
}
