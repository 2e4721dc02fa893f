/** The check runs that stand when a review could not be made: completed, red, and telling what happened and what to do. Never green, never silent. */
import type { CheckRunDraft } from '../model/report.ts'

export interface NotEvaluated {
  /** The end of "Not evaluated: …", without a full stop. */
  readonly why: string
  /** What a person can do about it, in sentences. */
  readonly remedy: string
  /** GitHub's id of the delivery, for whoever looks into the app's log. */
  readonly delivery: string | null
}

const names: readonly CheckRunDraft['name'][] = ['API review', 'API approval']

/** Both check runs as failures. `Re-run` is offered, because that is what helps once the cause is gone. */
export function notEvaluatedDrafts({ why, remedy, delivery }: NotEvaluated): CheckRunDraft[] {
  const footer = delivery === null ? '' : `\n\n<sub>Delivery \`${delivery}\`</sub>`
  return names.map((name) => ({
    name,
    conclusion: 'failure',
    title: `Not evaluated: ${why}`.slice(0, 200),
    summary: `**Not evaluated: ${why}.**\n\nNothing is known about this commit: neither that it is safe nor that it is not. ${remedy}${footer}`,
    text: null,
    annotations: [],
    actions: [{ label: 'Re-run', description: 'Evaluate this commit again', identifier: 'recheck' }],
  }))
}

/** What stands while a review takes longer than a moment. */
export function announcement(): CheckRunDraft {
  return {
    name: 'API review',
    conclusion: null,
    title: 'Comparing the API descriptions',
    summary: 'The review is under way.',
    text: null,
    annotations: [],
    actions: [],
  }
}
