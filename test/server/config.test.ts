/** What the app refuses to start with, and the sentence it says. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/server/config.ts'
import type { Config, Environment } from '../../src/server/config.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pkcs1 = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const complete: Environment = { APP_ID: '7', PRIVATE_KEY: pkcs1, WEBHOOK_SECRET: 'twenty characters long' }

function accepted(env: Environment): Config {
  const result = readConfig(env)
  if (result.kind !== 'config') throw new Error(`refused: ${JSON.stringify(result)}`)
  return result.config
}

test('the three credentials are enough; everything else has a default', () => {
  expect(accepted(complete)).toMatchObject({
    appId: 7,
    privateKey: pkcs8,
    webhookSecrets: ['twenty characters long'],
    apiUrl: 'https://api.github.com',
    databaseUrl: null,
    dataDir: '.specgate',
    host: 'localhost',
    port: 3000,
    metricsPort: null,
  })
})

test.each<[string, Environment, string]>([
  ['no webhook secret', { WEBHOOK_SECRET: undefined }, 'Set `WEBHOOK_SECRET`'],
  ['an empty webhook secret', { WEBHOOK_SECRET: ' ' }, 'Set `WEBHOOK_SECRET`'],
  ['the public default of Probot', { WEBHOOK_SECRET: 'development' }, '`WEBHOOK_SECRET` is too short'],
  ['a secret of 19 characters', { WEBHOOK_SECRET: 'x'.repeat(19) }, '`WEBHOOK_SECRET` is too short'],
  ['a short previous secret', { WEBHOOK_SECRET_PREVIOUS: 'x' }, '`WEBHOOK_SECRET_PREVIOUS` is too short'],
  ['no key', { PRIVATE_KEY: undefined }, 'Set `PRIVATE_KEY_PATH`'],
  ['a key that is not one', { PRIVATE_KEY: 'secret words' }, '`PRIVATE_KEY` does not lead to a readable RSA private key'],
  ['a key for another algorithm', { PRIVATE_KEY: elliptic }, '`PRIVATE_KEY` does not lead to a readable RSA private key'],
  ['a key file that is not there', { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/nowhere/key.pem' }, '`PRIVATE_KEY_PATH` does not lead'],
  ['no app id', { APP_ID: undefined }, 'Set `APP_ID`'],
  ['a name for an app id', { APP_ID: 'specgate' }, 'Set `APP_ID`'],
  ['a port that is none', { PORT: '70000' }, '`PORT` is not usable'],
  ['a log level that is none', { LOG_LEVEL: 'loud' }, '`LOG_LEVEL` is not usable'],
  ['a switch that is neither on nor off', { SPECGATE_SECOND_OPINION: 'maybe' }, '`SPECGATE_SECOND_OPINION` is not usable'],
  ['a database that is not PostgreSQL', { DATABASE_URL: 'mysql://db' }, '`DATABASE_URL` is not usable'],
  ['an API in clear over the network', { GITHUB_API_URL: 'http://github.example.com/api/v3' }, '`GITHUB_API_URL` must begin with https://'],
  ['an API address that is none', { GITHUB_API_URL: 'github' }, '`GITHUB_API_URL` is not a web address'],
])('%s is refused with a sentence', (_what, change, sentence) => {
  const result = readConfig({ ...complete, ...change })
  expect(result.kind).toBe('refused')
  expect(result.kind === 'refused' && result.problems.join('\n')).toContain(sentence)
})

test('every mistake is named at once, and no sentence quotes a secret', () => {
  const result = readConfig({ APP_ID: 'x', PRIVATE_KEY: 'canary-key', WEBHOOK_SECRET: 'canary', PORT: '-1' })
  const text = result.kind === 'refused' ? result.problems.join('\n') : ''
  expect(text.split('\n')).toHaveLength(4)
  expect(text).not.toContain('canary')
})

test.each([
  ['as downloaded from GitHub (PKCS#1)', pkcs1],
  ['in PKCS#8', pkcs8],
  ['with line breaks written out', pkcs1.replaceAll('\n', '\\n')],
  ['in quotation marks', `"${pkcs1}"`],
  ['in base64', Buffer.from(pkcs1).toString('base64')],
])('the key may be given %s', (_how, key) => {
  expect(accepted({ ...complete, PRIVATE_KEY: key }).privateKey).toBe(pkcs8)
})

test('the key may be a file', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'specgate-key-')), 'key.pem')
  writeFileSync(path, pkcs1)
  expect(accepted({ ...complete, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path }).privateKey).toBe(pkcs8)
})

test('two secrets are accepted while one is being rotated', () => {
  const secrets = accepted({ ...complete, WEBHOOK_SECRET_PREVIOUS: 'the one used before this' }).webhookSecrets
  expect(secrets).toEqual(['twenty characters long', 'the one used before this'])
})

test.each([
  [{ GHE_HOST: 'github.example.com' }, 'https://github.example.com/api/v3'],
  [{ GITHUB_API_URL: 'https://ghe.example.com/api/v3/' }, 'https://ghe.example.com/api/v3'],
  [{ GITHUB_API_URL: 'http://127.0.0.1:4000' }, 'http://127.0.0.1:4000'],
  [{ GITHUB_API_URL: 'http://[::1]:4000' }, 'http://[::1]:4000'],
])('%o leads to %s', (change, url) => {
  expect(accepted({ ...complete, ...change }).apiUrl).toBe(url)
})

test('without any credential the app is not registered yet; in production that is refused', () => {
  expect(readConfig({ PORT: '0' })).toEqual({ kind: 'unregistered', port: 0, logLevel: 'info' })
  expect(readConfig({ NODE_ENV: 'production' }).kind).toBe('refused')
})
