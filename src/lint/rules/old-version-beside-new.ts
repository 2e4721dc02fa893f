/** Old versions of operations that are still there, beside their successors and not marked as going away. */
import { wholeOperation } from '../collections.ts'
import type { Described } from '../described.ts'
import { collection } from '../described.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { effectiveOperation, rawOperations } from '../../openapi/operations.ts'
import type { Operation } from '../../openapi/types.ts'

export const oldVersionBesideNew = defineRule({
  id: 'old-version-beside-new',
  title: 'An old version of an operation stays beside its successor.',
  why: 'Protection that the new version gained, the old one lacks: attackers use the one that nobody looks at any more.',
  fix: 'Mark the old operation `deprecated: true` with a date for its end, and keep its protection equal until then.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API9:2023',
  cwe: 'CWE-1059',
  since: '0.1',
  given: superseded,
  reports: ({ operation, successor }) => {
    if (operation.deprecated) return null
    return {
      at: operation.node,
      message: `${named(operation)} is still there beside \`${operation.method} ${successor.path}\` and is not marked as deprecated.`,
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

interface Superseded {
  readonly operation: Operation
  readonly successor: Newest
}

/** Of the whole description, in scope or not: a new version changes what is to be said of the old one. */
function superseded(described: Described): readonly Superseded[] {
  const byKey = new Map(newest(described).map((one) => [one.key, one]))
  if (byKey.size === 0) return []
  return rawOperations(described.api).flatMap((raw) => {
    const mine = versionOf(raw.key.path)
    const successor = mine === null ? undefined : byKey.get(`${raw.key.method} ${mine.rest}`)
    if (mine === null || successor === undefined || successor.version <= mine.version) return []
    return [{ operation: effectiveOperation(described.api, raw), successor }]
  })
}

interface Newest {
  readonly key: string
  readonly version: number
  readonly path: string
}

/** The newest version of each operation that has several, by method and path without version; of the whole description. */
const newest: (described: Described) => readonly Newest[] = collection(({ api }) => {
  const found = new Map<string, Newest>()
  const several = new Set<string>()
  for (const { key } of rawOperations(api)) {
    const version = versionOf(key.path)
    if (version === null) continue
    const name = `${key.method} ${version.rest}`
    const known = found.get(name)
    if (known !== undefined) several.add(name)
    if (known === undefined || version.version > known.version) found.set(name, { key: name, version: version.version, path: key.path })
  }
  return [...found.values()].filter(({ key }) => several.has(key))
})

/** The version in a path and the path without it and without names of parameters; null where none or several segments are versions. */
function versionOf(path: string): { readonly version: number; readonly rest: string } | null {
  const segments = path.split('/')
  const versions = segments.filter((segment) => /^v\d{1,3}(?:\.\d{1,3})?$/i.test(segment))
  const [version] = versions
  if (version === undefined || versions.length > 1) return null
  const rest = segments.map((segment) => (segment === version ? 'v*' : segment.replace(/\{[^{}]*\}/g, '{}'))).join('/')
  return { version: Number(version.slice(1)), rest }
}
