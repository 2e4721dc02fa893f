/** A command as the waiver that it grants: bound to the content that its writer saw, and ending like any other. */
import { dateOf, dayMs, readInstant } from '../instants.ts'
import type { Waiver } from '../written-rules.ts'
import type { HeardCommand } from './heard.ts'

/** What is called no issue is looked at again after this long, or sooner where the policy says so. */
const longestDismissal = 90 * dayMs

/** One waiver for each finding that was meant. The pull request that it stands in is the only place where it counts. */
export function waiversOf({ comment, command, meant }: HeardCommand, longestWaiver: number | null): Waiver[] {
  if (command === null || (command.verb !== 'waive' && command.verb !== 'not-an-issue')) return []
  const start = readInstant(comment.createdAt) ?? 0
  const expires = command.until ?? dateOf(start + Math.min(longestWaiver ?? longestDismissal, longestDismissal))
  const kind = command.verb === 'not-an-issue' ? 'not-an-issue' : command.kind
  return meant.fingerprints.map((fingerprint) => ({
    id: waiverId(comment.id),
    fingerprint,
    reason: command.words,
    granted_by: `@${comment.user.login}`,
    granted: dateOf(start),
    expires,
    ...(kind === null ? {} : { kind }),
    ...(command.ticket === null ? {} : { ticket: command.ticket }),
  }))
}

/** The comment is where to look it up. */
export function waiverId(comment: number): string {
  return `comment-${comment}`
}
