/** Jobs that only find out which pull requests are to be evaluated, and put a job for each. */
import { ask, askForAll } from '../github/client.ts'
import { perPage } from '../github/limits.ts'
import { place } from '../github/repository.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import { readRuns } from '../github/standing.ts'
import { pullRequestKey } from './job.ts'
import type { Job, JobOf } from './job.ts'
import { anything } from './wish.ts'
import { background } from './tools.ts'
import type { Tools } from './tools.ts'

/** Open pull requests looked at in one go; GitHub lists the most recently touched first. */
const openPages = 10

export function freshMark(repositoryId: number, number: number): string {
  return `fresh:${pullRequestKey(repositoryId, number)}`
}

/** A pull request into this branch was reviewed. */
export function baseMark(repositoryId: number, branch: string): string {
  return `base:${repositoryId}:${branch}`
}

/** Somebody asked for a re-run on a commit: whatever stands there is evaluated anew, also for forks, where the event names no pull request. */
export async function evaluateCommit(tools: Tools, access: RepositoryAccess, job: JobOf<'commit'>): Promise<void> {
  const runs = await readRuns(access, job.head, tools.app)
  const identities = runs.flatMap(({ identity }) => (identity === null ? [] : [identity]))
  const numbers = new Set([...job.numbers, ...identities.flatMap(({ number }) => number ?? [])])
  const group = identities.find(({ number }) => number === null)
  if (numbers.size === 0 && group === undefined) for (const number of await pullsOf(access, job.head)) numbers.add(number)
  const common = { installation: job.installation, repository: job.repository, delivery: job.delivery, reason: job.reason, attempt: 0 }
  for (const number of numbers) {
    await tools.ledger.setMark(freshMark(access.id, number), job.wish ?? anything)
    await tools.put({ kind: 'pull-request', ...common, number, head: job.head })
  }
  if (group !== undefined) await tools.put({ kind: 'merge-group', ...common, head: job.head, base: group.base, ref: '' })
}

async function pullsOf(access: RepositoryAccess, head: string): Promise<number[]> {
  const data = await ask('the pull requests of a commit', () =>
    access.client.request('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
      ...place(access),
      commit_sha: head,
      per_page: perPage,
    }),
  )
  return data.filter((pull) => pull.state === 'open' && pull.head.sha === head).map((pull) => pull.number)
}

/** What is compared with or judged by a branch that changed is evaluated again, after what people are waiting for. */
export async function evaluateBranch(tools: Tools, access: RepositoryAccess, job: JobOf<'branch'>): Promise<void> {
  // Most pushes go to branches that nothing is compared with; a pull request that was reviewed has left the name of its base.
  if (!job.isDefault && (await tools.ledger.getMark(baseMark(access.id, job.branch))) === null) return
  const { items } = await askForAll(
    'the open pull requests',
    (page) =>
      access.client.request('GET /repos/{owner}/{repo}/pulls', {
        ...place(access),
        state: 'open',
        base: job.branch,
        sort: 'updated',
        direction: 'desc',
        per_page: perPage,
        page,
      }),
    openPages,
  )
  for (const pull of items) await tools.put(pullRequestJob(job, pull), background)
}

/** Reviews that were never made or never finished are made now: after downtime, after a lost event, after the app was installed. */
export async function evaluateUnreviewed(tools: Tools, access: RepositoryAccess, job: JobOf<'repository'>): Promise<number> {
  const since = job.updatedSince === null ? 0 : Date.parse(job.updatedSince)
  let found = 0
  for (let page = 1; page <= openPages; page += 1) {
    const current = page
    const pulls = await ask('the open pull requests', () =>
      access.client.request('GET /repos/{owner}/{repo}/pulls', {
        ...place(access),
        state: 'open',
        sort: 'updated',
        direction: 'desc',
        per_page: perPage,
        page: current,
      }),
    )
    const recent = pulls.filter((pull) => Date.parse(pull.updated_at) >= since)
    for (const pull of recent) {
      if (await isReviewed(tools, access, { number: pull.number, head: pull.head.sha })) continue
      found += 1
      await tools.put(pullRequestJob(job, pull), background)
    }
    if (recent.length < pulls.length || pulls.length < perPage) break
  }
  return found
}

async function isReviewed(tools: Tools, access: RepositoryAccess, { number, head }: { number: number; head: string }): Promise<boolean> {
  const runs = await readRuns(access, head, tools.app)
  const about = runs.filter(({ identity }) => identity?.number === number)
  return about.some((run) => run.name === 'API review' && run.finished) && about.some((run) => run.name === 'API approval')
}

function pullRequestJob(
  job: JobOf<'branch' | 'repository'>,
  pull: { readonly number: number; readonly head: { readonly sha: string } },
): Job {
  const { installation, repository, delivery, reason } = job
  return { kind: 'pull-request', installation, repository, delivery, reason, attempt: 0, number: pull.number, head: pull.head.sha }
}
