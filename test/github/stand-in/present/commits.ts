/** Commits, files of a difference and git objects as GitHub's REST API shows them. */
import { git, gitBytes } from '../git.ts'
import type { FileDiff } from '../diff.ts'
import { secondsOnly, type Repository, type World } from '../state.ts'
import { nodeId, simpleUserByEmail } from './accounts.ts'
import { apiUrlOf, webUrlOf } from './repositories.ts'

type Json = Record<string, unknown>

interface Signature {
  readonly name: string
  readonly email: string
  readonly date: string
}

export interface CommitFacts {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
}

const format = ['%H', '%T', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%B'].join('%x00')

/** Reads commits of a revision range or list, in the order git gives them. */
export async function readCommits(directory: string, args: readonly string[]): Promise<CommitFacts[]> {
  const text = (await gitBytes(directory, ['log', '-z', `--format=${format}%x00`, ...args])).toString('utf8')
  const fields = text.split('\0')
  const commits: CommitFacts[] = []
  // Ten fields, an empty one after the message's own NUL, then the next commit.
  for (let at = 0; at + 9 < fields.length; at += 11) commits.push(readCommitFields(fields.slice(at, at + 10)))
  return commits
}

export async function readCommit(directory: string, sha: string): Promise<CommitFacts> {
  const [commit] = await readCommits(directory, ['-1', sha])
  if (commit === undefined) throw new Error(`git knows no commit ${sha}`)
  return commit
}

function readCommitFields([
  sha = '',
  tree = '',
  parents = '',
  an = '',
  ae = '',
  at = '',
  cn = '',
  ce = '',
  ct = '',
  message = '',
]: readonly string[]): CommitFacts {
  const instant = (seconds: string): string => secondsOnly(new Date(Number(seconds) * 1000))
  return {
    sha: sha.trim(),
    tree,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: instant(at) },
    committer: { name: cn, email: ce, date: instant(ct) },
    message: message.replace(/\n$/, ''),
  }
}

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }

/** `commit`: one entry of a list of commits. Authors without an account are null. */
export function commitJson(world: World, repository: Repository, commit: CommitFacts): Json {
  const api = apiUrlOf(world, repository)
  const web = webUrlOf(world, repository)
  return {
    sha: commit.sha,
    node_id: nodeId('C', repository.id),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      url: `${api}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url: `${api}/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    author: simpleUserByEmail(world, commit.author.email),
    committer: simpleUserByEmail(world, commit.committer.email),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
  }
}

export function gitCommitJson(world: World, repository: Repository, commit: CommitFacts): Json {
  const api = apiUrlOf(world, repository)
  const web = webUrlOf(world, repository)
  return {
    sha: commit.sha,
    node_id: nodeId('C', repository.id),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${web}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/git/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
    verification: unsigned,
  }
}

/** `simple-commit`: what check suites and pushes carry. */
export function simpleCommitJson(commit: CommitFacts): Json {
  const person = ({ name, email }: Signature): Json => ({ name, email })
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: person(commit.author),
    committer: person(commit.committer),
  }
}

/** `diff-entry`: one file of a pull request, commit or comparison. A patch over the limit is left out, as GitHub does. */
export function fileJson(world: World, { repository, head, file }: { repository: Repository; head: string; file: FileDiff }): Json {
  const path = file.path.split('/').map(encodeURIComponent).join('/')
  const web = webUrlOf(world, repository)
  const shown = file.patch !== null && Buffer.byteLength(file.patch) <= world.limits.patchBytes
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${web}/blob/${head}/${path}`,
    raw_url: `${web}/raw/${head}/${path}`,
    contents_url: `${apiUrlOf(world, repository)}/contents/${path}?ref=${head}`,
    ...(shown ? { patch: file.patch } : {}),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  }
}

/** Size in bytes of a git object. */
export async function objectSize(directory: string, id: string): Promise<number> {
  return Number(await git(directory, ['cat-file', '-s', id]))
}
