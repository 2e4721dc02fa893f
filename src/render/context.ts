/** What a report must know besides the review: where it will stand, who may read it, and what the app can do there. */

export interface ReportContext {
  /** Web address without trailing slash; '' when there is none (a local review), then nothing is linked. */
  readonly repositoryUrl: string
  /** In a public repository the members of teams are not named. */
  readonly isPublic: boolean
  readonly pullRequest: { readonly number: number; readonly draft: boolean } | null
  /** The app's slug, by which people know who speaks. */
  readonly appSlug: string
  /** From the policy: for what review comments may stand on changed lines (`all`: also for what does not block), and how many. */
  readonly comments: { readonly on: 'changed-lines' | 'all' | 'none'; readonly most: number }
  /** From the policy: `always` leaves a summary comment also when nobody has to act. */
  readonly summary?: 'always' | 'on-findings'
  /** Buttons that the app answers; default: all of them. */
  readonly actions?: readonly ActionIdentifier[]
  /** The button that somebody pressed; its answer stands at the top of the run. */
  readonly asked?: Exclude<ActionIdentifier, 'recheck'>
  /** On which terms a waiver would be granted; needed to draft one. */
  readonly waiver?: { readonly grantedBy: string; readonly expires: string }
  /** True when the app reads `/specgate …` comments; only then are they offered. */
  readonly commands?: boolean
  /** Shown in the footer when known. */
  readonly rulesVersion?: string
  readonly durationMs?: number
}

export type ActionIdentifier = 'recheck' | 'draft-waiver' | 'explain-policy'

/** The usual context of a local review: nothing linked, nobody asked. */
export const localContext: ReportContext = {
  repositoryUrl: '',
  isPublic: false,
  pullRequest: null,
  appSlug: 'specgate',
  comments: { on: 'none', most: 0 },
  actions: [],
}
