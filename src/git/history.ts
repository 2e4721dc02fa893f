/** What was merged into a branch lately: its first parents, as pull requests left them there. */
import { git } from './git.ts'

export interface MergedChange {
  readonly commit: string
  /** The branch as it was before. */
  readonly parent: string
  readonly subject: string
}

/** The latest `count` changes of a ref, newest first. The very first commit of a repository has no before and is left out. Throws GitError for an unknown ref. */
export async function mergedChanges(cwd: string, ref: string, count: number): Promise<readonly MergedChange[]> {
  const output = await git(cwd, 'log', '--first-parent', '-n', String(count), '-z', '--format=%H%n%P%n%s', '--end-of-options', ref)
  return output.split('\0').flatMap((entry) => {
    const [commit = '', parents = '', subject = ''] = entry.trim().split('\n')
    const [parent = ''] = parents.split(' ')
    return commit === '' || parent === '' ? [] : [{ commit, parent, subject }]
  })
}

/** Paths that differ between two commits. */
export async function changedPaths(cwd: string, base: string, head: string): Promise<readonly string[]> {
  const output = await git(cwd, 'diff', '--no-ext-diff', '--no-textconv', '-M', '--name-only', '-z', base, head)
  return output.split('\0').filter((path) => path !== '')
}
