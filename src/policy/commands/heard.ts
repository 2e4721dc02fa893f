/** What was heard of commands in comments: each with its standing, and what all of them come to. */
import type { CommentFact } from '../../model/snapshot.ts'
import type { SpokenApproval } from '../people.ts'
import type { Waiver } from '../written-rules.ts'
import type { Meant } from './find.ts'
import type { Command } from './read.ts'

export interface Bypass {
  readonly by: string
  readonly why: string
  /** What it lifts: the repository's rules, or the organisation's too. What no file can remove is never lifted. */
  readonly lifts: 'repository' | 'everything'
  readonly comment: number
}

/** One command with what became of it so far; `refused` ends a sentence. */
export interface HeardCommand {
  readonly comment: CommentFact
  readonly verb: string
  readonly command: Command | null
  readonly meant: Meant
  readonly status: 'open' | 'refused' | 'not-understood'
  readonly because: string
  /** Its writer may grant waivers; of others, `not-an-issue` counts only for what nobody asks about. */
  readonly isGrantor: boolean
}

export interface Heard {
  readonly commands: readonly HeardCommand[]
  readonly approvals: readonly SpokenApproval[]
  readonly waivers: readonly Waiver[]
  readonly bypass: Bypass | null
}
