/** The app, running. */
export interface Running {
  readonly mode: 'app' | 'setup'
  readonly address: string
  readonly port: number
  /** Resolves when the first look for lost work is over; deliveries are taken before. */
  readonly ready: Promise<void>
  /** Drains and stops; safe to call more than once. */
  readonly close: () => Promise<void>
}

/** The environment does not let the app start; each problem is a sentence. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}
