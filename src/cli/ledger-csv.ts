/** The ledger as a table for spreadsheets: one row for each finding of each decision. Cells are text and never formulas. */
import type { LedgerDecision, LedgerEntry, LedgerFinding } from '../server/ledger-entry.ts'

interface Row {
  readonly entry: LedgerDecision
  /** null for a decision without findings. */
  readonly finding: LedgerFinding | null
  readonly hash: string
}

/** How spreadsheets recognise formulas, also after spaces and in full-width letters (OWASP, "CSV Injection"). */
const formula = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u

const columns: Readonly<Record<string, (row: Row) => string | number | null>> = {
  sequence: ({ entry }) => entry.sequence,
  at: ({ entry }) => entry.at,
  repository: ({ entry }) => `${entry.repository.owner}/${entry.repository.name}`,
  pull_request: ({ entry }) => entry.number,
  author: ({ entry }) => entry.author,
  base: ({ entry }) => entry.commits.base,
  head: ({ entry }) => entry.commits.head,
  mode: ({ entry }) => entry.policy.mode,
  policy: ({ entry }) => entry.policy.sources.join(' '),
  review: ({ entry }) => entry.verdict.review,
  approval: ({ entry }) => entry.verdict.approval,
  rule: ({ finding }) => finding?.rule ?? null,
  severity: ({ finding }) => finding?.severity ?? null,
  operations: ({ entry, finding }) => (finding === null ? null : (entry.reaches[finding.reach] ?? []).join('; ')),
  message: ({ finding }) => finding?.message ?? null,
  settled: ({ finding }) => finding?.settled ?? null,
  approvers: ({ entry, finding }) =>
    finding === null
      ? null
      : approvalsOf(entry, finding)
          .map(({ login, commit }) => `${login} at ${commit}`)
          .join('; '),
  waiver: ({ entry, finding }) => waiverOf(entry, finding)?.id ?? null,
  waived_by: ({ entry, finding }) => waiverOf(entry, finding)?.grantedBy ?? null,
  waived_until: ({ entry, finding }) => waiverOf(entry, finding)?.expires ?? null,
  fingerprint: ({ finding }) => finding?.fingerprint ?? null,
  digest: ({ finding }) => finding?.digest ?? null,
  hash: ({ hash }) => hash,
}

export const csvHeader = csvRow(Object.keys(columns))

/** The rows of an entry; none for entries that are no decisions. */
export function csvRows(entry: LedgerEntry, hash: string): string[] {
  if (entry.kind !== 'decision') return []
  const findings = entry.findings.length === 0 ? [null] : entry.findings
  return findings.map((finding) => csvRow(Object.values(columns).map((cell) => cell({ entry, finding, hash }))))
}

export interface Approval {
  readonly login: string
  readonly commit: string
}

/** Who satisfied the rules that asked about a finding, each person once. */
export function approvalsOf({ rules }: LedgerDecision, { fingerprint }: LedgerFinding): readonly Approval[] {
  const asking = rules.filter(({ selected }) => selected.includes(fingerprint))
  const approvals = asking.flatMap(({ requirements }) => requirements.flatMap((requirement) => requirement.approvals))
  return [...new Map(approvals.map((approval) => [`${approval.login} ${approval.commit}`, approval])).values()]
}

export function waiverOf(entry: LedgerDecision, finding: LedgerFinding | null): LedgerDecision['waivers'][number] | undefined {
  return entry.waivers.find(({ fingerprint }) => fingerprint === finding?.fingerprint)
}

function csvRow(cells: readonly (string | number | null)[]): string {
  return cells.map((cell) => (typeof cell === 'number' ? String(cell) : csvCell(cell ?? ''))).join(',')
}

/** Always in quotes (RFC 4180); what a spreadsheet would calculate begins with an apostrophe. */
export function csvCell(text: string): string {
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
