/** Texts of a repository at a commit, and the page that shows one with numbered lines. */
import { gitBytes, GitError } from '../../github/stand-in/git.ts'
import type { Repository } from '../../github/stand-in/state.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'

/** null for a file that is not there. */
export async function readFileAt(repository: Repository, ref: string, path: string): Promise<string | null> {
  if (!/^[\w./-]+$/.test(ref) || ref.startsWith('-')) return null
  try {
    return (await gitBytes(repository.directory, ['cat-file', 'blob', `${ref}:${path}`])).toString('utf8')
  } catch (error) {
    if (error instanceof GitError) return null
    throw error
  }
}

export function filePage(path: string, text: string): string {
  const rows = text.split('\n').map(
    (line, index) =>
      html`<tr id="L${index + 1}">
        <td class="line"><a href="#L${index + 1}">${index + 1}</a></td>
        <td><code>${line === '' ? ' ' : line}</code></td>
      </tr>`,
  )
  return layout(
    path,
    html`<main class="file">
      <h1><code>${path}</code></h1>
      <table>
        ${rows}
      </table>
    </main>`,
  )
}
