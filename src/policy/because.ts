/** The sentences of a rule's outcome: why it asks, who has agreed at which commit, whose approval does not count, who still can. */
import type { AppliedWaiver } from '../model/decision.ts'
import type { ReviewFact } from '../model/snapshot.ts'
import { nameOfSubject } from './freshness.ts'
import type { JudgedOption, JudgedRequirement } from './judge-requirement.ts'
import type { Subject } from './subjects.ts'

/** Findings named in one sentence; the rest are counted. */
const namesInSentence = 3

/** More findings than a person reads before approving them: above this, splitting the pull request is suggested. */
const mostRead = 300

function tooManySentence(subjects: readonly Subject[]): string[] {
  return subjects.length <= mostRead
    ? []
    : [`This asks about ${subjects.length} findings at once, more than anybody reads: split the pull request, or have them read in parts.`]
}

/** What the rule is about. */
export function selectedSentence(subjects: readonly Subject[]): string[] {
  if (subjects.length === 0) return []
  return [...tooManySentence(subjects), `Asked because of ${counted(subjects.length, 'finding')}: ${namesOf(subjects)}.`]
}

export function deniedSentence(subjects: readonly Subject[]): string {
  return subjects.length === 0 ? 'The rule forbids this pull request.' : `The rule forbids ${namesOf(subjects)}.`
}

export function waivedSentences(waived: readonly { readonly subject: Subject; readonly waiver: AppliedWaiver }[]): string[] {
  return waived.slice(0, 10).map(({ subject, waiver }) => {
    const named = [waiver.id, ...[waiver.kind ?? [], waiver.ticket ?? []].flat()].map((word) => `\`${word}\``).join(', ')
    return `${nameOfSubject(subject)} is waived until ${waiver.expires} by \`${waiver.grantedBy}\` (${named}): ${waiver.reason}`
  })
}

export function vetoSentences(vetoes: readonly ReviewFact[]): string[] {
  return vetoes.map(
    ({ user, commit }) =>
      `\`@${user.login}\` requested changes at \`${commit.slice(0, 7)}\`; only they can lift that, or somebody who dismisses the review.`,
  )
}

/** From the most important to the least: what is missing, what stands in the way, what is there. */
export function requirementSentences({ best, others }: JudgedRequirement, isDistinct: boolean): string[] {
  const open = best.demands.filter((_, index) => best.outcomes[index]?.satisfied !== true)
  return [
    ...(best.state === 'unsatisfiable' ? impossible(best).map((one) => tooFewSentence(one, isDistinct)) : []),
    ...(best.state === 'error' ? open.flatMap(({ unreadable }) => unreadable) : []),
    ...missingSentences(best),
    ...(best.state === 'satisfied' ? [] : others.slice(0, 4).map(otherSentence)),
    ...givenSentences(best),
    ...open.flatMap(({ ignored }) => ignored),
    ...open.flatMap(({ invalid }) => invalid),
    ...(best.state === 'error' ? [] : open.flatMap(({ unreadable }) => unreadable)),
    ...best.demands.flatMap(({ demand }) => demand.note ?? []),
    ...(isDistinct && best.state !== 'satisfied' && best.demands.length > 1 ? ['Each person counts for one of these groups only.'] : []),
  ]
}

function impossible({ demands, unfillable }: JudgedOption): readonly JudgedOption['demands'][number][] {
  return demands.filter((_, index) => (unfillable[index] ?? 0) > 0)
}

function tooFewSentence({ demand, eligible }: JudgedOption['demands'][number], isDistinct: boolean): string {
  const there = eligible?.length ?? 0
  const people = there === 0 ? 'nobody in it may approve' : `only ${counted(there, 'person', 'people')} in it may approve`
  const apart = isDistinct && there >= demand.count ? ', and they are needed for the other groups' : ''
  return `\`${demand.label}\` cannot be satisfied: ${people}${apart}, and ${counted(demand.count, 'approval')} by people who had no hand in the change ${demand.count === 1 ? 'is' : 'are'} needed.`
}

function missingSentences({ state, outcomes }: JudgedOption): string[] {
  if (state === 'unsatisfiable') return []
  return outcomes
    .filter(({ satisfied }) => !satisfied)
    .map(({ from, needed, approvals }) => {
      const missing = needed - approvals.length
      return `Waiting for ${counted(missing, 'approval')} of \`${from}\`${approvals.length > 0 ? ` (${approvals.length} of ${needed} given)` : ''}.`
    })
}

function otherSentence({ outcomes }: JudgedOption): string {
  return `Or instead: ${outcomes.map(({ from, needed }) => `${counted(needed, 'approval')} of \`${from}\``).join(' and ')}.`
}

function givenSentences({ outcomes }: JudgedOption): string[] {
  return outcomes.flatMap(({ from, approvals }) =>
    approvals.map(({ login, commit }) => `\`@${login}\` approved at \`${commit.slice(0, 7)}\`, for \`${from}\`.`),
  )
}

function namesOf(subjects: readonly Subject[]): string {
  const names = subjects.slice(0, namesInSentence).map(nameOfSubject).join(', ')
  return subjects.length > namesInSentence ? `${names} and ${subjects.length - namesInSentence} more` : names
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
