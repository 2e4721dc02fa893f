/** The environment of the app, read once: every mistake is a sentence that says what to set, and nothing starts until there is none. */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { z } from 'zod'

export type Environment = Readonly<Record<string, string | undefined>>

export interface Config {
  readonly appId: number
  /** PKCS#8 PEM. */
  readonly privateKey: string
  /** Accepted webhook secrets, the current one first; a second one is accepted while it is being rotated. */
  readonly webhookSecrets: readonly string[]
  /** Base URL of the REST API without trailing slash. */
  readonly apiUrl: string
  /** null: PGlite in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly host: string
  readonly port: number
  /** null: metrics are served beside the webhooks. */
  readonly metricsPort: number | null
  readonly logLevel: LogLevel
  /** Reviews worked on at once; they mostly wait for GitHub. */
  readonly concurrency: number
  readonly workerThreads: number
  readonly workerMemoryMb: number
  /** After this long a worker thread is stopped and its review ends as too large. */
  readonly reviewTimeoutMs: number
  /** Another tool is asked about what changed; it costs a review up to three seconds. */
  readonly secondOpinion: boolean
  /** Decisions older than this are deleted from the ledger. */
  readonly ledgerDays: number
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

export type ConfigResult =
  | { readonly kind: 'config'; readonly config: Config }
  /** Neither an app id nor a key: the app is not registered yet. */
  | { readonly kind: 'unregistered'; readonly port: number; readonly logLevel: LogLevel }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** GitHub accepts any secret; one of fewer characters than this can be guessed from a single recorded delivery. */
const minSecretLength = 20

const port = z.coerce.number().int().min(0).max(65_535)
const count = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback)

/** Three years: longer than audits look back, and logins are not kept for ever. */
const defaultLedgerDays = 1095

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().default('localhost'),
  METRICS_PORT: port.optional(),
  LOG_LEVEL: z.enum(logLevels).default('info'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  SPECGATE_DATA_DIR: z.string().default('.specgate'),
  SPECGATE_CONCURRENCY: count(4, 100),
  SPECGATE_WORKERS: count(Math.max(2, Math.min(4, availableParallelism() - 1)), 64),
  SPECGATE_WORKER_MEMORY_MB: count(1024, 16_384),
  SPECGATE_REVIEW_SECONDS: count(60, 600),
  SPECGATE_SECOND_OPINION: z.enum(['on', 'off']).default('on'),
  SPECGATE_LEDGER_DAYS: count(defaultLedgerDays, 36_500),
})

/** Reads and checks the whole environment. An empty value counts as absent. Reads the key file; throws nothing. */
export function readConfig(written: Environment): ConfigResult {
  const env = withoutEmpty(written)
  const parsed = schema.safeParse(env)
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `\`${issue.path.join('.')}\` is not usable: ${issue.message}.`)
  const key = readKey(env)
  if (env['APP_ID'] === undefined && key.kind === 'absent' && env['WEBHOOK_SECRET'] === undefined && parsed.success) {
    return unregistered(env, parsed.data)
  }
  const appId = readAppId(env, problems)
  if (key.kind === 'absent') problems.push('Set `PRIVATE_KEY_PATH` (or `PRIVATE_KEY`) to the private key of the GitHub App.')
  if (key.kind === 'unusable') problems.push(key.problem)
  const webhookSecrets = readSecrets(env, problems)
  const apiUrl = readApiUrl(env, problems)
  if (problems.length > 0 || !parsed.success || key.kind !== 'key') return { kind: 'refused', problems }
  return { kind: 'config', config: { ...settings(parsed.data), appId, privateKey: key.pem, webhookSecrets, apiUrl } }
}

/** Where the store is, for commands that only read it. Throws a sentence when `DATABASE_URL` is not usable. */
export function readStoreConfig(written: Environment): Pick<Config, 'databaseUrl' | 'dataDir'> {
  const parsed = schema.pick({ DATABASE_URL: true, SPECGATE_DATA_DIR: true }).safeParse(withoutEmpty(written))
  if (!parsed.success) throw new Error(`\`DATABASE_URL\` is not usable: ${parsed.error.issues[0]?.message ?? ''}.`)
  return { databaseUrl: parsed.data.DATABASE_URL ?? null, dataDir: parsed.data.SPECGATE_DATA_DIR }
}

