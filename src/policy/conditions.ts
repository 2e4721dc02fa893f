/** When a rule applies: its findings, how many there are, and what holds for the pull request itself. */
import type { PullRequestFacts } from '../model/snapshot.ts'
import { compileGlobs } from './globs.ts'
import { compileMatchers, compileNecessary, type MatcherContext } from './matchers.ts'
import { isBot, type People } from './people.ts'
import { readPrincipal } from './principals.ts'
import type { Subject } from './subjects.ts'
import type { Matcher, PullRequestCondition, When } from './written-conditions.ts'

export interface ConditionFacts {
  /** All findings, those of base included. */
  readonly subjects: readonly Subject[]
  /** Those that the pull request introduces. */
  readonly introduced: readonly Subject[]
  readonly pullRequest: PullRequestFacts | null
  readonly isPolicyChanged: boolean
  readonly people: People
}

/** What a rule is about; null when it does not apply. Without any finding it is about the pull request or the policy itself. */
export type Selection = { readonly subjects: readonly Subject[] } | null

type Predicate = (subject: Subject) => boolean

/** A compiled condition. Keys of the rule itself hold together with each `any`. */
export function compileCondition(when: When, context: MatcherContext): (facts: ConditionFacts) => Selection {
  const { any, all = [], none = [], count, pr, policy_changed: policyChanged, ...own } = when
  const hasOwn = Object.values(own).some((value) => value !== undefined)
  const select = compileSelection({
    selecting: selectingMatchers(own, hasOwn, any).map((matchers) => compileMatchers(matchers, context)),
    necessary: hasOwn ? compileNecessary(own, context) : null,
    every: all.map((matcher) => compileMatchers([matcher], context)),
    no: none.map((matcher) => compileMatchers([matcher], context)),
    isAboutPolicy: policyChanged !== undefined && pr === undefined,
  })
  const least = leastCount(count)
  return (facts) => {
    if (pr !== undefined && !holdsForPullRequest(pr, facts)) return null
    if (policyChanged !== undefined && policyChanged !== facts.isPolicyChanged) return null
    const subjects = select(facts)
    return subjects === null || subjects.length < least ? null : { subjects }
  }
}

interface Predicates {
  /** False for findings that no selecting matcher can match. */
  readonly necessary: Predicate | null
  readonly selecting: readonly Predicate[]
  readonly every: readonly Predicate[]
  readonly no: readonly Predicate[]
  /** Without any matcher the rule is about the policy alone, not about every change. */
  readonly isAboutPolicy: boolean
}

/** The findings; null when the matchers do not hold. */
function compileSelection({
  necessary,
  selecting,
  every,
  no,
  isAboutPolicy,
}: Predicates): (facts: ConditionFacts) => readonly Subject[] | null {
  const isAboutFindings = selecting.length + every.length + no.length > 0
  const isSelected = anyOf(selecting, necessary)
  return ({ subjects, introduced }) => {
    if (!isAboutFindings) return isAboutPolicy ? [] : introduced
    if (every.length > 0 && !introduced.every((subject) => every.some((matches) => matches(subject)))) return null
    if (no.some((matches) => subjects.some(matches))) return null
    const selected = selecting.length > 0 ? subjects.filter(isSelected) : introduced
    return selected.length > 0 ? selected : null
  }
}

function anyOf(predicates: readonly Predicate[], necessary: Predicate | null): Predicate {
  const [first, ...others] = predicates
  if (first !== undefined && others.length === 0) return first
  return (subject) => {
    if (necessary !== null && !necessary(subject)) return false
    for (const holds of predicates) if (holds(subject)) return true
    return false
  }
}

function selectingMatchers(own: Matcher, hasOwn: boolean, any: readonly Matcher[] | undefined): Matcher[][] {
  if (any === undefined) return hasOwn ? [[own]] : []
  return any.map((matcher) => (hasOwn ? [own, matcher] : [matcher]))
}

/** `> 20` is at least 21. */
function leastCount(count: string | undefined): number {
  if (count === undefined) return 0
  const number = Number(count.replace(/[^\d]/g, ''))
  return count.startsWith('>=') ? number : number + 1
}

/** A merge group has no pull request of its own: a condition about one does not hold there, and neither does its negation. */
function holdsForPullRequest(condition: PullRequestCondition, { pullRequest, people }: ConditionFacts): boolean {
  if (pullRequest === null) return false
  const { author, bot, fork, base, label, draft } = condition
  const tests = [
    author === undefined || author.map(readPrincipal).some((principal) => people.isMember(principal, pullRequest.author)),
    bot === undefined || bot === isBot(pullRequest.author),
    fork === undefined || fork === pullRequest.fork,
    base === undefined || compileGlobs(base)(pullRequest.baseBranch),
    label === undefined || label.some((name) => pullRequest.labels.some((one) => one.toLowerCase() === name.toLowerCase())),
    draft === undefined || draft === pullRequest.draft,
  ]
  return tests.every((test) => test)
}
