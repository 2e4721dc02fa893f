/** One cause, one finding: a lint finding is dropped where a change finding says the same thing about the same element. */
import type { Finding, Severity } from '../model/finding.ts'
import type { DecisionIndex } from './decision-index.ts'
import type { ApiOfFinding, MergedFinding } from './judge.ts'
import { changesAuthentication } from './weakness.ts'

/** Lint rules that say what a change of the effective security requirement says. */
const unprotectedRules: readonly string[] = ['operation-unprotected', 'admin-unprotected', 'response-user-object-in-public']

const rank: Record<Severity, number> = { error: 2, warning: 1, notice: 0 }

/**
 * The findings without those that repeat a change finding. The change finding keeps its identity and takes over what the lint rule
 * knows better: a worse severity, the category, and the words about what a name reveals. A denied finding is kept unless
 * the one that stands for it is denied as well: a rule that names it must not lose its object.
 */
export function mergeRepeats(findings: readonly ApiOfFinding[], { isDenied }: Pick<DecisionIndex, 'isDenied'>): MergedFinding[] {
  const changes = changesByElement(findings)
  const repeats = new Map<ApiOfFinding, ApiOfFinding[]>()
  const dropped = new Set<ApiOfFinding>()
  for (const finding of findings) {
    if (finding.kind !== 'lint' || !finding.new) continue
    const change =
      candidates(changes, keysOf(finding)).find((other) => saysTheSame(other, finding)) ??
      candidates(changes, keysAround(finding)).find((other) => saysOfAllWithin(other, finding))
    if (change === undefined || (isDenied(finding.fingerprint) && !isDenied(change.fingerprint))) continue
    dropped.add(finding)
    const others = repeats.get(change)
    if (others === undefined) repeats.set(change, [finding])
    else others.push(finding)
  }
  return findings.filter((finding) => !dropped.has(finding)).map((finding) => withRepeats(finding, repeats.get(finding) ?? []))
}

/** What `mergeRepeats` will show as one, before anything is decided: by fingerprint of the finding that is shown. */
export function repeatsOf(findings: readonly ApiOfFinding[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    mergeRepeats(findings, { isDenied: () => false }).flatMap(({ fingerprint, repeats }) =>
      repeats === undefined ? [] : [[fingerprint, repeats]],
    ),
  )
}

function withRepeats(change: ApiOfFinding, repeats: readonly ApiOfFinding[]): MergedFinding {
  const worst = repeats.reduce<ApiOfFinding | null>(
    (left, right) => (left === null || rank[right.severity] > rank[left.severity] ? right : left),
    null,
  )
  if (worst === null) return change
  const suggestion = change.suggestion ?? worst.suggestion
  return {
    ...change,
    ...(changesAuthentication(change) ? {} : { message: worst.message, why: worst.why, fix: worst.fix, confidence: worst.confidence }),
    repeats: repeats.map((repeat) => repeat.fingerprint),
    severity: rank[worst.severity] > rank[change.severity] ? worst.severity : change.severity,
    category: change.category ?? worst.category,
    cwe: change.cwe ?? worst.cwe,
    ...(suggestion === undefined ? {} : { suggestion }),
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

function candidates(index: ReadonlyMap<string, readonly ApiOfFinding[]>, keys: readonly string[]): readonly ApiOfFinding[] {
  return keys.flatMap((key) => index.get(key) ?? [])
}

/** Elements around a lint finding that are looked at; more lie between a new property and a secret in it nowhere. */
const maxAround = 12

/** The places that contain the finding's own, the nearest first. */
function keysAround({ api, place }: ApiOfFinding): readonly string[] {
  const tokens = place.pointer.split('/')
  const around = tokens.map((_, index) => tokens.slice(0, tokens.length - 1 - index).join('/'))
  return around
    .filter((pointer) => pointer !== '')
    .slice(0, maxAround)
    .map((pointer) => `${api}\n${place.file}\n${pointer}`)
}

/** True for a change that brings an element with something sensitive in it, and for one of a security scheme as a whole. */
function saysOfAllWithin(change: Finding, lint: Finding): boolean {
  if (change.rule.startsWith('security-scheme-')) return lint.category === change.category
  return (
    change.security === 'exposure' && change.direction !== 'request' && change.sensitivity.some((kind) => lint.sensitivity.includes(kind))
  )
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
  if (change.rule.startsWith('security-scheme-') && !isAboutAuthentication(lint)) return change.category === lint.category
  if (isAboutAuthentication(change) || isAboutAuthentication(lint)) return isAboutAuthentication(change) && isAboutAuthentication(lint)
  const sharesSensitivity = change.sensitivity.some((kind) => lint.sensitivity.includes(kind))
  return sharesSensitivity || (change.category !== null && change.category === lint.category)
}