function settings(data: z.infer<typeof schema>): Omit<Config, 'appId' | 'privateKey' | 'webhookSecrets' | 'apiUrl'> {
  return {
    databaseUrl: data.DATABASE_URL ?? null,
    dataDir: data.SPECGATE_DATA_DIR,
    host: data.HOST,
    port: data.PORT,
    metricsPort: data.METRICS_PORT ?? null,
    logLevel: data.LOG_LEVEL,
    concurrency: data.SPECGATE_CONCURRENCY,
    workerThreads: data.SPECGATE_WORKERS,
    workerMemoryMb: data.SPECGATE_WORKER_MEMORY_MB,
    reviewTimeoutMs: data.SPECGATE_REVIEW_SECONDS * 1000,
    secondOpinion: data.SPECGATE_SECOND_OPINION === 'on',
    ledgerDays: data.SPECGATE_LEDGER_DAYS,
  }
}

function unregistered(env: Environment, data: z.infer<typeof schema>): ConfigResult {
  if (env['NODE_ENV'] === 'production') {
    return {
      kind: 'refused',
      problems: ['Set `APP_ID`, `PRIVATE_KEY_PATH` and `WEBHOOK_SECRET`: the registration page is not served in production.'],
    }
  }
  return { kind: 'unregistered', port: data.PORT, logLevel: data.LOG_LEVEL }
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))
}

function readAppId(env: Environment, problems: string[]): number {
  const text = env['APP_ID'] ?? ''
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text)
  problems.push('Set `APP_ID` to the number that the settings page of the GitHub App shows.')
  return 0
}

function readSecrets(env: Environment, problems: string[]): string[] {
  const current = env['WEBHOOK_SECRET']
  if (current === undefined) {
    problems.push(
      `Set \`WEBHOOK_SECRET\` to the webhook secret of the GitHub App (at least ${minSecretLength} characters): without it anyone could forge deliveries.`,
    )
    return []
  }
  const previous = env['WEBHOOK_SECRET_PREVIOUS']
  const secrets = previous === undefined ? [current] : [current, previous]
  for (const [index, secret] of secrets.entries()) {
    const name = index === 0 ? 'WEBHOOK_SECRET' : 'WEBHOOK_SECRET_PREVIOUS'
    if (secret.length < minSecretLength) problems.push(`\`${name}\` is too short: it needs at least ${minSecretLength} characters.`)
  }
  return secrets
}

type Key =
  { readonly kind: 'key'; readonly pem: string } | { readonly kind: 'absent' } | { readonly kind: 'unusable'; readonly problem: string }

function readKey(env: Environment): Key {
  const path = env['PRIVATE_KEY_PATH']
  const inline = env['PRIVATE_KEY']
  if (inline === undefined && path === undefined) return { kind: 'absent' }
  const name = inline === undefined ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY'
  try {
    const text = inline ?? readFileSync(path ?? '', 'utf8')
    return { kind: 'key', pem: toPkcs8(text) }
  } catch {
    // The reason may quote the key, so it is not passed on.
    return { kind: 'unusable', problem: `\`${name}\` does not lead to a readable RSA private key in PEM form.` }
  }
}

/** Accepts PEM as downloaded from GitHub (PKCS#1), PKCS#8, with `\n` written out, or the whole PEM in base64. */
function toPkcs8(text: string): string {
  const trimmed = text.trim().replace(/^"([\s\S]*)"$/, '$1')
  const pem = trimmed.startsWith('-----BEGIN') ? trimmed.replaceAll('\\n', '\n') : Buffer.from(trimmed, 'base64').toString('utf8')
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'rsa') throw new Error('GitHub Apps sign with RSA.')
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function readApiUrl(env: Environment, problems: string[]): string {
  const written = env['GITHUB_API_URL'] ?? (env['GHE_HOST'] === undefined ? 'https://api.github.com' : `https://${env['GHE_HOST']}/api/v3`)
  const url = URL.parse(written)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    problems.push('`GITHUB_API_URL` is not a web address, e.g. `https://github.example.com/api/v3`.')
  } else if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    problems.push('`GITHUB_API_URL` must begin with https://: installation tokens would travel in clear.')
  }
  return written.replace(/\/+$/, '')
}

/** True for names of this machine alone. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname)
}
