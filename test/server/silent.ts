/** A log that keeps its lines for a look, and prints nothing. */
import { Writable } from 'node:stream'
import { openLog } from '../../src/server/logger.ts'
import type { Logging } from '../../src/server/logger.ts'
import type { LogLevel } from '../../src/server/config.ts'

export interface RecordedLog extends Logging {
  readonly lines: string[]
}

export function recordLog(level: LogLevel = 'trace', secrets: readonly string[] = []): RecordedLog {
  const lines: string[] = []
  const to = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  return { ...openLog(level, secrets, to), lines }
}

export const silent = recordLog('silent')
