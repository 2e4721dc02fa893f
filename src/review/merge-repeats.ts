/** One cause, one finding: a lint finding is dropped where a change finding says the same thing about the same element. */
import type { Finding, Severity } from '../model/finding.ts'
import type { ApiOfFinding } from './judge.ts'
import { changesAuthentication } from './weakness.ts'

/** Lint rules that say what a change of the effective security requirement says. */
const unprotectedRules: readonly string[] = ['operation-unprotected', 'admin-unprotected']

const rank: Record<Severity, number> = { error: 2, warning: 1, notice: 0 }

/**
 * The findings without those that repeat a change finding. The change finding takes over the worse severity, and the category
 * where it has none. A finding that `isDenied` is kept unless the one that stands for it is denied as well: a rule that
 * names it must not lose its object.
 */
export function mergeRepeats(findings: readonly ApiOfFinding[], isDenied: (finding: Finding) => boolean): ApiOfFinding[] {
  const changes = changesByElement(findings)
  const merged = new Map<ApiOfFinding, ApiOfFinding>()
  const repeats = new Set<ApiOfFinding>()
  for (const finding of findings) {
    if (finding.kind !== 'lint' || !finding.new) continue
    const change = candidates(changes, finding).find((other) => saysTheSame(other, finding))
    if (change === undefined || (isDenied(finding) && !isDenied(change))) continue
    repeats.add(finding)
    merged.set(change, takeOver(merged.get(change) ?? change, finding))
  }
  return findings.filter((finding) => !repeats.has(finding)).map((finding) => merged.get(finding) ?? finding)
}

function takeOver(change: ApiOfFinding, lint: ApiOfFinding): ApiOfFinding {
  return {
    ...change,
    severity: rank[lint.severity] > rank[change.severity] ? lint.severity : change.severity,
    category: change.category ?? lint.category,
    cwe: change.cwe ?? lint.cwe,
    ...(change.suggestion === undefined && lint.suggestion !== undefined ? { suggestion: lint.suggestion } : {}),
  }
}

function changesByElement(findings: readonly ApiOfFinding[]): ReadonlyMap<string, readonly ApiOfFinding[]> {
  const index = new Map<string, ApiOfFinding[]>()
  for (const finding of findings) {
    if (finding.kind !== 'change' || finding.security === null || finding.security === 'strengthening') continue
    for (const key of keysOf(finding)) {
      const sameElement = index.get(key)
      if (sameElement === undefined) index.set(key, [finding])
      else sameElement.push(finding)
    }
  }
  return index
}

function candidates(index: ReadonlyMap<string, readonly ApiOfFinding[]>, lint: ApiOfFinding): readonly ApiOfFinding[] {
  return keysOf(lint).flatMap((key) => index.get(key) ?? [])
}

/**
 * The names under which an element is found: its place, and for authentication the operations it reaches. A lint finding about the
 * whole document (nothing is protected) is found with any change that takes protection away.
 */
function keysOf(finding: ApiOfFinding): string[] {
  const keys = [`${finding.api}\n${finding.place.file}\n${finding.place.pointer}`]
  if (!isAboutAuthentication(finding)) return keys
  const operations = finding.operation === null ? finding.reaches : [finding.operation, ...finding.reaches]
  const isOfDocument = finding.security === 'weakening' || operations.length === 0
  const names = operations.map(({ method, path }) => `${method} ${path}`)
  return [...keys, ...[...names, ...(isOfDocument ? ['the whole document'] : [])].map((name) => `${finding.api}\n${name}`)]
}

function isAboutAuthentication(finding: Finding): boolean {
  return finding.kind === 'lint' ? unprotectedRules.includes(finding.rule) : changesAuthentication(finding)
}

function saysTheSame(change: Finding, lint: Finding): boolean {
  if (isAboutAuthentication(change) || isAboutAuthentication(lint)) return isAboutAuthentication(change) && isAboutAuthentication(lint)
  const sharesSensitivity = change.sensitivity.some((kind) => lint.sensitivity.includes(kind))
  return sharesSensitivity || (change.category !== null && change.category === lint.category)
}
