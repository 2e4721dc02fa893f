/** A snapshot around two sets of files, as a pull request without policy would give it. */
import type { PullRequestSnapshot } from '../src/model/snapshot.ts'

type Files = Readonly<Record<string, string>>

export function reviewJson(base: Files, head: Files): PullRequestSnapshot {
  const nothing = { repository: null, organisation: null, waivers: null, codeowners: null, catalog: null, rulesets: [] }
  const ids = (side: string, files: Files) => Object.fromEntries(Object.keys(files).map((path) => [path, `${side}:${path}`]))
  const texts = (side: string, files: Files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${side}:${path}`, text]))
  return {
    schema: 'specgate/snapshot@1',
    repository: { owner: 'acme', name: 'shop', id: 1, visibility: 'private', defaultBranch: 'main', url: '' },
    pullRequest: null,
    commits: { base: 'a'.repeat(40), mergeBase: 'a'.repeat(40), head: 'b'.repeat(40) },
    now: '2030-01-01T00:00:00Z',
    changedFiles: Object.keys(head).map((path) => ({ path, previousPath: null, status: 'modified', headLines: null })),
    changedFilesComplete: true,
    trees: { base: ids('base', base), head: ids('head', head) },
    unreadable: [],
    blobs: { ...texts('base', base), ...texts('head', head) },
    policy: nothing,
    proposed: nothing,
    people: { reviews: [], teams: {}, permissions: {}, commits: [], commitsComplete: true, lastPusher: null, checks: [] },
    reviewed: [],
    gaps: [],
  }
}
