/** What the policy says of a path: it is the root of an API, it is not to be looked at, or nothing. */
import { compileGlobs } from './globs.ts'
import type { ApiSettings, PolicySettings } from './settings.ts'

/** A root that the policy names wins over `ignore`, which belongs to discovery; where nothing is discovered, named roots are all there is. */
export function claimOf({ apis }: Pick<PolicySettings, 'apis'>): (path: string) => 'root' | 'ignored' | null {
  const roots = apis.roots.map(({ globs }) => compileGlobs(globs))
  const ignored = !apis.discover ? () => true : apis.ignore.length === 0 ? () => false : compileGlobs(apis.ignore)
  return (path) => {
    if (roots.some((matches) => matches(path))) return 'root'
    return ignored(path) || !apis.discover ? 'ignored' : null
  }
}

/**
 * The id of the API whose root stands at a path: the policy's id, with the distinguishing part of the path when its pattern finds several
 * (`partner-hooks/acme` for `partners/acme/webhooks.yaml`). Null when the policy does not name the file.
 */
export function apiIdOf({ roots }: Pick<ApiSettings, 'roots'>, path: string): string | null {
  const entry = roots.find(({ globs }) => compileGlobs(globs)(path))
  if (entry === undefined) return null
  const isOneFile = entry.globs.length === 1 && entry.globs.every((glob) => glob === path)
  return isOneFile ? entry.id : `${entry.id}/${distinguishing(path, entry.globs)}`
}

/** The parts of the path that no pattern spells out, without the extension. */
function distinguishing(path: string, globs: readonly string[]): string {
  const glob = globs.find((one) => compileGlobs([one])(path)) ?? ''
  const literal = new Set(glob.split('/').filter((part) => !/[*?{]/.test(part)))
  const parts = path.split('/').filter((part) => !literal.has(part))
  return (parts.length === 0 ? path : parts.join('/')).replace(/\.(?:ya?ml|json)$/, '')
}
