/** Extras that a policy may want on a pull request: labels and findings in code scanning. */
import { ask, askIfThere } from './client.ts'
import type { GitHubWrite } from './plan.ts'
import { place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'
import { once } from './write-run.ts'

type Output = Extract<GitHubWrite, { kind: 'add-labels' | 'remove-label' | 'upload-sarif' }>

/** Sends it. Throws a failure where GitHub refuses: code scanning may be switched off, or the app may lack the permission for it. */
export async function writeOutput(
  access: RepositoryAccess,
  { number, head }: { readonly number: number; readonly head: string },
  write: Output,
): Promise<void> {
  const at = { ...place(access), issue_number: number }
  switch (write.kind) {
    case 'add-labels':
      await ask('the labels', () =>
        access.client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...at, labels: [...write.labels] }),
      )
      return
    case 'remove-label':
      await askIfThere('a label', () =>
        access.client.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', { ...at, name: write.label }),
      )
      return
    case 'upload-sarif':
      await ask('code scanning', () =>
        access.client.request('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
          ...{ ...place(access), commit_sha: head, ref: `refs/pull/${number}/head`, sarif: write.sarif, tool_name: 'Specgate' },
          ...once,
        }),
      )
  }
}
