/** `lint(head, options)` of the public library: one source in, placed findings out; with `base`, only what is new. */
import { lintScope, withScopeNote } from './lint-scope.ts'
import { lintDescription, type LintOptions } from './lint/lint.ts'
import type { LintResult } from './model/finding.ts'
import { readDescription } from './openapi/read.ts'
import type { Source } from './openapi/types.ts'
import { placeFindings } from './review/place.ts'

/**
 * Checks a description against the security rules. With `options.base`, findings that base already has are counted in `existing` and
 * left out. A description that cannot be read gives `problems` and no findings; it never throws for what the texts contain.
 */
export async function lint(head: Source, options: LintOptions & { readonly base?: Source } = {}): Promise<LintResult> {
  const read = readDescription(head)
  if (!('api' in read)) return { schema: 'specgate/lint@1', problems: read.problems, findings: [], existing: 0, notes: [] }
  const base = options.base === undefined ? null : readDescription(options.base)
  const baseApi = base !== null && 'api' in base ? base.api : null
  const unread = base !== null && !('api' in base) ? base.problems.map((problem) => ({ ...problem, side: 'base' as const })) : []
  const outcome = await lintDescription(read.api, baseApi, { ...lintScope(baseApi, read.api), ...options })
  const { findings, existing, problems, notes } = withScopeNote(outcome, baseApi, read.api)
  return {
    schema: 'specgate/lint@1',
    problems: [...read.api.problems, ...problems, ...unread],
    findings: placeFindings(
      findings.filter((finding) => finding.new),
      { base: baseApi, head: read.api },
    ),
    existing,
    notes,
  }
}
