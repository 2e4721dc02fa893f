/**
 * Everything a review reads, as plain JSON: `review(snapshot)` needs nothing else, so a bug report is a file.
 * Policy, waivers, CODEOWNERS and rulesets come from the base branch; only descriptions are read from both sides.
 */

export interface PullRequestSnapshot {
  readonly schema: 'specgate/snapshot@1'
  readonly repository: RepositoryFacts
  /** null for a merge group or a local review without a pull request. */
  readonly pullRequest: PullRequestFacts | null
  readonly commits: {
    /** Tip of the base branch: policy and owners are read here. */
    readonly base: string
    /** Merge base of base and head: descriptions are compared with this. */
    readonly mergeBase: string
    readonly head: string
  }
  /** ISO 8601 instant of the review; nothing in the pipeline reads a clock. */
  readonly now: string
  readonly changedFiles: readonly ChangedFile[]
  /** False when GitHub cut the list (3,000 files); then nothing is green. */
  readonly changedFilesComplete: boolean
  /** Repository path to blob id, for the files that matter (descriptions, what they reference), at the merge base and at head. */
  readonly trees: { readonly base: Readonly<Record<string, string>>; readonly head: Readonly<Record<string, string>> }
  /** Files that matter but could not be read, with a sentence saying why (LFS pointer, symlink, over 20 MB, not UTF-8). */
  readonly unreadable: readonly UnreadableFile[]
  /** Blob id to text; shared by both trees and by `reviewed`. */
  readonly blobs: Readonly<Record<string, string>>
  /** Written policy texts, read at `commits.base`. */
  readonly policy: PolicyTexts
  /** What the pull request itself proposes for the same files; validated and previewed, never applied. */
  readonly proposed: PolicyTexts
  readonly people: PeopleFacts
  /** The same trees at each commit that somebody approved, so that approvals can be bound to content. */
  readonly reviewed: readonly ReviewedCommit[]
  /** What could not be read from GitHub, in sentences. Non-empty means: never green. */
  readonly gaps: readonly string[]
}

export interface RepositoryFacts {
  readonly owner: string
  readonly name: string
  readonly id: number
  readonly visibility: 'public' | 'private' | 'internal'
  readonly defaultBranch: string
  /** Web address without trailing slash, e.g. `https://github.com/acme/shop`; '' for a local review. */
  readonly url: string
}

export interface PullRequestFacts {
  readonly number: number
  readonly title: string
  readonly author: Person
  readonly draft: boolean
  readonly fork: boolean
  readonly baseBranch: string
  readonly labels: readonly string[]
  readonly requestedReviewers: readonly string[]
}

export interface Person {
  readonly id: number
  readonly login: string
  readonly bot: boolean
}

export interface ChangedFile {
  readonly path: string
  /** Set when renamed. */
  readonly previousPath: string | null
  readonly status: 'added' | 'modified' | 'removed' | 'renamed'
  /** Line ranges of head that the diff shows (1-based, inclusive), for review comments; null when GitHub sent no patch. */
  readonly headLines: readonly (readonly [number, number])[] | null
}

export interface UnreadableFile {
  readonly path: string
  readonly side: 'base' | 'head'
  readonly reason: string
}

export interface PolicyTexts {
  /** `.github/specgate.yml` */
  readonly repository: TextFile | null
  /** `specgate.yml` of `<org>/.github` */
  readonly organisation: TextFile | null
  /** The file that the repository's policy extends, read at the commit it pins (`from` is `owner/repo@` and all 40 digits). */
  readonly extended?: TextFile | null
  /** `.github/specgate-waivers.yml` */
  readonly waivers: TextFile | null
  /** From `.github/`, the root or `docs/`, the first that exists. */
  readonly codeowners: TextFile | null
  /** `catalog-info.yaml` (Backstage) */
  readonly catalog: TextFile | null
  /** `.spectral.yaml` / `.spectral.yml` / `.spectral.json` and the repository files it extends, entry first. */
  readonly rulesets: readonly TextFile[]
}

export interface TextFile {
  readonly path: string
  readonly text: string
  /** `owner/repo@sha` it was read from; shown as provenance. */
  readonly from: string
}

export interface PeopleFacts {
  readonly reviews: readonly ReviewFact[]
  /** Members of each team that the policy or the owners name, by `@org/team` in lower case; a sentence when it could not be read. */
  readonly teams: Readonly<Record<string, TeamFacts>>
  /** Repository permission by login in lower case, for the people who reviewed and whom the policy names. */
  readonly permissions: Readonly<Record<string, Permission>>
  /** All commits of the pull request; `author`/`committer` null when GitHub knows no account for the e-mail. */
  readonly commits: readonly CommitFact[]
  readonly commitsComplete: boolean
  /** Who pushed last, from the signed webhook; null when unknown. */
  readonly lastPusher: Person | null
  /** Check runs of other apps on head, for `evidence`. */
  readonly checks: readonly CheckFact[]
  /** Comments that hold commands for the app, oldest first. */
  readonly comments?: readonly CommentFact[]
}

/** A comment as it stands on GitHub. Its text is hostile: only what the policy's people say in it counts. */
export interface CommentFact {
  readonly id: number
  /** On the conversation, or in a thread on a line. */
  readonly where: 'conversation' | 'line'
  readonly user: Person
  readonly body: string
  /** ISO 8601. */
  readonly createdAt: string
  /** Its text is not what was written first. */
  readonly edited: boolean
  /** An app wrote it in somebody's name. */
  readonly viaApp: boolean
  /** The head commit whose review stood there when it was written; null when that is not known. */
  readonly commit: string | null
  /** Fingerprint of the finding in whose thread it stands. */
  readonly finding: string | null
}

export type TeamFacts = { readonly members: readonly Person[] } | { readonly problem: string }
export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'

export interface ReviewFact {
  readonly id: number
  readonly user: Person
  readonly state: 'approved' | 'changes-requested' | 'commented' | 'dismissed'
  readonly commit: string
  /** ISO 8601. */
  readonly submittedAt: string
}

export interface CommitFact {
  readonly sha: string
  readonly author: Person | null
  readonly committer: Person | null
  /** Files it touches, where known; null means: assume every file. */
  readonly files: readonly string[] | null
}

export interface CheckFact {
  readonly name: string
  readonly app: string
  readonly conclusion: string | null
  readonly completedAt: string | null
}

export interface ReviewedCommit {
  readonly commit: string
  readonly mergeBase: string
  readonly trees: PullRequestSnapshot['trees']
  readonly unreadable: readonly UnreadableFile[]
}
