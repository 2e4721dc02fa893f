/** What another policy would have made of changes that are merged already: which of them it would have treated differently, in sentences. */
import type { Decision, RuleOutcome } from '../model/decision.ts'

/** How far a decision goes, from nothing to a prohibition. */
export type Outcome = 'free' | 'advised' | 'people' | 'forbidden'

export interface Replayed {
  /** `abc1234 Add refunds` */
  readonly name: string
  readonly before: Decision
  readonly after: Decision
}

export interface ReplaySummary {
  readonly different: readonly {
    readonly name: string
    readonly before: Outcome
    readonly after: Outcome
    readonly sentences: readonly string[]
  }[]
  readonly stricter: number
  readonly milder: number
  /** One line for people. */
  readonly sentence: string
}

const rank: Readonly<Record<Outcome, number>> = { free: 0, advised: 1, people: 2, forbidden: 3 }

/** Without the people of the past every approval is missing, so what counts is what would have been asked, not what was given. */
export function outcomeOf({ status, mode }: Decision): Outcome {
  if (status === 'not-applicable' || mode === 'off') return 'free'
  if (mode === 'advise') return 'advised'
  return status === 'blocked' ? 'forbidden' : 'people'
}

/** Which changes the second policy treats differently from the first. */
export function summariseReplay(changes: readonly Replayed[]): ReplaySummary {
  const different = changes.flatMap(({ name, before, after }) => {
    const sentences = differences(before, after)
    return sentences.length === 0 ? [] : [{ name, before: outcomeOf(before), after: outcomeOf(after), sentences }]
  })
  const stricter = different.filter(({ before, after }) => rank[after] > rank[before]).length
  const milder = different.filter(({ before, after }) => rank[after] < rank[before]).length
  return { different, stricter, milder, sentence: sentenceOf(changes.length, { different: different.length, stricter, milder }) }
}

function sentenceOf(all: number, { different, stricter, milder }: { different: number; stricter: number; milder: number }): string {
  if (all === 0) return 'None of these changes touches an API.'
  const changes = `${all} ${all === 1 ? 'change' : 'changes'} of an API`
  if (different === 0) return `${changes}: the same is asked of every one.`
  const others = different - stricter - milder
  const parts = [
    ...(stricter > 0 ? [`${stricter} held more strictly`] : []),
    ...(milder > 0 ? [`${milder} held less strictly`] : []),
    ...(others > 0 ? [`${others} asking others`] : []),
  ]
  return `${changes}: ${parts.join(', ')}.`
}

function differences(before: Decision, after: Decision): string[] {
  const left = new Map(asking(before).map((rule) => [demandOf(rule), rule]))
  const right = new Map(asking(after).map((rule) => [demandOf(rule), rule]))
  return [
    ...[...right].flatMap(([demand, rule]) => (left.has(demand) ? [] : [`Newly: ${sentenceOfRule(rule)}`])),
    ...[...left].flatMap(([demand, rule]) => (right.has(demand) ? [] : [`No longer: ${sentenceOfRule(rule)}`])),
    ...(before.mode === after.mode ? [] : [`The mode is \`${after.mode}\` instead of \`${before.mode}\`.`]),
  ]
}

function asking({ rules }: Decision): RuleOutcome[] {
  return rules.filter(({ status }) => status !== 'not-applicable')
}

/** What a rule asks of whom about what; under another name it is the same. */
function demandOf({ status, mode, selected, requirements }: RuleOutcome): string {
  return JSON.stringify([status, mode, [...selected].sort(), requirements.map(({ from, needed }) => [from, needed])])
}

function sentenceOfRule({ rule, status, selected, requirements }: RuleOutcome): string {
  const about = `${selected.length} ${selected.length === 1 ? 'finding' : 'findings'}`
  const people = requirements.map(({ from, needed }) => `${needed} of \`${from}\``).join(' and ')
  if (status === 'denied') return `rule “${rule}” forbids ${about}.`
  return people === '' ? `rule “${rule}” (${status}).` : `rule “${rule}” asks ${people} about ${about}.`
}
