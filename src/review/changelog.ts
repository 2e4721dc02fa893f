/** The changelog of an API from its changes: every class of them, sorted by what readers of release notes look for first. */
import type { Change } from '../model/change.ts'
import type { ApiChangelog, ChangelogEntry, ChangelogKind } from '../model/changelog.ts'

/** What an entry needs of a change. */
export type ChangeForChangelog = Pick<Change, 'class' | 'message'> & Partial<Pick<Change, 'rule' | 'security' | 'operation' | 'reaches'>>

/** Release notes are read by people; past this many there is one line about the rest. */
const mostEntries = 500
const mostOperations = 50

const order: readonly ChangelogKind[] = ['breaking', 'security', 'deprecated', 'added', 'changed', 'documentation']

export function changelogOf(api: Pick<ApiChangelog, 'id' | 'title' | 'version'>, changes: readonly ChangeForChangelog[]): ApiChangelog {
  const entries = changes.map(entryOf).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const { id, title, version } = api
  return { id, title, version, entries: entries.slice(0, mostEntries), left: Math.max(0, entries.length - mostEntries) }
}

function entryOf(change: ChangeForChangelog): ChangelogEntry {
  const { class: kind, security = null, rule = '', message, operation = null, reaches = [] } = change
  const operations = [...(operation === null ? [] : [operation]), ...reaches].map(({ method, path }) => `${method} ${path}`)
  return { kind: kindOf(change), class: kind, security, rule, message, operations: [...new Set(operations)].slice(0, mostOperations) }
}

function kindOf({ class: kind, security = null, rule = '' }: ChangeForChangelog): ChangelogKind {
  if (kind === 'breaking') return 'breaking'
  if (security !== null) return 'security'
  if (/deprecat|sunset/.test(rule)) return 'deprecated'
  if (kind === 'docs') return 'documentation'
  return rule.endsWith('-added') ? 'added' : 'changed'
}
