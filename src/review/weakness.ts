/**
 * Which known weakness a security-relevant change belongs to.
 * Source: OWASP API Security Top 10 (2023) and the Common Weakness Enumeration; the table goes by what changed, not by rule.
 */
import type { UnplacedChange } from '../model/change.ts'

export interface Weakness {
  readonly category: string
  readonly cwe: string | null
}

type ChangeFacts = Pick<UnplacedChange, 'rule' | 'security' | 'sensitivity'>

interface WeaknessRow {
  readonly holds: (change: ChangeFacts) => boolean
  readonly weakness: Weakness
}

/** The first row that holds gives the weakness; the more specific stand first. */
const rows: readonly WeaknessRow[] = [
  { holds: (change) => speaksOf(change, ['scope', 'scopes']), weakness: { category: 'API5:2023', cwe: 'CWE-285' } },
  { holds: changesAuthentication, weakness: { category: 'API2:2023', cwe: 'CWE-306' } },
  { holds: (change) => isExposureOf(change, ['credential', 'token']), weakness: { category: 'API3:2023', cwe: 'CWE-522' } },
  { holds: (change) => isExposureOf(change, ['personal', 'financial', 'health']), weakness: { category: 'API3:2023', cwe: 'CWE-359' } },
  { holds: (change) => isExposureOf(change, ['internal']), weakness: { category: 'API3:2023', cwe: 'CWE-200' } },
  { holds: (change) => speaksOf(change, ['server', 'servers', 'url']), weakness: { category: 'API8:2023', cwe: 'CWE-319' } },
  {
    holds: (change) => speaksOf(change, ['additional', 'unevaluated', 'readonly', 'read']),
    weakness: { category: 'API3:2023', cwe: 'CWE-915' },
  },
  { holds: (change) => speaksOf(change, ['callback']), weakness: { category: 'API7:2023', cwe: 'CWE-918' } },
  { holds: (change) => speaksOf(change, ['header', 'status']), weakness: { category: 'API8:2023', cwe: null } },
  { holds: (change) => change.security === 'exposure', weakness: { category: 'API9:2023', cwe: null } },
  { holds: (change) => change.security === 'weakening', weakness: { category: 'API4:2023', cwe: 'CWE-770' } },
]

/** The weakness of a change that weakens security or exposes something; null for every other change. */
export function weaknessOf(change: ChangeFacts): Weakness | null {
  if (change.security !== 'weakening' && change.security !== 'exposure') return null
  return rows.find((row) => row.holds(change))?.weakness ?? null
}

/** True when a change is about who may call: a requirement, a scheme, a scope, an OAuth flow. Rule ids say so in their words. */
export function changesAuthentication(change: ChangeFacts): boolean {
  return speaksOf(change, ['security', 'authentication', 'unprotected', 'anonymous', 'scheme', 'scope', 'scopes', 'oauth', 'flow'])
}

function speaksOf(change: ChangeFacts, words: readonly string[]): boolean {
  return change.rule.split('-').some((word) => words.includes(word))
}

function isExposureOf(change: ChangeFacts, kinds: readonly string[]): boolean {
  return change.security === 'exposure' && change.sensitivity.some((kind) => kinds.includes(kind))
}
