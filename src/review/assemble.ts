/** Puts everything that is known about a pull request into the one result: findings judged and sorted, APIs counted, the verdict. */
import type { ChangeClass } from '../model/change.ts'
import type { Decision, Mode, RuleOutcome, RuleStatus } from '../model/decision.ts'
import { isSecurityFinding } from '../model/finding.ts'
import type { Problem, ProblemKind } from '../model/place.ts'
import type { ApiReview, PolicySummary, Review } from '../model/review.ts'
import type { ChangedFile } from '../model/snapshot.ts'
import { changelogOf, type ChangeForChangelog } from './changelog.ts'
import { causesOf } from './causes.ts'
import { isInDiff } from './in-diff.ts'
import { indexDecision, type DecisionIndex } from './decision-index.ts'
import { byUrgency, judge, type ApiOfFinding } from './judge.ts'
import { mergeRepeats } from './merge-repeats.ts'
import { newProblemsOf, verdictOf } from './verdict.ts'

/** One API as the producers saw it. */
export interface ApiInput extends Pick<ApiReview, 'id' | 'path' | 'previousPath' | 'state' | 'title' | 'version' | 'summary' | 'notes'> {
  /** Every change, of any class; the nonbreaking and docs ones become the changelog. */
  readonly changes: readonly ChangeForChangelog[]
  /** Security findings that the base already has. */
  readonly existing: number
  /** What is wrong with the description now. */
  readonly problems: readonly Problem[]
  /** The same for base; what is not among these came with the pull request, and then part of it was not evaluated. */
  readonly baseProblems: readonly Problem[]
  /** Where the policy sets one for this API; the policy's mode otherwise. */
  readonly mode?: Mode
}

export interface AssembleInput {
  readonly commits: Review['commits']
  readonly apis: readonly ApiInput[]
  /** Findings of changes and of lint, with lines. */
  readonly findings: readonly ApiOfFinding[]
  readonly decision: Decision
  readonly policy: PolicySummary
  readonly changedFiles: readonly ChangedFile[]
  readonly gaps: readonly string[]
  /** Refused parts of the team's ruleset, once for each API. */
  readonly unloaded?: readonly Problem[]
  /** What the policy asks for that has no effect, and what it reclassified, in sentences. */
  readonly notes?: readonly string[]
  /** A draft is judged like any other pull request, but nobody is asked. */
  readonly draft?: boolean
}

/** The review of a pull request: only new findings, worst first, and a verdict that is never green for what was not evaluated. */
export function assembleReview(input: AssembleInput): Review {
  const { decision, policy } = input
  const modeOf = modeByApi(input)
  const decided = indexDecision(decision)
  const findings = mergeRepeats(input.findings, decided)
    .filter((finding) => finding.new && deservesAttention(finding, decided))
    .map((finding) => judge(finding, { decided, modeOf, isInDiff: (one) => isInDiff(one, input.changedFiles) }))
    .filter((finding) => finding.report !== 'none' || finding.wouldBlock === true)
    .sort(byUrgency(decided))
  const causes = causesOf(findings)
  const problems = withoutRepeats(decision.problems)
  const unloaded = withoutRepeats(input.unloaded ?? [])
  const apis = input.apis.map(apiReview)
  const newProblems = new Map(input.apis.map((api) => [api.id, newProblemsOf(api)]))
  const uncompared = input.apis.filter((api) => unreadBase(api) !== null).map((api) => api.path)
  const facts = {
    apis,
    uncompared,
    findings,
    causes,
    problems,
    unloaded,
    newProblems,
    decision,
    modeOf,
    mode: policy.mode,
    gaps: input.gaps,
  }
  return {
    schema: 'specgate/review@1',
    commits: input.commits,
    apis,
    findings,
    problems,
    gaps: input.gaps,
    unloaded,
    notes: input.notes ?? [],
    decision,
    policy,
    verdict: verdictOf({ ...facts, changedFiles: input.changedFiles, draft: input.draft ?? false }),
    causes,
  }
}

function modeByApi(input: AssembleInput): (api: string) => Mode {
  const modes = new Map(input.apis.map((api) => [api.id, api.mode ?? input.policy.mode]))
  return (api) => modes.get(api) ?? input.policy.mode
}

const asksSomebody: readonly RuleStatus[] = ['waiting', 'denied', 'vetoed', 'unsatisfiable', 'approved', 'waived', 'error']

/** Changes that harm nobody are the changelog's, unless a rule of the policy asks about them. */
function deservesAttention(finding: ApiOfFinding, decided: DecisionIndex): boolean {
  const isHarmless = finding.kind === 'change' && (finding.class === 'nonbreaking' || finding.class === 'docs')
  if (!isHarmless || isSecurityFinding(finding)) return true
  if (decided.isDenied(finding.fingerprint)) return true
  return decided.rulesOf(finding.fingerprint).some((rule) => asksSomebody.includes(rule.status) || isTold(rule))
}

/** A rule may ask nobody and still want something told. */
function isTold({ report }: RuleOutcome): boolean {
  return report !== undefined && report !== 'none'
}

function apiReview(api: ApiInput): ApiReview {
  return {
    id: api.id,
    path: api.path,
    previousPath: api.previousPath,
    state: api.state,
    title: api.title,
    version: api.version,
    summary: api.summary,
    existing: api.existing,
    problems: api.problems,
    changelog: [...messagesOf(api, 'nonbreaking'), ...messagesOf(api, 'docs')],
    ...(api.changes.length === 0 ? {} : { entries: changelogOf(api, api.changes) }),
    notes: [...uncomparedNote(api), ...api.notes],
  }
}

/** Without a readable base nothing was compared; that must not look like a comparison without changes. */
function uncomparedNote(api: ApiInput): string[] {
  const problem = unreadBase(api)
  if (problem === null) return []
  return [
    `\`${problem.file}\` could not be read at the merge base (line ${problem.line}), so nothing was compared and everything in it counts as added.`,
  ]
}

function unreadBase({ baseProblems, state, path, previousPath }: ApiInput): Problem | null {
  if (state === 'not-evaluated') return null
  const root = previousPath ?? path
  return baseProblems.find(({ kind, file }) => file === root && unreadKinds.includes(kind)) ?? null
}

const unreadKinds: readonly ProblemKind[] = ['syntax', 'not-a-description', 'too-large']

function messagesOf(api: ApiInput, wanted: ChangeClass): string[] {
  return api.changes.filter((change) => change.class === wanted).map((change) => change.message)
}

function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, Problem>()
  for (const problem of problems) seen.set(`${problem.file}\n${problem.line}\n${problem.column}\n${problem.message}`, problem)
  return [...seen.values()]
}
