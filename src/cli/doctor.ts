/** `specgate doctor`: what keeps the app from working, one line a check. 0: nothing, 1: something. */
import { examine } from '../app/doctor.ts'
import { withEnvFile } from '../server/env-file.ts'
import { exitCode, type ExitCode } from './fail.ts'
import { print } from './print.ts'
import { colours } from './terminal.ts'

/** Prints every check. */
export async function runDoctor(): Promise<ExitCode> {
  const examined = await examine(withEnvFile(process.env), () => new Date())
  await print(
    examined
      .map(({ name, healthy, sentence }) => `${healthy ? colours.green('ok  ') : colours.red('FAIL')} ${colours.bold(name)}: ${sentence}`)
      .join('\n'),
  )
  return examined.every(({ healthy }) => healthy) ? exitCode.fine : exitCode.thresholdMet
}
