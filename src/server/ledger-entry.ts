/**
 * One line of the ledger of decisions: what was decided about a pull request, on which findings, by which policy, and who had agreed at
 * which commit. A line is JSON; its hash is SHA-256 over the line itself, and each line names the hash of the one before it.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'

const finding = z.object({
  rule: z.string(),
  severity: z.string(),
  message: z.string(),
  api: z.string(),
  file: z.string(),
  pointer: z.string(),
  /** The operation it stands in, `GET /users/{id}`; null for shared components. */
  operation: z.string().nullable(),
  /** Index into `reaches` of the entry. */
  reach: z.number().int(),
  fingerprint: z.string(),
  digest: z.string(),
  blocking: z.boolean(),
  settled: z.enum(['waived', 'approved']).nullable(),
})

const rule = z.object({
  rule: z.string(),
  from: z.string(),
  mode: z.string(),
  status: z.string(),
  /** Fingerprints of the findings it is about. */
  selected: z.array(z.string()),
  requirements: z.array(
    z.object({
      from: z.string(),
      needed: z.number().int(),
      satisfied: z.boolean(),
      approvals: z.array(z.object({ login: z.string(), commit: z.string() })),
    }),
  ),
})

const waiver = z.object({
  fingerprint: z.string(),
  id: z.string(),
  reason: z.string(),
  grantedBy: z.string(),
  expires: z.string(),
})

const place = {
  schema: z.literal('specgate/ledger@1'),
  /** From 1, without gaps. */
  sequence: z.number().int().positive(),
  /** Hash of the line before; 64 zeros for the first. */
  previous: z.string().regex(/^[0-9a-f]{64}$/),
  /** ISO 8601. */
  at: z.string(),
}

const decision = z.object({
  installation: z.number().int(),
  repository: z.object({ id: z.number().int(), owner: z.string(), name: z.string() }),
  /** null for a merge group. */
  number: z.number().int().nullable(),
  commits: z.object({ base: z.string(), mergeBase: z.string(), head: z.string() }),
  author: z.string().nullable(),
  /** The delivery and the event that led to it. */
  delivery: z.string().nullable(),
  reason: z.string(),
  policy: z.object({ mode: z.string(), sources: z.array(z.string()) }),
  verdict: z.object({ review: z.string(), approval: z.string() }),
  status: z.string(),
  rules: z.array(rule),
  waivers: z.array(waiver),
  denied: z.array(z.string()),
  /** Distinct lists of operations that findings reach. */
  reaches: z.array(z.array(z.string())),
  findings: z.array(finding),
  /** Findings past the limit of an entry: counted, not listed. */
  omitted: z.number().int(),
})

/** Says that everything up to `through`, whose hash was `throughHash`, was deleted because of its age. */
const retention = z.object({ through: z.number().int().positive(), throughHash: z.string(), olderThanDays: z.number().int() })

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('decision'), ...place, ...decision.shape }),
  z.object({ kind: z.literal('retention'), ...place, ...retention.shape }),
])

export type LedgerEntry = z.infer<typeof entry>
export type LedgerDecision = Extract<LedgerEntry, { kind: 'decision' }>
export type LedgerFinding = z.infer<typeof finding>
export type DecisionContent = z.infer<typeof decision>
export type RetentionContent = z.infer<typeof retention>

export const firstPrevious = '0'.repeat(64)

export interface Sealed {
  /** The line without its hash, as it is stored. */
  readonly body: string
  readonly hash: string
}

export interface Seal {
  readonly sequence: number
  readonly previous: string
  readonly at: string
}

/** The line for a content at its place in the chain. */
export function seal(content: ({ kind: 'decision' } & DecisionContent) | ({ kind: 'retention' } & RetentionContent), at: Seal): Sealed {
  const body = JSON.stringify({ schema: 'specgate/ledger@1', ...at, ...content })
  return { body, hash: hashOf(body) }
}

export function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}

/** The line as it is handed out: the stored body with its hash as the last member. */
export function withHash({ body, hash }: Sealed): string {
  return `${body.slice(0, -1)},"hash":"${hash}"}`
}

const hashAtEnd = /,"hash":"([0-9a-f]{64})"\}$/

/** The line taken apart; null for anything that is no line of a ledger. */
export function readLine(line: string): (Sealed & { readonly entry: LedgerEntry }) | null {
  const hash = hashAtEnd.exec(line)?.[1]
  if (hash === undefined) return null
  const body = `${line.slice(0, line.lastIndexOf(',"hash":"'))}}`
  const parsed = entry.safeParse(parseJson(body))
  return parsed.success ? { body, hash, entry: parsed.data } : null
}

/** The JSON value, or undefined. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What two entries about the same pull request must have in common for the second to say nothing new. */
export function samenessOf({ delivery: _delivery, reason: _reason, ...content }: DecisionContent): string {
  return JSON.stringify(decision.omit({ delivery: true, reason: true }).parse(content))
}
