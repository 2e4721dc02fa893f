/** Whether the version of the API moved as its changes demand: the one fact that is about the other changes. */
import type { OperationKey, UnplacedChange } from '../../model/change.ts'
import { childNode, mapNode, rootNode } from '../../openapi/nodes.ts'
import { rawOperations } from '../../openapi/operations.ts'
import { effectiveServers } from '../../openapi/servers.ts'
import type { ApiDescription, Node } from '../../openapi/types.ts'
import { fact } from '../fact.ts'
import type { Fact } from '../fact.ts'
import { defaultUrl } from '../server-url.ts'
import { judgeVersion, pathVersion } from '../versioning.ts'
import type { VersioningRules } from '../versioning.ts'
import { shown } from '../words.ts'

interface Versioned {
  readonly base: ApiDescription
  readonly head: ApiDescription
  readonly rules: VersioningRules
}

/** The fact that the version did not move far enough for these changes; none when it did, or when there are no changes. */
export function versionFacts({ base, head, rules }: Versioned, changes: readonly UnplacedChange[]): readonly Fact[] {
  const nodes = { base: versionNode(base), head: versionNode(head) }
  const verdict = judgeVersion({
    base: textOf(nodes.base),
    head: textOf(nodes.head),
    changes,
    rules,
    hasNewPathVersion: newPathVersions(base, head),
  })
  if (changes.length === 0 || verdict.enough) return []
  const words = { where: 'the API', change: movement(nodes, verdict.moved), reason: verdict.reason }
  return [
    fact({ rule: 'api-version-too-low', place: ['info', 'version'], words, ...nodes, near: childNode(rootNode(head), 'info') ?? null }),
  ]
}

function movement({ base, head }: { base: Node | null; head: Node | null }, moved: string): string {
  return moved === 'none' ? `stays ${shown(head?.value)}` : `went from ${shown(base?.value)} to ${shown(head?.value)}`
}

function versionNode(api: ApiDescription): Node | null {
  const info = mapNode(childNode(rootNode(api), 'info'))
  return info === null ? null : (childNode(info, 'version') ?? null)
}

/** Unquoted YAML versions (`1.0`) are numbers; that is their text nearly always. */
function textOf(node: Node | null): string | null {
  if (node === null) return null
  return typeof node.value === 'string' || typeof node.value === 'number' ? String(node.value) : null
}

/** Whether all URLs of an operation carry a version that no operation had on base. */
function newPathVersions(base: ApiDescription, head: ApiDescription): (operation: OperationKey) => boolean {
  let known: { readonly before: ReadonlySet<string | null>; readonly after: ReadonlyMap<string, readonly (string | null)[]> } | undefined
  return ({ method, path }) => {
    known ??= { before: new Set([...versionsByOperation(base).values()].flat()), after: versionsByOperation(head) }
    const { before, after } = known
    const versions = after.get(`${method} ${path}`) ?? []
    return versions.length > 0 && versions.every((version) => version !== null && !before.has(version))
  }
}

function versionsByOperation(api: ApiDescription): ReadonlyMap<string, readonly (string | null)[]> {
  return new Map(
    rawOperations(api).map((operation) => [
      `${operation.key.method} ${operation.key.path}`,
      effectiveServers(api, operation).map((server) => pathVersion(`${defaultUrl(server)}${operation.key.path}`)),
    ]),
  )
}
