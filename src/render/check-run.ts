/**
 * What should stand on the pull request for a review: both check runs, the summary comment, review comments, reviewers.
 * Source of limits: GitHub REST, "Create a check run": summary and text 65,535 characters each; three actions with label 20,
 * description 40 and identifier 20 characters. Bytes are counted, which is never less.
 */
import type { CheckRunDraft, Report } from '../model/report.ts'
import type { Review } from '../model/review.ts'
import { annotationsOf } from './annotations.ts'
import { approvalSummary } from './approval-summary.ts'
import { fit } from './blocks.ts'
import { reviewComments, summaryComment } from './comment.ts'
import type { ActionIdentifier, ReportContext } from './context.ts'
import { shown } from './plain-text.ts'
import { reviewDetails } from './review-details.ts'
import { reviewersOf } from './reviewers.ts'
import { reviewSummary } from './review-summary.ts'

/** Below GitHub's 65,535 by a margin for what the app may append. */
const fieldBytes = 60_000
const longestTitle = 200

/** The report of a review. Nothing in it is longer than GitHub takes; on drafts nobody is asked and nothing is commented. */
export function renderReport(review: Review, context: ReportContext): Report {
  return {
    checkRuns: [reviewRun(review, context), approvalRun(review, context)],
    summary: summaryComment(review, context),
    comments: reviewComments(review, context),
    reviewers: reviewersOf(review, context),
  }
}

function reviewRun(review: Review, context: ReportContext): CheckRunDraft {
  const details = reviewDetails(review, context)
  return {
    name: 'API review',
    conclusion: review.verdict.review,
    title: titleOf(review.verdict.reviewTitle),
    summary: fit(reviewSummary(review, context), fieldBytes),
    text: details.length === 0 ? null : fit(details, fieldBytes),
    annotations: annotationsOf(review),
    actions: actionsFor(review, context),
  }
}

function approvalRun(review: Review, context: ReportContext): CheckRunDraft {
  const { approval, approvalTitle } = review.verdict
  return {
    name: 'API approval',
    conclusion: approval === 'waiting' ? null : approval,
    title: titleOf(approvalTitle),
    summary: fit(approvalSummary(review, context), fieldBytes),
    text: null,
    annotations: [],
    actions: [],
  }
}

/** Titles are plain text to GitHub. */
function titleOf(title: string): string {
  return shown(title, longestTitle)
}

const buttons: Record<ActionIdentifier, CheckRunDraft['actions'][number]> = {
  recheck: { label: 'Re-run', description: 'Evaluate this commit again', identifier: 'recheck' },
  'draft-waiver': { label: 'Draft a waiver', description: 'Propose a waiver for what blocks', identifier: 'draft-waiver' },
  'explain-policy': { label: 'Explain policy', description: 'Show which rules apply and why', identifier: 'explain-policy' },
}

function actionsFor(review: Review, context: ReportContext): CheckRunDraft['actions'] {
  const answered = context.actions ?? ['recheck', 'draft-waiver', 'explain-policy']
  const useful = review.findings.some((finding) => finding.blocking) ? answered : answered.filter((action) => action !== 'draft-waiver')
  return useful.slice(0, 3).map((action) => buttons[action])
}
