/**
 * Registering the app for the first time: Probot's own form, which sends `app.yml` to GitHub and writes what comes back to `.env`.
 * It asks nobody who they are, so it listens on this machine alone whatever `HOST` says, and calls no proxy service.
 */
import { appendFileSync, chmodSync, readdirSync } from 'node:fs'
import { run } from 'probot'
import { Refused } from './running.ts'
import type { Running } from './running.ts'

const loopback = '127.0.0.1'

/**
 * Serves the form until it is closed. The credentials land in `.env` in the working directory, readable by its owner only.
 * Throws Refused when several keys lie there: somebody has registered already, and Probot would not know which key is meant.
 */
export async function serveSetup(port: number, print: (line: string) => void): Promise<Running> {
  refuseSeveralKeys(readdirSync('.').filter((name) => name.endsWith('.pem')))
  process.env['NO_SMEE_SETUP'] = 'true'
  const env = { HOST: loopback, PORT: String(port), LOG_LEVEL: 'warn', NO_SMEE_SETUP: 'true' } as const
  const updateEnv = (values: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
    writeCredentials(values)
    print('The credentials were written to .env. Start the app again.')
    return values
  }
  const server = await run(() => undefined, { env, updateEnv })
  print(`The app is not registered yet. Open http://${loopback}:${server.port}/probot on this machine to register it with GitHub.`)
  return { mode: 'setup', address: loopback, port: server.port, ready: Promise.resolve(), close: () => server.stop() }
}

function refuseSeveralKeys(keys: readonly string[]): void {
  if (keys.length < 2) return
  const names = keys.map((name) => `\`${name}\``).join(', ')
  throw new Refused([
    `Several private keys lie in the working directory: ${names}. If the app is registered, set \`APP_ID\`, \`WEBHOOK_SECRET\` and ` +
      '`PRIVATE_KEY_PATH` to the right one. To register a new app, start it in another folder.',
  ])
}

function writeCredentials(values: NodeJS.ProcessEnv): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value ?? ''}`)
  appendFileSync('.env', `${lines.join('\n')}\n`, { mode: 0o600 })
  chmodSync('.env', 0o600)
}
