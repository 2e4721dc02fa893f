/** Whether GitHub shows a finding's line in the pull request's diff, so that a review comment may stand there. */
import type { Finding } from '../model/finding.ts'
import type { ChangedFile } from '../model/snapshot.ts'

/**
 * True when the diff shows the finding's line. GitHub refuses a whole review for one comment on a line outside the diff, so a
 * file without a patch has no such line. In base only deleted files count: which lines of base a modified file's patch shows is not known.
 */
export function isInDiff(finding: Pick<Finding, 'place' | 'side'>, changedFiles: readonly ChangedFile[]): boolean {
  const file = changedFiles.find((one) => one.path === finding.place.file)
  if (file === undefined || file.headLines === null) return false
  if (finding.side === 'base') return file.status === 'removed'
  return file.headLines.some(([first, last]) => first <= finding.place.line && finding.place.line <= last)
}
