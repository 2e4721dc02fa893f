/**
 * Several open pull requests may share one head commit, and GitHub shows the newest check run of a name for all of them. So a run says
 * the worst of what holds for any of them: none can borrow another's success.
 */
import type { CheckRunDraft } from '../model/report.ts'
import type { RepositoryAccess } from './repository.ts'
import { askIfThere } from './client.ts'
import { place } from './repository.ts'
import type { RunVerdict } from './run-identity.ts'
import type { StandingRun } from './standing.ts'

export interface Sibling {
  readonly number: number
  readonly name: string
  readonly verdict: RunVerdict
}

/** More pull requests on one commit than these are not looked at one by one; the first ones speak. */
const mostSiblings = 5

/** The newest verdicts about other pull requests that are still open with this head. Costs nothing where there are none. */
export async function readSiblings(
  access: RepositoryAccess,
  subject: { number: number | null; head: string },
  runs: readonly StandingRun[],
): Promise<readonly Sibling[]> {
  const newest = new Map<string, Sibling>()
  for (const { name, identity } of runs) {
    const number = identity?.number ?? null
    if (identity === null || number === null || number === subject.number || identity.digest === 'announced') continue
    const key = `${number} ${name}`
    if (!newest.has(key)) newest.set(key, { number, name, verdict: identity.verdict })
  }
  const numbers = [...new Set([...newest.values()].map(({ number }) => number))].slice(0, mostSiblings)
  const open = new Set<number>()
  for (const number of numbers) if (await isOpenWith(access, number, subject.head)) open.add(number)
  return [...newest.values()].filter(({ number }) => open.has(number))
}

async function isOpenWith(access: RepositoryAccess, number: number, head: string): Promise<boolean> {
  const pull = await askIfThere('a pull request with the same head', () =>
    access.client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...place(access), pull_number: number }),
  )
  return pull !== null && pull.state === 'open' && pull.head.sha === head
}

const rank: Readonly<Record<RunVerdict, number>> = { success: 0, neutral: 1, waiting: 2, cancelled: 3, failure: 4 }

/** The draft, or a worse one that names the pull request it owes its conclusion to. */
export function combineDrafts(draft: CheckRunDraft, siblings: readonly Sibling[]): CheckRunDraft {
  const own = rank[draft.conclusion ?? 'waiting']
  const [worst] = siblings.filter(({ name }) => name === draft.name).sort((a, b) => rank[b.verdict] - rank[a.verdict])
  if (worst === undefined || rank[worst.verdict] <= own) return draft
  const conclusion = worst.verdict === 'waiting' ? null : worst.verdict
  const word = worst.verdict === 'waiting' ? 'is waiting for people' : `ended as ${worst.verdict}`
  return {
    ...draft,
    conclusion,
    title: `#${worst.number}, which has the same head commit, ${word}`,
    summary: `This commit is also the head of #${worst.number}, and a commit has one result for each check. The result of this pull request alone: ${draft.title}\n\n${draft.summary}`,
  }
}
