/** One pull request whose review asks GitHub for everything a review can ask for, in an organisation and installation of its own. */
import type { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import type { PullRequestHandle, RepositoryHandle } from '../github/stand-in/handles.ts'
import type { Installation } from '../github/stand-in/state.ts'
import { files } from '../app/shop.ts'

const users = (...names: readonly string[]): string =>
  `User:\n  type: object\n  required: [${names.join(', ')}]\n  properties:\n${names.map((name) => `    ${name}: { type: string }\n`).join('')}`

export interface Story {
  readonly owner: string
  readonly repository: RepositoryHandle
  readonly pull: PullRequestHandle
  readonly installation: Installation
}

/**
 * A breaking change that its owner approved, and a second one that nobody has approved. The app is installed only then and finds the
 * pull request by looking. `begin` is called in the moment of the installation, before anything is asked.
 */
export async function tellStory(github: GitHubStandIn, owner: string, begin: (installation: Installation) => void): Promise<Story> {
  github.user('ana')
  github.team(owner, 'api-owners', { members: ['mia', 'tom'] })
  const own = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll('@acme/', `@${owner}/`)]))
  const repository = await github.createRepository(
    owner,
    'shop',
    { ...own, 'api/schemas/users.yaml': users('id', 'name', 'email'), '.github/CODEOWNERS': `api/ @${owner}/api-owners\n` },
    { roles: { ana: 'write', mia: 'write', tom: 'write', [`@${owner}/api-owners`]: 'write' }, install: false },
  )
  await repository.commit('drop', { 'api/schemas/users.yaml': users('id', 'email') }, { author: 'ana' })
  const pull = await repository.openPullRequest({ author: 'ana', branch: 'drop' })
  await pull.review('mia', 'approve')
  await pull.push({ 'api/schemas/users.yaml': users('id') }, { author: 'ana' })
  const installation = github.install(owner)
  begin(installation)
  return { owner, repository, pull, installation }
}

/** What people see on the pull request, without what differs from story to story. */
export function seen({ owner, pull, repository }: Story): unknown {
  const runs = repository.checkRuns(pull.head)
  const newest = (name: string) => runs.filter((run) => run.name === name).at(-1)
  const shown = (name: string): unknown => {
    const run = newest(name)
    return run === undefined ? null : { status: run.status, conclusion: run.conclusion, title: run.title?.replaceAll(owner, 'acme') }
  }
  return {
    review: shown('API review'),
    approval: shown('API approval'),
    comments: pull.state.comments.length,
    lineComments: pull.state.reviewComments.length,
    reviews: pull.state.reviews.filter(({ user }) => user.endsWith('[bot]')).length,
    teams: [...pull.state.requestedTeams],
  }
}
