/** What should stand on the pull request, as data. github/ compares it with what is there and writes the difference. */

export interface Report {
  readonly checkRuns: readonly CheckRunDraft[]
  /** One summary comment, edited in place; null when nobody needs to act. */
  readonly summary: string | null
  readonly comments: readonly ReviewCommentDraft[]
  /** Logins and team slugs to request, smallest set. */
  readonly reviewers: { readonly users: readonly string[]; readonly teams: readonly string[] }
}

export interface CheckRunDraft {
  readonly name: 'API review' | 'API approval'
  /** null: in progress, somebody is awaited. */
  readonly conclusion: 'success' | 'neutral' | 'failure' | 'cancelled' | null
  readonly title: string
  /** Markdown, at most 65,535 characters. */
  readonly summary: string
  readonly text: string | null
  /** All of them, worst first; github/ sends at most 50 a request. */
  readonly annotations: readonly AnnotationDraft[]
  readonly actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[]
}

export interface AnnotationDraft {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly startColumn: number | null
  readonly endColumn: number | null
  readonly level: 'failure' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly rawDetails: string | null
}

export interface ReviewCommentDraft {
  /** Hidden marker by which the thread is found again. */
  readonly fingerprint: string
  readonly path: string
  readonly line: number
  readonly side: 'LEFT' | 'RIGHT'
  readonly body: string
}
