/** `.env` in the working directory, where registration writes the credentials. */
import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Environment } from './config.ts'

/** The environment with what the file adds; what is set in the environment wins. */
export function withEnvFile(env: Environment): Environment {
  return existsSync('.env') ? { ...parseEnv(readFileSync('.env', 'utf8')), ...env } : env
}
