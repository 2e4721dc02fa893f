/** Whom to request a review from: the smallest set the decision names, never on a draft and never when nothing is enforced. */
import type { Report } from '../model/report.ts'
import type { Review } from '../model/review.ts'
import type { ReportContext } from './context.ts'

/** GitHub takes at most 15 requested reviewers. */
const mostReviewers = 15

export function reviewersOf(review: Review, context: ReportContext): Report['reviewers'] {
  // Where somebody set the rules aside, the owners look at it afterwards.
  const isOpen = review.verdict.approval === 'waiting' || review.decision.bypass !== undefined
  const isAsked = isOpen && context.pullRequest !== null && !context.pullRequest.draft
  const names = isAsked ? review.decision.askForReview.slice(0, mostReviewers).map((name) => name.replace(/^@/, '')) : []
  return {
    users: names.filter((name) => !name.includes('/')),
    teams: names.filter((name) => name.includes('/')).map((name) => name.slice(name.indexOf('/') + 1)),
  }
}
