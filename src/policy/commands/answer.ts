/** What each command is told once everything is judged: whether it counts, and if not, why and who may. */
import type { ApiFinding } from '../../model/api-facts.ts'
import type { AppliedWaiver, CommandOutcome, RuleOutcome } from '../../model/decision.ts'
import type { JudgedRule } from '../judge-rule.ts'
import { waiverId, waiversOf } from './grant.ts'
import type { Heard, HeardCommand } from './heard.ts'

export interface Judgement {
  readonly judged: readonly JudgedRule[]
  readonly waived: Readonly<Record<string, AppliedWaiver>>
  readonly grantors: readonly string[]
}

/** In the order in which they were said. */
export function answers({ commands }: Heard, judgement: Judgement): CommandOutcome[] {
  return commands.map((heard) => {
    const { comment, verb, meant } = heard
    const known = {
      comment: comment.id,
      where: comment.where,
      by: comment.user.login,
      verb,
      findings: meant.findings.map((one) => one.fingerprint),
    }
    if (heard.status !== 'open') return { ...known, status: heard.status, because: heard.because }
    return { ...known, ...answer(heard, judgement) }
  })
}

type Answer = Pick<CommandOutcome, 'status' | 'because'>

function answer(heard: HeardCommand, judgement: Judgement): Answer {
  switch (heard.command?.verb) {
    case 'approve':
      return aboutApproval(heard, judgement)
    case 'waive':
    case 'not-an-issue':
      return aboutWaiver(heard, judgement)
    case 'break-glass':
    case 'recheck':
    case 'explain':
    case undefined:
      return accepted
  }
}

/** What counts shows where it counts. */
const accepted: Answer = { status: 'accepted', because: '' }

/** It counts where somebody of its writer's groups is asked. */
function aboutApproval({ comment, meant }: HeardCommand, { judged }: Judgement): Answer {
  const named = new Set(meant.fingerprints)
  const spoken = judged
    .flatMap((rule) => rule.spoken)
    .filter(({ review, about }) => review.user.id === comment.user.id && about.some((fingerprint) => named.has(fingerprint)))
  if (spoken.some(({ reason }) => reason === null)) return accepted
  const [first] = spoken
  if (first !== undefined)
    return {
      status: first.isIncomplete ? 'accepted' : 'refused',
      because: `The approval does not count${first.isIncomplete ? ' yet' : ''}: ${first.reason ?? ''}.`,
    }
  const asked = rulesAbout(named, judged).flatMap(({ requirements }) => requirements.map(({ from }) => `\`${from}\``))
  const names = [...new Set(asked)].slice(0, 3).join(' or ')
  return {
    status: 'refused',
    because:
      names === ''
        ? 'No rule of the policy asks for an approval of it.'
        : `\`@${comment.user.login}\` is not among those who are asked: ${names}.`,
  }
}

function rulesAbout(named: ReadonlySet<string>, judged: readonly JudgedRule[]): RuleOutcome[] {
  return judged
    .map(({ outcome }) => outcome)
    .filter(({ selected, status }) => status !== 'not-applicable' && selected.some((one) => named.has(one)))
}

function aboutWaiver({ comment, meant }: HeardCommand, { judged, waived, grantors }: Judgement): Answer {
  const id = waiverId(comment.id)
  const open = meant.findings.filter(({ fingerprint }) => !Object.hasOwn(waived, fingerprint))
  if (open.length === 0) return accepted
  const rules = rulesAbout(new Set(open.map(({ fingerprint }) => fingerprint)), judged)
  const said = rules.flatMap(({ because }) => because).find((sentence) => sentence.includes(`\`${id}\``))
  if (said !== undefined) return { status: 'refused', because: said }
  return {
    status: 'refused',
    because: `It stops the merge, so ${grantors.map((name) => `\`${name}\``).join(' or ')} may say so, with the same words.`,
  }
}

/** What is called no issue by somebody who works on it, and stops nobody: it counts without a grantor. */
export function dismissals(
  { commands }: Heard,
  judged: readonly JudgedRule[],
  longestWaiver: number | null,
): readonly { readonly subject: { readonly finding: ApiFinding }; readonly waiver: AppliedWaiver }[] {
  if (commands.length === 0) return []
  const asked = new Set(judged.filter(({ outcome }) => outcome.status !== 'not-applicable').flatMap(({ outcome }) => outcome.selected))
  const free = commands.filter(
    ({ status, verb, isGrantor, meant }) =>
      status === 'open' &&
      verb === 'not-an-issue' &&
      !isGrantor &&
      meant.together.every(({ severity, fingerprint }) => severity !== 'error' && !asked.has(fingerprint)),
  )
  return free.flatMap((heard) => {
    const [waiver] = waiversOf(heard, longestWaiver)
    if (waiver === undefined) return []
    const applied: AppliedWaiver = { id: waiver.id, reason: waiver.reason, grantedBy: waiver.granted_by, expires: waiver.expires }
    return heard.meant.findings.map((finding) => ({ subject: { finding }, waiver: applied }))
  })
}
