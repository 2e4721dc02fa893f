/**
 * `specgate doctor`: one check after another, each a sentence; what is missing, and what to do about it. Writes nothing to GitHub.
 * The store is opened as the app would open it, so the app itself must not run on the same folder.
 */
import { readFileSync } from 'node:fs'
import { Probot } from 'probot'
import { parse } from 'yaml'
import { ask } from '../github/client.ts'
import { readConfig, type Config, type Environment } from '../server/config.ts'
import { openLog } from '../server/logger.ts'
import { openStore } from '../server/store.ts'
import { createOctokit, observedFetch } from './octokit.ts'

export interface Examined {
  readonly name: string
  readonly healthy: boolean
  readonly sentence: string
}

/** GitHub refuses a token request whose clock is off; its tokens live for at most ten minutes. Seconds. */
const tolerableSkew = 30

/** What `GET /app` says of us, and when GitHub said it. */
interface AppAnswer {
  readonly slug: string
  readonly permissions: Readonly<Record<string, unknown>>
  readonly events: readonly string[]
  readonly date: string | undefined
}

/** All checks in order; those that need a check that failed are left out. `now` is this machine's clock. */
export async function examine(env: Environment, now: () => Date): Promise<readonly Examined[]> {
  const read = readConfig(env)
  if (read.kind === 'unregistered')
    return [
      { name: 'environment', healthy: false, sentence: 'The app is not registered yet: `npm start` serves a form that registers it.' },
    ]
  if (read.kind === 'refused') return read.problems.map((sentence) => ({ name: 'environment', healthy: false, sentence }))
  const { config } = read
  const environment = { name: 'environment', healthy: true, sentence: 'App id, private key and webhook secret are there and usable.' }
  return [environment, await examineStore(config), ...(await examineGitHub(config, now))]
}

async function examineStore(config: Config): Promise<Examined> {
  const name = 'database'
  const { log } = openLog('silent', [])
  try {
    const store = await openStore(config, log)
    await store.sql('select 1')
    await store.close()
    return {
      name,
      healthy: true,
      sentence: `${store.kind === 'postgresql' ? 'PostgreSQL' : `The folder \`${config.dataDir}\``} can be opened and written.`,
    }
  } catch (error) {
    return { name, healthy: false, sentence: `The store cannot be used: ${sentenceOf(error)}` }
  }
}

async function examineGitHub(config: Config, now: () => Date): Promise<readonly Examined[]> {
  let answer: AppAnswer
  try {
    answer = await readApp(config)
  } catch (error) {
    return [
      {
        name: 'GitHub',
        healthy: false,
        sentence: `\`${config.apiUrl}\` did not accept the app: ${sentenceOf(error)} Check the address, the app id and that the key belongs to it.`,
      },
    ]
  }
  return [
    { name: 'GitHub', healthy: true, sentence: `\`${config.apiUrl}\` knows the app as \`${answer.slug}\`.` },
    clock(answer, now()),
    ...asked(answer),
  ]
}

async function readApp(config: Config): Promise<AppAnswer> {
  const { library } = openLog('silent', [])
  const Octokit = createOctokit({ paced: false })
  const probot = new Probot({
    ...{ appId: config.appId, privateKey: config.privateKey, secret: config.webhookSecrets[0] ?? '', baseUrl: config.apiUrl },
    ...{ Octokit, log: library, request: { fetch: observedFetch(() => undefined) } },
  })
  const client = await probot.auth()
  let date: string | undefined
  const data = await ask('the app', async () => {
    const response = await client.request('GET /app')
    date = response.headers.date
    return response
  })
  return { slug: data?.slug ?? '', permissions: { ...data?.permissions }, events: data?.events ?? [], date }
}

function clock({ date }: AppAnswer, now: Date): Examined {
  const skew = date === undefined ? 0 : Math.abs(now.getTime() - Date.parse(date)) / 1000
  const healthy = skew <= tolerableSkew
  return {
    name: 'clock',
    healthy,
    sentence: healthy
      ? 'This machine and GitHub agree on the time.'
      : `The clock is off by ${skew.toFixed(0)} seconds: GitHub will refuse the app's signatures. Synchronise it.`,
  }
}

const strength: Readonly<Record<string, number>> = { read: 1, write: 2, admin: 3 }

/** What app.yml asks for against what the app was given. */
function asked({ permissions, events }: AppAnswer): Examined[] {
  const manifest = readManifest()
  const lacking = Object.entries(manifest.permissions).filter(
    ([name, wanted]) => (strength[String(permissions[name])] ?? 0) < (strength[wanted] ?? 0),
  )
  const deaf = manifest.events.filter((event) => !events.includes(event))
  return [
    {
      name: 'permissions',
      healthy: lacking.length === 0,
      sentence:
        lacking.length === 0
          ? 'Every permission of app.yml is granted.'
          : `Grant in the app's settings: ${lacking.map(([name, wanted]) => `${name} (${wanted})`).join(', ')}.`,
    },
    {
      name: 'events',
      healthy: deaf.length === 0,
      sentence: deaf.length === 0 ? 'Every event of app.yml is delivered.' : `Subscribe in the app's settings to: ${deaf.join(', ')}.`,
    },
  ]
}

interface Manifest {
  readonly permissions: Readonly<Record<string, string>>
  readonly events: readonly string[]
}

function readManifest(): Manifest {
  const written: unknown = parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8'))
  const part = (name: string): unknown =>
    typeof written === 'object' && written !== null ? Object.entries(written).find(([key]) => key === name)?.[1] : undefined
  const [permissions, events] = [part('default_permissions'), part('default_events')]
  return {
    permissions:
      typeof permissions === 'object' && permissions !== null
        ? Object.fromEntries(Object.entries(permissions).map(([name, level]) => [name, String(level)]))
        : {},
    events: Array.isArray(events) ? events.map(String) : [],
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
