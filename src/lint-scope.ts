/** How much of a description is linted when there is a base: all of a small one, of a large one what the change can have affected. */
import { footprintOf } from './diff/footprint.ts'
import type { LintOptions, LintOutcome } from './lint/lint.ts'
import type { ApiDescription } from './openapi/types.ts'

/** Characters of head. Up to this size counting every older finding costs some milliseconds; the largest descriptions have a hundred times as many. */
const smallDescription = 100_000

/** What to hand to the linter about the base. */
export function lintScope(base: ApiDescription | null, head: ApiDescription): Pick<LintOptions, 'footprint'> {
  return base === null || isSmall(head) ? {} : { footprint: footprintOf(base, head) }
}

/** The outcome, saying so when older findings were not counted everywhere. */
export function withScopeNote(outcome: LintOutcome, base: ApiDescription | null, head: ApiDescription): LintOutcome {
  if (base === null || isSmall(head)) return outcome
  return {
    ...outcome,
    notes: [...outcome.notes, 'The description is large: older findings are counted only in what the change can have affected.'],
  }
}

function isSmall({ documents }: ApiDescription): boolean {
  let size = 0
  for (const { text } of documents.values()) size += text.length
  return size <= smallDescription
}
