/** JSON output: the results as they are, `schema` first, so that scripts read what the library returns. */
import type { DiffResult } from '../model/change.ts'
import type { Decision } from '../model/decision.ts'
import type { LintResult } from '../model/finding.ts'
import type { Review } from '../model/review.ts'

/** Indented JSON with a final line break. */
export function renderJson(result: Review | DiffResult | LintResult | Decision): string {
  return `${JSON.stringify(result, null, 2)}\n`
}
