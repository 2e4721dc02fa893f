/** How a command ends: 0 fine, 1 the threshold was met, 2 could not evaluate. One sentence on standard error, never a stack. */

/** Something the user can correct: shown as one sentence, exit code 2. */
export class UsageError extends Error {}

export const exitCode = { fine: 0, thresholdMet: 1, notEvaluated: 2 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
