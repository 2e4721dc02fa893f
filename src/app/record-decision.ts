/** What the ledger keeps of a review: enough to say years later who agreed to what, at which commit, under which policy. */
import type { OperationKey } from '../model/change.ts'
import type { RuleOutcome } from '../model/decision.ts'
import type { JudgedFinding, Review } from '../model/review.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { DecisionContent, LedgerFinding } from '../server/ledger-entry.ts'
import type { Job } from './job.ts'
import type { Tools } from './tools.ts'

/** Findings listed in one entry, worst first; a pull request with more is a rewrite, and its entry says how many there were. */
const mostFindings = 5000

export interface Decided {
  readonly job: Job
  readonly review: Review
  readonly author: string | null
  /** null for a merge group. */
  readonly number: number | null
}

/**
 * Writes the decision down before anything of it stands on GitHub: a green check that nobody recorded cannot come to be. A decision that
 * says the same as the last one about this pull request is not written again.
 */
export async function recordDecision(tools: Tools, access: RepositoryAccess, decided: Decided): Promise<void> {
  const head = await tools.decisions.record(decisionContent(access, decided), tools.now())
  if (head === null) return
  const { id: _id, owner, name } = access
  tools.log.info(
    {
      ...{ repository: `${owner}/${name}`, head: decided.review.commits.head, sequence: head.sequence, hash: head.hash },
      ...(decided.number === null ? {} : { number: decided.number }),
    },
    'The decision was recorded',
  )
}

function decisionContent(
  { installation, id, owner, name }: Pick<RepositoryAccess, 'installation' | 'id' | 'owner' | 'name'>,
  { job, review, author, number }: Decided,
): DecisionContent {
  const { decision, policy, verdict } = review
  const reaches = createReaches()
  const listed = review.findings.slice(0, mostFindings)
  return {
    installation,
    repository: { id, owner, name },
    number,
    commits: review.commits,
    author,
    delivery: job.delivery,
    reason: job.reason,
    policy: { mode: policy.mode, sources: [...policy.sources] },
    // A merge queue does not wait for people: what is not agreed by then sends the group back.
    verdict: { review: verdict.review, approval: number === null && verdict.approval === 'waiting' ? 'failure' : verdict.approval },
    status: decision.status,
    rules: decision.rules.filter(({ status }) => status !== 'not-applicable').map(ruleOf),
    waivers: Object.entries(decision.waived).map(([fingerprint, { id: waiver, reason, grantedBy, expires }]) => ({
      ...{ fingerprint, id: waiver, reason, grantedBy, expires },
    })),
    denied: [...decision.denied],
    findings: listed.map((finding) => findingOf(finding, reaches.indexOf(finding.reaches))),
    reaches: reaches.lists,
    omitted: review.findings.length - listed.length,
  }
}

function ruleOf({ rule, from, mode, status, selected, requirements }: RuleOutcome): DecisionContent['rules'][number] {
  return {
    ...{ rule, from, mode, status, selected: [...selected] },
    requirements: requirements.map(({ from: asked, needed, satisfied, approvals }) => ({
      ...{ from: asked, needed, satisfied },
      approvals: approvals.map(({ login, commit }) => ({ login, commit })),
    })),
  }
}

function findingOf({ place, operation, ...finding }: JudgedFinding, reach: number): LedgerFinding {
  const { rule, severity, message, api, fingerprint, digest, blocking, settled } = finding
  const { file, pointer } = place
  return {
    ...{ rule, severity, message, api, file, pointer, reach, fingerprint, digest, blocking, settled },
    operation: operation === null ? null : nameOf(operation),
  }
}

function nameOf({ method, path }: OperationKey): string {
  return `${method} ${path}`
}

/** Findings in one shared component reach the same operations, which are listed once. */
function createReaches(): { readonly lists: string[][]; readonly indexOf: (operations: readonly OperationKey[]) => number } {
  const lists: string[][] = []
  const known = new Map<string, number>()
  return {
    lists,
    indexOf: (operations) => {
      const list = operations.map(nameOf)
      const key = list.join('\n')
      const found = known.get(key)
      if (found !== undefined) return found
      lists.push(list)
      known.set(key, lists.length - 1)
      return lists.length - 1
    },
  }
}
