/** The changelog between two sides of one description, or of many that belong together by name. Synchronous and pure. */
import { diffDescriptions } from './diff/diff.ts'
import type { ApiChangelog } from './model/changelog.ts'
import type { Problem } from './model/place.ts'
import { apiFacts } from './openapi/facts.ts'
import { readDescription } from './openapi/read.ts'
import type { Source } from './openapi/types.ts'
import { changelogOf } from './review/changelog.ts'

/** What changed from base to head; `null` for a side means: the description does not exist there. Problems instead of entries where a side cannot be read. */
export function changelog(
  id: string,
  { base, head }: { readonly base: Source | null; readonly head: Source | null },
): ApiChangelog | { readonly problems: readonly Problem[] } {
  const sides = [base, head].map((source) => (source === null ? null : readDescription(source)))
  const problems = sides.flatMap((side) => (side !== null && 'problems' in side ? side.problems : []))
  if (problems.length > 0) return { problems }
  const [baseApi = null, headApi = null] = sides.map((side) => (side !== null && 'api' in side ? side.api : null))
  const { changes } = diffDescriptions(baseApi, headApi, {})
  return changelogOf(apiFacts(baseApi, headApi, id), changes)
}
