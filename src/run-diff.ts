/** `diff(base, head)` of the public library: two sources in, placed changes out. Synchronous and pure. */
import { diffDescriptions, type DiffOptions } from './diff/diff.ts'
import { summarise } from './diff/summary.ts'
import type { DiffResult } from './model/change.ts'
import { readDescription } from './openapi/read.ts'
import type { Source } from './openapi/types.ts'
import { placeChanges } from './review/place.ts'

/**
 * Compares two descriptions. A side that cannot be read gives `problems` (with line and column) and no changes; it never throws for
 * what the texts contain. `null` for a side means: the description does not exist there.
 */
export function diff(base: Source | null, head: Source | null, options: DiffOptions = {}): DiffResult {
  const sides = { base: base === null ? null : readDescription(base), head: head === null ? null : readDescription(head) }
  const baseApi = sides.base !== null && 'api' in sides.base ? sides.base.api : null
  const headApi = sides.head !== null && 'api' in sides.head ? sides.head.api : null
  const problems = [
    ...problemsOf(sides.base).map((problem) => ({ ...problem, side: 'base' as const })),
    ...problemsOf(sides.head).map((problem) => ({ ...problem, side: 'head' as const })),
  ]
  const isReadable = (base === null || baseApi !== null) && (head === null || headApi !== null)
  const compared = isReadable ? diffDescriptions(baseApi, headApi, options) : { changes: [], operations: { base: 0, head: 0, compared: 0 } }
  return {
    schema: 'specgate/diff@1',
    problems,
    changes: placeChanges(compared.changes, { base: baseApi, head: headApi }),
    summary: summarise(compared.changes, compared.operations),
  }
}

function problemsOf(result: ReturnType<typeof readDescription> | null) {
  if (result === null) return []
  return 'api' in result ? result.api.problems : result.problems
}
