/** Tells a story: acts, waits for the checks to stand as the story says, and judges what they say. */
import type { CheckRun } from '../github/stand-in/state.ts'
import type { PullRequestHandle } from '../github/stand-in/handles.ts'
import { latestRuns } from '../github/stand-in/acts/check-runs.ts'
import { readFileAt } from './page/files.ts'
import type { Demo } from './demo.ts'
import type { ExpectedCheck, Step, Story } from './stories.ts'

export interface StepResult {
  readonly step: Step
  readonly pull: PullRequestHandle
  readonly runs: readonly CheckRun[]
  /** From the act to the last check, in seconds. */
  readonly seconds: number
  /** What is not as told; empty when all is well. */
  readonly problems: readonly string[]
}

/** Longest wait for the checks of one step. */
const stepTimeoutMs = 60_000

/** Tells the steps in turn; after one that did not end as told, the rest of the story would only be waited for in vain. */
export async function* tellStory(demo: Demo, story: Story, announce: (step: Step) => void = () => undefined): AsyncGenerator<StepResult> {
  let pull: PullRequestHandle | null = null
  for (const step of story.steps) {
    announce(step)
    const started = Date.now()
    const told: PullRequestHandle = await step.act({ repository: demo.repository, pull })
    pull = told
    const stands = (): boolean => Object.entries(step.checks).every(([name, expected]) => hasState(runsOf(told), name, expected))
    const late = await demo.github.waitUntil(stands, { timeoutMs: stepTimeoutMs, what: 'the checks to stand as told' }).then(
      () => [],
      (error: unknown) => [error instanceof Error ? error.message : String(error)],
    )
    const seconds = (Date.now() - started) / 1000
    const runs = runsOf(told)
    const wrong = await Promise.all(Object.entries(step.checks).map(([name, expected]) => problemsOf(name, expected, runs)))
    yield { step, pull: told, runs, seconds, problems: [...late, ...wrong.flat()] }
    if (late.length > 0) return
  }
}

/** The newest run of each name on the head commit, `API review` first. */
function runsOf(pull: PullRequestHandle): CheckRun[] {
  return latestRuns(pull.checkRuns()).sort((left, right) => (left.name < right.name ? 1 : -1))
}

/** Names are kept from notifying people by a character nobody sees; it is no part of what is said. */
function readable(text: string | null): string {
  return (text ?? '').replaceAll('\u200b', '')
}

function hasState(runs: readonly CheckRun[], name: string, { state, title }: ExpectedCheck): boolean {
  return runs.some((run) => run.name === name && (run.conclusion ?? run.status) === state && title.test(readable(run.title)))
}

async function problemsOf(name: string, expected: ExpectedCheck, runs: readonly CheckRun[]): Promise<string[]> {
  const run = runs.find((candidate) => candidate.name === name)
  if (run === undefined) return [`There is no check run "${name}".`]
  const state = run.conclusion ?? run.status
  const problems = state === expected.state ? [] : [`"${name}" is ${state}, not ${expected.state}.`]
  if (!expected.title.test(readable(run.title)))
    problems.push(`"${name}" has the title "${run.title ?? ''}", which does not match ${String(expected.title)}.`)
  const said = [run.title, run.summary, run.text, ...run.annotations.flatMap(({ title, message }) => [title, message])].join('\n')
  for (const word of expected.words ?? []) if (!readable(said).includes(word)) problems.push(`"${name}" does not mention ${word}.`)
  for (const place of expected.annotates ?? [])
    if (!(await isAnnotated(run, place))) problems.push(`"${name}" has no annotation on the line ${String(place.line)} of ${place.path}.`)
  return problems
}

/** Looks the annotated lines up in the file as it is at the head commit. */
async function isAnnotated(run: CheckRun, { path, line }: { path: string; line: RegExp }): Promise<boolean> {
  const lines = ((await readFileAt(run.repository, run.headSha, path)) ?? '').split('\n')
  return run.annotations.some(
    (annotation) => annotation.path === path && lines.slice(annotation.start_line - 1, annotation.end_line).some((text) => line.test(text)),
  )
}
