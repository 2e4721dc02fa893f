/** Whether an approval given at an earlier commit still covers what it would be counted for: by content, not by clock or push. */
import type { DecisionInput } from '../model/api-facts.ts'
import type { OperationKey } from '../model/change.ts'
import type { Subject } from './subjects.ts'

/** What an approval must cover: findings; the text of the policy or of a waiver, which only the commit itself stands for. */
export type Content = { readonly kind: 'findings'; readonly subjects: readonly Subject[] } | { readonly kind: 'text' }

/** Why an approval at this commit does not cover the content, as the end of a sentence; null when it does. */
export type Coverage = (commit: string, content: Content) => string | null

type Facts = Pick<DecisionInput, 'commits' | 'digestsAt'>

/** Coverage by the rule's setting: `api-change` compares digests, `push` wants the head commit, `never` lets approvals stand. */
export function createCoverage(facts: Facts): (fresh: 'api-change' | 'push' | 'never') => Coverage {
  const sets = new Map<string, ReadonlySet<string> | null>()
  const digestsAt = (commit: string): ReadonlySet<string> | null => {
    const known = sets.get(commit)
    if (known !== undefined) return known
    const list = Object.hasOwn(facts.digestsAt, commit) ? facts.digestsAt[commit] : undefined
    const set = list === undefined ? null : new Set(list)
    sets.set(commit, set)
    return set
  }
  return (fresh) => (commit, content) => {
    if (commit === facts.commits.head) return null
    if (content.kind === 'text') return 'the text has to be approved as it stands now'
    if (fresh === 'never' || (content.subjects.length === 0 && fresh === 'api-change')) return null
    if (fresh === 'push') return 'something was pushed after it'
    return changedSince(digestsAt(commit), content.subjects)
  }
}

function changedSince(digests: ReadonlySet<string> | null, subjects: readonly Subject[]): string | null {
  if (digests === null) return 'what it covered could not be recomputed'
  const changed = subjects.filter(({ finding }) => !digests.has(finding.digest))
  if (changed.length === 0) return null
  const first = changed[0]
  const more = changed.length > 1 ? ` and ${changed.length - 1} more` : ''
  return first === undefined ? null : `${nameOfSubject(first)}${more} changed after it`
}

/** `` `response-property-removed` in `GET /users/{id}` `` */
export function nameOfSubject({ finding }: Subject): string {
  const where = finding.operation ?? finding.reaches[0] ?? null
  const place = finding.component === null ? (where === null ? finding.api : operationName(where)) : finding.component
  return `\`${finding.rule}\` in \`${place}\``
}

function operationName({ method, path }: OperationKey): string {
  return `${method} ${path}`
}
