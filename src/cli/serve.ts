/** `specgate serve`: the GitHub App until a signal ends it. */
import { Refused } from '../app/running.ts'
import { serve } from '../app/serve.ts'
import { onSignal } from '../server/lifecycle.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'

/** Runs the app; SIGTERM and SIGINT drain it. A refused start says every reason, one sentence each. */
export async function runServe(): Promise<ExitCode> {
  const running = await serve(process.env, { print: (line) => process.stderr.write(`${line}\n`) }).catch((error: unknown) => {
    if (error instanceof Refused) throw new UsageError(error.message)
    throw error
  })
  await onSignal(running.close)
  return exitCode.fine
}
