/** `specgate policy simulate`: what would be decided if these people had approved, on a stored snapshot or on the checkout. */
import { readFileSync } from 'node:fs'
import type { Review } from '../model/review.ts'
import type { PullRequestSnapshot, TextFile } from '../model/snapshot.ts'
import type { Assumptions } from '../policy/what-if.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { print } from './print.ts'

export interface SimulateFlags {
  readonly format: 'text' | 'json'
  readonly base?: string
  readonly head: string
  readonly approve: readonly string[]
  readonly requestChanges: readonly string[]
  readonly dismiss: readonly string[]
  readonly team: readonly string[]
  readonly permission: readonly string[]
  readonly label: readonly string[]
  readonly author?: string
  readonly policy?: string
  readonly organisation?: string
  readonly at?: string
}

/** Prints the decision under the assumptions, with what each rule selected. 0: it may merge, 1: it may not, 2: could not evaluate. */
export async function runPolicySimulate(file: string | undefined, flags: SimulateFlags): Promise<ExitCode> {
  const { assume } = await import('../policy/what-if.ts')
  const { review } = await import('../run.ts')
  const assumptions = await assumptionsOf(flags, file === undefined)
  const read = file === undefined ? await readCheckout(flags, assumptions) : await readStored(file)
  const organisation = flags.organisation === undefined ? read.policy.organisation : textFile(flags.organisation, 'specgate.yml')
  const now = flags.at ?? read.now
  const snapshot = assume({ ...read, now, policy: { ...read.policy, organisation } }, assumptions)
  const result = await review(snapshot)
  await print(flags.format === 'json' ? jsonOf(result, assumptions) : await textOf(result, assumptions))
  return exitOf(result)
}

function exitOf({ decision, verdict }: Review): ExitCode {
  if (verdict.notEvaluated.length > 0) return exitCode.notEvaluated
  const isHeld = decision.mode === 'enforce' && (decision.status === 'waiting' || decision.status === 'blocked')
  return isHeld ? exitCode.thresholdMet : exitCode.fine
}

async function readStored(file: string): Promise<PullRequestSnapshot> {
  const { readSnapshot } = await import('./review.ts')
  return readSnapshot(file)
}

async function readCheckout(flags: SimulateFlags, { reviews }: Assumptions): Promise<PullRequestSnapshot> {
  const { readLocalSnapshot } = await import('../git/snapshot.ts')
  return readLocalSnapshot({
    cwd: process.cwd(),
    base: flags.base ?? null,
    head: flags.head,
    now: flags.at ?? new Date().toISOString(),
    reviewed: [...new Set(reviews.flatMap(({ commit }) => commit ?? []))],
  })
}

async function assumptionsOf(flags: SimulateFlags, isLocal: boolean): Promise<Assumptions> {
  const said = [
    ...flags.approve.map((text) => ({ text, state: 'approved' as const })),
    ...flags.requestChanges.map((text) => ({ text, state: 'changes-requested' as const })),
    ...flags.dismiss.map((text) => ({ text, state: 'dismissed' as const })),
  ]
  const reviews = []
  for (const { text, state } of said) reviews.push({ ...(await readReviewer(text, isLocal)), state })
  return {
    reviews,
    teams: flags.team.map(readTeam),
    permissions: flags.permission.map(readPermission),
    labels: flags.label,
    author: flags.author === undefined ? null : loginOf(flags.author),
    policy: flags.policy === undefined ? null : textFile(flags.policy, '.github/specgate.yml'),
  }
}

/** `ada`, `@ada` or `ada@c0ffee1`; the commit of a checkout may be any name that git knows. */
async function readReviewer(text: string, isLocal: boolean): Promise<{ readonly login: string; readonly commit: string | null }> {
  const [, login = '', commit = null] = /^@?([^@\s]+)(?:@(\S+))?$/.exec(text) ?? []
  if (login === '') throw new UsageError(`\`${text}\` names nobody: write \`login\` or \`login@commit\`.`)
  if (commit === null || !isLocal) return { login: loginOf(login), commit }
  const { resolveCommit } = await import('../git/git.ts')
  return { login: loginOf(login), commit: await resolveCommit(process.cwd(), commit) }
}

