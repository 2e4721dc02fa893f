/** Counts the changes of one comparison by class and by security effect. */
import type { DiffSummary, UnplacedChange } from '../model/change.ts'

/** The numbers that gates and titles use; they count changes, not the operations these reach. */
export function summarise(changes: readonly UnplacedChange[], operations: DiffSummary['operations']): DiffSummary {
  const count = (matches: (change: UnplacedChange) => boolean) => changes.filter(matches).length
  return {
    breaking: count((change) => change.class === 'breaking'),
    dangerous: count((change) => change.class === 'dangerous'),
    nonbreaking: count((change) => change.class === 'nonbreaking'),
    docs: count((change) => change.class === 'docs'),
    weakening: count((change) => change.security === 'weakening'),
    strengthening: count((change) => change.security === 'strengthening'),
    exposure: count((change) => change.security === 'exposure'),
    operations,
  }
}
