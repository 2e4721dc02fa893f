/**
 * The log: one JSON line an entry, with named fields only. Nothing else passes: no body, header, token, text of a description or
 * stack of a foreign library, at any level.
 */
import { Writable } from 'node:stream'
import { pino } from 'pino'
import type { Logger as Pino } from 'pino'
import type { LogLevel } from './config.ts'

/** Every field a log line may carry. */
export interface LogFields {
  readonly delivery?: string
  readonly event?: string
  readonly action?: string
  readonly job?: string
  /** Of the job: the pull request it is about. */
  readonly key?: string
  readonly reason?: string
  readonly attempt?: number
  readonly installation?: number
  readonly repository?: string
  readonly number?: number
  readonly head?: string
  readonly conclusion?: string
  readonly status?: number
  readonly bytes?: number
  readonly requests?: number
  readonly remaining?: number
  readonly ms?: number
  readonly snapshotMs?: number
  readonly reviewMs?: number
  readonly reportMs?: number
  readonly port?: number
  readonly address?: string
  readonly store?: string
  readonly count?: number
  readonly notBefore?: string
  /** Where a decision stands in the ledger, and the hash there. */
  readonly sequence?: number
  readonly hash?: string
  readonly error?: string
}

export interface Log {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

export interface Logging {
  readonly log: Log
  /** For libraries that want a pino logger: messages only, their fields are dropped. */
  readonly library: Pino
  /** A sentence about an error, without secrets, for logs and check runs. */
  readonly describe: (error: unknown) => string
}

const allowed: ReadonlySet<string> = new Set([
  ...[
    'delivery',
    'event',
    'action',
    'job',
    'key',
    'reason',
    'attempt',
    'installation',
    'repository',
    'number',
    'head',
    'conclusion',
    'status',
    'bytes',
  ],
  ...[
    'requests',
    'remaining',
    'ms',
    'snapshotMs',
    'reviewMs',
    'reportMs',
    'port',
    'address',
    'store',
    'count',
    'notBefore',
    'sequence',
    'hash',
    'error',
    'name',
  ],
])

/** Shapes of GitHub's tokens and of JSON web tokens; they never pass even when they are not known by value. */
const tokenShapes = /\b(gh[pousr]_\w{16,}|github_pat_\w{16,}|v\d\.[0-9a-f]{40}|eyJ[\w-]+\.[\w-]+\.[\w-]+)/g

/** Opens the log on standard output. `secrets` are cut out of every message, whatever wrote it. */
export function openLog(level: LogLevel, secrets: readonly string[], to: NodeJS.WritableStream = process.stdout): Logging {
  const scrub = scrubber(secrets)
  const destination = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      to.write(scrub(String(chunk)))
      done()
    },
  })
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: onlyAllowed },
  }
  const log = pino(options, destination)
  return { log, library: pino({ ...options, level: atLeastWarn(level) }, destination), describe: (error) => scrub(sentence(error)) }
}

function atLeastWarn(level: LogLevel): LogLevel {
  return level === 'trace' || level === 'debug' || level === 'info' ? 'warn' : level
}

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => allowed.has(key) && isPlain(value)))
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function scrubber(secrets: readonly string[]): (text: string) => string {
  const lines = secrets
    .flatMap((secret) => [secret, ...secret.split('\n')])
    .filter((line) => line.length >= 12 && !line.startsWith('-----'))
  return (text) => lines.reduce((result, line) => result.replaceAll(line, '[secret]'), text.replace(tokenShapes, '[token]'))
}

/** The first line of an error's message, bounded: enough to act on, too little to carry a document. */
function sentence(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return sentence(error.errors[0])
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return (text.split('\n')[0] ?? '').slice(0, 300)
}
