/** What the app asks for when it is installed: `app.yml`, the same file GitHub's manifest flow reads. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Permissions } from './state.ts'

export interface Manifest {
  readonly permissions: Permissions
  readonly events: readonly string[]
}

/** The manifest at the root of this repository. */
export function readManifest(file: URL = new URL('../../../app.yml', import.meta.url)): Manifest {
  const written = parse(readFileSync(file, 'utf8')) as { default_permissions?: Permissions; default_events?: string[] }
  return { permissions: written.default_permissions ?? {}, events: written.default_events ?? [] }
}
