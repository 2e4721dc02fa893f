/**
 * What the comments of a pull request come to: approvals, waivers and an emergency that count, and what the others are told. The comment
 * on GitHub is the record; it is read anew for each decision. Who may is decided by the policy of the base branch.
 */
import type { DecisionInput } from '../../model/api-facts.ts'
import type { CommentFact, Person } from '../../model/snapshot.ts'
import type { EffectivePolicy } from '../effective-policy.ts'
import { createExclusions } from '../exclusions.ts'
import { createCoverage } from '../freshness.ts'
import type { LoadedPolicies } from '../load-policies.ts'
import { isBot, type People, type SpokenApproval } from '../people.ts'
import { readPrincipal } from '../principals.ts'
import type { SubjectIndex } from '../subjects.ts'
import { findingsById, type FindingsById, type Meant } from './find.ts'
import { waiversOf } from './grant.ts'
import type { Bypass, Heard, HeardCommand } from './heard.ts'
import { readCommands, type Command, type Verb } from './read.ts'
import { commandRights, type CommandRights } from './rights.ts'

export interface Hearing {
  readonly input: DecisionInput
  readonly loaded: LoadedPolicies
  readonly policy: EffectivePolicy
  readonly people: People
  readonly index: SubjectIndex
}

/** Hears every command of every comment by a person. Bots are not heard: one that repeats a command must not start a conversation. */
export function hear(hearing: Hearing): Heard {
  const comments = (hearing.input.people.comments ?? []).filter(({ user }) => !isBot(user))
  if (comments.length === 0) return { commands: [], approvals: [], waivers: [], bypass: null }
  const context: Context = {
    ...hearing,
    rights: commandRights(hearing.loaded),
    find: findingsById(hearing.input),
    excluded: createExclusions(['author', 'contributors', 'bots'], [], hearing.input),
  }
  const commands = comments.flatMap((comment) =>
    readCommands(comment.body).map((said) => ('command' in said ? judge(comment, said.command, context) : misunderstood(comment, said))),
  )
  const open = commands.filter(({ status }) => status === 'open')
  return {
    commands,
    approvals: open.flatMap(spokenApproval),
    waivers: open.filter(({ isGrantor }) => isGrantor).flatMap((heard) => waiversOf(heard, hearing.policy.longestWaiver)),
    bypass: open.flatMap((heard) => bypassOf(heard, context))[0] ?? null,
  }
}

interface Context extends Hearing {
  readonly rights: CommandRights
  readonly find: FindingsById
  readonly excluded: ReturnType<typeof createExclusions>
}

const nothing: Meant = { findings: [], fingerprints: [], together: [] }

function misunderstood(comment: CommentFact, { verb, problem }: { readonly verb: string; readonly problem: string }): HeardCommand {
  return { comment, verb, command: null, meant: nothing, status: 'not-understood', because: problem, isGrantor: false }
}

function judge(comment: CommentFact, command: Command, context: Context): HeardCommand {
  const meant = meantBy(comment, command, context.find)
  const isGrantor = mayGrant(comment.user, context) === null
  const heard = { comment, verb: command.verb, command, meant: 'problem' in meant ? nothing : meant, isGrantor }
  if ('problem' in meant) return { ...heard, status: 'not-understood', because: capital(meant.problem) }
  const refused = (grants.includes(command.verb) ? notItself(comment, heard.meant, context) : null) ?? mays[command.verb](heard, context)
  return refused === null ? { ...heard, status: 'open', because: '' } : { ...heard, status: 'refused', because: capital(refused) }
}

function meantBy(comment: CommentFact, { verb, ids }: Command, find: FindingsById): Meant | { readonly problem: string } {
  const named = ids.length === 0 && verb !== 'waive' && comment.finding !== null ? [comment.finding] : ids
  if (named.length === 0 && verb === 'not-an-issue')
    return { problem: 'say which finding is not an issue: its id stands in front of it, such as `7c1e9a`' }
  return find(named)
}

/** Commands that change what may be merged: they hold for what their writer wrote about what their writer saw. */
const grants: readonly Verb[] = ['waive', 'approve', 'not-an-issue', 'break-glass']

function notItself(comment: CommentFact, { findings }: Meant, { input, index }: Context): string | null {
  if (comment.edited)
    return 'the comment was edited after it was written, and anybody with write access can do that; write it as a new comment'
  if (comment.viaApp) return 'it was written by an app in somebody’s name'
  if (comment.commit === null) return 'the present commit had not been reviewed yet when it was written; look at it and write it again'
  const changed = createCoverage(input)('api-change')(comment.commit, { kind: 'findings', subjects: findings.map(index.of) })
  return findings.length === 0 || changed === null ? null : `${changed}; look at it and write it again`
}

type Judged = Pick<HeardCommand, 'comment' | 'meant'>

/** Why the writer may not, as the end of a sentence; null when they may. */
const mays: Record<Verb, (heard: Judged, context: Context) => string | null> = {
  waive: ({ comment }, context) => mayGrant(comment.user, context),
  approve: (_, { rights }) => (rights.approves ? null : 'the policy counts approvals in reviews only'),
  'not-an-issue': ({ comment }, context) => (mayGrant(comment.user, context) === null ? null : mayTake(comment.user, context)),
  explain: ({ comment }, context) => mayTake(comment.user, context),
  recheck: ({ comment }, context) => mayTake(comment.user, context),
  'break-glass': ({ comment }, context) => mayBreak(comment, context),
}

function mayGrant(user: Person, { policy, people, excluded }: Context): string | null {
  const ofOrganisation = policy.rules.some(({ origin }) => origin === 'organisation') ? policy.grantors.organisation : []
  const allowed = [...new Set([...policy.grantors.repository, ...ofOrganisation])]
  if (!isAmong(user, allowed, people)) return `\`@${user.login}\` may not grant it; ${listed(allowed)} may, with the same words`
  return excluded.reasonFor(user) ?? excluded.unproven[0] ?? null
}

/** What costs only the app's time is for people who work on the pull request. */
function mayTake(user: Person, { input, people }: Context): string | null {
  if (user.id === input.pullRequest?.author.id || isAmong(user, ['role:write'], people)) return null
  return 'only the author and people with write access are answered'
}

function mayBreak({ user, commit }: CommentFact, { rights, people, input }: Context): string | null {
  const allowed = [...rights.breakGlass.organisation, ...rights.breakGlass.repository]
  if (allowed.length === 0) return 'the policy names nobody who may break the glass (`break_glass.by`)'
  if (!isAmong(user, allowed, people)) return `\`@${user.login}\` may not break the glass; ${listed(allowed)} may`
  return commit === input.commits.head ? null : 'it was said about another commit; say it again for this one'
}

function isAmong(user: Person, names: readonly string[], people: People): boolean {
  return names.some((name) => people.isMember(readPrincipal(name), user))
}

function spokenApproval({ verb, comment, meant }: HeardCommand): SpokenApproval[] {
  const { id, user, commit, createdAt } = comment
  if (verb !== 'approve' || commit === null) return []
  const review = { id, user, state: 'approved', commit, submittedAt: createdAt } as const
  return [{ review, fingerprints: new Set(meant.fingerprints) }]
}

function bypassOf({ verb, comment, command }: HeardCommand, { rights, people }: Context): Bypass[] {
  if (verb !== 'break-glass') return []
  const lifts = isAmong(comment.user, rights.breakGlass.organisation, people) ? 'everything' : 'repository'
  return [{ by: comment.user.login, why: command?.words ?? '', lifts, comment: comment.id }]
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' or ')
}

function capital(text: string): string {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
