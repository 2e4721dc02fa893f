/** Reads pairs of the corpus. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readDescription } from '../../src/openapi/read.ts'
import type { ApiDescription } from '../../src/openapi/types.ts'

export interface RealPair {
  readonly id: string
  readonly folder: string
  readonly meta: Record<string, any>
}

export function pairsIn(folder: string): readonly RealPair[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'pair.json')))
    .map((entry) => ({
      id: entry.name,
      folder: join(folder, entry.name),
      meta: JSON.parse(readFileSync(join(folder, entry.name, 'pair.json'), 'utf8')),
    }))
}

/** Texts of one side by path. */
export function filesOf(folder: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files[relative(folder, path)] = readFileSync(path, 'utf8')
  }
  return files
}

export function readSide(pair: RealPair, side: 'base' | 'head'): ApiDescription | string {
  const root = String(pair.meta[`${side}_root`])
  const files = filesOf(join(pair.folder, side))
  return readText(files[root] ?? '', root, files)
}

/** The description, or why there is none. */
export function readText(text: string, path: string, files: Record<string, string> = {}): ApiDescription | string {
  const result = readDescription({ text, path, files })
  return 'api' in result ? result.api : (result.problems[0]?.message ?? 'unreadable')
}

/** CPU milliseconds of a call. */
export function timed<T>(call: () => T): { readonly value: T; readonly ms: number } {
  const start = process.cpuUsage()
  const value = call()
  const { user, system } = process.cpuUsage(start)
  return { value, ms: (user + system) / 1000 }
}