function loginOf(text: string): string {
  const login = text.startsWith('@') ? text.slice(1) : text
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?$/.test(login)) throw new UsageError(`\`${text}\` is no login.`)
  return login
}

function readTeam(text: string): Assumptions['teams'][number] {
  const [, team = '', members = ''] = /^(@[\w-]+\/[\w.-]+)=(.*)$/.exec(text) ?? []
  if (team === '') throw new UsageError(`\`${text}\` is no team: write \`@organisation/team=login,login\`.`)
  return {
    team,
    members: members
      .split(',')
      .filter((login) => login !== '')
      .map(loginOf),
  }
}

const levels = ['admin', 'maintain', 'write', 'read'] as const

function readPermission(text: string): Assumptions['permissions'][number] {
  const [login = '', level = ''] = text.split('=')
  const permission = levels.find((one) => one === level)
  if (permission === undefined) throw new UsageError(`\`${text}\` is no permission: write \`login=${levels.join('|')}\`.`)
  return { login: loginOf(login), permission }
}

function textFile(file: string, path: string): TextFile {
  try {
    return { path, text: readFileSync(file, 'utf8'), from: `${file}@what-if` }
  } catch {
    throw new UsageError(`\`${file}\` cannot be read.`)
  }
}

/** Findings named for one rule; the rest are counted. */
const mostNamed = 20

async function textOf({ decision, findings, verdict, notes = [] }: Review, assumptions: Assumptions): Promise<string> {
  const { explainDecision } = await import('../policy/explain.ts')
  const named = new Map(findings.map((finding) => [finding.fingerprint, finding]))
  const selected = decision.rules.flatMap(({ rule, selected: chosen }) => {
    const lines = chosen.slice(0, mostNamed).map((fingerprint) => {
      const finding = named.get(fingerprint)
      return `  ${fingerprint.slice(0, 6)} ${finding === undefined ? '(not shown in a review)' : `${finding.rule}: ${finding.message}`}`
    })
    const more = chosen.length > mostNamed ? [`  and ${String(chosen.length - mostNamed)} more`] : []
    return chosen.length === 0 ? [] : [`Rule “${rule}” selected:`, ...lines, ...more]
  })
  return [
    ...assumedSentences(assumptions),
    ...explainDecision(decision),
    ...selected,
    ...verdict.notEvaluated.map((sentence) => `Not evaluated: ${sentence}`),
    ...notes,
  ].join('\n')
}

function assumedSentences({ reviews, teams, labels, author, policy }: Assumptions): string[] {
  const words = { approved: 'approves', 'changes-requested': 'requests changes', dismissed: 'is dismissed', commented: 'comments' } as const
  return [
    ...(policy === null ? [] : [`Assumed: the policy is \`${policy.from.replace(/@what-if$/, '')}\`.`]),
    ...(author === null ? [] : [`Assumed: @${author} is the author.`]),
    ...teams.map(({ team, members }) => `Assumed: ${team} is ${members.map((login) => `@${login}`).join(', ') || 'empty'}.`),
    ...labels.map((label) => `Assumed: the label \`${label}\` is set.`),
    ...reviews.map(
      ({ login, commit, state }) => `Assumed: @${login} ${words[state]} at ${commit === null ? 'head' : `\`${commit.slice(0, 7)}\``}.`,
    ),
  ]
}

function jsonOf({ decision, findings, verdict, notes = [] }: Review, assumed: Assumptions): string {
  return JSON.stringify({ schema: 'specgate/simulation@1', assumed, decision, verdict, findings, notes }, null, 2)
}
