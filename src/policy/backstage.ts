/** Owners from a Backstage catalog: `kind: API` entities whose `spec.definition` points at a description, with their `spec.owner`. */
import { parseAllDocuments } from 'yaml'

export interface CatalogApi {
  readonly name: string
  /** Repository path of the description, resolved from the catalog's folder. */
  readonly definition: string
  readonly owner: string
}

/** Largest catalog that is read, in characters. */
const largestCatalog = 256 * 1024
const mostEntities = 500

/** The API entities of a catalog file; null when the file cannot be read. Entities of another kind or shape are left out. */
export function readCatalog(text: string, path: string): readonly CatalogApi[] | null {
  if (text.length > largestCatalog) return null
  try {
    const documents = parseAllDocuments(text, { version: '1.2', schema: 'core', uniqueKeys: true, prettyErrors: false })
    if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null
    return documents.slice(0, mostEntities).flatMap((document) => entityOf(document.toJS({ maxAliasCount: 0 }), path))
  } catch {
    return null
  }
}

function entityOf(value: unknown, path: string): CatalogApi[] {
  if (textAt(value, ['kind']) !== 'API') return []
  const owner = textAt(value, ['spec', 'owner'])
  const definition = ['$text', '$yaml', '$json', '$openapi']
    .map((key) => textAt(value, ['spec', 'definition', key]))
    .find((one) => one !== null)
  if (owner === null || definition === null || definition === undefined) return []
  const resolved = resolvePath(path, definition)
  return resolved === null ? [] : [{ name: textAt(value, ['metadata', 'name']) ?? '', definition: resolved, owner }]
}

function textAt(value: unknown, path: readonly string[]): string | null {
  let at: unknown = value
  for (const key of path)
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Object.entries(at).find(([name]) => name === key)?.[1] : undefined
  return typeof at === 'string' ? at : null
}

/** Only a relative path inside the repository; null for anything else. */
function resolvePath(from: string, to: string): string | null {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(to) || to.startsWith('//')) return null
  const parts = to.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of to.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}
